"""Put look-alike letters back into their script, as a Latin i in Kazakh.

Kazakh keyboards, old fonts and character recognition leave them in texts; nobody sees them, and no search finds them.
The pairs are those of Unicode's confusables (Unicode Technical Standard 39) among the letters of the two languages.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["repair"]

# In the same order: Latin letters, and the Cyrillic ones that look like them.
_LATIN: Final = "aceiopsxyhjAABCEHIKMOPSTXYJƏəƟɵҺ¥"
_CYRILLIC: Final = "асеіорѕхуһјААВСЕНІКМОРЅТХУЈӘәӨөҺҰ"
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans("асеіорѕхуһјАВСЕНІКМОРЅТХУЈ", "aceiopsxyhjABCEHIKMOPSTXYJ")

_LETTERS: Final = r"A-Za-z\u00c0-\u024f\u0250-\u02af\u0400-\u052f¥"
# Looked for at the beginning of a word alone, for the time that a word without end would take.
_MIXED: Final = re.compile(
    rf"(?<![{_LETTERS}])(?=[{_LETTERS}]*[\u0400-\u052f])(?=[{_LETTERS}]*[A-Za-z\u018f\u0259\u019f\u0275¥])[{_LETTERS}]+"
)
_CYRILLIC_LETTER: Final = re.compile(r"[\u0400-\u052f]")
_OF_CYRILLIC: Final = frozenset(_LATIN)
_OF_LATIN: Final = frozenset("асеіорѕхуһјАВСЕНІКМОРЅТХУЈ")


def repair(text: str) -> str:
    """Return the text with look-alike letters of the other script replaced, at the same length.

    It works word by word. A word is put into one script only if every letter of the other has a twin there and at
    least one letter has none, so that it says by itself where it belongs: "Facebookте" and "КB" stay as they are.

    >>> repair("Қaзaқстaн Рecпубликacы"), repair("Аstana"), repair("Facebookте")
    ('Қазақстан Республикасы', 'Astana', 'Facebookте')
    """
    if text.isascii():
        return text
    return _MIXED.sub(lambda word: _repaired(word.group()), text)


def _repaired(word: str) -> str:
    cyrillic = {letter for letter in word if _CYRILLIC_LETTER.match(letter)}
    latin = set(word) - cyrillic
    if latin <= _OF_CYRILLIC and not cyrillic <= _OF_LATIN:
        return word.translate(_TO_CYRILLIC)
    if cyrillic <= _OF_LATIN and not latin <= _OF_CYRILLIC:
        return word.translate(_TO_LATIN)
    return word
