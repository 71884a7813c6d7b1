"""What files say of themselves, in one form."""

from __future__ import annotations

import re

__all__ = ["day", "text_or_none"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def day(value: object) -> str | None:
    """Return the ISO 8601 day that a date, a time or a text begins with, None where there is none.

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
    return str(value).strip() or None
