"""Translation Memory eXchange 1.4b (LISA OSCAR, 2005), written pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from align.export.exported import ExportedPair
from align.storage.files import replacing

if TYPE_CHECKING:
    from lxml.etree import _IncrementalFileWriter

__all__ = ["write_tmx"]


def write_tmx(pairs: Iterable[ExportedPair], path: Path) -> None:
    """Write a TMX file with Kazakh as the source language.

    Each unit has its provenance as properties. The pairs are never all in memory. Texts must hold nothing that XML
    can't: `align.export.selection` leaves it out.
    """
    from lxml import etree

    with replacing(path) as temporary, etree.xmlfile(str(temporary), encoding="utf-8") as writer:
        writer.write_declaration()
        writer.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with writer.element("tmx", {"version": "1.4"}):
            writer.write("\n")
            writer.write(etree.Element("header", _header()))
            writer.write("\n")
            with writer.element("body"):
                writer.write("\n")
                for pair in pairs:
                    _unit(writer, pair)


def _header() -> dict[str, str]:
    return {
        "creationtool": "align-workbench",
        "creationtoolversion": version("align-workbench"),
        "datatype": "plaintext",
        "segtype": "sentence",
        "adminlang": "en",
        "srclang": "kk",
        "o-tmf": "align",
    }


def _unit(writer: _IncrementalFileWriter, pair: ExportedPair) -> None:
    from lxml import etree

    unit = etree.Element("tu", {"tuid": pair.id})
    for name, value in pair.properties().items():
        etree.SubElement(unit, "prop", {"type": f"x-{name}"}).text = value
    for lang, text in (("kk", pair.kk), ("en", pair.en)):
        variant = etree.SubElement(unit, "tuv", {"{http://www.w3.org/XML/1998/namespace}lang": lang})
        etree.SubElement(variant, "seg").text = text
    writer.write(unit)
    writer.write("\n")
