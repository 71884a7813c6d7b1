"""A tree of marked-up text to lines: one paragraph, heading, item or cell a line."""

from __future__ import annotations

import re
from typing import Any

from align.corpus.safe_xml import DEEPEST, local_name
from align.corpus.shown import drop_unshown
from align.errors import InputError

__all__ = ["BLOCKS", "BREAKS", "HIDDEN", "block_text", "page_text", "parse_html"]

BLOCKS = frozenset(
    "address article aside blockquote body caption cell center dd details dialog div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 head header hr html item li list main menu nav ol optgroup option p pre quote row"
    " section select summary table tbody td tfoot th thead tr ul".split()
)
BREAKS = frozenset({"br", "lb"})
HIDDEN = frozenset("audio canvas iframe math noscript object script style svg template textarea title video".split())
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+""")
"""A tag without its last bracket; brackets within a quoted value do not end it."""
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_ATTRIBUTE = re.compile(r"[^\s/=]+")
_MOST_ATTRIBUTES = 2000
"""Attributes of one tag: one that people made has some dozens, and a parser compares each with all before it."""
_SPACE = re.compile(r"[ \t\r\n\f]+")


def parse_html(text: str, name: str) -> Any:  # noqa: ANN401  (lxml has no types)
    """Return the tree of a page.

    Raises InputError for one without elements or whose tags nest without end. The parser's own limit cuts a deep page
    off without a word, so it is lifted and the depth is measured here.
    """
    from lxml import etree, html

    _refuse_attributes(text, name)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError(f"{name}: not a page ({error})") from error
    if any("depth" in entry.message for entry in parser.error_log) or _depth(root) > DEEPEST:
        raise InputError(f"{name}: refused: more than {DEEPEST} tags within one another: no person wrote that")
    drop_unshown(root)
    return root


def _refuse_attributes(text: str, name: str) -> None:
    for tag in _TAG.finditer(text):
        # A tag is at least twice as long as it has attributes; few are looked into.
        if tag.end() - tag.start() > 2 * _MOST_ATTRIBUTES:
            bare = _QUOTED.sub("=", tag[0])
            if sum(1 for _ in _ATTRIBUTE.finditer(bare)) > _MOST_ATTRIBUTES:
                raise InputError(
                    f"{name}: refused: more than {_MOST_ATTRIBUTES} attributes in a tag: no person wrote that"
                )


def _depth(root: Any) -> int:  # noqa: ANN401
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def block_text(root: Any, hidden: frozenset[str] = HIDDEN) -> str:  # noqa: ANN401
    r"""Return the text of a tree, one block a line, without what `hidden` tags hold.

    >>> page_text(parse_html("<h1>One</h1><p>Two <b>and</b><br>three<ul><li>four</ul>", "page"))
    'One\nTwo and\nthree\nfour'
    """
    from lxml import etree

    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = local_name(element)
        if tag in BLOCKS or (tag in BREAKS and event == "start"):
            pieces.append("\n")
        if event == "start" and tag in hidden:
            walk.skip_subtree()
        elif event == "start":
            pieces.append(_SPACE.sub(" ", element.text or ""))
        elif element is not root:
            pieces.append(_SPACE.sub(" ", element.tail or ""))
    lines = (_SPACE.sub(" ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def page_text(root: Any) -> str:  # noqa: ANN401
    """Return all that a page shows, one block a line."""
    body = root.find("body")
    return block_text(root if body is None else body)
