"""Translation memories (TMX 1.4b): as documents, each language's segments one a line, and as pairs."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from lxml import etree

from align.corpus.columns import LANGUAGES
from align.corpus.safe_xml import local_name, refuse_entities
from align.corpus.source import Reading, Source
from align.errors import InputError

__all__ = ["read_tmx", "tmx_pairs"]

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES: Final = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements that hold another program's markup rather than words."""


def read_tmx(source: Source) -> Iterator[Reading]:
    """Yield the Kazakh and the English segments of a memory, line n of unit n, blank where that has none."""
    units = list(_units(io.BytesIO(source.content), source.name))
    others = sorted({code for texts in units for code in texts} - {"kk", "en"})
    notes = (f"left out: {', '.join(others)}",) if others else ()
    for lang in ("kk", "en"):
        lines = [texts.get(lang, "") for texts in units]
        if any(lines):
            yield Reading("\n".join(lines), part=f"#{lang}", lang=lang, notes=notes)


def tmx_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the Kazakh and English text of each unit that has both; memory does not grow with the file.

    Raises InputError for a file that can't be read, is damaged or declares entities.
    """
    packed = path.suffix.lower() == ".gz"
    try:
        with path.open("rb") as stream:
            for texts in _units(cast("BinaryIO", gzip.open(stream)) if packed else stream, str(path)):
                if texts.get("kk") and texts.get("en"):
                    yield texts["kk"], texts["en"]
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: can't be read ({error})") from error


def _units(stream: BinaryIO, name: str) -> Iterator[dict[str, str]]:
    """Yield the first text of each language of each unit; nothing is fetched, and no entity is expanded."""
    units = etree.iterparse(stream, tag="{*}tu", resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for number, (_, unit) in enumerate(units):
            if number == 0:
                refuse_entities(unit, name)
            yield dict(_variant(each) for each in reversed(unit) if local_name(each) == "tuv")
            # What was read is let go: the unit, and the empty shells of those before it.
            unit.clear()
            while unit.getprevious() is not None:
                del unit.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name}: damaged XML ({error}): get the file anew") from error


def _variant(variant: Any) -> tuple[str, str]:  # noqa: ANN401  (lxml has no types)
    """Return our code of a variant's language, its own where it is neither of ours, and the text."""
    code = str(variant.get(_LANG) or variant.get("lang") or "")
    segment = next((each for each in variant if local_name(each) == "seg"), None)
    text = "" if segment is None else "".join(_words(segment))
    return LANGUAGES.get(code.lower().replace("_", "-").split("-")[0], code), " ".join(text.split())


def _words(element: Any) -> Iterator[str]:  # noqa: ANN401  (lxml has no types)
    yield element.text or ""
    for each in element:
        if local_name(each) not in _CODES:
            yield from _words(each)
        yield each.tail or ""
