"""Decontamination: pairs that a test set already holds, whole or in part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from align.corpus.fields import unquoted
from align.errors import InputError
from align.export.near import key_of
from align.text.normalise import normalise
from align.text.words import raw_words

__all__ = ["Exclusion", "read_exclusion"]

_WORDS: Final = 8
"""Words in a row that two independent texts seldom share; GPT-3's and later decontaminations use 8 to 13."""


class Exclusion:
    """The texts of test sets, as hashes of whole texts and of every eight words in a row."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._hashes: set[int] = set()
        for text in texts:
            self._hashes.update(_hashes(text))

    def reason(self, text: str) -> str | None:
        """Return why a text is left out: all of it, or eight words in a row, are in a test set.

        >>> test = Exclusion(["Ол кеше Алматыға келді."])
        >>> test.reason("ол кеше Алматыға келді"), test.reason("Ол кеше Астанаға келді.")
        ('stands in an excluded test set', None)
        """
        whole, *parts = _hashes(text)
        if whole in self._hashes:
            return "stands in an excluded test set"
        if any(part in self._hashes for part in parts):
            return f"shares {_WORDS} words in a row with an excluded test set"
        return None


def _hashes(text: str) -> list[int]:
    # Words alone are compared: another apostrophe or full stop must not hide a sentence of a test set.
    words = [word.lower() for word in raw_words(normalise(text))]
    parts = (" ".join(words[start : start + _WORDS]) for start in range(len(words) - _WORDS + 1))
    return [key_of(part) for part in chain((" ".join(words),), parts)]


def read_exclusion(paths: Iterable[Path]) -> Exclusion:
    """Return the texts of tab-separated or plain text files, every column of every line.

    Raises InputError for a file that can't be read.
    """
    return Exclusion(chain.from_iterable(map(_texts, paths)))


def _texts(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            # Plain text is read too, and a quotation mark that opens there never closes: quotes are taken off by cell.
            for line in stream:
                yield from (unquoted(cell) for cell in line.rstrip("\n").split("\t") if cell.strip())
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}): give --exclude a TSV or text file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}): save it as UTF-8") from error
