"""Translation memories (TMX 1.4b): each language's segments as a document of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from align.corpus.columns import LANGUAGES
from align.corpus.safe_xml import local_name, refuse_entities
from align.corpus.source import Reading, Source
from align.errors import InputError
from align.types import Lang

__all__ = ["read_tmx"]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements that hold another program's markup rather than words."""


def read_tmx(source: Source) -> Iterator[Reading]:
    """Yield the Kazakh and the English segments of a memory, one a line, in the order of its units."""
    lines: dict[Lang, list[str]] = {"kk": [], "en": []}
    others: set[str] = set()
    for code, text in _segments(source):
        lang = LANGUAGES.get(code.lower().replace("_", "-").split("-")[0])
        if lang is None:
            others.add(code)
        elif text:
            lines[lang].append(text)
    notes = (f"left out: {', '.join(sorted(others))}",) if others else ()
    for lang, found in lines.items():
        if found:
            yield Reading("\n".join(found), part=f"#{lang}", lang=lang, notes=notes)


def _segments(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the language code and the text of each variant; a unit is forgotten as soon as it is read."""
    units = etree.iterparse(
        io.BytesIO(source.content), tag="{*}tu", resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for number, (_, unit) in enumerate(units):
            if number == 0:
                refuse_entities(unit, source.name)
            yield from (_variant(each) for each in unit if local_name(each) == "tuv")
            unit.clear()
    except etree.XMLSyntaxError as error:
        raise InputError(f"{source.name}: damaged XML ({error}): get the file anew") from error


def _variant(variant: Any) -> tuple[str, str]:  # noqa: ANN401
    segment = next((each for each in variant if local_name(each) == "seg"), None)
    text = "" if segment is None else "".join(_words(segment))
    return variant.get(_LANG) or variant.get("lang") or "", " ".join(text.split())


def _words(element: Any) -> Iterator[str]:  # noqa: ANN401
    yield element.text or ""
    for each in element:
        if local_name(each) not in _CODES:
            yield from _words(each)
        yield each.tail or ""
