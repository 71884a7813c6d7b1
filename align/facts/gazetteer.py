"""Names with two spellings that no romanisation connects.

They are of countries, peoples, languages, cities and organisations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

from align.errors import InputError
from align.facts import cldr
from align.facts.lexicon import Lexicon
from align.facts.starts import Starts
from align.facts.suffixes import name_stem, stems
from align.facts.tokens import Token, Tokens
from align.facts.units import currencies
from align.text.romanise import romanise
from align.types import Lang

__all__ = ["Gazetteer", "Name", "countries_of_languages", "default_gazetteer", "known_values", "read_gazetteer"]

_LANGS: Final[tuple[Lang, Lang]] = ("kk", "en")
# Shorter names of languages are Kazakh words as well (дат is also a complaint, тай a foal).
_LEAST_LANGUAGE: Final = 4
_PEOPLE: Final = ("дық", "дік", "тық", "тік", "лық", "лік")
# Kazakhs, Uzbeks, Russians, Tatars; but not Chineses.
_PLURAL: Final = ("an", "kh", "k", "z", "r")
_PEOPLE_IN: Final = re.compile("[длт][ыі][қкғг]")
_LEAST_COUNTRY: Final = 5
_LONGER: Final = " "
_MOST_FORMS: Final = 1 << 16
"""Forms whose name is held at once: a text's words come again."""


class Name(NamedTuple):
    """A known name in both languages; the first English form is what it is compared by."""

    kk: tuple[str, ...]
    en: tuple[str, ...]
    kind: str

    @property
    def value(self) -> str:
        """Return the comparable form: lower-case Latin."""
        return romanise(self.en[0]).lower()


class _Entry(NamedTuple):
    value: str
    # "upper": written in capitals only (US, ҚР); "title": with a capital; "any": small too (қазақ, теңге, tenge).
    case: str


class Gazetteer:
    """Find known names in a text.

    >>> Gazetteer([Name(("Шыңжаң",), ("Xinjiang",), "region")]).values("kk")
    ('xinjiang',)
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = tuple(names)
        self._written = {name.value: name.en[0] for name in reversed(self._names)}
        self._small = {lang: Starts(filter(str.islower, self._forms(lang)), lang) for lang in _LANGS}
        self._alone: dict[Lang, dict[str, str]] = {lang: {} for lang in _LANGS}
        # Kazakh small words stand apart: Қытай is China, қытай is Chinese.
        self._lexicons = {
            (lang, small): Lexicon(self._entries(lang, small=small), lang) for lang in _LANGS for small in (False, True)
        }

    def _forms(self, lang: Lang) -> Iterator[str]:
        for name in self._names:
            yield from name.kk if lang == "kk" else name.en

    def _entries(self, lang: Lang, *, small: bool) -> Iterator[tuple[str, _Entry]]:
        for name in self._names:
            for form in name.kk if lang == "kk" else name.en:
                case = _case(form)
                if small == (case == "any"):
                    yield form, _Entry(name.value, case)

    @cached_property
    def bare(self) -> frozenset[str]:
        """Return the last words of Kazakh names that end like a case and have none: Алматы.

        They are in lower case.
        """
        words = {form.lower().split()[-1] for name in self._names for form in name.kk}
        return frozenset(word for word in words if name_stem(word)[1])

    def may_begin(self, low: str, lang: Lang) -> bool:
        """Say whether a word in small letters may begin a name: қазақ, tenge, қазақстандық."""
        return self._small[lang](low) or (lang == "kk" and _PEOPLE_IN.search(low) is not None)

    def beginnings(self, lang: Lang, *, small: bool = True) -> frozenset[str]:
        """Return what the words begin with that may begin a name.

        It is two or three letters, of all words or of those written small.
        """
        return self._small[lang].beginnings if small else Starts(self._forms(lang), lang).beginnings

    @staticmethod
    def may_be_people(low: str) -> bool:
        """Say whether a word in small letters ends like a people: қазақстандық."""
        return _PEOPLE_IN.search(low) is not None

    def values(self, lang: Lang) -> tuple[str, ...]:
        """Return the comparable forms of all names that the language has a word for, in order."""
        return tuple(name.value for name in self._names if (name.kk if lang == "kk" else name.en))

    def english(self, value: str) -> str | None:
        """Return how English papers write the name of that comparable form.

        None for one that is not known.

        >>> Gazetteer([Name(("Шыңжаң",), ("Xinjiang",), "region")]).english("xinjiang")
        'Xinjiang'
        """
        return self._written.get(value)

    def kinds(self) -> dict[str, str]:
        """Return the comparable form of every name with what it names.

        That is a country, a city, an organisation and so on.
        """
        return {name.value: name.kind for name in reversed(self._names)}

    def find(self, tokens: Tokens, i: int, lang: Lang) -> tuple[str, int] | None:
        """Return the name at token `i` and the number of the token after it, or None.

        The name is in comparable form.
        """
        alone, text = self._alone[lang], tokens[i].text
        if text not in alone:
            if len(alone) >= _MOST_FORMS:
                alone.clear()
            alone[text] = self._of_one_word(tokens[i], lang)
        if (value := alone[text]) == _LONGER:
            return self._found(tokens, i, lang)
        return (value, i + 1) if value else None

    def _of_one_word(self, token: Token, lang: Lang) -> str:
        """Return the name of one word that a word is, "" for none.

        `_LONGER` where the words behind it count too.
        """
        small = self._lexicons[lang, True]
        large = self._lexicons["en" if token.text.isascii() else lang, False]
        capital = token.text[:1].isupper()
        if (capital and large.has_longer(token)) or small.has_longer(token):
            return _LONGER
        if capital:
            known = large.word(token)
            if known and _cased(token.text, known.case):
                return known.value
        elif lang == "kk" and (people := self._people(token)):
            return people
        entry = small.word(token)
        return entry.value if entry else ""

    def _found(self, tokens: Tokens, i: int, lang: Lang) -> tuple[str, int] | None:
        if tokens[i].text[:1].isupper():
            # A Latin word in a Kazakh text is written as English writes it: FIFA, Facebook.
            written: Lang = "en" if tokens[i].text.isascii() else lang
            found = self._lexicons[written, False].find(tokens, i)
            known = found if found and _cased(tokens[i].text, found[0].case) else None
        elif lang == "kk" and (people := self._people(tokens[i])):
            return people, i + 1
        else:
            known = None
        small = self._lexicons[lang, True].find(tokens, i)
        # АҚШ доллары is a dollar, and no country.
        best = max(filter(None, (known, small)), key=lambda entry: entry[1], default=None)
        return (best[0].value, best[1]) if best else None

    def begins(self, token: Token, lang: Lang) -> bool:
        """Say whether a known name may start with a word: where this is false, `find` finds none."""
        if token.text[:1].isupper():
            written: Lang = "en" if token.text.isascii() else lang
            if self._lexicons[written, False].begins(token):
                return True
        elif lang == "kk" and self._people(token):
            return True
        return self._lexicons[lang, True].begins(token)

    def _people(self, token: Token) -> str | None:
        """Return the country in қазақстандық, which Kazakh writes small.

        Аралық is "between" and not of the Aral.
        """
        if not _PEOPLE_IN.search(token.low):
            return None
        entry = self._lexicons["kk", False].word(token)
        if not entry or entry.case != "title":
            return None
        bases = (stem[: -len(end)] for stem in stems(token.low) for end in _PEOPLE if stem.endswith(end))
        return entry.value if any(len(base) >= _LEAST_COUNTRY for base in bases) else None

    def extended(self, names: Iterable[Name]) -> Gazetteer:
        """Return a gazetteer that knows these names too; where two share a form, the new one counts."""
        return Gazetteer((*names, *self._names))


def _case(form: str) -> str:
    if form.islower():
        return "any"
    letters = [letter for letter in form if letter.isalpha()]
    return "upper" if len(letters) < 6 and all(letter.isupper() for letter in letters) else "title"


def _cased(text: str, case: str) -> bool:
    """Say whether a word has the capitals its entry asks for.

    The Kazakh ending of an abbreviation is small.
    """
    return case == "title" or text[:2].isupper()


def read_gazetteer(path: str | Path) -> tuple[Name, ...]:
    """Read names from a TSV of three columns: Kazakh forms, English forms, kind.

    Forms are separated by |. Empty lines and lines that start with # are skipped. Raises InputError for a file that
    can't be read or a line that has other than two or three columns.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: can't be read as a gazetteer ({error}): give a UTF-8 file") from error
    return _parse(text, str(path))


def _parse(text: str, path: str) -> tuple[Name, ...]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [tuple(form.strip() for form in column.split("|") if form.strip()) for column in line.split("\t")]
        if len(columns) not in {2, 3} or not columns[0] or not columns[1]:
            raise InputError(
                f"{path}:{number}: not a gazetteer line: write Kazakh forms, a tab, English forms, a tab, kind"
            )
        kind = columns[2][0] if len(columns) == 3 and columns[2] else "name"
        found.append(Name(columns[0], columns[1], kind))
    return tuple(found)


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """Return the names that ship with the package and those of CLDR.

    >>> from align.facts.tokens import tokenise
    >>> default_gazetteer().find(tokenise("Қытайдағы"), 0, "kk")
    ('china', 1)
    >>> default_gazetteer().find(tokenise("the U.S. said"), 1, "en")
    ('united states', 5)
    """
    shipped = resources.files("align.facts").joinpath("data/gazetteer.tsv").read_text(encoding="utf-8")
    return Gazetteer((*_parse(shipped, "gazetteer.tsv"), *_of_cldr()))


def _of_cldr() -> Iterator[Name]:
    english = {code: name for name, code in cldr.territories("en").items()}
    for name, code in cldr.territories("kk").items():
        if code in english:
            yield Name((name,), (english[code],), "territory")
    english = {code: name for name, code in cldr.languages("en").items()}
    for name, code in cldr.languages("kk").items():
        if len(code) == 2 and len(name) >= _LEAST_LANGUAGE and code in english:
            people = (english[code] + "s",) if english[code].endswith(_PLURAL) else ()
            yield Name((name,), (english[code], *people), "language")
    for kazakh, english_name in cldr.cities():
        yield Name((kazakh,), (english_name,), "city")
    yield from (Name(*forms, "currency") for forms in currencies())


@lru_cache(maxsize=1)
def known_values() -> frozenset[str]:
    """Return the comparable forms of all names that the default gazetteer knows.

    >>> "china" in known_values(), "pompeo" in known_values()
    (True, False)
    """
    return frozenset(default_gazetteer().values("en"))


@lru_cache(maxsize=1)
def countries_of_languages() -> dict[str, str]:
    """Return the comparable forms of languages with those of their countries.

    They are the likeliest ones by CLDR.

    >>> countries_of_languages()["kazakh"], countries_of_languages()["chinese"]
    ('kazakhstan', 'china')
    """
    names = {code: romanise(name).lower() for name, code in cldr.territories("en").items()}
    likely = cldr.likely_territories()
    pairs = ((romanise(name).lower(), likely.get(code)) for name, code in cldr.languages("en").items())
    return {name: names[code] for name, code in pairs if code in names}
