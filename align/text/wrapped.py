"""Tell texts wrapped to a width (mail, PDF) from a sentence a line, and mend the former."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from statistics import median
from typing import Final

__all__ = ["unwrap", "wrap_width"]

_SAMPLE = 200_000
"""Characters that show how a document was made; reading on would not change the answer."""

_AT_ONCE = 10_000
_LEAST_BREAKS = 2
_LEAST_SHARE = 0.3
"""How many line ends must fall inside a sentence, as the next line's small letter tells: in wrapped prose more than
half do, in a text of a sentence a line next to none."""

_FULL = 0.85
"""A line whose next word would have gone past this share of the width was broken for want of room."""

_LEAST_FULL = 0.6
_WIDEST = 160
"""Characters in the longest line that is taken for wrapped; longer ones are paragraphs."""

_LINE: Final = re.compile(r"([^\r\n\u2028\u2029]*)(\r\n|[\r\n\u2028\u2029]|$)")
_ENDED: Final = re.compile(r"[.!?…:;][\"»”’')\]]*$")
_BEGINS_LOW: Final = re.compile(r"[(\"«“„‘'\[]?[a-zа-яёәғқңөұүһі]")
_ITEM: Final = re.compile(r"[•●▪*–—-]\s|\(?(?:\d{1,3}|[^\W\d_])[.)]\s|#")
_INSIDE: Final = re.compile(r"[–—-]\s+[a-zа-яёәғқңөұүһі]|[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.\s?[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]")
"""What looks like an item's dash or letter, yet may go on with the line before: – деді ол; Ә. Кекілбаев."""
_HYPHEN: Final = re.compile(r"(\w+)-$")
_FIRST_WORD: Final = re.compile(r"\w*")
_COMPOUND: Final = re.compile(r"\w+-\w+")


def wrap_width(text: str) -> int | None:
    r"""Return the usual length of a full line in a wrapped text.

    It is None where every line is a sentence or more.

    >>> wrap_width("One day the king went\nout to hunt and came\nto the end of a wood.\n")
    20
    >>> wrap_width("Ол келді\nБіз қалдық\nЖаңбыр жауды") is None
    True
    """
    sample = text[:_SAMPLE]
    if sample.islower():
        return None  # Without capitals, a small letter tells nothing.
    lines = [match[1] for match in _LINE.finditer(sample)]
    breaks = [(line, after) for line, after in pairwise(lines) if _body(line) and _body(after)]
    inside = [(line, after) for line, after in breaks if _goes_on(line, after)]
    if len(inside) < max(_LEAST_BREAKS, _LEAST_SHARE * len(breaks)):
        return None
    lengths = [len(line) for line, _ in inside]
    widest = sorted(lengths)[len(lengths) * 9 // 10]
    full = sum(_is_full(line, after, widest) for line, after in inside)
    return round(median(lengths)) if widest <= _WIDEST and full >= _LEAST_FULL * len(inside) else None


def unwrap(text: str, width: int | None) -> str:
    r"""Return the text, exactly as long as it was, with spaces where a line break only wraps.

    `width` is what wrap_width told. A break stays beside a blank line, before a list's item, after a line that was
    not full. A word divided by a hyphen is joined by a soft hyphen and a zero-width space, which matching leaves out;
    the hyphen of a compound stays. Spans of the result are spans of the text that was read.

    >>> unwrap("One day the king went\nout to hunt.\n\nThe end", 20)
    'One day the king went out to hunt.\n\nThe end'
    >>> unwrap("Ол қазақ-\nстандық", 9) == "Ол қазақ\u00ad\u200bстандық"
    True
    """
    if width is None:
        return text
    pieces = _pieces(text, width)
    # Joined by the thousand, for a long text's lines take far more room one by one.
    return "".join(iter(lambda: "".join(islice(pieces, _AT_ONCE)), ""))


def _pieces(text: str, width: int) -> Iterator[str]:
    compounds = frozenset(_COMPOUND.findall(text[:_SAMPLE]))
    lines = ((match[1], match[2]) for match in _LINE.finditer(text))
    margin = ""  # What stands for the next line's quotation marks and indent, once the line is joined.
    for line, after in pairwise(chain(lines, [("", "")])):
        content, newline, blank = *line, ""
        if _joins(content, after[0], width):
            content, blank = _joint(content, _body(after[0]), compounds)
            newline = blank * len(newline)
        yield margin + content[len(margin) :] + newline
        margin = blank * (len(after[0].rstrip()) - len(_body(after[0])))


def _joint(content: str, after: str, compounds: frozenset[str]) -> tuple[str, str]:
    """Return a line ready to be joined, and the character that takes the place of its break."""
    hyphen, second = _HYPHEN.search(content), _FIRST_WORD.match(after)
    if hyphen is None or second is None or not second.group():
        return content, " "
    first, word = hyphen[1], second.group()
    divided = first.islower() and word.islower() and first != word and f"{first}-{word}" not in compounds
    return (content[:-1] + "\u00ad" if divided else content), "\u200b"


def _joins(line: str, after: str, width: int) -> bool:
    body, next_body = _body(line), _body(after)
    if not body or not next_body or _depth(line) != _depth(after):
        return False
    if _goes_on(line, after):
        return True
    if _ITEM.match(next_body) and (_ENDED.search(body) or not _INSIDE.match(next_body)):
        return False
    return _is_full(line, after, width) and not _is_indented(line, after)


def _goes_on(line: str, after: str) -> bool:
    """Say whether a sentence goes on in the next line, as its small letter tells."""
    body = _body(after)
    return _BEGINS_LOW.match(body) is not None and not _ITEM.match(body) and not _ENDED.search(line.rstrip())


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(_body(after).split(maxsplit=1)[0]) > _FULL * width


def _is_indented(line: str, after: str) -> bool:
    """Say whether the next line begins a paragraph, by its indent."""
    return _margin(after) >= _margin(line) + 2


def _depth(line: str) -> int:
    """Return how many marks of a quoted mail begin a line."""
    return line.count(">", 0, len(line) - len(line.lstrip("> \t")))


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _body(line: str) -> str:
    """Return a line without white space at its ends and without the marks of a quoted mail."""
    return line.lstrip("> \t").rstrip()
