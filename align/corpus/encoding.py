"""Bytes to text: which encoding a file is in, decided by what its bytes can mean, and said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from align.errors import InputError
from align.text.mojibake import mended, words_known

__all__ = ["Decoded", "decode", "decode_declared", "decode_unicode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
"""UTF-32's little-endian mark begins with UTF-16's, so it is looked for first."""

_NAMES = {"cp1251": "windows-1251", "cp1252": "windows-1252", "kz1048": "KZ-1048", "ptcp154": "PT154"}
_SAMPLE = 1 << 22
_KNOWN = 0.5
_BETTER = 0.1
"""The share of words that a code page must make known, and by how much more than others do."""
_HEAD = 4096
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a]")
_STRANGE_16 = re.compile(
    r"[^\t\n\r\x20-\x7e\u00a0-\u024f\u0400-\u04ff\u0600-\u06ff\u2010-\u206f\u20ac\u20b8\u2116\ufeff]"
)
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[А-Яа-яЀ-Џѐ-џҐґӘ-ӫҒғҚқҢңҮүҰұҺһ]+")
_CASED = re.compile(r"[^a-zа-яё]+|.[^A-ZА-ЯЁ]*")
_MARKS_OF_TEXT = frozenset("«»“”„‘’‚‹›–—…№°§©®™·•±×÷€£¢¥¼½¾²³µ´¶\u00a0\u00ad")
_COMMON = "аеоинтрслықівд"
_VOWELS_1251 = "аеёиоуыэюяіўјїє"
_OWN = frozenset("әғқңөұүһ")
_VOWELS = "аәеоөұүыіэюя"
_FORBIDDEN = {"қ": ("", "еіәөүэю"), "ғ": ("", " "), "ң": (" ", ""), "һ": ("", "")}
"""What may stand neither before nor after a Kazakh consonant."""
_SOME = 6
"""Words among which one may be odd: a Latin letter has slipped into it."""
_ENOUGH = 60
"""Letters from which their frequencies say something."""
_PLENTY = 300
"""Letters from which the absence of one says something."""
_NORDIC = frozenset("ÐÝÞðýþ")
"""Letters that windows-1252 shows for the Turkish and Kazakh Latin letters of other code pages."""

_SOUND = 0.95
"""Share of the words with letters beyond ASCII that must look like words; a wrong code page leaves hardly any."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the name of the encoding its bytes were in."""

    text: str
    encoding: str = "UTF-8"


def decode(content: bytes, name: str) -> Decoded:
    """Return the text of a file, and in which encoding it was.

    Known are UTF-8, UTF-16, windows-1251, windows-1252, KZ-1048 and PT154. What had been read in a wrong encoding
    before is put right where nothing is lost (`align.text.mojibake`). Raises InputError for anything else, naming the
    first byte that is not UTF-8; no character is ever replaced.

    >>> decode("Қазақ тілінің әліпбиі".encode("kz1048"), "a.txt")
    Decoded(text='Қазақ тілінің әліпбиі', encoding='KZ-1048')
    """
    try:
        return _mended(decode_unicode(content, name))
    except InputError as error:
        decoded = None if _CONTROL.search(content) else _decode_code_page(content)
        if decoded is None:
            raise error
        return decoded


def _mended(decoded: Decoded) -> Decoded:
    found = mended(decoded.text)
    return decoded if found is None else Decoded(found.text, f"{decoded.encoding} ({found.how})")


def decode_unicode(content: bytes, name: str) -> Decoded:
    """Return the text of a file in UTF-8 or UTF-16.

    Raises InputError naming the first byte that is neither.
    """
    for mark, codec, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(_strict(content, codec, encoding, name), encoding)
    if _CONTROL.search(content) and (decoded := _unmarked_utf16(content)) is not None:
        return decoded
    text = _strict(content, "utf-8", "UTF-8", name)
    if (null := content.find(b"\0")) >= 0:
        raise InputError(f"{_where(content, null, name)}: not a text (byte {null}, 0x00): leave the file out")
    return Decoded(text)


def decode_declared(content: bytes, name: str) -> Decoded:
    """Return the text of a page that names its own encoding.

    That is believed unless the bytes are UTF-8 or UTF-16. A page of Kazakh letters that calls itself windows-1251 is
    KZ-1048: the two differ in those letters alone.

    >>> decode_declared('<meta charset="koi8-r"><p>Встреча'.encode("koi8-r"), "a.html").encoding
    'koi8-r'
    """
    try:
        return _mended(decode_unicode(content, name))
    except InputError:
        found = _DECLARED.search(content[:_HEAD])
        if found is None:
            return decode(content, name)
    declared = found[1].decode("ascii")
    try:
        codec = codecs.lookup(declared).name
        text = content.decode(codec)
    except (LookupError, UnicodeError):
        return decode(content, name)
    own = _decode_code_page(content) if codec in _NAMES else None
    return own or Decoded(text, _NAMES.get(codec, declared))


def _strict(content: bytes, codec: str, encoding: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{_where(content, error.start, name)}: not {encoding} (byte {error.start}, 0x{content[error.start]:02x}),"
            " nor surely any other encoding: save it as UTF-8 with the program that made it"
        ) from error


def _where(content: bytes, offset: int, name: str) -> str:
    line = content.count(b"\n", 0, offset) + 1
    return f"{name}, line {line}"


def _unmarked_utf16(content: bytes) -> Decoded | None:
    """Return UTF-16 without a mark: the byte order whose characters are letters of ours."""
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if len(_STRANGE_16.findall(text[:_SAMPLE])) <= (1 - _SOUND) * len(text[:_SAMPLE]):
            return Decoded(text, "UTF-16")
    return None


def _decode_code_page(content: bytes) -> Decoded | None:
    """Return the text in the one code page whose reading looks like words.

    None where none surely does.
    """
    codec = _code_page(content[:_SAMPLE])
    try:
        return None if codec is None else Decoded(content.decode(codec), _NAMES[codec])
    except UnicodeDecodeError:
        return None


def _code_page(sample: bytes) -> str | None:
    if _is_pt154(sample):
        return "ptcp154"
    cyrillic = sample.decode("cp1251", "ignore")
    if _sounds_cyrillic(cyrillic):
        kazakh = _sounds_kazakh(sample.decode("kz1048", "ignore"))
        return None if kazakh is None else "kz1048" if kazakh else "cp1251"
    english = sample.decode("cp1252", "ignore")
    if not _sounds_english(english):
        return None
    # Where only quotes and dashes lie beyond ASCII the two agree, and here the Cyrillic one is the commoner.
    return "cp1251" if english == cyrillic else "cp1252"


def _is_pt154(sample: bytes) -> bool:
    """Say whether bytes are Kazakh in PT154, by the words they make.

    Other code pages make other signs of its letters.
    """
    known = words_known(sample.decode("ptcp154", "ignore"))
    others = max(words_known(sample.decode(codec, "ignore")) for codec in ("kz1048", "cp1251"))
    return known >= _KNOWN and known > others + _BETTER


def _foreign_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if len(word) > 1 and not word.isascii()]


def _sounds_cyrillic(text: str) -> bool:
    """Say whether words with letters beyond ASCII read as Cyrillic.

    They are Cyrillic throughout, cased like words and pronounceable.
    """
    words = _foreign_words(text)
    sound = sum(_CYRILLIC.fullmatch(word) is not None and _CASED.fullmatch(word) is not None for word in words)
    letters = "".join(words).lower()
    common, vowels = (sum(map(letters.count, each)) for each in (_COMMON, _VOWELS_1251))
    pronounceable = vowels >= 0.3 * len(letters) and (len(letters) < _ENOUGH or common >= 0.55 * len(letters))
    odd = len(words) - sound
    return bool(words) and odd <= max((1 - _SOUND) * len(words), len(words) >= _SOME) and pronounceable and _clean(text)


def _sounds_english(text: str) -> bool:
    """Say whether letters beyond ASCII are as rare as in English.

    Nor may another code page explain them.
    """
    letters = [each for each in text if each.isalpha()]
    foreign = [each for each in letters if not each.isascii()]
    cased = all(_CASED.fullmatch(word) for word in _foreign_words(text))
    return cased and not _NORDIC & set(foreign) and _clean(text) and len(foreign) <= 0.02 * len(letters)


def _clean(text: str) -> bool:
    odd = [each for each in text if not each.isascii() and not each.isalpha()]
    return sum(each not in _MARKS_OF_TEXT for each in odd) <= (1 - _SOUND) * len(odd)


def _sounds_kazakh(text: str) -> bool | None:
    """Say whether KZ-1048's letters stand where Kazakh has them.

    Meant are those in the places of Serbian's and Ukrainian's. None where both readings could be meant. Of a longer
    Kazakh text, a tenth of the letters and more are those that Russian lacks.
    """
    words = _foreign_words(text)
    # An abbreviation in capitals (БҰҰ) follows no rule of sound.
    votes = [vote for word in words if not word.isupper() for vote in _votes(word.lower())]
    letters = "".join(words).lower()
    fitting, known = sum(votes), _is_kazakh_alone(set(letters))
    if not votes:
        return None if set(letters) & _OWN else False
    if fitting <= 0.5 * len(votes) or (len(letters) >= _PLENTY and not (known and len(votes) >= 0.05 * len(letters))):
        return False
    return True if known and fitting >= 0.8 * len(votes) else None


def _is_kazakh_alone(letters: set[str]) -> bool:
    """Say whether letters are such as Kazakh alone has.

    The languages meant are those whose letters of windows-1251 stand in the places of KZ-1048's. Ukrainian and Serbian
    have no ы, Belarusian has it with ў alone, and Serbian has ј without і.
    """
    return not letters.isdisjoint("қң") or ("ы" in letters and not letters.isdisjoint("әөүғ")) or {"і", "ә"} <= letters


def _votes(word: str) -> list[bool]:
    """Return for each of Kazakh's own letters whether its neighbours allow it.

    Kazakh vowels don't meet (Ukrainian ї and Belarusian ў, in their places, follow vowels), ғ ends no word (Ukrainian
    є does), қ stands before no front vowel (Macedonian ќ does) and ң begins no word (Macedonian ѕ does).
    """
    votes = []
    for before, letter, after in zip(" " + word, word, word[1:] + " ", strict=False):
        if letter in "әөүұ":
            votes.append(before not in _VOWELS and after not in _VOWELS)
        elif letter in _FORBIDDEN:
            ahead, behind = _FORBIDDEN[letter]
            votes.append(before not in ahead and after not in behind)
    return votes
