"""How numbers are written for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

__all__ = ["closest", "count", "html_table", "probability", "shortened"]

_LONGEST: Final = 60


def probability(value: float) -> str:
    """Return two decimals that never claim certainty.

    >>> [probability(value) for value in (0.9996, 0.5, 0.0004)]
    ['>.99', '.50', '<.01']
    """
    if value >= 0.995:
        return ">.99"
    return "<.01" if value < 0.005 else f"{value:.2f}"[1:]


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "link"), count(1200, "link"), count(0, "match", "matches")
    ('1 link', '1,200 links', '0 matches')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shortened(text: str, most: int = _LONGEST) -> str:
    """Return a text of at most so many characters, cut between words, with an ellipsis.

    >>> shortened("The election will be held", 16), shortened("Short", 16)
    ('The election …', 'Short')
    """
    if len(text) <= most:
        return text
    head = text[: most - 1].rpartition(" ")[0] or text[: most - 2]
    return f"{head} …"


def closest(name: str, known: Iterable[str]) -> str:
    """Return what a name may have been meant to be, as the end of a message.

    It is empty where nothing is like the name.

    >>> closest("acept", ["accept", "review"]), closest("zzz", ["accept"])
    (' (did you mean accept?)', '')
    """
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), n=1)
    return f" (did you mean {found[0]}?)" if found else ""


def html_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table for a notebook; the cells are HTML already, everything else is escaped.

    >>> html_table("a < b", ["n"], [["<b>1</b>"]])
    '<table><caption>a &lt; b</caption><tr><th>n</th></tr><tr><td><b>1</b></td></tr></table>'
    """
    heads = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(title)}</caption><tr>{heads}</tr>{body}</table>"
