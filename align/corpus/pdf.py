"""PDF with a text layer: the paragraphs that the page's layout shows."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from align.corpus.pdf_bounds import page_layouts
from align.corpus.source import Reading, Source
from align.errors import InputError, MissingExtraError

__all__ = ["Line", "over_pages", "paragraphs", "read_pdf"]

_UNMAPPED = re.compile(r"\(cid:\d+\)")
_MOST_UNMAPPED = 0.01
_ENDED = re.compile(r"[.!?…:;][\"»”’')\]]*$")
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*(?:/\W*\d{1,4})?")
_HYPHENS = "-\u2010"
_POINTS = '.,;:!?«»“”"()'
_LEAST_DIVIDED = 3
_SHARE_DIVIDED = 0.04
"""Lines that end with a hyphen, from which a document divides words; compounds alone end one line in a hundred."""
_SPACES = re.compile(" {2,}")
_SAME_EDGE = 3.0
"""Points by which the left edges of one column may differ."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, and its edges in points, from the page's left and bottom."""

    text: str
    left: float
    right: float
    bottom: float = 0.0
    top: float = 0.0

    @property
    def letter(self) -> float:
        """Return the mean width of a character in points."""
        return (self.right - self.left) / max(len(self.text), 1)


def read_pdf(source: Source) -> Iterator[Reading]:
    """Yield the paragraphs of a PDF, one a line; raises InputError for a scan, a locked and a damaged file."""
    if find_spec("pdfminer") is None:
        raise MissingExtraError("reading PDF", "documents")
    pages = list(_pages(source))
    left_out = [str(number) for number, page in enumerate(pages, 1) if page is None]
    boxes = [box for page in pages if page is not None for box in page]
    text = "\n".join(over_pages(paragraphs(boxes)))
    unmapped = len(_UNMAPPED.findall(text))
    if left_out and not text.strip():
        raise InputError(f"{source.name}: its pages are drawings without end: export its text anew")
    if not text.strip():
        raise InputError(f"{source.name}: no text layer, so it is a picture of a text: run it through OCR first")
    if unmapped > _MOST_UNMAPPED * len(text):
        raise InputError(f"{source.name}: its fonts don't say which letters they show: export it anew or use OCR")
    notes = [f"{unmapped} characters whose font doesn't say which letters they are"] if unmapped else []
    if left_out:
        notes.append(f"left out as drawings without end: page {', '.join(left_out)}")
    yield Reading(text, notes=tuple(notes))


def _pages(source: Source) -> Iterator[list[list[Line]] | None]:
    """Yield the boxes of each page, as lines from top to bottom, None for a page that asks for too much work."""
    from pdfminer.layout import LTTextBox
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        for page in page_layouts(source.content, source.name):
            if page is None:
                yield None
                continue
            boxes = ([_line(line) for line in box] for box in page if isinstance(box, LTTextBox))
            yield _together([line for line in box if line.text] for box in boxes)
    except PDFPasswordIncorrect as error:
        raise InputError(f"{source.name}: locked with a password: save it without one") from error
    except InputError:
        raise
    except Exception as error:
        # A damaged PDF makes the library fail in as many ways as there are kinds of object in it.
        what = str(error) or type(error).__name__
        raise InputError(f"{source.name}: damaged or cut short ({what}): get the file anew") from error


def _line(line: object) -> Line:
    left, bottom, right, top = line.bbox  # type: ignore[attr-defined]
    text = line.get_text()  # type: ignore[attr-defined]
    return Line(_SPACES.sub(" ", text).strip(), left, right, bottom, top)


def _together(boxes: Iterable[list[Line]]) -> list[list[Line]]:
    """Return the boxes, those made one that stand as close as lines do: an indented line begins a box of its own."""
    together: list[list[Line]] = []
    for box in filter(None, boxes):
        if together and _follows(together[-1][-1], box[0]):
            together[-1].extend(box)
        else:
            together.append(box)
    return together


def _follows(above: Line, below: Line) -> bool:
    """Say whether a line stands right under another, in letters of the same size."""
    height, gap = above.top - above.bottom, above.bottom - below.top
    alike = abs(height - (below.top - below.bottom)) < 0.1 * height
    return alike and 0 <= gap < 0.6 * height and abs(above.left - below.left) < 6 * above.letter


def paragraphs(boxes: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Yield the paragraphs of boxes of lines that stand close together, each in one line of text.

    A line ends a paragraph where the next is indented, or where the next one's first word would still have fitted.

    >>> lines = [Line("He came to the city", 0, 133), Line("at last.", 0, 56), Line("All went well.", 0, 98)]
    >>> list(paragraphs([lines]))
    ['He came to the city at last.', 'All went well.']
    """
    words = _Words.of([line.text for box in boxes for line in box])
    edges: dict[int, float] = {}
    for box in boxes:
        edges[_column(box)] = max([edges.get(_column(box), 0.0), *(line.right for line in box)])
    for box in boxes:
        yield from _paragraphs_of(box, edges[_column(box)], words)


def _column(box: Sequence[Line]) -> int:
    """Return which column of the pages a box stands in, by its left edge."""
    return round(min((line.left for line in box), default=0.0) / _SAME_EDGE)


def _paragraphs_of(box: Sequence[Line], edge: float, words: _Words) -> Iterator[str]:
    held, before = "", None
    for line in box:
        if before is not None and not _broken_by_intent(before, line, edge):
            held = _joined(held, line.text, words)
        else:
            if held:
                yield held
            held = line.text
        before = line
    if held:
        yield held


def _broken_by_intent(before: Line, line: Line, edge: float) -> bool:
    first = line.text.split(" ", 1)[0]
    fitted = before.right + line.letter * (len(first) + 2) < edge
    indented = line.left > before.left + 1.5 * line.letter and _ENDED.search(before.text) is not None
    return fitted or indented


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a document, and whether it divides words at its lines' ends or only breaks compounds there."""

    known: frozenset[str]
    divides: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Words:
        known = frozenset(word.strip(_POINTS) for line in lines for word in line.lower().split())
        hyphens = sum(line.endswith(tuple(_HYPHENS)) for line in lines)
        return cls(known, hyphens >= max(_LEAST_DIVIDED, _SHARE_DIVIDED * len(lines)))


def _joined(text: str, line: str, words: _Words) -> str:
    """Return a text with the line that goes on with it; a hyphen at the break goes where it only divided a word."""
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if not text.endswith(tuple(_HYPHENS)) or text[-2:-1].isspace():
        return f"{text} {line}"
    start, rest = text.rsplit(" ", 1)[-1].lower().lstrip(_POINTS), line.split(" ", 1)[0].rstrip(_POINTS)
    if not rest[:1].islower() or start + rest in words.known:
        return text + line
    return text[:-1] + line if start[:-1] + rest in words.known or words.divides else text + line


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
