"""Known words of Kazakh, found again under their endings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from align.facts.suffixes import CASE, DERIVATION, PLURAL, POSSESSION, RELATION, SOFT, SOFTENING, TIERS, Tier, agree

__all__ = ["Stems", "is_form"]

_LEAST: Final = 2
_LONGEST_ENDINGS: Final = 14
_MOST_CHAINS: Final = 1 << 14
_SOFTENED: Final = {hard: soft for soft, hard in SOFT.items()}
_SOFT_LAST: Final = {ending[:-1] + _SOFTENED[ending[-1]] for ending in DERIVATION if ending[-1] in _SOFTENED}

_Chain: TypeAlias = tuple[tuple[int, str], ...]


def _any_of(endings: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(endings, key=len, reverse=True))})?"


_MAY_BE_ENDINGS: Final = re.compile(
    "".join(map(_any_of, (DERIVATION | _SOFT_LAST, PLURAL, POSSESSION, CASE, RELATION))) + r"\Z"
).match
"""Look for a chain of endings in the rest of a word, whatever the vowels before it."""


class _Chains(dict[str, tuple[_Chain, ...]]):
    """The ways to read letters as endings.

    Each ending comes with the place it begins at, the outermost first.
    """

    def __missing__(self, letters: str) -> tuple[_Chain, ...]:
        if len(self) >= _MOST_CHAINS:
            self.clear()
        found = self[letters] = tuple(dict.fromkeys(_chains(letters, TIERS)))
        return found


_CHAINS: Final = _Chains()


def _chains(letters: str, tiers: Sequence[Tier]) -> Iterator[_Chain]:
    if not letters:
        yield ()
    for n, tier in enumerate(tiers):
        for size in tier.lengths:
            start, ending = len(letters) - size, letters[-size:]
            if start < 0 or ending not in tier.endings:
                continue
            rests = [letters[:start]]
            if start and ending in SOFTENING and letters[start - 1] in SOFT:
                rests.append(letters[: start - 1] + SOFT[letters[start - 1]])
            for rest in rests:
                for chain in _chains(rest, tiers[n + 1 :]):
                    yield ((start, ending), *chain)


def _fits(word: str, cut: int, *, softened: bool) -> bool:
    """Say whether what follows the first letters of a word are endings that fit its vowels.

    There are `cut` of them. Where the last of those letters is softened, the first ending must be one that softens.
    """
    if not _MAY_BE_ENDINGS(word, cut):
        return False
    for chain in _CHAINS[word[cut:]]:
        if softened and not (chain and chain[-1][0] == 0 and chain[-1][1] in SOFTENING):
            continue
        if all(agree(word[: cut + start], ending) for start, ending in chain):
            return True
    return False


def is_form(word: str, stem: str) -> bool:
    """Say whether a word, in lower case, is a form of another one.

    >>> is_form("ғасырдың", "ғасыр"), is_form("кітабы", "кітап"), is_form("ғасырлар", "ғас")
    (True, True, False)
    """
    size = len(stem)
    if word.startswith(stem):
        return len(word) == size or _fits(word, size, softened=False)
    begun = word.startswith(stem[:-1]) and SOFT.get(word[size - 1 : size]) == stem[-1:]
    return begun and len(word) > size and _fits(word, size, softened=True)


class Stems:
    """Known words, lower case, that a word of a text may be a form of.

    A stem is how the word begins, its last letter softened or not, and what follows must be endings: to look for that
    costs far less than to peel them off. `least` is how many letters a stem has at least.

    >>> stems = Stems({"қытай", "кітап", "қыт"})
    >>> stems.of("қытайдағы"), stems.of("кітабы"), stems.of("кітап"), stems.of("қытайша"), stems.of("қытайлы")
    ('қытай', 'кітап', 'кітап', 'қытай', 'қытай')
    """

    def __init__(self, words: Iterable[str], *, least: int = 0) -> None:
        self._words = frozenset(word for word in words if len(word) >= least)
        # How a form may begin, with the stem that it would be of; the letter before a vowel may be softened.
        self._hard: dict[str, str] = {
            word[:-1] + _SOFTENED[word[-1]]: word for word in self._words if len(word) > 1 and word[-1] in _SOFTENED
        }
        begun = [word for word in (*self._words, *self._hard) if len(word) >= _LEAST]
        self._begun = frozenset(begun)
        self._first = frozenset(word[:3] for word in begun)
        self._longest = max(map(len, begun), default=0)

    def of(self, word: str) -> str | None:
        """Return the longest stem that the word may have, itself if it is known, or None."""
        return word if word in self._words else next(self.inflected(word), None)

    def may_begin(self, word: str) -> bool:
        """Say whether a stem begins like the word.

        Where this is false, no word of these has an ending in it.
        """
        return word[:3] in self._first or word[:2] in self._first

    def inflected(self, word: str) -> Iterator[str]:
        """Yield every stem that the word may have an ending behind, the longest first."""
        if not self.may_begin(word):
            return
        size, begun = len(word), self._begun
        last = size - 1 if size <= self._longest else self._longest
        for cut in [cut for cut in range(last, 1, -1) if word[:cut] in begun]:
            stem = word[:cut]
            if stem in self._words and _fits(word, cut, softened=False):
                yield stem
            if stem in self._hard and _fits(word, cut, softened=True):
                yield self._hard[stem]
