from dataclasses import replace

import pytest

from align.runs.report import render
from align.types import Check, Draft, Unmatched

CHECKS = (Check("empty", True), Check("script", True), Check("numbers", False, "16 became <17>"))
MADE = [
    (("met/meets | <b>June 9</b>", "gloss", "kk-en gloss", "r", "Apache-2.0", "word for word"), "gloss, word for word"),
    (("He came & left", "memory", "memory:<a>.tmx", "r", None, "fuzzy match, 87%: <i>Ол"), "from a memory"),
    (("He came", "translation", "facebook/nllb", "r", "CC-BY-NC-4.0", "greedy"), "machine translation"),
]


def _page(alignment, draft):
    alone = Unmatched("source", alignment.corpus.segments("kk")[0], (), draft)
    return render(replace(alignment, unmatched=(alone,)))


@pytest.mark.parametrize(("made", "badge"), MADE, ids=[made[1] for made, _ in MADE])
def test_a_draft_says_what_it_is_and_what_it_fails(alignment, made, badge):
    page = _page(alignment, Draft(*made, CHECKS))
    shown = page[page.index('<details class="draft') :]
    shown = shown[: shown.index("</details>")]
    assert badge in shown and '<span class="badge failed" title="16 became &lt;17&gt;">numbers</span>' in shown
    assert "Fails: numbers (16 became &lt;17&gt;)." in shown and "In order: empty, script." in shown
    for part in made[:1] + made[2:3] + made[4:]:
        escaped = (part or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert escaped in shown
    assert "<b>June" not in page and "<i>Ол" not in page


def test_a_draft_that_passes_shows_no_failure(alignment):
    page = _page(alignment, Draft(*MADE[2][0], CHECKS[:2]))
    assert "badge failed" not in page.split("</style>")[1] and "Fails:" not in page


def test_without_a_draft_there_is_no_place_for_one(alignment):
    assert '<details class="draft' not in _page(alignment, None)


def test_a_link_found_by_a_draft_says_so(alignment):
    first, *rest = alignment.links
    page = render(replace(alignment, links=(replace(first, found_by="pivot"), *rest)))
    assert page.count("only the draft of the Kazakh led to it") == 1
    assert "only the draft" not in render(alignment)
