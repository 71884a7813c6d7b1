"""The English words that a gloss may say, counted in the training pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from align.storage.files import replacing
from align.text.words import comparable, raw_words
from align.train.pairs import Pair, read_pairs, split_pairs
from align.translate.english_words import VOCABULARY_FILE, EnglishVocabulary

__all__ = ["count_vocabulary", "write_vocabulary"]

_LEAST: Final = 3
"""What stands twice or once is as often a slip as a word."""
_KAZAKH: Final = 2
"""A word that the Kazakh side, romanised, has so many times as often as the English one is a Kazakh word."""
_SMALL: Final = 0.02
"""Share of small first letters from which a word is no name."""


def write_vocabulary(pairs_path: Path, folder: Path) -> EnglishVocabulary:
    """Count the words of a table of pairs, write them into a model's folder, and return them.

    The table is as in `align.train.pairs`. The held-out pairs are left out. The same pairs give the same file, byte for
    byte. Raises InputError for a bad table.
    """
    counted = count_vocabulary(split_pairs(read_pairs(pairs_path))[0])
    with replacing(folder / VOCABULARY_FILE) as temporary:
        temporary.write_text("".join(f"{word}\t{count}\n" for word, count in counted), encoding="utf-8", newline="\n")
    return EnglishVocabulary.read(folder / VOCABULARY_FILE)


def count_vocabulary(pairs: Iterable[Pair]) -> list[tuple[str, int]]:
    """Return the English words of the pairs with their counts, the most frequent first.

    Equally frequent ones go by letter. Left out are numbers, single letters, what stands fewer than three times, and
    Kazakh words in Latin letters.

    >>> count_vocabulary([Pair("Алматы үлкен", "Almaty is big"), Pair("Алматы", "Almaty"), Pair("бұл", "Is it")] * 3)
    [('Almaty', 6), ('is', 6), ('big', 3), ('it', 3)]
    """
    kazakh: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        kazakh.update(map(comparable, raw_words(pair.source)))
        written = [(comparable(word), word) for word in raw_words(pair.target)]
        counts.update(word for word, _ in written)
        if not pair.target.islower():
            # A text without capitals does not say which of its words are names.
            for word, form in written:
                forms[word][form] += 1
    kept = ((word, n) for word, n in counts.items() if n >= _LEAST and _is_word(word) and kazakh[word] <= _KAZAKH * n)
    return [(_shown(word, forms[word]), n) for word, n in sorted(kept, key=lambda item: (-item[1], item[0]))]


def _is_word(word: str) -> bool:
    return len(word) > 1 and word.isascii() and word.isalpha()


def _shown(word: str, forms: Counter[str]) -> str:
    """Return a word in small letters unless it is nearly always written otherwise."""
    small = sum(count for form, count in forms.items() if form[0].islower())
    if not forms or small >= _SMALL * forms.total():
        return word
    return min(forms, key=lambda form: (-forms[form], form))
