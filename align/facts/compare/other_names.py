"""Names that disagree: one text tells another name in the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from align.facts.compare.spelling import resembling
from align.text.words import words as words_of
from align.types import Fact, FactMatch, WordMatch

__all__ = ["covered", "disagreeing_names", "same_company"]

Span: TypeAlias = tuple[int, int]

_BESIDE: Final = 3
"""Words on either side of a name that are its company."""

_COVERED: Final = 0.3
"""Share of both texts that must correspond, for two names in the same company to stand in one role: texts that only
touch on one event tell other people and places without contradicting each other."""

_ALL_COVERED: Final = 0.55
"""Share from which so much corresponds that the names left over stand in one role, whatever their company."""

_ABBREVIATED: Final = 5
"""Letters of an abbreviation at most."""

_SORTS: Final = {
    **dict.fromkeys(("country", "territory", "language", "people"), "nation"),
    **dict.fromkeys(("region", "city", "place"), "place"),
    **{kind: kind for kind in ("organisation", "currency", "measure")},
}


def disagreeing_names(
    matches: Sequence[FactMatch], words: Sequence[WordMatch], texts: tuple[str, str], kinds: Mapping[str, str]
) -> tuple[FactMatch, ...]:
    """Return a ledger's entries in which two names of one role have become a conflict.

    Each of them is told on one side only. `matches` are in source order, then target order, and stay so. `words` are
    the words that correspond: a name that has one is translated, and not missing. `kinds` says of a known name's value
    what it names (a country, a city); the rest are people, mostly. Two names stand in one role where they are of one
    sort and words beside them correspond, or where most of all else corresponds. Names that may be one after all, since
    they resemble each other or since one is an abbreviation that nobody can resolve, are never in conflict.
    """
    sources = _alone([entry.source for entry in matches if entry.status == "source_only"], [w.source for w in words])
    targets = _alone([entry.target for entry in matches if entry.status == "target_only"], [w.target for w in words])
    share = _share(matches, words, texts, without=(sources, targets)) if sources and targets else 0.0
    if share < _COVERED:
        return tuple(matches)
    rivals: dict[Fact, Fact] = {}
    pairs = [(one, other) for one in sources for other in targets if not _doubtful(one, other, kinds, texts)]
    for one, other in sorted(pairs, key=lambda pair: _sort(pair[0], kinds) != _sort(pair[1], kinds)):
        if one in rivals or other in rivals.values():
            continue
        alike = _sort(one, kinds) == _sort(other, kinds) and same_company(one, other, words, texts)
        if share >= _ALL_COVERED or alike:
            rivals[one] = other
    left = (entry for entry in matches if entry.target not in rivals.values() or entry.source)
    return tuple(_conflict(entry, rivals) for entry in left)


def covered(text: str, spans: Iterable[Span], *, without: Iterable[Span] = ()) -> float:
    """Return the share (0-1) of a text's letters and digits that stand in the spans.

    Those in `without` don't count.

    >>> covered("in 2016 it rained", [(3, 7), (11, 17)]), covered("in 2016", [(3, 7)], without=[(0, 2)])
    (0.7142857142857143, 1.0)
    """
    letters = {place for place, letter in enumerate(text) if letter.isalnum()}
    letters.difference_update(*(range(*span) for span in without))
    found = letters.intersection(set().union(*(range(*span) for span in spans)))
    return len(found) / max(len(letters), 1)


def _conflict(entry: FactMatch, rivals: Mapping[Fact, Fact]) -> FactMatch:
    rival = rivals.get(entry.source) if entry.source else None
    return FactMatch("name", entry.source, rival, "conflict") if rival else entry


def _alone(facts: Iterable[Fact | None], answered: Sequence[Span]) -> list[Fact]:
    """Return the names without a word that corresponds to one of the other text."""
    names = [fact for fact in facts if fact and fact.kind == "name"]
    return [name for name in names if not any(_meet(_span(name), span) for span in answered)]


def _span(fact: Fact) -> Span:
    return fact.start, fact.end


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _share(
    matches: Sequence[FactMatch],
    words: Sequence[WordMatch],
    texts: tuple[str, str],
    *,
    without: tuple[Sequence[Fact], Sequence[Fact]],
) -> float:
    """Return how much of the less covered text corresponds to the other.

    That is what stands in words that correspond or in facts that agree.
    """
    agreed = [entry for entry in matches if entry.status in {"matched", "compatible"}]
    source = [word.source for word in words] + [_span(entry.source) for entry in agreed if entry.source]
    target = [word.target for word in words] + [_span(entry.target) for entry in agreed if entry.target]
    return min(
        covered(texts[0], source, without=map(_span, without[0])),
        covered(texts[1], target, without=map(_span, without[1])),
    )


def _doubtful(one: Fact, other: Fact, kinds: Mapping[str, str], texts: tuple[str, str]) -> bool:
    """Say whether two names may be one.

    They are spelled much alike, or one is an abbreviation that the gazetteer does not know.
    """
    written = ((one, texts[0][one.start : one.end]), (other, texts[1][other.start : other.end]))
    if any(name.value not in kinds and _is_abbreviation(text) for name, text in written):
        return True
    known = one.value in kinds and other.value in kinds
    if known and _sort(one, kinds) != _sort(other, kinds):
        # A ministry and a country stand in no one role.
        return True
    return not known and resembling(one.value, other.value)


def _is_abbreviation(text: str) -> bool:
    """Say whether a name is an abbreviation.

    A Kazakh one may have an ending behind a hyphen (ФРЖ-ның).
    """
    letters = text.split("-")[0]
    return letters.isupper() and len(letters) <= _ABBREVIATED


def _sort(name: Fact, kinds: Mapping[str, str]) -> str:
    return _SORTS.get(kinds.get(name.value, ""), "")


def same_company(one: Fact, other: Fact, words: Sequence[WordMatch], texts: tuple[str, str]) -> bool:
    """Say whether words in the company of two names correspond.

    One such pair of words is enough.
    """
    company = _company(texts[0], one), _company(texts[1], other)
    return any(_meet(word.source, company[0]) and _meet(word.target, company[1]) for word in words)


def _company(text: str, name: Fact) -> Span:
    """Return the stretch from the third word before a name to the third behind it.

    The name's own words never correspond.
    """
    before = [word.start for word in words_of(text) if word.end <= name.start][-_BESIDE:]
    after = [word.end for word in words_of(text) if word.start >= name.end][:_BESIDE]
    return min(before, default=name.start), max(after, default=name.end)
