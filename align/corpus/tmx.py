"""Translation memories (TMX 1.4b), as documents and as pairs.

In the documents, each language's segments stand one a line.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from lxml import etree

from align.corpus.columns import LANGUAGES
from align.corpus.safe_xml import local_name, refuse_entities
from align.corpus.source import Reading, Source
from align.errors import InputError

__all__ = ["DAMAGED", "read_tmx", "tmx_pairs"]

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES: Final = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements that hold another program's markup rather than words."""
DAMAGED: Final = "\ue000"
"""What stands in a text for a character that XML can't hold, so that it costs one unit and not the file."""
_FORBIDDEN: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bce-f]|1[0-9a-f]));", re.I
)
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_REFERENCE: Final = 12


def read_tmx(source: Source) -> Iterator[Reading]:
    """Yield the Kazakh and the English segments of a memory, line n of unit n.

    A line is blank where the unit has none.
    """
    units = list(_units(io.BytesIO(source.content), source.name))
    others = sorted({code for texts in units for code in texts} - {"kk", "en"})
    notes = (f"left out: {', '.join(others)}",) if others else ()
    for lang in ("kk", "en"):
        lines = ["" if DAMAGED in texts.get(lang, "") else texts.get(lang, "") for texts in units]
        if any(lines):
            yield Reading("\n".join(lines), part=f"#{lang}", lang=lang, notes=notes)


def tmx_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the Kazakh and English text of each unit, "" for one that is not there.

    Memory does not grow with the file. Raises InputError for a file that can't be read, is damaged or declares
    entities.
    """
    packed = path.suffix.lower() == ".gz"
    try:
        with path.open("rb") as stream:
            for texts in _units(cast("BinaryIO", gzip.open(stream)) if packed else stream, str(path)):
                yield texts.get("kk", ""), texts.get("en", "")
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: can't be read ({error})") from error


class _Mended:
    """A stream of XML in which `DAMAGED` stands for each character that XML can't hold."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held = b""
        self._utf16: bool | None = None

    def read(self, size: int = 1 << 16) -> bytes:
        """Return the next bytes; a reference that the end of them would cut waits for the next call."""
        content = self._held + self._stream.read(size)
        if self._utf16 is None:
            self._utf16 = content.startswith(_UTF_16)
        if self._utf16:
            self._held = b""
            return content
        cut = content.rfind(b"&", max(len(content) - _LONGEST_REFERENCE, 0))
        waits = cut > 0 and b";" not in content[cut:]
        self._held = content[cut:] if waits else b""
        return _FORBIDDEN.sub(DAMAGED.encode(), content[:cut] if waits else content)


def _units(stream: BinaryIO, name: str) -> Iterator[dict[str, str]]:
    """Yield the first text of each language of each unit.

    Nothing is fetched, and no entity is expanded.
    """
    held = cast("BinaryIO", _Mended(stream))
    units = etree.iterparse(held, tag="{*}tu", resolve_entities=False, no_network=True, load_dtd=False)
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
        raise InputError(f"{name}: damaged XML ({error}): get the file again") from error


def _variant(variant: Any) -> tuple[str, str]:  # noqa: ANN401  (lxml has no types)
    """Return our code of a variant's language, or its own for another language, and the text."""
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
