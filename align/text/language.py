"""Which language a line or a document is in.

Letters decide, then words; statistics where both leave it open.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from align.text.cyrillic import Script
from align.text.lookalikes import repair
from align.text.scripts import ARABIC, CYRILLIC, LATIN, kazakh_script, official_script
from align.text.word_evidence import cyrillic_evidence, exact_evidence, is_typed_in_russian, latin_evidence
from align.types import Lang

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["Language", "LineLanguage", "detect", "identify", "language_of", "line_language"]

Language: TypeAlias = Literal["kk", "en", "other"]

_WORD: Final = re.compile(r"[^\W\d_]+")
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
_COMMON: Final = frozenset(
    "және мен үшін туралы бойынша бұл де деп пен бар бір оның ол өз немесе осы дейін басқа болады арқылы біз керек екі"
    " мың емес сондай ғана егер жыл одан бірақ кейін сол ең болып жаңа барлық сіз әрі олар маған мені мына қалай неге"
    " жоқ тек болған болды еді екен келген сонымен қатар арасында адам оны оған қазақ қазақстан жылы күні"
    " қазіргі кез құқығы тиіс әр әркім бойы өзінің қандай ешкім ретінде жоғары тілі елі".split()
)

_EXPECTED: Final = 2.0
"""How far the language that a line is supposed to be in speaks for it, as a logarithm of odds."""
_TEMPER: Final = 0.8
"""What a word's weight is worth in a line, whose words are not independent of one another."""
_PLAIN_LETTER: Final = -0.2
"""What each Cyrillic letter that is not Kazakh's own says against Kazakh, which has one among five."""
_SHARED_LETTER: Final = -0.12
"""The same where all of its own letters are ones that Tatar and Kyrgyz have too; one in eight is Kazakh's alone."""
_SHORT: Final = 30
"""Letters below which the lack of one says nothing."""
_NO_KAZAKH_WORD: Final = -4.0
"""The same where the letters are Kazakh's: Kyrgyz about Kazakhstan has some of them in names."""
_SURELY_OTHER: Final = -2.2
"""Logarithm of odds from which a line in Cyrillic is another language: two words that Kazakh does not know."""
_OWN_LETTER: Final = 0.8
_MOST_OWN: Final = 2.4
"""What each of Kazakh's own letters says for it where there are few letters, and all of them at most."""
_MOST_PLAIN: Final = -5.0
_TYPED: Final = -1.0
"""And what all of them say at most; less where the words show that Kazakh was typed with Russian letters."""
_IN_LATIN: Final = -1.5
"""Kazakh is seldom written in Latin letters."""
_STATISTICS: Final = 2.0
"""What the statistical identifier's word is worth where it is sure."""
_ENGLISH: Final = frozenset({"en", "pcm"})
"""English, and Nigerian Pidgin, for which the identifier takes lists of names in English."""
_SURE: Final = 0.9
_LETTERS: Final = 0.98
"""Certainty of a language that its letters tell."""
_TOO_FEW: Final = 0.8
"""Certainty below which a line has too little to tell."""


class LineLanguage(NamedTuple):
    """The language of a line: "other" for a third one, None where there is too little to tell.

    `certainty` is 0-1, how sure the language is, 0 for None. `script` says how Kazakh is written that is not in
    Cyrillic in full.
    """

    language: Language | None
    certainty: float
    script: Script | None = None


_NOTHING: Final = LineLanguage(None, 0.0)


def line_language(text: str, *, expected: Lang | None = None) -> LineLanguage:
    """Return which language a line is in, and how sure that is.

    `expected` is the language that it is supposed to be in, its document's or its column's: a line is taken for
    another one only where its letters and words outweigh that. Kazakh is known in Cyrillic, typed with Russian letters,
    in the Latin alphabets of 2017, 2018 and 2021, in plain Latin letters, and in Arabic script; English has to have the
    words of English. Where the words leave a line in Latin letters open, py3langid is asked (Barbaresi 2022, after Lui
    and Baldwin 2012).

    >>> line_language("Франция Батыс Еуропада орналасады.", expected="kk").language
    'kk'
    >>> line_language("Это важный закон.", expected="kk").language
    'other'
    >>> line_language("Казакстан Президенты бугин Алматыда жиналыс откизди.").script
    'russian-letters'
    """
    return _line_language(text, expected)


# A line is asked about before the search and again before it may become a pair.
@lru_cache(maxsize=1 << 17)
def _line_language(text: str, expected: Lang | None) -> LineLanguage:
    text = repair(text)
    lower = text.lower()
    counts = [len(pattern.findall(lower)) for pattern in (CYRILLIC, LATIN, ARABIC)]
    if not any(counts):
        return _NOTHING
    if counts[0] == max(counts):
        return _of_cyrillic(text, lower, letters=counts[0], expected=expected)
    if counts[2] == max(counts):
        script = kazakh_script(text)
        return LineLanguage("other" if script is None else "kk", _LETTERS, script)
    return _of_latin(text, expected)


def identify(text: str) -> Language | None:
    """Return the language of a text, "other" for a third one, None where there is too little.

    >>> identify("Қазақстанда президент сайлауы өтеді"), identify("The election will be held on Sunday")
    ('kk', 'en')
    >>> identify("Президенттик шайлоо жекшемби күнү өткөрүлөт деп күтүлүүдө"), identify("12:30")
    ('other', None)
    """
    return line_language(text).language


def detect(text: str, *, expected: Lang | None = None) -> Lang | None:
    """Return "kk" or "en" for a whole document, or None for one that is neither.

    Where there is too little to tell, Latin letters are taken for English, since headlines and list items leave its
    commonest words out, and any letter of Kazakh's own for Kazakh. `expected` is what the page or its site names: its
    words outweigh that, and where they tell too little, Latin letters are taken for that language.

    >>> detect("Қазақстанда президент сайлауы өтеді"), detect("Pompeo Urges Kazakhstan"), detect("Это по-русски")
    ('kk', 'en', None)
    """
    language = line_language(text, expected=expected).language
    if language == "other":
        return None
    if language is None:
        if CYRILLIC.search(text):
            return "kk" if _KAZAKH.search(text.lower()) else None
        return (expected or "en") if LATIN.search(text) else None
    return language


def language_of(text: str) -> Lang:
    """Return which of the two languages a text is likelier in.

    Where its letters are all there is, they decide.

    >>> language_of("5 млрд теңге"), language_of("5 млрд"), language_of("5 bn")
    ('kk', 'kk', 'en')
    """
    return detect(text) or ("kk" if CYRILLIC.search(text) else "en")


def _of_cyrillic(text: str, lower: str, *, letters: int, expected: Lang | None) -> LineLanguage:
    told = _by_letters(lower, letters)
    hoped = _EXPECTED * (expected == "kk")
    if told == "kk" and "і" in lower:
        # Nearly all lines of Kazakh end here: their words need not be looked up.
        return LineLanguage(told, _LETTERS)
    exact = exact_evidence(text) if _KAZAKH_ALONE.search(lower) else -math.inf
    # Kyrgyz about Kazakhstan has Kazakh letters in names; it never has і.
    if told == "kk" and _TEMPER * exact + hoped < _NO_KAZAKH_WORD:
        return LineLanguage("other", _LETTERS)
    if told is not None:
        return LineLanguage(told, _LETTERS)
    evidence = cyrillic_evidence(text)
    typed = evidence.kazakh > 0 and is_typed_in_russian(text)
    most = _TYPED if typed else _MOST_PLAIN / 2 if hoped else _MOST_PLAIN
    odds = _TEMPER * max(evidence.kazakh, exact) + max(_letters_say(lower, letters), most) + hoped
    probability = _probability(odds)
    if probability >= _TOO_FEW and evidence.words > (expected != "kk"):
        return LineLanguage("kk", probability, "russian-letters" if typed else None)
    return LineLanguage("other", 1 - probability) if odds <= _SURELY_OTHER else _NOTHING


def _letters_say(lower: str, letters: int) -> float:
    """Return what the letters of Kazakh say about the language.

    Their presence speaks for Kazakh in a few words, their lack against it in many. Tatar and Kyrgyz share some of
    them, so what only Kazakh has is looked for where there are some.
    """
    kazakh = len(_KAZAKH.findall(lower))
    if letters < _SHORT:
        return min(kazakh * _OWN_LETTER, _MOST_OWN) if _KAZAKH_ALONE.search(lower) else 0.0
    if kazakh > 1 and not _KAZAKH_ALONE.search(lower):
        return _STATISTICS if _by_statistics(lower)[0] == "kk" else _SHARED_LETTER * letters
    return min(_PLAIN_LETTER * (letters - 5 * kazakh), 0.0)


def _by_letters(lower: str, letters: int) -> Language | None:
    """Return what the letters of a Cyrillic line say by themselves."""
    kazakh, alone, foreign = (len(pattern.findall(lower)) for pattern in (_KAZAKH, _KAZAKH_ALONE, _FOREIGN))
    if foreign and foreign >= _FOREIGN_SHARE * (kazakh + foreign):
        return "other"
    if kazakh < _KAZAKH_SHARE * letters or not alone or not _CLOSE_VOWEL.search(lower):
        return None
    # Ukrainian and Belarusian have this one letter of Kazakh's.
    if kazakh > lower.count("і") or not _COMMON.isdisjoint(_WORD.findall(lower)):
        return "kk"
    return "kk" if _by_statistics(lower)[0] == "kk" else None


def _of_latin(text: str, expected: Lang | None) -> LineLanguage:
    official = official_script(text)
    if official is not None:
        return LineLanguage("kk", _LETTERS, official)
    evidence = latin_evidence(text)
    odds = {
        "en": _TEMPER * evidence.english + _EXPECTED * (expected == "en"),
        "kk": _TEMPER * evidence.kazakh + _EXPECTED * (expected == "kk") + _IN_LATIN,
        "other": 0.0,
    }
    if max(_shares(odds).values()) < _SURE:
        language, probability = _by_statistics(text.lower())
        # Kazakh in Latin letters is unknown to the identifier, which then is sure of anything.
        if odds["kk"] <= 0 and (language in _ENGLISH or probability >= _SURE):
            odds["en" if language in _ENGLISH else "other"] += _STATISTICS
            odds["kk"] -= _STATISTICS
    shares = _shares(odds)
    best = max(shares, key=lambda each: shares[each])
    if shares[best] < _TOO_FEW or evidence.words <= (expected != best):
        return _NOTHING
    found: Language = "kk" if best == "kk" else "en" if best == "en" else "other"
    return LineLanguage(found, shares[best], kazakh_script(text) if found == "kk" else None)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _shares(odds: dict[str, float]) -> dict[str, float]:
    most = max(odds.values())
    weights = {name: math.exp(value - most) for name, value in odds.items()}
    return {name: weight / sum(weights.values()) for name, weight in weights.items()}


def _by_statistics(lower: str) -> tuple[str, float]:
    """Return the most probable language, ISO 639-1, and its probability (0-1)."""
    language, probability = _identifier().classify(lower)
    return str(language), float(probability)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
