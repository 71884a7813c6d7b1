"""Makes translations into texts that report the same without translating each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np

__all__ = ["KeyedTexts", "cut_clause", "loosen", "make_comparable", "spoil", "twins_of"]

KeyedTexts: TypeAlias = "list[tuple[int, str]]"
"""Texts with a key that their counterparts share."""

_CLAUSE: Final = re.compile(r"(?<=[,;:–—]) ")
_NUMBER: Final = re.compile(r"\d+")
_NAME: Final = re.compile(r"(?<=[a-zа-яәіңғүұқөһ,] )[A-Z][a-z]{3,}")
_KEPT_SHARE: Final = 0.5
_FEWEST_WORDS: Final = 4

_MORE_OR_LESS: Final = 0.3
"""Share of the texts of each side that say more than the other side, or less."""

_SPOILT: Final = 0.1
_TOLD_TWICE: Final = 0.15
_REPLACED: Final = 0.5


def loosen(texts: KeyedTexts, share: float, rng: np.random.Generator) -> KeyedTexts:
    """Return the texts with that share (0-1) of their words lost or replaced.

    They read as if told in other words. Numbers and what is written with a capital stay: whoever reports an event in
    words of his own keeps its facts. The replacements come from the other texts. Texts of fewer than four words stay
    whole.

    >>> loosen([(0, "he met 16 people in Almaty")], 0.9, np.random.default_rng(0))
    [(0, 'people 16 people Almaty')]
    """
    words = [word for _, text in texts for word in text.split() if _is_plain(word)]
    return [(key, _in_other_words(text, share, words, rng)) for key, text in texts]


def cut_clause(text: str, rng: np.random.Generator) -> str:
    """Return the longer part of a text cut between two clauses.

    It is all of the text where that would leave under half.

    >>> cut_clause("He came, saw what there was to see", np.random.default_rng(0))
    'saw what there was to see'
    """
    clauses = _CLAUSE.split(text)
    if len(clauses) < 2:
        return text
    cut = int(rng.integers(1, len(clauses)))
    longer = max(" ".join(clauses[:cut]), " ".join(clauses[cut:]), key=len)
    return longer if len(longer) >= _KEPT_SHARE * len(text) else text


def spoil(text: str, names: Sequence[str], rng: np.random.Generator) -> str | None:
    """Return the text with one number changed, or one name where there is no number.

    None where there is neither.

    >>> spoil("In 2016 it rained", [], np.random.default_rng(0))
    'In 2866 it rained'
    """
    numbers = list(_NUMBER.finditer(text))
    if numbers:
        found = numbers[int(rng.integers(len(numbers)))]
        most = max(3, min(10 ** len(found.group()) // 2, 1000))
        other = str(int(found.group()) + int(rng.integers(1, most)))
        return text[: found.start()] + other + text[found.end() :]
    held = list(_NAME.finditer(text))
    others = [name for name in names if name not in text]
    if not held or not others:
        return None
    found = held[int(rng.integers(len(held)))]
    return text[: found.start()] + others[int(rng.integers(len(others)))] + text[found.end() :]


def make_comparable(
    sides: tuple[KeyedTexts, KeyedTexts], spare: tuple[Sequence[str], Sequence[str]], rng: np.random.Generator
) -> tuple[KeyedTexts, KeyedTexts]:
    """Return sides of which many texts cover their counterparts only in part.

    Some gain one of the `spare` texts of their language, which must stand on neither side, or lose a clause; some
    targets tell another number or name, and their key is turned into -1 - key, for they are no counterparts any more;
    some of what is told is told twice.
    """
    return _side(sides[0], None, spare[0], rng), _side(sides[1], _names(sides[1]), spare[1], rng)


def twins_of(targets: KeyedTexts, share: float, rng: np.random.Generator) -> KeyedTexts:
    """Return for about that share (0-1) of English texts one with another number or name.

    Its key is turned to -1 - key.

    >>> twins_of([(4, "In 2016 it rained")], 1.0, np.random.default_rng(0))[0][0]
    -5
    """
    names = _names(targets)
    chosen = [(key, text) for key, text in targets if rng.random() < share]
    made = [(-1 - key, spoil(text, names, rng)) for key, text in chosen]
    return [(key, text) for key, text in made if text is not None]


def _names(texts: KeyedTexts) -> list[str]:
    return [name.group() for _, text in texts for name in _NAME.finditer(text)]


def _side(texts: KeyedTexts, names: Sequence[str] | None, spare: Sequence[str], rng: np.random.Generator) -> KeyedTexts:
    made: KeyedTexts = []
    for key, text in texts:
        lot = rng.random()
        other = spoil(text, names, rng) if names is not None and lot > 1 - _SPOILT else None
        if other is not None:
            made.append((-1 - key, other))
        elif lot < _MORE_OR_LESS:
            made.append((key, _more_or_less(text, spare, rng)))
        else:
            made.append((key, text))
        if other is None and rng.random() < _TOLD_TWICE:
            made.append((key, _in_other_words(cut_clause(text, rng), 0.2, (), rng)))
    return made


def _more_or_less(text: str, spare: Sequence[str], rng: np.random.Generator) -> str:
    if not spare or rng.random() < 0.5:
        return cut_clause(text, rng)
    other = spare[int(rng.integers(len(spare)))]
    return f"{text} {other}" if rng.random() < 0.5 else f"{other} {text}"


def _in_other_words(text: str, share: float, others: Sequence[str], rng: np.random.Generator) -> str:
    words = text.split()
    if len(words) < _FEWEST_WORDS:
        return text
    made = []
    for word, lot in zip(words, rng.random(len(words)).tolist(), strict=True):
        if lot >= share or not _is_plain(word):
            made.append(word)
        elif lot < share * _REPLACED and others:
            made.append(others[int(rng.integers(len(others)))])
    return " ".join(made) if len(made) >= 2 else text


def _is_plain(word: str) -> bool:
    return word.islower() and not any(letter.isdigit() for letter in word)
