"""Which language and alphabet a text is in: by its letters, and by statistics where they leave it open."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from align.text.cyrillic import Script, to_cyrillic
from align.text.lookalikes import repair
from align.types import Lang

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["Language", "detect", "identify", "kazakh_script"]

Language: TypeAlias = Literal["kk", "en", "other"]

_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u0259]")
_ARABIC: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d5\u06fa-\u06ff]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_CYRILLIC_WORD: Final = re.compile(r"[\u0400-\u052f]+")

_KAZAKH: Final = re.compile(r"[әғқңөұүһі]")
_KAZAKH_ALONE: Final = re.compile(r"[қғұі]")
"""Letters that Kazakh has and Kyrgyz, Tatar and Mongolian lack; Uzbek has the first two, Ukrainian the last."""
_CLOSE_VOWEL: Final = re.compile(r"[ыі]")
"""Every second Kazakh word has one; Uzbek and Tajik have neither."""
_FOREIGN: Final = re.compile(r"[ўҳҷӣӯҗҙҡҫїєґҕӑӗӳҥӧӱҝҹӏј]")
"""Letters of the neighbours, from Uzbek and Tajik to Tatar, Bashkir, Sakha, Chuvash and Ukrainian."""
_KAZAKH_SHARE: Final = 0.02
"""A fifth of the letters of Kazakh prose are ones that Russian lacks; Russian prose has them in names alone."""
_FOREIGN_SHARE: Final = 0.1
"""A tenth of the letters that are not Russian's may be a neighbour's: a name that is quoted."""

_ENGLISH: Final = frozenset(
    "the of and to in a is that for on with as was by it at from he be has have his an are were this said not but its"
    " who which will they their or had been i you we my our your do does did can if no so all there what she her"
    " him".split()
)
_ENGLISH_SHARE: Final = 0.08
"""A third of the words of English prose stand in the list; of other Latin-script languages, some 3 %."""

_SURELY_ENGLISH: Final = 0.2
"""A share that no other language's prose reaches, though some have words that are spelled like English ones."""

_COMMON: Final = frozenset(
    "және мен үшін туралы бойынша бұл де деп пен бар бір оның ол өз немесе осы дейін басқа болады арқылы біз керек екі"
    " мың емес сондай ғана егер жыл одан бірақ кейін сол ең болып жаңа барлық сіз әрі олар маған мені мына қалай неге"
    " жоқ тек болған болды еді екен келген сонымен қатар арасында адам оны оған қазақ қазақстан жылы күні"
    " қазіргі кез құқығы тиіс әр әркім бойы өзінің қандай ешкім ретінде жоғары тілі елі".split()
)
_COMMON_SHARE: Final = 0.06
"""A sixth of the words of Kazakh prose stand in the list, once they are in Cyrillic."""

_SHORT: Final = 30
"""Letters below which a text without a telling one is not judged."""
_SURE: Final = 0.9

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


def identify(text: str) -> Language | None:
    """Return the language of a text, "other" for a third one, or None where there is too little to tell.

    Kazakh is known in Cyrillic, in the Latin alphabets of 2017, 2018 and 2021, and in Arabic script. The statistical
    identifier is py3langid's (Barbaresi 2022, after Lui and Baldwin 2012).

    >>> identify("Қазақстанда президент сайлауы өтеді"), identify("The election will be held on Sunday")
    ('kk', 'en')
    >>> identify("Президенттик шайлоо жекшемби күнү өткөрүлөт деп күтүлүүдө"), identify("12:30")
    ('other', None)
    """
    text = repair(text)
    lower = text.lower()
    counts = [len(pattern.findall(lower)) for pattern in (_CYRILLIC, _LATIN, _ARABIC)]
    if not any(counts):
        return None
    if counts[0] == max(counts):
        return _of_cyrillic(lower, counts[0])
    if kazakh_script(text) is not None:
        return "kk"
    return _of_latin(lower, counts[1]) if counts[1] == max(counts) else "other"


def detect(text: str) -> Lang | None:
    """Return "kk" or "en" for a whole document, or None for one that is neither.

    Where there is too little to tell, Latin letters are taken for English, since headlines and list items leave its
    commonest words out, and any letter of Kazakh's own for Kazakh.

    >>> detect("Қазақстанда президент сайлауы өтеді"), detect("Pompeo Urges Kazakhstan"), detect("Это по-русски")
    ('kk', 'en', None)
    """
    language = identify(text)
    if language == "other":
        return None
    if language is None:
        if _CYRILLIC.search(text):
            return "kk" if _KAZAKH.search(text.lower()) else None
        return "en" if _LATIN.search(text) else None
    return language


def _of_cyrillic(lower: str, letters: int) -> Language | None:
    kazakh, alone, foreign = (len(pattern.findall(lower)) for pattern in (_KAZAKH, _KAZAKH_ALONE, _FOREIGN))
    if foreign and foreign >= _FOREIGN_SHARE * (kazakh + foreign):
        return "other"
    enough = kazakh >= _KAZAKH_SHARE * letters
    if enough and alone and _CLOSE_VOWEL.search(lower):
        if kazakh > lower.count("і") or not _COMMON.isdisjoint(_CYRILLIC_WORD.findall(lower)):
            return "kk"
        # Ukrainian and Belarusian have this one letter of Kazakh's.
        return "kk" if _by_statistics(lower)[0] == "kk" else "other"
    if letters < _SHORT:
        return None
    return "kk" if enough and _by_statistics(lower)[0] == "kk" else "other"


def _of_latin(lower: str, letters: int) -> Language | None:
    words = _WORD.findall(lower)
    common = sum(word in _ENGLISH for word in words) / max(len(words), 1)
    if common >= _SURELY_ENGLISH or letters < _SHORT:
        return "en" if common >= _ENGLISH_SHARE else None
    language, probability = _by_statistics(lower)
    if language == "en" or (common >= _ENGLISH_SHARE and probability < _SURE):
        return "en"
    return "other" if probability >= _SURE or not lower.isascii() else None


def _by_statistics(lower: str) -> tuple[str, float]:
    """Return the most probable language, ISO 639-1, and its probability (0-1)."""
    language, probability = _identifier().classify(lower)
    return str(language), float(probability)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def kazakh_script(text: str) -> Script | None:
    """Return the alphabet of Kazakh that is not in Cyrillic, None for all other texts.

    >>> kazakh_script("Qazaqstan Respublikasynyñ Prezidentı bügın jaña zañğa qol qoidy")
    'latin-2021'
    """
    if text.isascii() and "'" not in text:
        return None
    arabic = len(_ARABIC.findall(text))
    if arabic > len(_LATIN.findall(text)):
        return "arabic" if _is_tote(text, arabic) else None
    if len(_CYRILLIC.findall(text)) >= len(_LATIN.findall(text)):
        return None
    lower = text.replace("I", "ı").lower()
    found = {script: pattern.findall(lower) for script, pattern in _LETTERS.items()}
    script = max(found, key=lambda each: len(found[each]))
    letters = len(_LATIN.findall(lower))
    if len(found[script]) < _OWN_SHARE * letters or _NEIGHBOUR.search(lower):
        return None
    # Every third Kazakh word has a q; Turkish has none.
    if letters >= _SHORT and "q" not in lower:
        return None
    return script if _is_kazakh(to_cyrillic(text, script).text) else None


def _is_tote(text: str, letters: int) -> bool:
    own = len(_TOTE.findall(text))
    return own >= _OWN_SHARE * letters and not _UYGHUR.search(text) and _is_kazakh(to_cyrillic(text, "arabic").text)


def _is_kazakh(cyrillic: str) -> bool:
    """Say whether a transliterated text has the words and the letters of Kazakh."""
    words = _CYRILLIC_WORD.findall(cyrillic.lower())
    common = sum(word in _COMMON for word in words)
    return common >= max(_COMMON_SHARE * len(words), 1) and _of_cyrillic(cyrillic.lower(), len(cyrillic)) == "kk"
