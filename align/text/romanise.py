"""Kazakh Cyrillic (and Russian) to the Latin letters that English papers write names with."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["romanise"]

# The values follow what English newspapers print (Nazarbayev's Almaty, Tokayev, Zhambyl, Kyzylorda), not the official
# Latin alphabet: the point is that a name looks alike on both sides.
_CYRILLIC: Final = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    # Letters of neighbouring alphabets turn up in names.
    "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz",
}  # fmt: skip
# What Unicode does not decompose, although English drops the stroke or writes two letters.
_LATIN: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a"}
_MARKS: Final = {
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "′": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"',
    "»": '"', "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
}  # fmt: skip


def _undecorated(letter: str) -> str:
    """Return a Latin letter without its diacritics; any other character comes back as it is."""
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] if len(parts) > 1 and parts[0].isascii() else letter


def _table() -> dict[int, str]:
    lower = _CYRILLIC | _LATIN
    letters = lower | {key.upper(): value.capitalize() for key, value in lower.items() if len(key.upper()) == 1}
    latin = {chr(code): _undecorated(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))}
    combining = {chr(code): "" for code in range(0x300, 0x370)}
    changed = {key: value for key, value in latin.items() if key != value}
    return str.maketrans(changed | letters | _MARKS | combining)


_TABLE: Final = _table()


def romanise(text: str) -> str:
    """Return the text in comparable Latin letters, upper and lower case kept.

    Cyrillic letters become what English papers write, Latin letters lose their diacritics, typographic apostrophes and
    quotes become plain ones, soft hyphens and zero-width marks go. Other scripts stay. Total, and pure.

    >>> romanise("Помпео Нұр-Сұлтанға келді")
    'Pompeo Nur-Sultanga keldi'
    >>> romanise("Erdoğan’s café")
    "Erdogan's cafe"
    """
    if text.isascii():
        return text
    # Composing first lets a decomposed й or ё meet the table as the letter it is.
    return unicodedata.normalize("NFC", text).translate(_TABLE)
