"""The interface's language: English as it stands in the code.

Kazakh and Russian from the catalogues in locale/.

A text is marked where it is written, `_("Saved")` where it is shown at once and `N_("Saved")` where it is shown later,
and `make messages` lists all of them in both catalogues.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast, get_args

if TYPE_CHECKING:
    from gettext import NullTranslations

__all__ = [
    "LANGUAGES",
    "LOCALE",
    "N_",
    "InterfaceLanguage",
    "_",
    "asked",
    "ngettext",
    "number",
    "script_words",
    "speaking",
    "spoken",
]

InterfaceLanguage: TypeAlias = Literal["en", "kk", "ru"]

LANGUAGES: Final[Mapping[InterfaceLanguage, str]] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
"""What each language calls itself, in the order in which a page offers them."""

LOCALE: Final = Path(__file__).parent / "locale"
_SCRIPTS: Final = Path(__file__).parent
_LANGUAGE: ContextVar[InterfaceLanguage] = ContextVar("language", default="en")


def N_(text: str) -> str:
    """Return a text as it is: it is translated where it is shown."""
    return text


def _(text: str) -> str:
    """Return a text in the language that is spoken.

    >>> with speaking("kk"):
    ...     _("Accept")
    'Қабылдау'
    """
    return _catalogue(_LANGUAGE.get()).gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """Return the form of a text that goes with a number, in the language that is spoken."""
    return _catalogue(_LANGUAGE.get()).ngettext(one, many, n)


def spoken() -> InterfaceLanguage:
    """Return the language that is spoken to whoever asked."""
    return _LANGUAGE.get()


@contextmanager
def speaking(language: InterfaceLanguage) -> Iterator[None]:
    """Speak a language until the end of the block.

    Also in the threads that it starts with its context.
    """
    before = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def asked(accepted: str) -> InterfaceLanguage:
    """Return the language that an Accept-Language header wants most.

    English where it has none. Source: RFC 9110, 12.5.4.

    >>> asked("kk-KZ,kk;q=0.9,ru;q=0.8"), asked("de, ru;q=0.5, en;q=0.7"), asked("fr;q=x")
    ('kk', 'en', 'en')
    """
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted[:500].split(",")):
        name, _sep, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        wanted.append((-weight, place, name.strip().lower().partition("-")[0]))
    known = (name for weight, _place, name in sorted(wanted) if weight and name in get_args(InterfaceLanguage))
    return cast(InterfaceLanguage, next(known, "en"))


def number(value: int) -> str:
    r"""Return a whole number in groups of three, as the language that is spoken sets them apart.

    >>> number(1200)
    '1,200'
    >>> with speaking("ru"):
    ...     number(1200)
    '1\xa0200'
    """
    grouped = f"{value:,}"
    return grouped if spoken() == "en" else grouped.replace(",", "\u00a0")


def script_words() -> dict[str, str]:
    """Return what the scripts say, by its English: what they cannot translate themselves."""
    return {text: _(text) for text in _script_texts()}


@cache
def _script_texts() -> tuple[str, ...]:
    from babel.messages.extract import extract_from_dir

    found = extract_from_dir(str(_SCRIPTS), [("**.js", "javascript")], keywords={"_": None})
    return tuple(sorted({text for _path, _line, text, *_rest in found}))


@cache
def _catalogue(language: InterfaceLanguage) -> NullTranslations:
    """Return a language's catalogue, read from its text.

    No compiled form has to be kept in step with it.
    """
    from gettext import GNUTranslations, NullTranslations

    if language == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (LOCALE / language / "LC_MESSAGES" / "review.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
