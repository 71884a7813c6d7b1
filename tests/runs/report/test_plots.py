import pytest

from align.plots import histogram, scatter

THRESHOLDS = (("review", 0.3), ("accept", 0.8))

# Worked by hand: the plot is 132 units high, a bin 21.8 wide; the fullest bar takes the whole height.
BARS = [
    ([0.9996, 0.85, 0.3], {0.3: (1, 132.0), 0.85: (1, 132.0), 0.95: (1, 132.0)}),
    ([0.3, 0.3499, 0.35, 1.0, 0.95, 0.9999, 0.96], {0.3: (2, 66.0), 0.35: (1, 33.0), 0.95: (4, 132.0)}),
    ([0.0, 0.0499, 0.05], {0.0: (2, 132.0), 0.05: (1, 66.0)}),
    ([], {}),
]


@pytest.mark.parametrize(("values", "expected"), BARS)
def test_bars_are_as_high_as_their_counts(values, expected):
    bars = {bar.low: (bar.count, bar.height) for bar in histogram(values, THRESHOLDS).bars if bar.count}
    assert bars == expected


def test_bars_stand_on_the_axis_side_by_side():
    plot = histogram([0.3, 0.3, 0.7], THRESHOLDS)
    assert {round(bar.y + bar.height, 6) for bar in plot.bars} == {plot.base}
    assert [round(after.x - bar.x, 6) for bar, after in zip(plot.bars, plot.bars[1:], strict=False)] == [21.8] * 19


def test_thresholds_stand_at_their_probabilities():
    plot = histogram([0.5], THRESHOLDS)
    assert [(round(mark.at, 6), mark.label) for mark in plot.marks] == [(142.8, "review 0.30"), (360.8, "accept 0.80")]


def test_histogram_is_told_in_words():
    assert histogram([0.3, 0.31, 0.96], ()).description == "0.30 to 0.35: 2; 0.95 to 1.00: 1"


def test_dots_stand_by_probability(alignment):
    plot = scatter(alignment.links, THRESHOLDS)
    heights = [round(plot.base - dot.y, 4) for dot in plot.dots]
    assert heights == [131.9472, 112.2, 39.6]
