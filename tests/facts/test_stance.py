"""What a text denies, which way things went, and who did what to whom, in one text."""

import pytest

from align.facts import extract
from align.facts.kinds import KINDS, conflict_of, fact_kind
from align.types import Fact, FactMatch

DENIALS = [
    # Language, text, what denies; in capitals what denies the whole sentence.
    ("kk", "Ол келген жоқ.", ["ЖОҚ"]),
    ("kk", "Ол келмеді, бірақ жазды.", ["КЕЛМЕДІ"]),
    ("kk", "Айтпады. Көрмейді. Жазбаған.", ["АЙТПАДЫ", "КӨРМЕЙДІ", "ЖАЗБАҒАН"]),
    ("kk", "үкіметтік емес ұйым", ["емес"]),
    ("kk", "шығынсыз жеткізді", ["шығынсыз"]),
    ("kk", "ұсыныстан бас тартты", ["БАС ТАРТТЫ"]),
    ("kk", "шай немесе кофе, бағдарламасы, қамауға алынды, Алмас көбейді, тәуелсіз, сіз барасыз", []),
    ("kk", "тек ол ғана емес, басқалар да", []),
    ("kk", "бармай қоймайды, келмеуі мүмкін емес", []),
    ("en", "He did not sign it.", ["DID NOT"]),
    ("en", "Nobody came, it wasn't known.", ["NOBODY", "WASN'T"]),
    ("en", "They refused to pay without a word", ["REFUSED TO", "without"]),
    ("en", "School No. 5, not only he, no doubt, not uncommon, whether or not", []),
    ("en", "It no longer works", ["NO LONGER"]),
]
ROLES = [
    ("kk", "Ресей Қытайға газ сатты", ["subject", "recipient"]),
    ("kk", "Асқар Болатты жеңді", ["subject", "object"]),
    ("kk", "Франция Германиядан қуат алды", ["subject", "origin"]),
    ("kk", "Алматы мен Астана", ["subject", "subject"]),
    ("kk", "Ресей газ сатты", [None]),
    ("en", "Russia sold gas to China", ["subject", "recipient"]),
    ("en", "Bolat was beaten by Askar", ["object", "subject"]),
    ("en", "France received power from Germany", ["subject", "origin"]),
    ("en", "the war between Russia and Ukraine", [None, None]),
]
DIRECTIONS = [
    ("kk", "Бағалар төмендеді, жалақы өсті", ["fall", "rise"]),
    ("kk", "артқа қарады, рұқсат берілмеді", []),
    ("en", "Prices rose and two people were killed", ["rise", "dead"]),
    ("en", "He declined to comment", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), DENIALS)
def test_denials(lang, text, expected):
    found = [fact for fact in extract(text, lang) if fact.kind == "polarity"]
    words = [text[fact.start : fact.end] for fact in found]
    assert [word.upper() if fact.role else word for word, fact in zip(words, found, strict=True)] == expected


@pytest.mark.parametrize(("lang", "text", "expected"), ROLES)
def test_roles(lang, text, expected):
    assert [fact.role for fact in extract(text, lang) if fact.kind == "name"] == expected


@pytest.mark.parametrize(("lang", "text", "expected"), DIRECTIONS)
def test_directions(lang, text, expected):
    assert [fact.value for fact in extract(text, lang) if fact.kind == "direction"] == expected


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="no kind of fact"):
        fact_kind("colour")
    with pytest.raises(KeyError):
        conflict_of(FactMatch("colour", None, None, "conflict"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_conflict_has_a_name(kind):
    one, other = Fact(kind, "1", 0, 1), Fact(kind, "2", 0, 1)
    named = {"number", "date", "name", "polarity", "role", "sign"}
    assert conflict_of(FactMatch(kind, one, other, "conflict")) in named
