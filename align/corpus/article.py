"""Which lines of a page are its article.

That shows in where its prose stands, and in what the parts beside it call themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from align.corpus.page_blocks import BLOCKS, BREAKS, HIDDEN
from align.corpus.safe_xml import local_name

__all__ = ["PageLine", "article_of", "lines_of"]

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_PROSE: Final = re.compile(r"(?=.{60})(?=.*[.!?…:»”\"])(?:\S+\s+){7}\S+")
"""A line of prose: sixty characters and eight words at least, and an end mark somewhere."""
_BESIDE: Final = frozenset({"nav", "aside", "footer", "form", "menu", "button", "select"})
_NAMES: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|navbar|breadcrumbs?|sidebar|aside|footer|related|recommend\w*|similar|more-?news|other-?news|"
    r"last-?news|latest|popular|trending|top-?news|read-?(?:also|more)|share|sharing|social\w*|soc|subscribe|subscription|"
    r"newsletter|comments?|disqus|tags?|taglist|ads?|advert\w*|banner|promo|cookie\w*|popup|modal|widget|copyright|pager|"
    r"pagination|author-box|rating|counter|views|search|login|weather|currency|rates)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_LINKED: Final = 0.6
"""Share of a line's characters that may stand in links; a list of other news is all links."""
_MOST_OF_IT: Final = 0.75
"""Share of a page's prose that the part has that is taken for its article."""
_CLIMB: Final = 3
"""Elements around an article among which its headline's is looked for."""
_MOST_MORE: Final = 1.5
_LEAST_WORDS: Final = 4
"""Words of a line between headline and article that is read; rubrics, days and counters have fewer."""
_HALF: Final = 0.4
"""A part with so much of the page's prose is not beside it, whatever it calls itself."""


@dataclass(slots=True)
class PageLine:
    """A line that a page shows: how many of its characters are links, and what it stands in.

    `within` are the elements around it. `is_beside` says that one of these calls itself a menu, a list of other news or
    the like.
    """

    text: str
    linked: int
    within: tuple[Any, ...]
    is_beside: bool = False

    @property
    def is_prose(self) -> bool:
        """Say whether it is a line of prose rather than a menu's, a headline or a list of links."""
        return _PROSE.match(self.text) is not None and not self.is_linked

    @property
    def is_linked(self) -> bool:
        """Say whether it is mostly links."""
        return self.linked > _MOST_LINKED * len(self.text)


def lines_of(root: Any) -> list[PageLine]:  # noqa: ANN401  (lxml has no types)
    """Return the lines that a page shows, one a block."""
    from lxml import etree

    lines: list[PageLine] = []
    pieces: list[tuple[str, bool]] = []
    stack: list[Any] = []
    links = 0

    def end_line(within: Sequence[Any]) -> None:
        text = _SPACE.sub(" ", "".join(piece for piece, _ in pieces)).strip(" ")
        if text:
            linked = sum(len(piece) for piece, is_link in pieces if is_link)
            lines.append(PageLine(text, linked, tuple(within)))
        pieces.clear()

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = local_name(element)
        if tag in BLOCKS or (tag in BREAKS and event == "start"):
            end_line(stack)
        if event == "start":
            stack += [element] if tag in BLOCKS else []
            links += tag == "a"
            if tag in HIDDEN:
                walk.skip_subtree()
            else:
                pieces.append((element.text or "", links > 0))
        else:
            links -= tag == "a"
            if tag in BLOCKS:
                stack.pop()
            if element is not root:
                pieces.append((element.tail or "", links > 0))
    end_line(stack)
    return lines


def article_of(lines: Sequence[PageLine]) -> list[bool]:
    """Return for each line of a page whether it belongs to its article.

    All are False on a page without prose.
    """
    prose: dict[Any, int] = {}
    total = 0
    for line in lines:
        if line.is_prose:
            total += len(line.text)
            for element in line.within:
                prose[element] = prose.get(element, 0) + len(line.text)
    if not total:
        return [False] * len(lines)
    beside = {element for line in lines for element in line.within if _is_beside(element, prose, total)}
    for line in lines:
        line.is_beside = not beside.isdisjoint(line.within)
    inner = sum(len(line.text) for line in lines if line.is_prose and beside.isdisjoint(line.within)) or total
    article = _container(lines, beside, inner)
    around = _with_headline(article, prose)
    return [
        not (line.is_beside or line.is_linked)
        and (article in line.within or (around in line.within and len(line.text.split()) >= _LEAST_WORDS))
        for line in lines
    ]


def _with_headline(article: Any, prose: dict[Any, int]) -> Any:  # noqa: ANN401
    """Return the element around an article that has its headline.

    A lead and a picture's text stand there.
    """
    element = article
    for _ in range(_CLIMB):
        element = None if element is None else element.getparent()
        if element is None or prose.get(element, 0) > _MOST_MORE * prose[article]:
            break
        if element.find(".//h1") is not None or element.find(".//h2") is not None:
            return element
    return article


def _is_beside(element: Any, prose: dict[Any, int], total: int) -> bool:  # noqa: ANN401
    if prose.get(element, 0) > _HALF * total:
        return False
    tag = local_name(element)
    if tag in _BESIDE or (tag == "header" and element.find(".//h1") is None):
        return True
    return any(_NAMES.search(element.get(name) or "") for name in ("class", "id", "role"))


def _container(lines: Sequence[PageLine], beside: set[Any], total: int) -> Any:  # noqa: ANN401
    """Return the innermost element that holds most of the prose."""
    weights: dict[Any, int] = {}
    depths: dict[Any, int] = {}
    for line in lines:
        if line.is_prose and beside.isdisjoint(line.within):
            for depth, element in enumerate(line.within):
                weights[element] = weights.get(element, 0) + len(line.text)
                depths[element] = depth
    most = [element for element, weight in weights.items() if weight >= _MOST_OF_IT * total]
    return max(most, key=lambda element: (depths[element], weights[element]), default=None)
