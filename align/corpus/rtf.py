"""Rich text (RTF 1.9): the paragraphs and cells that it shows, as striprtf reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Final

from align.corpus.shown import raised
from align.corpus.source import Reading, Source
from align.errors import InputError, MissingExtraError

__all__ = ["read_rtf"]

_WORDS: Final = r"(?:\\(?!(?:super|v)[ \\])[a-z]++-?\d*+[ \r\n]*+)*+"
_HIDDEN: Final = re.compile(rf"\{{{_WORDS}\\v[ \r\n]?(?:\\[a-z]++-?\d*+ ?+)*+[^{{}}]*+\}}")
_RAISED: Final = re.compile(rf"\{{{_WORDS}\\super[ \r\n]?(?:\\[a-z]++-?\d*+ ?+)*+([^{{}}\\]{{1,8}})\}}")
_FIELD: Final = re.compile(r"\\field(?![a-z])|HYPERLINK(?= \")")
_CELL: Final = re.compile(r"\\(?:nest)?cell(?![a-z])")
_BYTE: Final = re.compile("[\x80-\xff]")
_BEFORE: Final = 20
"""Characters before a raised figure that tell whether it is a power."""


def read_rtf(source: Source) -> Iterator[Reading]:
    """Yield the paragraphs of a rich text, one a line; raises InputError for a damaged one."""
    if find_spec("striprtf") is None:
        raise MissingExtraError("reading rich text (.rtf)", "documents")
    from striprtf.striprtf import rtf_to_text

    if not source.content.startswith(b"{\\rtf"):
        raise InputError(f"{source.name}: no rich text: it does not begin with {{\\rtf")
    try:
        text = rtf_to_text(_prepared(source.content))
    except (ValueError, LookupError, OverflowError, RecursionError) as error:
        raise InputError(f"{source.name}: damaged rich text ({error}): save it as .docx") from error
    # A character beyond the first plane is written as two halves.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    yield Reading("\n".join(filter(None, map(str.strip, whole.splitlines()))))


def _prepared(content: bytes) -> str:
    """Return the source without what the library would get wrong.

    It would show hidden text, glue powers to their numbers, put a link's address into the sentence, and a bar between
    the cells of a table.
    """
    text = _BYTE.sub(lambda match: f"\\'{ord(match[0]):02x}", content.decode("latin-1"))
    text = _HIDDEN.sub("", _FIELD.sub("", text))
    return _CELL.sub(r"\\par ", _RAISED.sub(_power, text))


def _power(match: re.Match[str]) -> str:
    before = match.string[max(match.start() - _BEFORE, 0) : match.start()].rstrip("}")
    return raised(before, match[1])
