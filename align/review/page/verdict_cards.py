"""What two reviewers said of one item, set side by side for a third person who decides."""

from __future__ import annotations

from dataclasses import dataclass

from align.review.page.differences import Difference, differences
from align.review.records import GivenVerdict, ItemView

__all__ = ["SaidCard", "said_cards"]


@dataclass(frozen=True, slots=True)
class SaidCard:
    """One reviewer's verdict. `key` is the digit that sides with it.

    A side's changes are empty where it stands.
    """

    given: GivenVerdict
    key: int
    source: tuple[Difference, ...]
    target: tuple[Difference, ...]


def said_cards(item: ItemView) -> tuple[SaidCard, ...]:
    """Return the verdicts between which a third person decides.

    They come in the order in which they were given.
    """
    originals = tuple(" ".join(place.text for place in side) for side in (item.source, item.target))
    given = sorted((each for each in item.others if not each.adjudicates), key=lambda each: each.at)
    return tuple(_card(each, key, originals) for key, each in enumerate(given, 1))


def _card(given: GivenVerdict, key: int, originals: tuple[str, ...]) -> SaidCard:
    after = given.made or (given.source_text, given.target_text)
    source, target = (
        differences(text, now) if now is not None and now != text else ()
        for text, now in zip(originals, after, strict=True)
    )
    return SaidCard(given, key, source, target)
