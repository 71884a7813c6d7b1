"""How much work a PDF may ask for.

Refused are streams that are bombs, drawings without end, letters without number on one page.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from align.corpus.compressed import grows_too_much
from align.errors import InputError

if TYPE_CHECKING:
    from pdfminer.layout import LTPage

__all__ = ["page_layouts"]

_MOST_CONTENT: Final = 4 << 20
"""Bytes of instructions that one page may run, those of a form each time it is used: a map has some millions."""
_MOST_LINES: Final = 3000
"""Lines of text on a page, from which it is a drawing made of letters: a newspaper's page has some hundreds."""
_MOST_BOXES: Final = 500
"""Boxes of text on a page up to which their order is asked of pdfminer, which compares each with each."""
_CHARACTERS_APART: Final = 0.9
"""Widths of a character within which letters are one piece of text: a gutter may be as narrow as a wide space."""
_MOST_LETTERS: Final = 100_000
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_ABOUT: Final = 1000
"""Bytes before a stream in which its dictionary says what it is."""
_DEEPEST: Final = 4


class _TooMuchError(Exception):
    """A page asks for more work than any page that people read."""


def page_layouts(content: bytes, name: str) -> Iterator[LTPage | None]:
    """Yield the layout of each page, None for one that asks for too much.

    Raises InputError for a bomb. Whatever pdfminer raises for a damaged file passes.
    """
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    _refuse_bombs(content, name)
    interpreter_of, device_of = _interpreter(), _device()
    resources = PDFResourceManager()
    for page in PDFPage.get_pages(io.BytesIO(content)):
        device = device_of(resources, laparams=LAParams(char_margin=_CHARACTERS_APART, boxes_flow=None))
        try:
            interpreter_of(resources, device).process_page(page)
            yield device.get_result()
        except _TooMuchError:
            yield None


def _refuse_bombs(content: bytes, name: str) -> None:
    """Raise InputError where a stream that is no picture grows like a bomb.

    pdfminer would inflate it whole.
    """
    total = end = 0
    while found := _STREAM.search(content, end):
        end = content.find(b"endstream", found.end())
        end = end if end >= 0 else len(content)
        about = content[max(found.start() - _ABOUT, 0) : found.start()].rpartition(b"obj")[2]
        # White paper shrinks a thousandfold, too, and no picture is ever looked into.
        total += 0 if b"/Image" in about else _inflated(content[found.end() : end])
        if grows_too_much(len(content), total):
            raise InputError(f"{name}: refused: grows past {total >> 20} MB from {len(content)} bytes, like a bomb")


def _inflated(stream: bytes, depth: int = 0) -> int:
    """Return how many bytes a stream takes inflated.

    The counting ends at some times what a document may take.
    """
    size, beginning = 0, b""
    inflater = zlib.decompressobj()
    data = stream
    try:
        while data and not inflater.eof and not grows_too_much(len(stream), size):
            piece = inflater.decompress(data, 1 << 20)
            beginning = beginning or piece
            size += len(piece)
            data = inflater.unconsumed_tail
    except zlib.error:
        return size
    if depth < _DEEPEST and beginning.startswith((b"\x78\x01", b"\x78\x9c", b"\x78\xda", b"\x78\x5e")):
        # Deflated more than once: what matters is the size at the very end.
        whole = zlib.decompressobj().decompress(stream, min(size, 64 << 20))
        return size + _inflated(whole, depth + 1)
    return size


def _device() -> type[Any]:
    """Return pdfminer's device, with what a page draws counted."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LTPage

    class Page(LTPage):
        def group_textlines(self, laparams: Any, lines: Any) -> Any:  # noqa: ANN401
            lines = list(lines)
            if len(lines) > _MOST_LINES:
                raise _TooMuchError
            return super().group_textlines(laparams, lines)

        def group_textboxes(self, laparams: Any, boxes: Any) -> Any:  # noqa: ANN401
            # Without groups, the boxes keep the order in which the page's instructions draw them.
            return super().group_textboxes(laparams, boxes) if len(boxes) <= _MOST_BOXES else []

    class Device(PDFPageAggregator):
        content = letters = 0

        def spend(self, content: int) -> None:
            self.content += content
            if self.content > _MOST_CONTENT:
                raise _TooMuchError

        def begin_page(self, page: Any, ctm: Any) -> None:  # noqa: ANN401
            super().begin_page(page, ctm)
            self.cur_item = Page(self.pageno, self.cur_item.bbox)

        def paint_path(self, *path: Any) -> None:  # noqa: ANN401
            """Draw nothing: lines and areas hold no text, and there may be a hundred thousand of them."""

        def render_char(self, *glyph: Any, **drawn: Any) -> float:  # noqa: ANN401
            self.letters += 1
            if self.letters > _MOST_LETTERS:
                raise _TooMuchError
            return super().render_char(*glyph, **drawn)

    return Device


def _interpreter() -> type[Any]:
    """Return pdfminer's interpreter, with the instructions counted that it runs."""
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import list_value, stream_value

    class Interpreter(PDFPageInterpreter):
        def execute(self, streams: Any) -> None:  # noqa: ANN401
            # A form may use a form twice that uses another twice: what counts is what is run, not what is written.
            device: Any = self.device
            device.spend(1000 + sum(len(stream_value(each).get_data()) for each in list_value(streams)))
            super().execute(streams)

    return Interpreter
