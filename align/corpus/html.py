"""Saved web pages: the article without what stands around it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from align.corpus.article import PageLine, article_of, lines_of
from align.corpus.declared import declared_day, declared_language
from align.corpus.encoding import decode_declared
from align.corpus.page_blocks import block_text, parse_html
from align.corpus.source import Reading, Source
from align.text.normalise import normalise

if TYPE_CHECKING:
    from trafilatura.settings import Document

__all__ = ["read_html"]

_LICENCE = ".//link[@rel='license']/@href | .//a[@rel='license']/@href | .//meta[@name='dcterms.license']/@content"
_TOP = 5
"""Lines among which a headline stands, after a rubric and a date."""
_LITTLE = 0.2
"""Share of a page's text below which a person should look whether the article is all there."""


def read_html(source: Source) -> Iterator[Reading]:
    """Yield the article of a page with its title, day, author, address and licence.

    Its lines are those that stand with most of the page's prose, and those that trafilatura finds beside them; what
    else the page shows follows as its rest. A page in which no article is found is given whole, with a note.
    """
    decoded = decode_declared(source.content, source.name)
    if not decoded.text.strip():
        yield Reading("", encoding=decoded.encoding)
        return
    root = parse_html(decoded.text, source.name)
    # Trafilatura empties the tree that it is given, so what is wanted of the whole page is taken before.
    body = root.find("body")
    lines, licences = lines_of(root if body is None else body), root.xpath(_LICENCE)
    mine, declared, lang = article_of(lines), declared_day(root, None), declared_language(root)
    page = _extracted(root)
    whole = "\n".join(line.text for line in lines)
    article = _article(lines, mine, block_text(page.body))
    text = _with_title(article or whole, page.title)
    day, where = declared or declared_day(root, page.url) or (None, None)
    yield Reading(
        f"{text}\n{_beside(text, whole)}",
        title=page.title,
        published=day,
        published_from=where,
        url=page.url,
        author=page.author,
        declared=lang,
        licence=page.license or next(iter(licences), None),
        encoding=decoded.encoding,
        rest=len(text),
        notes=tuple(_notes(article, whole)),
    )


def _article(lines: Sequence[PageLine], mine: Sequence[bool], extracted: str) -> str:
    """Return the lines of a page's article: where no prose shows it, what trafilatura took."""
    if not any(mine):
        return extracted
    taken = Counter(map(normalise, extracted.split("\n")))
    kept = []
    last = max(place for place, is_mine in enumerate(mine) if is_mine)
    for place, (line, is_mine) in enumerate(zip(lines, mine, strict=True)):
        name = normalise(line.text)
        # A heading or a short paragraph outside may be the article's; what follows it all seldom is.
        also = taken[name] > 0 and place < last and not line.is_linked and not line.is_beside
        taken[name] -= 1
        if is_mine or also:
            kept.append(line.text)
    return "\n".join(kept)


def _extracted(root: Any) -> Document:  # noqa: ANN401  (lxml has no types)
    """Return what trafilatura finds in a page, an empty document where it finds nothing."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    found = bare_extraction(root, favor_precision=True, include_comments=False, with_metadata=True)
    return found if isinstance(found, Document) else Document()


def _beside(text: str, whole: str) -> str:
    r"""Return the lines of a page that are not in the text taken of it.

    >>> _beside("News\nHe came.", "Home\nNews\nHe came.\n© 2019")
    'Home\n© 2019'
    """
    taken = Counter(map(normalise, text.split("\n")))
    left = []
    for line in whole.split("\n"):
        if taken[normalise(line)] > 0:
            taken[normalise(line)] -= 1
        else:
            left.append(line)
    return "\n".join(left)


def _with_title(text: str, title: str | None) -> str:
    r"""Return the text with its headline before it.

    trafilatura keeps the headline only where it stands in the article.

    >>> _with_title("He came.", "News"), _with_title("News\nHe came.", "News")
    ('News\nHe came.', 'News\nHe came.')
    """
    if title is None or any(normalise(line) == normalise(title) for line in text.split("\n", _TOP)[:_TOP]):
        return text
    return f"{title}\n{text}"


def _notes(article: str, whole: str) -> Iterator[Any]:
    if not article:
        yield "no article was found in this page, so all of its text was taken"
    elif len(article) < _LITTLE * len(whole):
        yield f"the article is {100 * len(article) // len(whole)} % of this page's text: see whether it is all there"
