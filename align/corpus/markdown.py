"""Markdown, with the front matter that site generators write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.corpus.encoding import decode
from align.corpus.fields import day
from align.corpus.page_blocks import page_text, parse_html
from align.corpus.source import Reading, Source

__all__ = ["read_markdown"]

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)


def read_markdown(source: Source) -> Iterator[Reading]:
    """Yield the text of a page without its marks, one block a line.

    What its front matter says comes with it.
    """
    from markdown_it import MarkdownIt

    decoded = decode(source.content, source.name)
    front = _FRONT.match(decoded.text)
    fields = {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(front[1])} if front else {}
    page = MarkdownIt("commonmark").enable("table").render(decoded.text[front.end() :] if front else decoded.text)
    yield Reading(
        page_text(parse_html(page, source.name)) if page.strip() else "",
        title=fields.get("title") or None,
        published=day(fields.get("date")),
        url=fields.get("url") or fields.get("canonical") or None,
        author=fields.get("author") or None,
        licence=fields.get("license") or fields.get("licence") or None,
        encoding=decoded.encoding,
    )
