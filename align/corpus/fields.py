"""What files say of themselves, in one form."""

from __future__ import annotations

import re

__all__ = ["day", "text_or_none", "unquoted", "whole_letters"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DOUBLED = re.compile('"(?:[^"]|"")*""(?:[^"]|"")*"')
_HALF = re.compile(r"[\ud800-\udfff]")


def day(value: object) -> str | None:
    """Return the ISO 8601 day that a date, a time or a text begins with.

    None where there is none.

    >>> day("2019-04-26T10:00:00Z"), day("last week"), day(None)
    ('2019-04-26', None, None)
    """
    found = _DAY.match(str(value).strip())
    return found[0] if found else None


def text_or_none(value: object) -> str | None:
    """Return a value as text, None for one that is missing or blank.

    >>> text_or_none(" Title "), text_or_none(""), text_or_none(float("nan"))
    ('Title', None, None)
    """
    # A missing number is the only value that differs from itself.
    if value is None or value != value:
        return None
    return whole_letters(str(value)).strip() or None


def unquoted(cell: str) -> str:
    """Return the text of a cell that is quoted and whose own quotation marks are doubled.

    Any other cell stays as it is.

    >>> unquoted('"He said ""no""."'), unquoted('"No," he said.'), unquoted('"No."')
    ('He said "no".', '"No," he said.', '"No."')
    """
    return cell[1:-1].replace('""', '"') if _DOUBLED.fullmatch(cell) else cell


def whole_letters(text: str) -> str:
    r"""Return a text with U+FFFD for each half of a letter.

    JSON can escape such a half, and no encoding can write it.

    >>> whole_letters("half \ud83d"), whole_letters("whole \U0001f600")
    ('half \ufffd', 'whole \U0001f600')
    """
    return _HALF.sub("\ufffd", text)
