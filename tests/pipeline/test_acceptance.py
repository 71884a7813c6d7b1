import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import align
from align.pipeline.acceptance import accept_links, least_shown
from align.runs.write import write_run
from align.settings import Settings
from align.types import Evidence, Link, Segment
from align.verify.ranking import plain
from align.verify.threshold import expected_at, threshold_for

WRITTEN = st.integers(0, 10_000).map(lambda number: number / 10_000)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TARGETS = st.integers(1, 100).map(lambda number: number / 100)


def _link(probability, relation="equivalent"):
    text = Segment("0" * 16, "kk", "d", 0, 0, 1, "a")
    return Link("x", relation, probability, "review", (text,), (text,), 0.5, 1.0, Evidence((), ()), ())


@UNHURRIED
@given(written=st.lists(WRITTEN, max_size=60), target=TARGETS)
def test_what_is_taken_is_what_a_reader_of_the_threshold_takes(written, target):
    for width in (np.float32, np.float64):
        found = threshold_for(np.array(written, width), target)
        assert sum(each >= found.value for each in written) == found.taken
        assert expected_at(np.array(written, width), found.value).taken == found.taken


@UNHURRIED
@given(written=st.lists(st.tuples(WRITTEN, st.booleans()), max_size=60), target=st.none() | TARGETS, accept=WRITTEN)
def test_as_many_are_accepted_as_the_threshold_takes(written, target, accept):
    links = [_link(plain(np.float32(p)), "conflict" if conflict else "partial") for p, conflict in written]
    wanted = Settings(accept=accept, review=0.0, target_precision=target)
    decided, chosen, threshold = accept_links(links, wanted)
    accepted = [link for link in decided if link.status == "accepted"]
    assert len(accepted) == threshold.taken
    assert all(link.probability >= chosen.accept and link.relation != "conflict" for link in accepted)
    again, *_ = accept_links(decided, Settings(accept=chosen.accept, review=0.0))
    assert again == decided


def test_the_link_a_threshold_was_taken_from_is_accepted():
    found = threshold_for(np.array([0.9999, 0.9491, 0.3], np.float32), 0.95)
    assert found.value == 0.9491 and found.taken == 2


def test_fewer_than_review_are_shown_where_a_target_asks_for_them():
    probabilities = np.array([0.9, 0.2, 0.1], np.float32)
    assert least_shown(probabilities, Settings(review=0.3)) == 0.3
    assert least_shown(probabilities, Settings(review=0.3, target_precision=0.4)) == pytest.approx(0.1)


@pytest.mark.parametrize("target", [None, 0.5, 0.8, 0.95, 1.0])
def test_a_run_accepts_what_its_manifest_expects(target, tmp_path):
    settings = align.Settings(target_precision=target, review=0.3)
    result = align.align_documents(align.read("seeds"), align.load_tools(cached=False), settings=settings)
    assert len(result.accepted) == result.threshold.taken
    write_run(result, tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    lines = map(json.loads, (tmp_path / "links.jsonl").read_text().splitlines())
    able = [each["probability"] for each in lines if each["relation"] != "conflict"]
    assert sum(p >= manifest["decision"]["accept"] for p in able) == manifest["decision"]["expected"]["taken"]
