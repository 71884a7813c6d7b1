import pytest

from align.review.precision import PrecisionEstimate, ThresholdPoint
from align.review.web.curve import curve


def point(threshold, pairs, precision=None, low=0.0, high=1.0, n=0):
    return ThresholdPoint(threshold, pairs, n, precision, low, high, None, 0.0, 1.0)


AUDITED = (point(0.0, 100, 0.8, 0.7, 0.9, 40), point(0.5, 50, 0.9, 0.8, 1.0, 20))

# Worked by hand: across, 0 to 1 is 56 to 704; up, the floor .7 to 1 is 232 to 14; pairs, 0 to 100 is 346 to 262.
CURVES = [
    (
        "audited",
        PrecisionEstimate(AUDITED[1], AUDITED, 40, ""),
        ("M56 159.3L380 86.7", "M56 86.7L380 14L380 159.3L56 232Z", "M56 262L380 304L380 346L56 346Z", 380.0, 86.7),
    ),
    (
        "not audited",
        PrecisionEstimate(point(0.5, 2), (point(0.0, 4), point(0.5, 2)), 0, ""),
        ("", "", "M56 262L380 304L380 346L56 346Z", 380.0, None),
    ),
    ("empty", PrecisionEstimate(point(0.5, 0), (), 0, ""), ("", "", "", 380.0, None)),
]


@pytest.mark.parametrize(("name", "found", "expected"), CURVES, ids=[name for name, *_ in CURVES])
def test_curve_stands_where_it_should(name, found, expected):
    drawn = curve(found)
    assert (drawn.precision, drawn.band, drawn.pairs, drawn.here, drawn.here_y) == expected
