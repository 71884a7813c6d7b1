import pytest

from align.review.agreement import agreement, cohen_kappa, krippendorff_alpha


def _pairs(table, labels="abcd"):
    return [
        (labels[row], labels[column])
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


# A worked example from the literature, the table of two raters, kappa as printed there.
KAPPAS = [
    # Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, table 18.1.
    ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.68, 2),
    # Sim and Wright 2005, Physical Therapy 85, table 1: 22 + 11 of 39 alike.
    ([[22, 2], [4, 11]], 0.67, 2),
    ([[20, 5], [10, 15]], 0.4, 10),
    ([[10, 0], [0, 10]], 1.0, 10),
    ([[0, 10], [10, 0]], -1.0, 10),
]

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: sections A, B and C; "." is a missing value.
ALPHAS = [
    (["0100000010", "1110010000"], 0.095),
    (["aabbdcccedda", "babbbccceddd"], 0.692),
    (["123321412...", "1233224125.3", ".3332342251.", "12332441251."], 0.743),
]


@pytest.mark.parametrize(("table", "kappa", "digits"), KAPPAS)
def test_kappa_is_that_of_the_worked_examples(table, kappa, digits):
    assert cohen_kappa(_pairs(table)) == pytest.approx(kappa, abs=0.5 * 10**-digits)


@pytest.mark.parametrize(("raters", "alpha"), ALPHAS)
def test_alpha_is_that_of_the_worked_examples(raters, alpha):
    assert len({len(rater) for rater in raters}) == 1
    units = [[value for value in unit if value != "."] for unit in zip(*raters, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize("verdicts", [[], [{"a": "accept"}], [{"a": "accept", "b": "accept"}] * 3])
def test_what_chance_explains_has_no_coefficient(verdicts):
    found = agreement(verdicts)
    assert found.alpha is None and all(pair.kappa is None for pair in found.pairs)


def test_only_what_was_said_blind_counts(store, folder, judge, links_of):
    items = links_of(folder)
    for item, verdict in zip(items[:4], ("accept", "accept", "partial", "skip"), strict=True):
        judge(store, item, verdict, "a")
    for item, verdict in zip(items[:4], ("accept", "reject", "partial", "accept"), strict=True):
        judge(store, item, verdict, "b", reason="other" if verdict == "reject" else None)
    before = store.agreement()
    assert (before.n, before.disputed, before.pairs[0].observed) == (3, 1, pytest.approx(2 / 3))
    # b sees a's verdict now; what b says from here on is no evidence of agreement.
    judge(store, items[1], "accept", "b")
    after = store.agreement()
    assert (after.disputed, after.alpha, after.pairs) == (0, before.alpha, before.pairs)
    store.undo("b")
    store.undo("b")
    assert store.agreement().pairs == before.pairs


def test_an_adjudication_is_no_rating(store, folder, judge, links_of):
    item = links_of(folder)[0]
    judge(store, item, "accept", "a")
    judge(store, item, "partial", "b")
    judge(store, item, "accept", "c", adjudicates=True)
    assert [pair.reviewers for pair in store.agreement().pairs] == [("a", "b")]
