"""Training pairs from a table of tab-separated lines, and which are kept out of training."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from align.corpus.fields import unquoted
from align.errors import InputError
from align.text.words import raw_words

__all__ = ["Pair", "held_out", "read_pairs", "split_pairs"]

_HELD_ONE_IN: Final = 20
_SENTENCE_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A Kazakh text and its English translation.

    `origin` names where it comes from, "" where that is not known.
    """

    source: str
    target: str
    origin: str = ""


def read_pairs(*paths: Path) -> tuple[Pair, ...]:
    """Read `kk<TAB>en[<TAB>origin]` lines, or tables that name their columns; plain or .gz.

    The first line of such a table names a kk and an en column, as in what `align export --format tsv` writes.
    The text is UTF-8. Raises InputError, with file and line, where a file can't be read, a line has another number of
    columns, or a side is empty; and where there is no line.
    """
    return tuple(pair for path in paths for pair in _read(path))


def _read(path: Path) -> list[Pair]:
    try:
        lines = list(_lines(path))
        names = [name.strip() for name in lines[0][1].split("\t")] if lines else []
        if {"kk", "en"} <= set(names):
            pairs = [_named(line, names, f"{path}:{number}") for number, line in lines[1:]]
        else:
            pairs = [_parse(line, f"{path}:{number}") for number, line in lines]
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error.reason} at byte {error.start}); convert it first") from error
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: can't be read ({error})") from error
    if not pairs:
        raise InputError(f"{path}: holds no pair; expected lines of kk<TAB>en")
    return pairs


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    # Only \n ends a line: a text may hold other characters that str.splitlines breaks at.
    lines = content.decode("utf-8-sig").split("\n")
    return ((number, line.removesuffix("\r")) for number, line in enumerate(lines, start=1) if line.strip())


def _parse(line: str, place: str) -> Pair:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) not in (2, 3):
        raise InputError(f"{place}: has {len(columns)} columns; expected kk<TAB>en or kk<TAB>en<TAB>origin")
    return _whole(Pair(*columns), place)


def _named(line: str, names: list[str], place: str) -> Pair:
    columns = [unquoted(column.strip()).strip() for column in line.split("\t")]
    if len(columns) != len(names):
        raise InputError(f"{place}: has {len(columns)} columns; the first line names {len(names)}")
    return _whole(Pair(columns[names.index("kk")], columns[names.index("en")]), place)


def _whole(pair: Pair, place: str) -> Pair:
    if not pair.source or not pair.target:
        raise InputError(f"{place}: the {'Kazakh' if not pair.source else 'English'} side is empty; drop the line")
    return pair


def held_out(pair: Pair) -> bool:
    """Say whether the pair is kept out of the encoder's training.

    One in 20 of those with 3 words or more a side is. The choice depends on the pair's text alone, so that it stays the
    same when rows are added or re-ordered. The encoder is validated, and the verifier fitted, on these.

    >>> held_out(Pair("алма", "apple"))
    False
    """
    if min(len(raw_words(pair.source)), len(raw_words(pair.target))) < _SENTENCE_WORDS:
        return False
    return zlib.crc32(f"{pair.source}\t{pair.target}".encode()) % _HELD_ONE_IN == 0


def split_pairs(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to train on, and the held-out ones.

    A pair that shares a side with a held-out one is dropped.

    >>> train, held = split_pairs([Pair("алма", "apple")])
    >>> len(train), len(held)
    (1, 0)
    """
    held = [pair for pair in pairs if held_out(pair)]
    seen = {side.lower() for pair in held for side in (pair.source, pair.target)}
    train = [pair for pair in pairs if pair.source.lower() not in seen and pair.target.lower() not in seen]
    return train, held
