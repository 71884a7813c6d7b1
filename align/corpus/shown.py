"""What a page shows of its tree.

Nothing hidden or struck out is left, and small raised figures read as what they mean.
"""

from __future__ import annotations

import re
from typing import Any, Final

from align.corpus.safe_xml import local_name

__all__ = ["drop_unshown", "raised"]

_STRUCK: Final = frozenset({"del", "template"})
_UNSHOWN_STYLE: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_RAISED: Final = str.maketrans("0123456789+-−n()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ⁽⁾")
_LOWERED: Final = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_FIGURES: Final = re.compile(r"[0-9+−-]{1,4}|n")
_MARK: Final = re.compile(r"\s*(?:\[?\d{1,3}\]?(?:\s*[,–-]\s*\[?\d{1,3}\]?)*|\[?[a-z*†‡]\]?|[*†‡]+)\s*")
# What is raised to a power: ten, a unit of length, a letter of a formula.
_RAISABLE: Final = re.compile(r"(?:(?<![\w.,])10|(?<![^\W\d_])(?:[kcdm]?m|[кмсд]?м|ft|in|yd|mi|sec|[sсx-zXYZ]|а|h))$")


def drop_unshown(root: Any) -> None:  # noqa: ANN401  (lxml has no types)
    """Take out of a tree what a browser does not show.

    Powers and indices are written with letters of their own. A raised number that is no power is a footnote's mark and
    goes: 200<sup>1</sup> thousand is not 2001 thousand.
    """
    for element in list(root.iter()):
        tag = local_name(element)
        if tag in _STRUCK or _is_hidden(element):
            _drop(element)
        elif tag in ("sup", "sub"):
            text = "".join(element.itertext())
            _replace(element, raised(_before(element), text) if tag == "sup" else _lowered(text))


def _is_hidden(element: Any) -> bool:  # noqa: ANN401
    if not isinstance(element.tag, str) or element.tag in ("body", "html"):
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _UNSHOWN_STYLE.search(element.get("style") or "") is not None
    )


def raised(before: str, text: str) -> str:
    """Return raised text as it reads behind what stands before it.

    That is a power, nothing for a footnote's mark, or itself.

    >>> raised("About 10", "6"), raised("reached 200", "1"), raised("the 21", "st"), raised("5 км", "2")
    ('⁶', '', 'st', '²')
    """
    if _FIGURES.fullmatch(text.strip()) and _RAISABLE.search(before):
        return text.strip().translate(_RAISED)
    return "" if _MARK.fullmatch(text) else text


def _lowered(text: str) -> str:
    return text.translate(_LOWERED) if _FIGURES.fullmatch(text) else "" if _MARK.fullmatch(text) else text


def _before(element: Any) -> str:  # noqa: ANN401
    """Return the text right before an element, in its block."""
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or "".join(previous.itertext())
    parent = element.getparent()
    return "" if parent is None else (parent.text or "")


def _drop(element: Any) -> None:  # noqa: ANN401
    _replace(element, "")


def _replace(element: Any, text: str) -> None:  # noqa: ANN401
    """Put text in an element's place; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    text += element.tail or ""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)
