"""OpenDocument texts (ISO 26300): the paragraphs and headings that the final version shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from align.corpus.archive import member, member_names, open_zip
from align.corpus.fields import text_or_none
from align.corpus.safe_xml import local_name, parse_xml
from align.corpus.source import Reading, Source

__all__ = ["read_odt"]

_UNSHOWN: Final = frozenset({"tracked-changes", "annotation", "note-citation", "script", "forms"})
_CHARACTERS: Final = {"s": " ", "tab": " ", "line-break": "\n"}


def read_odt(source: Source) -> Iterator[Reading]:
    """Yield the paragraphs of an OpenDocument text, one a line."""
    archive = open_zip(source.content, source.name)
    root = parse_xml(member(archive, "content.xml", source.name), source.name)
    about: dict[str, str | None] = {}
    if "meta.xml" in member_names(archive):
        tree = parse_xml(member(archive, "meta.xml", source.name), source.name)
        about = {local_name(each): text_or_none(each.text) for each in tree.iter()}
    yield Reading(
        "\n".join(filter(None, _paragraphs(root))),
        title=about.get("title"),
        author=about.get("creator"),
    )


def _paragraphs(root: Any) -> Iterator[str]:  # noqa: ANN401  (lxml has no types)
    """Yield the text of each paragraph.

    One within another (a note's) comes before the one that holds it.
    """
    open_paragraphs: list[list[str]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = local_name(element)
        if event == "start" and tag in _UNSHOWN:
            walk.skip_subtree()
        elif event == "start" and tag in ("p", "h"):
            open_paragraphs.append([element.text or ""])
        elif event == "start" and open_paragraphs:
            open_paragraphs[-1].append(_CHARACTERS.get(tag, "") + (element.text or ""))
        elif event == "end" and tag in ("p", "h"):
            yield "".join(open_paragraphs.pop()).strip()
        if event == "end" and open_paragraphs:
            open_paragraphs[-1].append(element.tail or "")
