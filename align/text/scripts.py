"""How Kazakh is written: in full Cyrillic, Latin, Arabic script, or what was at hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from align.text.cyrillic import Script, to_cyrillic
from align.text.word_evidence import is_typed_in_russian, latin_evidence
from align.text.word_lists import kazakh_words

__all__ = ["ARABIC", "CYRILLIC", "LATIN", "kazakh_script", "line_scripts", "official_script", "script_of_line"]

CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0259]")
ARABIC: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d5\u06fa-\u06ff]")
_CYRILLIC_WORD: Final = re.compile(r"[\u0400-\u052f]{2,}")
_LEAST_LETTERS: Final = 4
"""Letters of a word that is not met by chance, of which there have to be two."""

_OWN_SHARE: Final = 0.03
"""A sixth of the letters of Kazakh in Latin or Arabic script are ones that English, or Arabic, lacks."""
_LETTERS: Final[dict[Script, re.Pattern[str]]] = {
    "latin-2021": re.compile(r"[äöüūğñşıŋ]"),
    "latin-2018": re.compile(r"[áǵńóúýı]"),
    "latin-2017": re.compile(r"[agionscuy]['’‘ʼʻ´`′]"),
}
_NEIGHBOUR: Final = re.compile(r"[əňžçâêîûèàßåæø]")
"""Letters of Azerbaijani, Turkmen, Turkish, French and German that no Kazakh alphabet has."""
_TOTE: Final = re.compile(r"[ەۇۋىڭۆگٴ]")
_UYGHUR: Final = re.compile(r"[ېۈئۅۉێڵڕڤۊ]")
_SHORT: Final = 30
_KNOWN: Final = 0.4
"""Share of the words of Kazakh, once they are in Cyrillic, that the list knows at least; mostly it is .85."""
_SURE: Final = 2.0
"""Logarithm of the odds from which plain Latin letters are read as Kazakh."""
_SAMPLE: Final = 200
"""Lines that tell for a file."""


def kazakh_script(text: str) -> Script | None:
    """Return how Kazakh that is not in Cyrillic in full is written, None for all other texts.

    >>> kazakh_script("Qazaqstan Respublikasynyñ Prezidentı bügın jaña zañğa qol qoidy")
    'latin-2021'
    >>> kazakh_script("Qazaqstan prezidenti jana zanga qol qoydy"), kazakh_script("The president signed a law")
    ('ascii-latin', None)
    """
    counts = [len(pattern.findall(text)) for pattern in (CYRILLIC, LATIN, ARABIC)]
    if not any(counts):
        return None
    if counts[2] == max(counts):
        return "arabic" if _is_tote(text, counts[2]) else None
    if counts[0] >= counts[1]:
        return "russian-letters" if is_typed_in_russian(text) else None
    return official_script(text) or _plain(text)


def official_script(text: str) -> Script | None:
    """Return the official Latin alphabet that a Kazakh text is in, None where it is in none.

    >>> official_script("Qazaqstan Respublikasynyñ Prezidentı"), official_script("Qazaqstannyn prezidenti")
    ('latin-2021', None)
    """
    if text.isascii() and "'" not in text:
        return None
    lower = text.replace("I", "ı").lower()
    found = {script: pattern.findall(lower) for script, pattern in _LETTERS.items()}
    script = max(found, key=lambda each: len(found[each]))
    letters = len(LATIN.findall(lower))
    if len(found[script]) < _OWN_SHARE * letters or _NEIGHBOUR.search(lower):
        return None
    # Every third Kazakh word has a q; Turkish has none.
    if letters >= _SHORT and "q" not in lower:
        return None
    return script if _is_kazakh(to_cyrillic(text, script).text) else None


def _plain(text: str) -> Script | None:
    evidence = latin_evidence(text)
    return "ascii-latin" if evidence.kazakh >= max(evidence.english, 0.0) + _SURE else None


def _is_tote(text: str, letters: int) -> bool:
    own = len(_TOTE.findall(text))
    return own >= _OWN_SHARE * letters and not _UYGHUR.search(text) and _is_kazakh(to_cyrillic(text, "arabic").text)


def _is_kazakh(cyrillic: str) -> bool:
    """Say whether a text read into Cyrillic has the words of Kazakh."""
    words = _CYRILLIC_WORD.findall(cyrillic.lower())
    known = [word for word in words if word in kazakh_words()]
    long = sum(len(word) >= _LEAST_LETTERS for word in known)
    return len(known) >= _KNOWN * len(words) and long >= min(2, len(words)) and bool(words)


def line_scripts(lines: Sequence[str]) -> list[Script | None]:
    """Return how each line of a Kazakh file is written.

    A line that does not tell by itself follows the lines like it.

    >>> line_scripts(["Qazaqstan prezidenti jana zanga qol qoydy", "Almatyda", "Алматыда"])
    ['ascii-latin', 'ascii-latin', None]
    """
    cyrillic = [CYRILLIC.search(line) is not None for line in lines]
    whole: dict[bool, Script | None] = {}
    for kind in (True, False):
        group = [line for line, is_cyrillic in zip(lines, cyrillic, strict=True) if is_cyrillic == kind]
        whole[kind] = kazakh_script("\n".join(group[:: max(len(group) // _SAMPLE, 1)])) if group else None
    return [script_of_line(line, whole[kind]) for line, kind in zip(lines, cyrillic, strict=True)]


def script_of_line(line: str, whole: Script | None) -> Script | None:
    """Return how a Kazakh line is written, where too short to tell as `whole`, its document, is.

    >>> script_of_line("Almatyda", "latin-2021"), script_of_line("Алматыда", "latin-2021")
    ('latin-2021', None)
    """
    own = kazakh_script(line)
    if whole is None or (own is not None and {own, whole} != {"ascii-latin", "latin-2021"}):
        return own
    cyrillic, latin, arabic = (len(pattern.findall(line)) for pattern in (CYRILLIC, LATIN, ARABIC))
    written = {"arabic": arabic, "russian-letters": cyrillic}.get(whole, latin)
    return whole if written == max(cyrillic, latin, arabic) > 0 else None
