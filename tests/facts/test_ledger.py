"""Facts of two sentences laid side by side."""

import pytest

from align.facts import Ledger, extract, match
from align.types import Fact

PAIRS = [
    # Kazakh, English, statuses by kind in the order of the ledger, relation.
    ("1 ақпанда 16 адам келді", "16 people came on February 1", "date matched, number matched", "equivalent"),
    ("1 ақпанда 16 адам келді", "17 people came on February 1", "date matched, number conflict", "conflict"),
    ("1 ақпанда келді", "came on February 2", "date conflict", "conflict"),
    ("1 ақпанда келді", "came on February 1, 2020", "date compatible", "equivalent"),
    ("2020 жылғы 1 ақпанда", "in 2020", "date compatible", "equivalent"),
    ("2019 жылы 16 адам", "16 people", "date source_only, number matched", "partial"),
    ("16 адам", "16 people in 2019", "number matched, date target_only", "partial"),
    ("адам келді", "people came", "", "equivalent"),
    ("16 адам келді", "people came", "number source_only", "none"),
    # One value told in two ways.
    ("35 мыңға жуық адам", "34,800 people", "number compatible", "equivalent"),
    ("100-ден астам адам", "120 people", "number compatible", "equivalent"),
    ("100-ден астам адам", "more than 100 people", "number matched", "equivalent"),
    ("миллионға жуық адам", "an estimated 1 million people", "number matched", "equivalent"),
    ("ондаған адам", "dozens of people", "number matched", "equivalent"),
    ("5-7 адам", "6 people", "number compatible", "equivalent"),
    ("1-2 шілдеде", "on July 2", "date compatible", "equivalent"),
    ("1995 жылдан 2007 жылға дейін", "1995-2007", "date compatible, date compatible", "equivalent"),
    ("66 жастағы", "66 years", "age compatible", "equivalent"),
    ("6-орын", "6 places", "ordinal compatible", "equivalent"),
    ("402 млрд теңге", "402.3 billion tenge", "money compatible", "equivalent"),
    ("22,976 несие", "22,976 loans", "number compatible", "equivalent"),
    ("бір жарым миллион адам", "1.5 million people", "number matched", "equivalent"),
    ("былтыр", "in 2018", "date compatible", "equivalent"),
    ("жексенбі күні", "on February 2, 2020", "date compatible", "equivalent"),
    ("кешкі сағат 8:30-да", "at 08:30", "time compatible", "equivalent"),
    ("1960 жылдары", "in 1967", "date compatible", "equivalent"),
    ("100 жастан асқан", "older than 100 years", "age compatible", "equivalent"),
    # One quantity in two units; see align/facts/compare/conversion.py for what a conversion may be off by.
    ("100 км жол", "a road of 62 miles", "quantity compatible", "equivalent"),
    ("100 км жол", "a road of 66 miles", "quantity source_only, quantity target_only", "none"),
    ("30 миля", "50 km", "quantity compatible", "equivalent"),
    ("1,5 км", "1500 metres", "quantity compatible", "equivalent"),
    ("1,5 км", "1550 metres", "quantity source_only, quantity target_only", "none"),
    ("5 кг", "11 pounds", "quantity compatible", "equivalent"),
    ("25 °C", "77 °F", "quantity compatible", "equivalent"),
    ("40 га", "100 acres", "quantity compatible", "equivalent"),
    ("2 метр", "6.5 feet", "quantity compatible", "equivalent"),
    ("екі апта", "14 days", "quantity compatible", "equivalent"),
    ("бір жарым жыл", "18 months", "quantity compatible", "equivalent"),
    # A value that stands elsewhere too explains no other one; a range tells each of its ends once.
    ("5 үй, 5 адам", "5 houses, 7 people", "number matched, number conflict", "conflict"),
    ("5 үй, 5 адам", "5 houses", "number matched, number compatible", "equivalent"),
    ("2019-2020 жылдары", "2020-2020", "date compatible, date conflict", "conflict"),
    ("1988-1989 жылдары", "from 1989 to 1989", "date compatible, date conflict", "conflict"),
    ("10-15 жыл", "80-15 years", "quantity conflict, quantity compatible", "conflict"),
    ("5-7 адам", "between 5 and 7 people", "number compatible, number compatible", "equivalent"),
    ("ЭКСПО-2017 көрмесі", "the exhibition of 2019", "name conflict", "conflict"),
    ("Азаттық, 5-7 адам", "RFE/RL, 6 people", "name matched, number compatible", "equivalent"),
    # What disagrees.
    ("65 жаста", "Parsons (45)", "age conflict, name target_only", "conflict"),
    ("100 жастан асқан", "older than 700 years", "age conflict", "conflict"),
    ("20 пайыз", "30 percent", "percent conflict", "conflict"),
    ("20 пайыз", "20 people", "percent compatible", "equivalent"),
    ("100 теңге", "200 tenge", "money conflict", "conflict"),
    ("100 теңге", "100 dollars", "money source_only, money target_only", "none"),
    ("5 жыл", "7 weeks", "quantity source_only, quantity target_only", "none"),
    ("5 жыл", "7 years", "quantity conflict", "conflict"),
    ("16 адам", "30 percent", "number source_only, percent target_only", "none"),
    ("120 адам", "123 people", "number conflict", "conflict"),
    # Names: one-sided ones are no conflict.
    ("Майк Помпео Шыңжаң туралы айтты", "Pompeo spoke of Xinjiang", "name compatible, name matched", "equivalent"),
    ("Қытай туралы айтты", "spoke of Russia", "name source_only, name target_only", "none"),
    ("Нұр-Сұлтанға келді", "met Nursultan Nazarbayev", "name source_only, name target_only", "none"),
    ("Қытайдағы қазақтар", "Kazakhs in China", "name matched, name matched", "equivalent"),
    ("Қазақстан билігі", "Kazakh authorities", "name compatible", "equivalent"),
    ("Тоқаев айтты. Тоқаев кетті.", "Tokayev said so", "name matched, name compatible", "equivalent"),
    ("ЭКСПО-2017 көрмесі", "the EXPO exhibition of 2017", "name compatible, name compatible", "equivalent"),
]


def _statuses(ledger: Ledger) -> str:
    return ", ".join(f"{entry.kind} {entry.status}" for entry in ledger.matches)


@pytest.mark.parametrize(("kazakh", "english", "statuses", "relation"), PAIRS)
def test_match(kazakh, english, statuses, relation):
    ledger = match(extract(kazakh, "kk"), extract(english, "en"))
    assert (_statuses(ledger), ledger.relation()) == (statuses, relation)


def test_coverage_counts_each_side_for_itself():
    ledger = match(extract("1 ақпанда 16 адам мен 40 бала", "kk"), extract("16 people", "en"))
    assert (ledger.source_coverage, ledger.target_coverage) == (pytest.approx(1 / 3), 1.0)


def test_without_facts_there_is_no_coverage():
    ledger = match((), ())
    assert (ledger.matches, ledger.source_coverage, ledger.target_coverage) == ((), None, None)


def test_every_fact_stands_in_the_ledger():
    source = extract("1 ақпанда 16 адам Алматыға 200 теңгеге келді", "kk")
    target = extract("On February 3, 17 people and 5 dogs came to Almaty and Astana", "en")
    ledger = match(source, target)
    assert {entry.source for entry in ledger.matches} - {None} == set(source)
    assert {entry.target for entry in ledger.matches} - {None} == set(target)


def test_match_does_not_depend_on_where_a_fact_stands():
    facts = [Fact("number", "5", 0, 1), Fact("number", "7", 2, 3)]
    moved = [Fact("number", "7", 10, 11), Fact("number", "5", 12, 13)]
    assert _statuses(match(facts, moved)) == "number matched, number matched"


def test_thousands_of_facts_take_no_quadratic_time():
    ranges = extract("5-7 адам " * 3000, "kk")
    others = extract("6 people and 8 houses " * 3000, "en")
    ledger = match(ranges, others)
    assert {entry.status for entry in ledger.matches} == {"source_only", "target_only"}
