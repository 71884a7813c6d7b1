from align.evaluate.metrics import Bin
from align.plots import reliability_svg, reliability_table


def test_reliability_is_drawn_and_tabled_without_empty_bins():
    bins = [Bin(0.0, 0.5, 0, 0, 0), Bin(0.5, 1.0, 3, 0.75, 0.667)]
    assert reliability_table(bins).splitlines()[1:] == ["0.50-1.00           3   0.750   0.667"]
    drawn = reliability_svg(bins, title="a < b & c")
    assert drawn.count("<circle") == 1
    assert "a &lt; b &amp; c" in drawn
