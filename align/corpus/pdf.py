"""PDF with a text layer: the paragraphs that the page's layout shows."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from align.corpus.pdf_bounds import page_layouts
from align.corpus.pdf_layout import Line, boxes_of, gutters_of, is_unordered, without_heads
from align.corpus.source import Reading, Source
from align.errors import InputError, MissingExtraError
from align.text.word_lists import english_words, kazakh_words

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
_MOST = 0.95
_LONGEST_ENDING = 3
_LEAST_STEM = 4
"""Letters of the shortest beginning that tells a word."""
_SPACES = re.compile(" {2,}")
_SAME_EDGE = 3.0
"""Points by which the left edges of one column may differ."""


def read_pdf(source: Source) -> Iterator[Reading]:
    """Yield the paragraphs of a PDF, one a line.

    Raises InputError for a scan, a locked and a damaged file.
    """
    if find_spec("pdfminer") is None:
        raise MissingExtraError("reading PDF", "documents")
    pages = list(_pages(source))
    left_out = [str(number) for number, page in enumerate(pages, 1) if page is None]
    bare = without_heads([page or [] for page in pages])
    gutters = gutters_of(bare)
    boxes = [box for page in bare for box in boxes_of(page, gutters)]
    text = "\n".join(over_pages(paragraphs(boxes)))
    unmapped = len(_UNMAPPED.findall(text))
    if left_out and not text.strip():
        raise InputError(f"{source.name}: its pages are drawings without end: export its text again")
    if not text.strip():
        raise InputError(f"{source.name}: no text layer, so it is a picture of a text: run it through OCR first")
    if unmapped > _MOST_UNMAPPED * len(text):
        raise InputError(f"{source.name}: its fonts don't say which letters they show: export it again or use OCR")
    notes = [f"{unmapped} characters whose font doesn't say which letters they are"] if unmapped else []
    if left_out:
        notes.append(f"left out as drawings without end: page {', '.join(left_out)}")
    doubtful = [str(number) for number, page in enumerate(bare, 1) if is_unordered(page, gutters)]
    if doubtful:
        notes.append(f"lines may have been read across columns: page {', '.join(doubtful)}: look at them")
    yield Reading(text, notes=tuple(notes))


def _pages(source: Source) -> Iterator[list[Line] | None]:
    """Yield the pieces of text of each page, None for a page that asks for too much work."""
    from pdfminer.layout import LTTextBox
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        for page in page_layouts(source.content, source.name):
            if page is None:
                yield None
                continue
            pieces = (_line(line) for box in page if isinstance(box, LTTextBox) for line in box)
            yield [piece for piece in pieces if piece.text and piece.height > 0]
    except PDFPasswordIncorrect as error:
        raise InputError(f"{source.name}: locked with a password: save it without one") from error
    except InputError:
        raise
    except Exception as error:
        # A damaged PDF makes the library fail in as many ways as there are kinds of object in it.
        what = str(error) or type(error).__name__
        raise InputError(f"{source.name}: damaged or cut short ({what}): get the file again") from error


def _line(line: object) -> Line:
    left, bottom, right, top = line.bbox  # type: ignore[attr-defined]
    text = line.get_text()  # type: ignore[attr-defined]
    return Line(_SPACES.sub(" ", text).strip(), left, right, bottom, top)


def paragraphs(boxes: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Yield the paragraphs of boxes of lines that stand close together.

    Each paragraph is one line of text. A line ends a paragraph where the next is indented, or where the next one's
    first word would still have fitted.

    >>> lines = [Line("He came to the city", 0, 133), Line("at last.", 0, 56), Line("All went well.", 0, 98)]
    >>> list(paragraphs([lines]))
    ['He came to the city at last.', 'All went well.']
    """
    words = _Words.of([line.text for box in boxes for line in box])
    rights: dict[int, list[float]] = {}
    for box in boxes:
        rights.setdefault(_column(box), []).extend(line.right for line in box)
    # A heading over two columns begins where the first does; most lines tell where that ends.
    edges = {column: sorted(found)[round(_MOST * (len(found) - 1))] for column, found in rights.items()}
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
    if before.text.endswith(tuple(_HYPHENS)):
        return False
    first = line.text.split(" ", 1)[0]
    fitted = before.right + line.letter * (len(first) + 2) < edge
    indented = line.left > before.left + 1.5 * line.letter and _ENDED.search(before.text) is not None
    return fitted or indented


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a document, and whether its lines' ends divide words.

    If not, they only break compounds.
    """

    known: frozenset[str]
    divides: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Words:
        known = frozenset(word.strip(_POINTS) for line in lines for word in line.lower().split())
        hyphens = sum(line.endswith(tuple(_HYPHENS)) for line in lines)
        return cls(known, hyphens >= max(_LEAST_DIVIDED, _SHARE_DIVIDED * len(lines)))


def _joined(text: str, line: str, words: _Words) -> str:
    """Return a text with the line that goes on with it.

    A hyphen at the break goes where it only divided a word.
    """
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if not text.endswith(tuple(_HYPHENS)) or text[-2:-1].isspace():
        return f"{text} {line}"
    start, rest = text.rsplit(" ", 1)[-1].lower().lstrip(_POINTS), line.split(" ", 1)[0].rstrip(_POINTS)
    if not rest[:1].islower() or start + rest in words.known:
        return text + line
    return text[:-1] + line if _is_one_word(start[:-1], rest, words) else text + line


def _is_one_word(start: str, rest: str, words: _Words) -> bool:
    """Say whether two parts are a word that a line's end divided, rather than a compound of two."""
    whole = start + rest
    if whole in words.known or whole in kazakh_words() or whole in english_words():
        return True
    if start in kazakh_words() and rest in kazakh_words() and min(len(start), len(rest)) > _LONGEST_ENDING:
        return False
    # A form that no list has begins with one that a list has, and that reaches over the break.
    begun = (whole[:end] for end in range(len(start) + 1, len(whole)) if end >= _LEAST_STEM)
    return words.divides or any(each in kazakh_words() for each in begun)


def over_pages(lines: Iterable[str]) -> Iterator[str]:
    """Yield the paragraphs; join those that a page or a column cut inside a sentence.

    >>> list(over_pages(["He came to the", "- 12 -", "city.", "All went well."]))
    ['He came to the city.', '- 12 -', 'All went well.']
    """
    held = ""
    aside: list[str] = []
    nothing = _Words(frozenset(), divides=False)
    for line in lines:
        if held and _PAGE_NUMBER.fullmatch(line):
            aside.append(line)
        elif held and line[:1].islower() and not _ENDED.search(held):
            held = _joined(held, line, nothing)
        else:
            yield from filter(None, (held, *aside))
            held, aside = line, []
    yield from filter(None, (held, *aside))
