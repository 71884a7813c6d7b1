"""Which of the two languages a text is in, by its letters and commonest words."""

from __future__ import annotations

import re

from align.types import Lang

__all__ = ["detect", "script_share"]

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_KAZAKH = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_WORD = re.compile(r"[a-z']+")
_ENGLISH = frozenset(
    "the of and to in a is that for on with as was by it at from he be has have his an are were this said not but its"
    " who which will they their or had been i you we my your our do does did can if no so all there what she her"
    " him".split()
)

_KAZAKH_SHARE = 0.02
"""A fifth of the letters of Kazakh prose are ones that Russian lacks; Russian prose has them in names alone."""

_ENGLISH_SHARE = 0.08
"""A third of the words of English prose stand in the list; of other Latin-script languages, some 3 %."""


def detect(text: str) -> Lang | None:
    """Return the language, or None for one that is neither (Russian, German, no letters at all).

    Fewer than 8 Latin words are taken for English: headlines and list items leave the commonest words out.

    >>> detect("Қазақстанда президент сайлауы өтеді"), detect("The election will be held"), detect("Это по-русски")
    ('kk', 'en', None)
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic > latin:
        return "kk" if len(_KAZAKH.findall(text)) >= _KAZAKH_SHARE * cyrillic else None
    if not latin:
        return None
    words = _WORD.findall(text.lower())
    common = sum(word in _ENGLISH for word in words)
    return "en" if len(words) < 8 or common >= _ENGLISH_SHARE * len(words) else None


def script_share(text: str, lang: Lang) -> float:
    """Return which share (0-1) of the letters is in the language's script, 1.0 where there are no letters.

    >>> script_share("Ол The Times", "kk")
    0.2
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    own = cyrillic if lang == "kk" else latin
    return own / (cyrillic + latin) if cyrillic + latin else 1.0
