from datetime import date

import pytest

from align.encode.ngram import NgramEncoder
from align.explain.explainer import FactExplainer
from align.sides import SideBuilder


class PairExplainer:
    """The explainer, asked of two texts and of the days on which they were written."""

    def __init__(self):
        encoder = NgramEncoder.load()
        self._explainer, self._sides = FactExplainer(encoder), SideBuilder(encoder, encoder, encoder)

    def explain(self, *pair, written=(None, None)):
        return self._explainer.explain(*self._made(pair, written), (0, 0))

    def same_event(self, *pair, written=(None, None)):
        return self._explainer.same_event(*self._made(pair, written), (0, 0))

    def _made(self, pair, written):
        return tuple(
            self._sides.of_lines([text], lang, written=[day])
            for text, lang, day in zip(pair, ("kk", "en"), written, strict=True)
        )


@pytest.fixture(scope="module")
def explainer():
    return PairExplainer()


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


def test_a_name_in_the_place_of_another_is_a_conflict(explainer):
    source, target = "Президент Назарбаев сайлау туралы айтты", "President Obama spoke about the election"
    relation, evidence = explainer.explain(source, target)
    assert relation == "conflict"
    assert [(entry.source.value, entry.target.value) for entry in evidence.facts] == [("nazarbaev", "obama")]


MONDAY, TUESDAY = date(2019, 9, 16), date(2019, 9, 17)

# Kazakh, English, the days they were written, statuses.
TOLD = [
    ("Сайлау былтыр өтті", "The election was held in 2018", (TUESDAY, None), ["matched"]),
    ("Сайлау былтыр өтті", "The election was held in 2017", (TUESDAY, None), ["conflict"]),
    ("Сайлау былтыр өтті", "The election was held in 2017", (None, None), ["compatible"]),
    ("Сайлау кеше өтті", "The election was held on September 16", (TUESDAY, TUESDAY), ["compatible"]),
    ("Сайлау кеше өтті", "The election was held today", (TUESDAY, MONDAY), ["matched"]),
    ("Сайлау кеше өтті", "The election was held yesterday", (TUESDAY, MONDAY), ["conflict"]),
    ("Сайлау кеше өтті", "The election was held yesterday", (None, None), ["matched"]),
    ("Сайлау кеше өтті", "The election was held yesterday", (TUESDAY, None), ["compatible"]),
    ("Сайлау осы айда өтеді", "The election will be held in September", (TUESDAY, None), ["compatible"]),
]


@pytest.mark.parametrize(("source", "target", "written", "statuses"), TOLD)
def test_told_dates_are_settled_by_the_day_of_writing(explainer, source, target, written, statuses):
    _, evidence = explainer.explain(source, target, written=written)
    assert [entry.status for entry in evidence.facts] == statuses


def test_one_event_may_be_told_by_its_distance(explainer):
    texts = "Помпео кеше келді", "Pompeo came on September 16"
    assert explainer.same_event(*texts, written=(TUESDAY, None))
    assert not explainer.same_event(*texts)


def test_words_that_correspond_are_shown_with_their_spans(explainer):
    source, target = "Помпео сайлау туралы айтты", "Pompeo spoke about the election"
    _, evidence = explainer.explain(source, target)
    pairs = {(source[slice(*each.source)], target[slice(*each.target)]) for each in evidence.words}
    assert {("Помпео", "Pompeo"), ("сайлау", "election")} <= pairs


def test_evidence_counts_characters_of_the_text_as_it_is_shown(explainer):
    latin = "Qazaqstan Respublikasynyñ Prezidentı 2019 jylğy 9 mausymda jaña zañğa qol qoidy"
    _, evidence = explainer.explain(latin, "The President of Kazakhstan signed a new law on June 9, 2019")
    found = {latin[entry.source.start : entry.source.end] for entry in evidence.facts if entry.source and entry.target}
    assert "2019 jylğy 9 mausymda" in found


def test_what_is_expected_is_explained_as_what_is_not():
    encoder = NgramEncoder.load()
    sides = SideBuilder(encoder, encoder, encoder)
    source = sides.of_lines(["Помпео 1 ақпанда келді", "Сайлау өтеді"], "kk")
    target = sides.of_lines(["The election will be held", "Pompeo came on February 1", ""], "en")
    pairs = [(0, 1), (1, 0), (1, 2)]
    prepared, plain = FactExplainer(encoder), FactExplainer(encoder)
    prepared.expect(source, target, pairs)
    assert [prepared.explain(source, target, pair) for pair in pairs] == [
        plain.explain(source, target, pair) for pair in pairs
    ]
