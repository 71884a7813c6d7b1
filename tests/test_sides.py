import datetime
from dataclasses import replace

import numpy as np
import pytest
from transliterate import to_arabic, to_latin

from align import sides as sides_module
from align.engines.shards import Here, Shards
from align.sides import SideBuilder, matched_lines, scripts_of
from align.tools import Working
from align.types import Segment

CYRILLIC = [
    "Қазақстан Республикасының Президенті бүгін жаңа заңға қол қойды",
    "Сайлау маусымның тоғызында өтеді деп хабарлады үкімет",
    "Таң",
]
WRITTEN = {"latin-2021": to_latin, "arabic": to_arabic}


@pytest.fixture
def builder(encoder):
    return SideBuilder(encoder, encoder, encoder)


@pytest.mark.parametrize("script", WRITTEN)
def test_lines_of_another_alphabet_are_matched_in_cyrillic_and_shown_as_they_are(builder, script):
    lines = [WRITTEN[script](line) for line in CYRILLIC]
    side = builder.of_lines(lines, "kk")
    assert side.shown == tuple(lines) and set(side.scripts) == {script}
    # Arabic script has no capitals.
    assert [text.lower() for text in side.texts] == [line.lower() for line in CYRILLIC]


def test_a_short_line_is_read_as_the_file_is_and_a_cyrillic_one_is_left(builder):
    mixed = [to_latin(CYRILLIC[0]), "Таң", to_latin("Таң"), "Facebook желісі"]
    assert scripts_of(mixed, "kk") == ("latin-2021", None, "latin-2021", None)
    assert matched_lines(mixed, "kk")[1:] == ["Таң", "Таң", "Facebook желісі"]


@pytest.mark.parametrize(("lang", "line"), [("en", "The President signed"), ("kk", "Қазақстан"), ("kk", "")])
def test_a_line_that_is_matched_as_it_is_has_no_way_back(builder, lang, line):
    side = builder.of_lines([line], lang)
    assert side.texts == (line,) and side.respelling(0) is None


def test_lines_and_segments_make_the_same_side(builder):
    segments = [Segment(str(n), "kk", "d", n, 0, len(line), line) for n, line in enumerate(CYRILLIC)]
    of_segments, of_lines = builder.of_segments(segments, "kk"), builder.of_lines(CYRILLIC, "kk")
    assert (of_segments.texts, of_segments.scripts) == (of_lines.texts, of_lines.scripts)
    np.testing.assert_array_equal(of_segments.vectors, of_lines.vectors)
    assert of_segments.document.tolist() == [0, 0, 0] and of_lines.document is None


def test_expected_facts_are_those_that_would_be_extracted(builder):
    engine = Shards(lambda: Here(lambda: Working(builder, None)), size=2)
    lines = [*CYRILLIC, "Ол 2019 жылы 12 маусымда келді"]
    side = replace(builder, engine=engine).of_lines(lines, "kk", written=[datetime.date(2019, 9, 17)] * 4)
    side.expect_facts(np.array([3, 0, 3, 1]))
    side.expect_facts(np.array([1, 2]))
    known = [side.facts(row) for row in range(4)]
    written = builder.of_lines(lines, "kk", written=[datetime.date(2019, 9, 17)] * 4)
    assert known == [written.facts(row) for row in range(4)] and known[3]


def test_facts_are_extracted_once_and_on_the_documents_day(builder, monkeypatch):
    calls = []
    extract = sides_module.extract
    monkeypatch.setattr(
        sides_module, "extract", lambda *given, **named: calls.append(given) or extract(*given, **named)
    )
    segments = [Segment("0", "kk", "d", 0, 0, 21, "Сайлау былтыр өтті")]
    side = builder.of_segments(segments, "kk", written={"d": datetime.date(2019, 9, 17)})
    assert [fact.value for fact in side.facts(0)] == [fact.value for fact in side.facts(0)] == ["2018"]
    assert len(calls) == 1


def test_the_bundled_vectors_are_the_encoders_where_that_is_the_bundled_one(builder, encoder):
    side = builder.of_lines(CYRILLIC, "kk")
    assert side.bundled is side.vectors

    class Other(type(encoder)):
        signature = "other"

    other = SideBuilder(Other(), encoder, encoder).of_lines(CYRILLIC, "kk")
    assert other.bundled is not other.vectors
