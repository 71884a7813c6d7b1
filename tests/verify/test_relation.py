import numpy as np
import pytest

from align.types import Fact, FactMatch, WordMatch
from align.verify.logistic import Logistic
from align.verify.relation import CLASH, OVERLAP, RelationModel, overlap


def model(names, intercept, **coefficients):
    values = np.array([coefficients.get(name, 0.0) for name in names])
    return Logistic(intercept, values, np.zeros(len(names)), np.ones(len(names)))


MODEL = RelationModel(model(OVERLAP, -5.0, less_covered=10.0), model(CLASH, -5.0, number=3.0, less_covered=5.0))
TEXTS = "бес адам келді", "five people came"


def entry(kind, status, source="5", target="5"):
    return FactMatch(kind, Fact(kind, source, 0, 3), Fact(kind, target, 0, 4), status)


def words(count):
    spans = [((0, 3), (0, 4)), ((4, 8), (5, 11)), ((9, 14), (12, 16))]
    return tuple(WordMatch(*span, 0.9) for span in spans[:count])


# facts, how many words correspond, relation
RELATIONS = [
    ((), 3, "equivalent"),
    ((), 1, "partial"),
    ((entry("number", "matched"),), 3, "equivalent"),
    ((entry("number", "conflict", target="6"),), 3, "conflict"),
    ((entry("number", "conflict", target="6"),), 1, "partial"),
    ((entry("role", "conflict"),), 1, "conflict"),
    ((entry("number", "conflict", target="-5"),), 1, "conflict"),
]


@pytest.mark.parametrize(("facts", "count", "relation"), RELATIONS)
def test_relation(facts, count, relation):
    assert MODEL.relation(facts, words(count), TEXTS) == relation


def test_overlap_by_hand():
    values = dict(zip(OVERLAP, overlap((), words(1), TEXTS).tolist(), strict=True))
    assert values["source_covered"] == pytest.approx(3 / 12)
    assert values["target_covered"] == pytest.approx(4 / 14)
    assert values["most_left"] == pytest.approx(16 * 10 / 14 / 50)


def alone(kind, side):
    fact = Fact(kind, "5", 0, 3)
    return FactMatch(kind, fact if side == "source" else None, fact if side == "target" else None, f"{side}_only")


def test_days_are_counted_apart_from_amounts():
    facts = alone("date", "source"), alone("time", "source"), alone("number", "target"), alone("name", "target")
    values = dict(zip(OVERLAP, overlap(facts, (), TEXTS).tolist(), strict=True))
    counted = {name: value for name, value in values.items() if name.endswith("_alone") and value}
    assert counted == {
        "source_dates_alone": 2.0,
        "most_dates_alone": 2.0,
        "target_amounts_alone": 1.0,
        "most_amounts_alone": 1.0,
        "target_names_alone": 1.0,
        "most_names_alone": 1.0,
    }
