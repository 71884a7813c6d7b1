"""Existing parallel corpora: pairs of Kazakh and English, whatever file they come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from align.corpus import READERS
from align.corpus.archive import is_zip, member, member_names, open_zip
from align.corpus.columns import parse_columns
from align.corpus.encoding import decode
from align.corpus.faults import faults_of
from align.corpus.left_out import LeftOut, excerpt
from align.corpus.source import Reading, Refused
from align.corpus.tmx import DAMAGED, tmx_pairs
from align.corpus.walk import name_of, sources
from align.errors import InputError

__all__ = ["read_bitext"]

TextPair: TypeAlias = tuple[str, str]

_SUFFIXES: Final[Mapping[str, str]] = {"kk": ".kk", "en": ".en"}


def read_bitext(path: str | Path, *, columns: str | None = None, left_out: LeftOut | None = None) -> Iterator[TextPair]:
    """Yield the pairs of a corpus, Kazakh first, in its order.

    What has a blank side is counted in `left_out`. Known are TMX, the two files of Moses (named by either, or by what
    their names begin with), a zip of OPUS, tables with a column for each language, and Hugging Face datasets, saved or
    as Parquet. Raises InputError for a path where none of these stands, and for two sides of different lengths.
    """
    path = Path(path)
    with faults_of(name_of(path)):
        pairs = (
            tmx_pairs(path)
            if {".tmx"} & {suffix.lower() for suffix in path.suffixes}
            else _moses(path) or _opus(path) or _tables(path, columns)
        )
        yield from _whole(pairs, LeftOut() if left_out is None else left_out)


def _whole(pairs: Iterable[TextPair], left_out: LeftOut) -> Iterator[TextPair]:
    for number, (kk, en) in enumerate(pairs, 1):
        if DAMAGED in kk or DAMAGED in en:
            left_out.add("a character that XML can't hold", f"pair {number}")
        elif kk.strip() and en.strip():
            yield kk, en
        elif kk.strip() or en.strip():
            left_out.add(f"no {'English' if kk.strip() else 'Kazakh'} text", excerpt(kk + en))


def _moses(path: Path) -> Iterator[TextPair] | None:
    stem = path.with_suffix("") if path.suffix in _SUFFIXES.values() else path
    files = [stem.with_name(stem.name + suffix) for suffix in _SUFFIXES.values()]
    if not all(file.is_file() for file in files):
        return None
    return _lines([file.read_bytes() for file in files], [str(file) for file in files])


def _opus(path: Path) -> Iterator[TextPair] | None:
    """Return the pairs of a zip that holds a corpus in Moses' form beside its licence.

    OPUS delivers such.
    """
    if not path.is_file() or not is_zip(_beginning(path)):
        return None
    archive = open_zip(path.read_bytes(), str(path))
    held = member_names(archive)
    stems = sorted({PurePosixPath(name).with_suffix("") for name in held})
    both = [names for names in ([f"{stem}{end}" for end in _SUFFIXES.values()] for stem in stems) if held >= set(names)]
    if not both:
        return None
    return chain.from_iterable(
        _lines([member(archive, name, str(path)) for name in names], [f"{path}/{name}" for name in names])
        for names in both
    )


def _beginning(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def _lines(contents: Sequence[bytes], names: Sequence[str]) -> Iterator[TextPair]:
    kk, en = (decode(content, name).text.split("\n") for content, name in zip(contents, names, strict=True))
    if len(kk) != len(en):
        raise InputError(f"{names[0]} has {len(kk)} lines and {names[1]} {len(en)}: they are no pair, get them again")
    return ((source.rstrip("\r"), target.rstrip("\r")) for source, target in zip(kk, en, strict=True))


def _tables(path: Path, columns: str | None) -> Iterator[TextPair]:
    found = False
    for each in sources([path], parse_columns(columns)):
        if isinstance(each, Refused):
            if path.is_file():
                raise each.error
            continue
        kind, source = each
        sides = {reading.lang: reading for reading in READERS.load(kind)(source) if reading.part in ("#kk", "#en")}
        if len(sides) == 2:
            found = True
            yield from zip(_rows(sides["kk"]), _rows(sides["en"]), strict=True)
    if not found:
        raise InputError(f"{path}: no pairs found: give a TMX file, Moses' two files, a table with columns kk and en")


def _rows(reading: Reading) -> list[str]:
    return reading.text.split("\n")
