import pytest

from align.encode.ngram import NgramEncoder
from align.verify.explain import FactExplainer


@pytest.fixture(scope="module")
def explainer():
    return FactExplainer(NgramEncoder.load())


EVENTS = [
    ("Помпео 1 ақпанда келді", "On February 1, Pompeo spoke of oil", True),
    ("Помпео 1 ақпанда келді", "On February 2, Pompeo spoke of oil", False),
    ("Помпео 1 ақпанда келді", "Tileuberdi spoke on February 1", False),
    ("Қазақстан 1 ақпанда мәлімдеді", "Kazakhstan spoke on February 1", False),
    ("Помпео келді", "Pompeo came", False),
    ("Помпео ақпанда келді", "Pompeo came in February", False),
]


@pytest.mark.parametrize(("source", "target", "expected"), EVENTS)
def test_same_event_needs_a_day_and_a_name_that_is_no_place(explainer, source, target, expected):
    assert explainer.same_event(source, target) == expected


RELATIONS = [
    ("Президент сайлауы 9 маусымда өтеді", "The presidential election will be held on June 9", "equivalent"),
    ("Президент сайлауы 9 маусымда өтеді", "The presidential election will be held on June 12", "conflict"),
    (
        "Президент сайлауы 9 маусымда өтеді",
        "The June 9 presidential election was marred by what international observers called voting irregularities",
        "partial",
    ),
]


@pytest.mark.parametrize(("source", "target", "relation"), RELATIONS)
def test_relation(explainer, source, target, relation):
    assert explainer.explain(source, target)[0] == relation


def test_words_that_correspond_are_shown_with_their_spans(explainer):
    source, target = "Помпео сайлау туралы айтты", "Pompeo spoke about the election"
    _, evidence = explainer.explain(source, target)
    pairs = {(source[slice(*each.source)], target[slice(*each.target)]) for each in evidence.words}
    assert {("Помпео", "Pompeo"), ("сайлау", "election")} <= pairs
