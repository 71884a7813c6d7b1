"""Kazakh in other alphabets than today's Cyrillic: the tables, each with its source.

* Latin of 2021: the 31 letters presented to the government of Kazakhstan on 28 January 2021 and amended that April.
* Latin of 2018: Presidential Decree 637 of 19 February 2018 (acute accents, sh, ch).
* Latin of 2017: Presidential Decree 569 of 26 October 2017 (apostrophes).
* Arabic: töte jazu, A. Baitursynuly's alphabet of 1912-1924 as China's Kazakhs write it since 1982.
* BGN/PCGN: the romanisation of 1979 of the United States Board on Geographic Names and the Permanent Committee on
  Geographical Names for British Official Use.

Letters that stand in loans alone and have none of their own in an alphabet (ц, ч, щ, э, ю, я, ё) are spelled by their
sounds; the hard and the soft sign are not written.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ARABIC", "BGN_PCGN", "LATIN_2017", "LATIN_2018", "LATIN_2021"]

_PLAIN: Final = dict(zip("абвгдежзклмнопрстфыэх", "abvgdejzklmnoprstfyeh", strict=True)) | {
    "һ": "h", "қ": "q", "ц": "ts", "ъ": "", "ь": "",
}  # fmt: skip
"""What the three Latin alphabets share."""

LATIN_2021: Final = _PLAIN | {
    "ә": "ä", "ғ": "ğ", "и": "i", "й": "i", "і": "ı", "ң": "ñ", "ө": "ö", "у": "u", "ұ": "ū", "ү": "ü", "ш": "ş",
    "ч": "tş", "щ": "şş", "ю": "iu", "я": "ia", "ё": "io",
}  # fmt: skip
LATIN_2018: Final = _PLAIN | {
    "ә": "á", "ғ": "ǵ", "и": "ı", "й": "ı", "і": "i", "ң": "ń", "ө": "ó", "у": "ý", "ұ": "u", "ү": "ú", "ш": "sh",
    "ч": "ch", "щ": "shch", "ю": "ıý", "я": "ıa", "ё": "ıo",
}  # fmt: skip
LATIN_2017: Final = _PLAIN | {
    "ә": "a'", "ғ": "g'", "и": "i'", "й": "i'", "і": "i", "ң": "n'", "ө": "o'", "у": "y'", "ұ": "u", "ү": "u'",
    "ш": "s'", "ч": "c'", "щ": "s'c'", "ю": "i'y'", "я": "i'a", "ё": "i'o",
}  # fmt: skip
ARABIC: Final = dict(zip("абвгғдежзийкқлмнңопрстуұфхһчшы", "ابۆگعدەجزييكقلمنڭوپرستۋۇفحھچشى", strict=True)) | {
    "ә": "ا", "ө": "و", "ү": "ۇ", "і": "ى", "э": "ە", "ц": "تس", "щ": "شش", "ю": "يۋ", "я": "يا", "ё": "يو", "ъ": "",
    "ь": "",
}  # fmt: skip
"""Letter by letter; that a word's vowels are front ones is written once, by a high hamza before it."""

BGN_PCGN: Final = dict(zip("абвгдезийклмнопрстфыіэә", "abvgdezīyklmnoprstfyiėä", strict=True)) | {
    "ё": "yo", "ж": "zh", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "ö", "у": "ū", "ұ": "u", "ү": "ü", "х": "kh", "һ": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ʺ", "ь": "ʹ", "ю": "yu", "я": "ya",
}  # fmt: skip
