"""Word documents (ECMA-376): the text that the final version shows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from align.corpus.archive import member, member_names, open_zip
from align.corpus.fields import text_or_none
from align.corpus.safe_xml import local_name, parse_xml
from align.corpus.shown import raised
from align.corpus.source import Reading, Source
from align.errors import InputError

__all__ = ["read_docx"]

_BODY = "word/document.xml"
_ABOUT = "docProps/core.xml"
_PARTS = (_BODY, "word/footnotes.xml", "word/endnotes.xml")
_HIDDEN = frozenset({"del", "moveFrom", "Fallback"})
"""What a reviewer struck out or moved away, and what older programs would show in a drawing's place."""
_CHARACTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}


def read_docx(source: Source) -> Iterator[Reading]:
    """Yield the paragraphs of a Word document, one a line.

    Text, tables and boxes come first, then the notes.
    """
    archive = open_zip(source.content, source.name)
    names = member_names(archive)
    if _BODY not in names:
        raise InputError(f"{source.name}: no Word document (holds no {_BODY}): save it as .docx")
    parts = (parse_xml(member(archive, part, source.name), source.name) for part in _PARTS if part in names)
    lines = [line for part in parts for line in _paragraphs(part)]
    about = _about(member(archive, _ABOUT, source.name), source.name) if _ABOUT in names else {}
    yield Reading("\n".join(lines), title=about.get("title"), author=about.get("creator"))


def _about(content: bytes, name: str) -> dict[str, str | None]:
    return {local_name(each): text_or_none(each.text) for each in parse_xml(content, name)}


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """Yield the text of each paragraph.

    One within another (a text box) comes before the one that holds it.
    """
    open_paragraphs: list[list[str]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    is_raised = False
    for event, element in walk:
        tag = local_name(element)
        if event == "start" and (tag in _HIDDEN or (tag == "r" and _has(element, "vanish"))):
            walk.skip_subtree()
        elif event == "start" and tag == "p":
            open_paragraphs.append([])
        elif event == "start" and tag == "r":
            is_raised = _has(element, "vertAlign", "superscript")
        elif event == "end" and tag == "p":
            yield "".join(open_paragraphs.pop()).strip()
        elif event == "end" and open_paragraphs and tag in ("t", *_CHARACTERS):
            text = _CHARACTERS.get(tag) or element.text or ""
            open_paragraphs[-1].append(raised("".join(open_paragraphs[-1]), text) if is_raised else text)


def _has(run: etree._Element, name: str, value: str | None = None) -> bool:
    """Say whether a run has a property; "vanish" is off where its value says so."""
    for properties in run:
        if local_name(properties) == "rPr":
            for each in properties:
                said = next((held for key, held in each.items() if key.endswith("val")), None)
                if local_name(each) == name:
                    return said == value if value else said not in ("0", "false", "off")
    return False
