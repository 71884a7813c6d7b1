"""PDF with a text layer: the paragraphs that the page's layout shows."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from align.corpus.source import Reading, Source
from align.errors import InputError, MissingExtraError

__all__ = ["Line", "over_pages", "paragraphs", "read_pdf"]

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_MOST_UNMAPPED = 0.01
_ENDED = re.compile(r"[.!?…:;][\"»”’')\]]*$")
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*(?:/\W*\d{1,4})?")
_HYPHENS = "-\u2010"
_SAME_EDGE = 3.0
"""Points by which the left edges of one column may differ."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, and its left and right edge in points."""

    text: str
    left: float
    right: float

    @property
    def letter(self) -> float:
        """Return the mean width of a character in points."""
        return (self.right - self.left) / max(len(self.text), 1)


def read_pdf(source: Source) -> Iterator[Reading]:
    """Yield the paragraphs of a PDF, one a line; raises InputError for a scan, a locked and a damaged file."""
    if find_spec("pdfminer") is None:
        raise MissingExtraError("reading PDF", "documents")
    boxes = [box for page in _pages(source) for box in page]
    text = "\n".join(over_pages(paragraphs(boxes)))
    unmapped = len(_UNMAPPED.findall(text))
    if not text.strip():
        raise InputError(f"{source.name}: no text layer, so it is a picture of a text: run it through OCR first")
    if unmapped > _MOST_UNMAPPED * len(text):
        raise InputError(f"{source.name}: its fonts don't say which letters they show: export it anew or use OCR")
    notes = (f"{unmapped} characters whose font doesn't say which letters they are",) if unmapped else ()
    yield Reading(text, notes=notes)


def _pages(source: Source) -> Iterator[list[list[Line]]]:
    """Yield the boxes of each page, as lines from top to bottom."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextBox
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        for page in extract_pages(io.BytesIO(source.content)):
            yield [[_line(line) for line in box] for box in page if isinstance(box, LTTextBox)]
    except PDFPasswordIncorrect as error:
        raise InputError(f"{source.name}: locked with a password: save it without one") from error
    except Exception as error:
        # A damaged PDF makes the library fail in as many ways as there are kinds of object in it.
        what = str(error) or type(error).__name__
        raise InputError(f"{source.name}: damaged or cut short ({what}): get the file anew") from error


def _line(line: object) -> Line:
    text = line.get_text()  # type: ignore[attr-defined]
    left, _, right, _ = line.bbox  # type: ignore[attr-defined]
    return Line(" ".join(text.split(" ")).strip(), left, right)


def paragraphs(boxes: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Yield the paragraphs of boxes of lines that stand close together, each in one line of text.

    A line ends a paragraph where the next is indented, or where the next one's first word would still have fitted.

    >>> lines = [Line("He came to the city", 0, 133), Line("at last.", 0, 56), Line("All went well.", 0, 98)]
    >>> list(paragraphs([lines]))
    ['He came to the city at last.', 'All went well.']
    """
    words = {word for box in boxes for line in box for word in line.text.lower().split()}
    for box in boxes:
        column = max((each.right for other in boxes for each in other if _same_column(other, box)), default=0.0)
        held = ""
        for before, line in zip([None, *box], box, strict=False):
            if not line.text:
                continue
            if before is not None and held and not _broken_by_intent(before, line, column):
                held = _joined(held, line.text, words)
            else:
                if held:
                    yield held
                held = line.text
        if held:
            yield held


def _same_column(one: Sequence[Line], other: Sequence[Line]) -> bool:
    return bool(one and other) and abs(min(_lefts(one)) - min(_lefts(other))) < _SAME_EDGE


def _lefts(box: Sequence[Line]) -> Iterator[float]:
    return (line.left for line in box)


def _broken_by_intent(before: Line, line: Line, column: float) -> bool:
    first = line.text.split(" ", 1)[0]
    fitted = before.right + line.letter * (len(first) + 2) < column
    indented = line.left > before.left + 1.5 * line.letter and _ENDED.search(before.text) is not None
    return fitted or indented


def _joined(text: str, line: str, words: set[str]) -> str:
    """Return a text with the line that goes on with it; a hyphen at the break goes unless the word is written so."""
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if not text.endswith(tuple(_HYPHENS)) or text[-2:-1].isspace():
        return f"{text} {line}"
    start, rest = text.rsplit(" ", 1)[-1], line.split(" ", 1)[0]
    compound = not rest[:1].islower() or (start + rest).lower() in words
    return text + line if compound else text[:-1] + line


def over_pages(lines: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs with those joined that a page or a column cut in the middle of a sentence.

    >>> list(over_pages(["He came to the", "- 12 -", "city.", "All went well."]))
    ['He came to the city.', '- 12 -', 'All went well.']
    """
    held = ""
    aside: list[str] = []
    for line in lines:
        if held and _PAGE_NUMBER.fullmatch(line):
            aside.append(line)
        elif held and line[:1].islower() and not _ENDED.search(held):
            held = f"{held} {line}"
        else:
            yield from filter(None, (held, *aside))
            held, aside = line, []
    yield from filter(None, (held, *aside))
