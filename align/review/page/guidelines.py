"""How reviewers are to judge: the guidelines.md of a run, or the default, as HTML.

Of Markdown (CommonMark 0.31) there are headings, paragraphs, lists, quotations, tables, bold, italics, code and links
to the web; everything else is shown as it stands, and no HTML is let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

from align.errors import InputError
from align.review.interface_language import InterfaceLanguage

__all__ = ["Guidelines", "as_html", "guidelines_of"]

_DEFAULTS: Final = Path(__file__).parent / "default_guidelines"
_LONGEST: Final = 200_000
"""Bytes of a run's guidelines: what is longer is no page."""
_INLINE: Final = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*([^*\s][^*]*)\*"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\((https?://[^\s)\"<>]+)\)"), r'<a href="\2" rel="noopener">\1</a>'),
)
_RULE: Final = re.compile(r"\|?[\s:|-]+\|?\Z")


@dataclass(frozen=True, slots=True)
class Guidelines:
    """Guidelines as HTML.

    `own` says that they are the run's, `lang` is what the default is written in.
    """

    html: str
    own: bool
    lang: InterfaceLanguage


def guidelines_of(folder: Path, language: InterfaceLanguage) -> Guidelines:
    """Return a run's guidelines in a language, or the default ones.

    They are guidelines.kk.md or guidelines.ru.md, else guidelines.md. Raises InputError for a file that can't be read,
    is no UTF-8 or too long for a page.
    """
    names = (f"guidelines.{language}.md", "guidelines.md")
    path = next((folder / name for name in names if (folder / name).is_file()), None)
    if path is None:
        return Guidelines(as_html((_DEFAULTS / f"{language}.md").read_text(encoding="utf-8")), False, language)
    try:
        content = path.read_bytes()
        if len(content) > _LONGEST:
            raise InputError(f"{path}: has {len(content)} bytes, more than the {_LONGEST} that are shown")
        return Guidelines(as_html(content.decode("utf-8-sig")), True, language)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: can't be read as UTF-8 ({error})") from error


def as_html(text: str) -> str:
    r"""Return Markdown as HTML.

    >>> as_html("# Pairs\n\n- **one** <b>")
    '<h1>Pairs</h1>\n<ul><li><strong>one</strong> &lt;b&gt;</li></ul>'
    """
    blocks = (list(lines) for blank, lines in groupby(text.splitlines(), lambda line: not line.strip()) if not blank)
    return "\n".join(html for block in blocks for html in _block(block))


def _block(lines: Sequence[str]) -> Iterator[str]:
    """Yield the HTML of lines without a blank one between them.

    They are a block, or several of different kinds.
    """
    for kind, group in groupby(lines, _kind):
        some = list(group)
        if kind == "heading":
            yield from (_heading(line) for line in some)
        elif kind == "quote":
            yield f"<blockquote>{'<br>'.join(_inline(line.lstrip()[1:].strip()) for line in some)}</blockquote>"
        elif kind == "list":
            yield f"<ul>{''.join(f'<li>{_inline(line.lstrip()[2:])}</li>' for line in some)}</ul>"
        elif kind == "numbers":
            numbered = (line.strip().partition(" ")[2] for line in some)
            yield f"<ol>{''.join(f'<li>{_inline(each)}</li>' for each in numbered)}</ol>"
        elif kind == "table":
            yield _table(some)
        else:
            yield f"<p>{_inline(' '.join(line.strip() for line in some))}</p>"


def _kind(line: str) -> str:
    begun = line.lstrip()
    if re.match(r"#{1,6} ", begun):
        return "heading"
    if begun.startswith(">"):
        return "quote"
    if re.match(r"[-*+] ", begun):
        return "list"
    if re.match(r"\d{1,3}\. ", begun):
        return "numbers"
    return "table" if begun.startswith("|") else "text"


def _heading(line: str) -> str:
    marks, _space, text = line.strip().partition(" ")
    return f"<h{len(marks)}>{_inline(text)}</h{len(marks)}>"


def _table(lines: Sequence[str]) -> str:
    rows = [[_inline(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in lines]
    headed = len(lines) > 1 and _RULE.match(lines[1].strip()) is not None
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0]) if headed else ""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[2 if headed else 0 :])
    return f'<table class="list">{f"<thead><tr>{head}</tr></thead>" if headed else ""}<tbody>{body}</tbody></table>'


def _inline(text: str) -> str:
    html = escape(text)
    for pattern, replacement in _INLINE:
        html = pattern.sub(replacement, html)
    return html
