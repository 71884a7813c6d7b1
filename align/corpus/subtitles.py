"""Subtitles (SubRip, WebVTT): what is said, cues joined to sentences.

Times, numbers and marks are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.corpus.encoding import decode
from align.corpus.source import Reading, Source

__all__ = ["read_subtitles"]

_TIMES = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}.*")
_TAG = re.compile(r"<[^>]{0,80}>|\{\\[^}]{0,80}\}")
_SPEAKER = re.compile(r"^\s*[-–—]\s*")
_ENDED = re.compile(r"[.!?…][\"»”’')\]♪]*$")
_SOUND = re.compile(r"^\s*(?:\[[^\]]*\]|\([^)]*\)|♪.*)\s*$")
_BLOCK = re.compile(r"\r?\n[ \t]*(?:\r?\n)+")


def read_subtitles(source: Source) -> Iterator[Reading]:
    """Yield the text of subtitles; a sentence that several cues hold is one line of it."""
    decoded = decode(source.content, source.name)
    yield Reading("\n".join(_sentences(_cues(decoded.text))), encoding=decoded.encoding)


def _cues(text: str) -> Iterator[str]:
    """Yield the lines of the cues, what only names a sound left out."""
    for block in _BLOCK.split(text):
        lines = block.splitlines()
        times = next((number for number, line in enumerate(lines) if _TIMES.fullmatch(line)), None)
        if times is not None:
            yield from (line for line in map(_said, lines[times + 1 :]) if line and not _SOUND.match(line))


def _said(line: str) -> str:
    return " ".join(_TAG.sub("", line).split())


def _sentences(lines: Iterator[str]) -> Iterator[str]:
    held = ""
    for line in lines:
        if held and (_ENDED.search(held) or _SPEAKER.match(line)):
            yield held
            held = ""
        held = f"{held} {_SPEAKER.sub('', line)}".strip()
    if held:
        yield held
