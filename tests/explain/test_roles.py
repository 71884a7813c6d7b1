"""Names in one role: the words between slashes correspond, pair by pair; names are found by the extractor."""

import pytest

from align.facts import default_gazetteer, extract, match
from align.facts.compare.other_names import disagreeing_names
from align.facts.compare.settle import settle
from align.types import WordMatch

KINDS = default_gazetteer().kinds()


def _words(kazakh, english, pairs):
    found = (pair.split("~") for pair in pairs.split())
    return tuple(
        WordMatch((kazakh.index(kk), kazakh.index(kk) + len(kk)), (english.index(en), english.index(en) + len(en)), 0.9)
        for kk, en in found
    )


# Kazakh, English, words that correspond, conflicts as "source ~ target".
ROLES = [
    # People in one company, and enough else in common.
    (
        "бүгін президент Тоқаев сөз сөйледі",
        "President Putin gave a speech there today",
        "президент~President сөйледі~speech бүгін~today",
        ["tokaev ~ putin"],
    ),
    # Nothing beside them corresponds, and little else.
    ("Тоқаев бұл туралы кеше ғана хабарлады", "Putin arrived in the capital of the country by train", "", []),
    # Another sort of name needs nearly everything else to correspond.
    ("президент Тоқаев келді", "the president of China arrived", "президент~president", []),
    (
        "президент Тоқаев келді",
        "President of China arrived",
        "президент~President келді~arrived",
        ["tokaev ~ china"],
    ),
    # A name that corresponds to a word is translated, not missing.
    ("Отан соғысы басталды", "the Patriotic war began", "Отан~Patriotic соғысы~war басталды~began", []),
    # An abbreviation that nobody knows may stand for anything; so may a name spelled nearly alike.
    ("президент ФРЖ-ға келді", "President Putin arrived", "президент~President келді~arrived", []),
    ("президент Генри келді", "President Harry arrived", "президент~President келді~arrived", []),
    # A name on one side only contradicts nothing.
    ("Тоқаев сөз сөйледі", "he gave a speech", "сөз~speech", []),
    # Countries before people, whichever comes first.
    (
        "Тоқаев Қытайға барды",
        "Russia was visited by Putin",
        "барды~visited",
        ["tokaev ~ putin", "china ~ russia"],
    ),
]


@pytest.mark.parametrize(("kazakh", "english", "pairs", "conflicts"), ROLES)
def test_names_in_one_role(kazakh, english, pairs, conflicts):
    ledger = match(extract(kazakh, "kk"), extract(english, "en"))
    found = disagreeing_names(ledger.matches, _words(kazakh, english, pairs), (kazakh, english), KINDS)
    named = [f"{e.source.value} ~ {e.target.value}" for e in found if e.status == "conflict"]
    assert named == conflicts
    facts = [
        [fact for entry in entries for fact in (entry.source, entry.target) if fact]
        for entries in (ledger.matches, found)
    ]
    assert sorted(facts[0], key=hash) == sorted(facts[1], key=hash)


# Kazakh, English, what becomes of the days.
DAYS = [
    ("Сәрсенбіде қант қымбаттады", "Sugar rose on July 13", ["compatible"]),
    ("Кеше қант қымбаттады", "Sugar rose on July 13", ["compatible"]),
    ("13 шілдеде қант қымбаттады", "Sugar rose on Wednesday", ["compatible"]),
    ("Бүгін қант қымбаттады", "Sugar rose on July 13", ["source_only", "target_only"]),
    ("Сәрсенбіде, кеше қант қымбаттады", "Sugar rose on July 13", ["compatible", "source_only"]),
]


@pytest.mark.parametrize(("kazakh", "english", "statuses"), DAYS)
def test_a_day_without_its_year_may_be_yesterday_or_any_weekday(kazakh, english, statuses):
    ledger = settle(match(extract(kazakh, "kk"), extract(english, "en")), (), (kazakh, english), KINDS)
    assert [entry.status for entry in ledger.matches if entry.kind == "date"] == statuses
