from dataclasses import replace

import numpy as np
import pytest

from align.explain.links import JudgedCandidates
from align.sides import SideBuilder
from align.types import Candidates, Evidence, Segment
from align.verify.ranking import best_first, one_to_one

FOUND = Candidates(
    source=np.array([0, 0, 1, 2]),
    target=np.array([0, 1, 1, 0]),
    similarity=np.array([0.9, 0.5, 0.8, 0.4], dtype=np.float32),
    cosine=np.array([0.9, 0.5, 0.8, 0.4], dtype=np.float32),
    margin=np.array([1.5, 1.0, 1.4, 0.9], dtype=np.float32),
    score=np.array([0.9, 0.5, 0.8, 0.4], dtype=np.float32),
)
PROBABILITIES = np.array([0.9, 0.1, 0.85, 0.4], dtype=np.float32)


def _segments(lang, texts):
    return [Segment(f"{lang}{n}", lang, "d", n, 0, len(text), text) for n, text in enumerate(texts)]


SOURCES = _segments("kk", ["бір", "екі", "үш", "төрт"])
TARGETS = _segments("en", ["one", "two", "three"])


class Explainer:
    """Call one pair a conflict and one pair an event."""

    def __init__(self, conflict=None, event=None):
        self.conflict, self.event = conflict, event

    def explain(self, source, target, pair):
        return ("conflict" if _texts(source, target, pair) == self.conflict else "partial"), Evidence()

    def expect(self, source, target, pairs):
        pass

    def relations(self, source, target, pairs):
        return [self.explain(source, target, pair)[0] for pair in pairs]

    def same_event(self, source, target, pair):
        return _texts(source, target, pair) == self.event


def _texts(source, target, pair):
    return source.texts[pair[0]], target.texts[pair[1]]


@pytest.fixture
def judged(encoder):
    sides = SideBuilder(encoder, encoder, encoder)
    return JudgedCandidates(FOUND, PROBABILITIES, sides.of_segments(SOURCES, "kk"), sides.of_segments(TARGETS, "en"))


def _links(judged, explainer, accept=0.8, review=0.3):
    links = judged.links(explainer, accept=accept, review=review)
    return [(link.source[0].text, link.target[0].text, link.status) for link in links]


def test_links_are_those_above_the_thresholds_best_first(judged):
    assert _links(judged, Explainer()) == [
        ("бір", "one", "accepted"),
        ("екі", "two", "accepted"),
        ("үш", "one", "review"),
    ]


def test_a_conflict_is_never_accepted(judged):
    assert _links(judged, Explainer(conflict=("бір", "one")))[0] == ("бір", "one", "review")


def test_one_event_is_shown_whatever_its_probability(judged):
    assert _links(judged, Explainer(event=("бір", "two")))[-1] == ("бір", "two", "review")


def test_lines_that_stand_in_no_document_make_no_links(judged, encoder):
    lines = SideBuilder(encoder, encoder, encoder).of_lines(["бір", "екі", "үш", "төрт"], "kk")
    with pytest.raises(ValueError, match="of_segments"):
        replace(judged, source=lines).links(Explainer(), accept=0.8, review=0.3)


def test_runners_up_are_the_other_candidates_of_the_source(judged):
    link = judged.links(Explainer(), accept=0.8, review=0.3)[0]
    assert [(each.id, each.probability) for each in link.runners_up] == [("en1", 0.1)]


def test_unmatched_are_the_rest_with_their_nearest(judged):
    unmatched = judged.unmatched(judged.links(Explainer(), accept=0.8, review=0.5))
    assert [(each.side, each.segment.text) for each in unmatched] == [
        ("source", "үш"), ("source", "төрт"), ("target", "three")
    ]  # fmt: skip
    assert [(near.id, near.probability) for near in unmatched[0].nearest] == [("en0", 0.4)]
    assert unmatched[1].nearest == unmatched[2].nearest == ()


LEAST = [(0.0, [0, 2, 3, 1]), (0.4, [0, 2, 3]), (0.95, [])]


@pytest.mark.parametrize(("least", "rows"), LEAST)
def test_best_first(least, rows):
    assert best_first(FOUND, PROBABILITIES, least=least).tolist() == rows


def test_one_to_one_takes_each_side_once():
    assert one_to_one(FOUND, np.array([0, 2, 3, 1])).tolist() == [0, 2]
