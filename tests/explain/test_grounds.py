import numpy as np
import pytest

from align.explain.grounds import conflicts, grounds
from align.types import Evidence, Fact, FactMatch, WordMatch
from align.verify.experts import GROUNDS


def fact(kind, value):
    return Fact(kind, value, 0, 1)


def entry(kind, source, target, status):
    return FactMatch(
        kind,
        None if source is None else fact(kind, source),
        None if target is None else fact(kind, target),
        status,
    )


DAY = entry("date", "2019-06-09", "2019-06-09", "matched")
OTHER_DAY = entry("date", "2019-06-09", "2019-06-12", "conflict")
DENIED = entry("polarity", "denied", None, "conflict")
NAME = entry("name", "toqaev", "toqaev", "matched")
LONE_NAME = entry("name", "pompeo", None, "source_only")
NUMBER = entry("number", "5", None, "source_only")

# what grounds add, facts, what is told for the pair and against it
TOLD = [
    ({"words": 3.0, "dates": 1.0}, (DAY,), ["1 of 2 words correspond", "the date agrees"], []),
    ({"words": -2.0}, (DENIED,), [], ["the Kazakh denies", "1 of 2 words correspond"]),
    ({"rivals": 1.0}, (NAME, LONE_NAME), ["no other sentence comes near", "1 of 2 names agree"], []),
    ({"amounts": -0.7}, (NUMBER,), [], ["a number stands on one side only"]),
    ({"dates": -1.0}, (OTHER_DAY,), [], ["a date differs: 2019-06-09 / 2019-06-12"]),
    ({"length": 0.1, "documents": 0.1}, (), [], []),
    (
        {"words": 5.0, "rivals": 4.0, "documents": 3.0, "beside": 2.0, "length": -1.0},
        (),
        ["1 of 2 words correspond", "no other sentence comes near", "the documents are about the same"],
        ["one side is much longer"],
    ),
]


@pytest.mark.parametrize(("added", "facts", "for_it", "against"), TOLD)
def test_grounds(added, facts, for_it, against):
    weights = np.array([added.get(name, 0.0) for name in GROUNDS], np.float32)
    told = grounds(weights, Evidence(facts, (WordMatch((0, 4), (0, 4), 0.9),)), ("бірі екі", "one two"))
    assert [each.text for each in told if each.weight > 0] == for_it
    assert [each.text for each in told if each.weight < 0] == against
    assert [abs(each.weight) for each in told] == sorted((abs(each.weight) for each in told), reverse=True)


def test_a_conflict_is_told_without_the_verifier():
    assert [each.text for each in grounds(None, Evidence((DENIED,)), ("а", "a"))] == ["the Kazakh denies"]


def test_conflicts_are_named_once():
    assert conflicts((OTHER_DAY, DENIED, OTHER_DAY, DAY)) == ("date", "polarity")
