"""Drafts for texts: made, checked, and made once more where a check failed.

They are told as they come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from align.ports import Translator
from align.translate.checks import DraftChecker, better
from align.types import Draft

__all__ = ["make_drafts"]

_AT_ONCE: Final = 64
"""Texts that a translator gets at once: enough for it to batch them well, few enough to lose when interrupted."""


def make_drafts(
    texts: Sequence[str],
    translator: Translator,
    checker: DraftChecker,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Draft | None]:
    """Return one checked draft per text, None where the translator has nothing to offer.

    A draft that fails a check is made once more with safer decoding; the one that passes more checks is kept, the first
    where they are equal. `progress` hears how many of the different texts are done. The drafts of a text depend on the
    text alone, so that any order and any company give the same ones.
    """
    distinct = list(dict.fromkeys(texts))
    drafts: dict[str, Draft | None] = {}
    for start in range(0, len(distinct), _AT_ONCE):
        drafts.update(_drafted(distinct[start : start + _AT_ONCE], translator, checker))
        progress(len(drafts), len(distinct))
    return [drafts[text] for text in texts]


def _drafted(texts: Sequence[str], translator: Translator, checker: DraftChecker) -> dict[str, Draft | None]:
    made = zip(texts, translator.draft(texts), strict=True)
    drafts = {text: draft and checker.checked(text, draft) for text, draft in made}
    failed = {text: draft for text, draft in drafts.items() if draft is not None and not draft.passed}
    if failed:
        again = translator.draft(list(failed), safer=True)
        for (text, first), second in zip(failed.items(), again, strict=True):
            drafts[text] = better(first, second and checker.checked(text, second))
    return drafts
