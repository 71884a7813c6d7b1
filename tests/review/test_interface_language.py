"""The interface's languages: all that is said has its Kazakh and its Russian, and a page speaks the one asked for."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from align.explain import grounds
from align.review.interface_language import LANGUAGES, LOCALE, InterfaceLanguage, _, asked, speaking
from align.review.page.ground_terms import ground_said
from align.review.page.terms import FACT_KINDS, STATUSES
from align.review.verdicts import REASONS, VERDICTS
from align.types import FactKind, FactMatch

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def sources():
    """Return what the code, the templates and the scripts say, as `make messages` finds it."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in mappings]
    options = {each["pattern"]: {key: each[key] for key in each.keys() - {"pattern", "method"}} for each in mappings}
    found = extract_from_dir(str(ROOT / "align" / "review"), methods, options, KEYWORDS)
    return {text if isinstance(text, str) else text[0] for _path, _line, text, *_rest in found} - {""}


def catalogue(language):
    with (LOCALE / language / "LC_MESSAGES" / "review.po").open("rb") as file:
        return read_po(file, locale=language)


def holes(text):
    return set(re.findall(r"%\(\w+\)s|\{\w+\}", text))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_everything_that_is_said_is_translated(language):
    known = catalogue(language)
    forms = {each.id if isinstance(each.id, str) else each.id[0]: each for each in known if each.id}
    said = sources()
    assert said == set(forms), "run `make messages` and translate what is new"
    for text, entry in forms.items():
        translated = [entry.string] if isinstance(entry.string, str) else list(entry.string)
        assert all(translated) and not entry.fuzzy, f"{language}: {text!r} lacks its translation"
        assert all(holes(each) == holes(text) for each in translated), f"{language}: {text!r}: its holes differ"


def test_every_word_of_the_tables_is_marked():
    said = sources()
    assert {word for each in VERDICTS.values() for word in (each.label, each.hint, each.said)} <= said
    assert {*REASONS, *FACT_KINDS, *STATUSES} <= said
    assert {*get_args(FactKind)} <= {*FACT_KINDS}
    assert str(FactMatch.__annotations__["status"]).count("'") // 2 in (0, len(STATUSES))


def test_every_reason_of_a_probability_is_known():
    told = {text for pair in grounds._PLAIN.values() for text in pair} | {*grounds._CONFLICTS.values()}
    told |= {f"{grounds._CONFLICTS[kind]}: 5 / 7" for kind in ("number", "date", "name")}
    told |= {f"the {each} agrees" for each in ("date", "number", "name")}
    told |= {f"2 of 3 {each}s agree" for each in ("date", "number", "name")}
    told |= {f"{each} on one side only" for each in ("a date stands", "2 dates stand", "a number stands")}
    told |= {"7 of 9 words correspond", "the Kazakh denies", "the English denies"}
    with speaking("kk"):
        assert not [text for text in told if ground_said(text) == text]
    with speaking("en"):
        assert all(ground_said(text) == text for text in told)


ASKED = [
    ("kk-KZ,kk;q=0.9,ru;q=0.8,en;q=0.7", "kk"),
    ("ru-RU,ru;q=0.9,en-US;q=0.8", "ru"),
    ("en-US,en;q=0.9,kk;q=0.5", "en"),
    ("de-DE,de;q=0.9", "en"),
    ("", "en"),
    ("kk;q=0, ru;q=0.1", "ru"),
    (";;;q=q,,", "en"),
]


@pytest.mark.parametrize(("header", "language"), ASKED)
def test_a_browser_gets_the_language_that_it_asks_for(header, language):
    assert asked(header) == language


LABELS = [("en", "Reject", "Reject"), ("kk", "Reject", "Қабылдамау"), ("ru", "Reject", "Отклонить")]


@pytest.mark.parametrize(("language", "text", "shown"), LABELS)
def test_a_language_is_spoken_until_the_end_of_its_block(language, text, shown):
    with speaking(language):
        assert _(text) == shown
    assert _(text) == text


def test_the_languages_are_those_with_a_catalogue():
    catalogues = {each.name for each in LOCALE.iterdir() if each.is_dir()}
    assert set(LANGUAGES) == set(get_args(InterfaceLanguage)) == {"en", *catalogues}
