"""The Kazakh-English pairs of a TMX file of any size."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from align.corpus.safe_xml import local_name, refuse_entities
from align.errors import InputError

__all__ = ["tmx_pairs"]

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGES: Final = {"kk": "kk", "kaz": "kk", "en": "en", "eng": "en"}
_CODES: Final = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements that hold another program's markup rather than words."""


def tmx_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the Kazakh and English text of each unit that has both; memory does not grow with the file (TMX 1.4b).

    Nothing is fetched and no entity is expanded. Raises InputError for a file that is damaged or declares entities.
    """
    from lxml import etree

    packed = path.suffix.lower() == ".gz"
    try:
        with path.open("rb") as stream:
            yield from _pairs(cast("BinaryIO", gzip.open(stream)) if packed else stream, path)
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: can't be read ({error})") from error
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: damaged TMX ({error}): export it anew") from error


def _pairs(stream: BinaryIO, path: Path) -> Iterator[tuple[str, str]]:
    from lxml import etree

    units = etree.iterparse(stream, tag="{*}tu", resolve_entities=False, no_network=True, load_dtd=False)
    for number, (_, unit) in enumerate(units):
        if number == 0:
            refuse_entities(unit, str(path))
        texts = dict(_variant(each) for each in reversed(unit) if local_name(each) == "tuv")
        if texts.get("kk") and texts.get("en"):
            yield texts["kk"], texts["en"]
        # What was read is let go: the unit, and the empty shells of those before it.
        unit.clear()
        while unit.getprevious() is not None:
            del unit.getparent()[0]


def _variant(variant: Any) -> tuple[str, str]:  # noqa: ANN401  (lxml has no types)
    code = (variant.get(_LANG) or variant.get("lang") or "").lower().replace("_", "-").split("-")[0]
    segment = next((each for each in variant if local_name(each) == "seg"), None)
    text = "" if segment is None else "".join(_words(segment))
    return _LANGUAGES.get(code, code), " ".join(text.split())


def _words(element: Any) -> Iterator[str]:  # noqa: ANN401  (lxml has no types)
    yield element.text or ""
    for each in element:
        if local_name(each) not in _CODES:
            yield from _words(each)
        yield each.tail or ""
