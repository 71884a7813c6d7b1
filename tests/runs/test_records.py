import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import InputError
from align.runs import records
from align.types import (
    Check,
    Document,
    Draft,
    Evidence,
    Fact,
    FactMatch,
    Link,
    MinedPair,
    Neighbour,
    Segment,
    Unmatched,
    WordMatch,
)

TEXT = st.text(max_size=20)
NAME = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
NUMBER = st.integers(0, 10_000)
SHARE = st.floats(0, 1).map(lambda value: round(value, 4))
SPAN = st.tuples(NUMBER, NUMBER)
MAYBE = st.none() | NAME


def segments(lang, traits=MAYBE):
    return st.builds(Segment, NAME, st.just(lang), NAME, NUMBER, NUMBER, NUMBER, TEXT, traits, traits, traits)


PRECISIONS = st.sampled_from(["exact", "approximate", "at_least", "at_most", "range"])
ROLES = st.sampled_from([None, "subject", "object", "recipient", "origin"])


def matches(kind, of_facts):
    facts = st.builds(Fact, st.just(of_facts), TEXT, NUMBER, NUMBER, unit=MAYBE, precision=PRECISIONS, role=ROLES)
    return st.builds(FactMatch, st.just(kind), st.none() | facts, st.none() | facts, STATUSES)


STATUSES = st.sampled_from(["matched", "compatible", "conflict", "source_only", "target_only"])
MATCHES = st.one_of(matches("money", "money"), matches("role", "name"), matches("date", "date"))
WORDS = st.builds(WordMatch, SPAN, SPAN, SHARE)
EVIDENCE = st.builds(Evidence, st.lists(MATCHES, max_size=3).map(tuple), st.lists(WORDS, max_size=3).map(tuple))
NEIGHBOURS = st.lists(st.builds(Neighbour, NAME, TEXT, SHARE), max_size=3).map(tuple)
CHECKS = st.lists(st.builds(Check, NAME, st.booleans(), TEXT), max_size=3).map(tuple)
KINDS = st.sampled_from(["translation", "memory", "gloss"])
DRAFTS = st.builds(Draft, TEXT, KINDS, NAME, MAYBE, MAYBE, TEXT, CHECKS)
RELATIONS = st.sampled_from(["equivalent", "partial", "conflict", "none"])
LINKS = st.builds(
    Link,
    NAME,
    RELATIONS,
    SHARE,
    st.sampled_from(["accepted", "review"]),
    st.lists(segments("kk", st.none()), min_size=1, max_size=3).map(tuple),
    st.lists(segments("en", st.none()), min_size=1, max_size=3).map(tuple),
    SHARE,
    SHARE,
    EVIDENCE,
    NEIGHBOURS,
    st.sampled_from(["search", "pivot", "import"]),
)
UNMATCHED = st.builds(
    Unmatched, st.just("source"), segments("kk", st.none()), NEIGHBOURS, st.none() | DRAFTS
) | st.builds(Unmatched, st.just("target"), segments("en", st.none()), NEIGHBOURS, st.none())
DOCUMENTS = st.builds(
    Document,
    *(NAME, NAME, st.sampled_from(["kk", "en"]), MAYBE, MAYBE, MAYBE, MAYBE, NAME, st.just(""), st.just(())),
    author=MAYBE,
    kind=NAME,
    encoding=MAYBE,
    notes=st.lists(TEXT, max_size=2).map(tuple),
)
PAIRS = st.builds(MinedPair, NUMBER, NUMBER, TEXT, TEXT, SHARE, SHARE, SHARE, RELATIONS)

# What is written, how, and what the page of formats calls the file.
CODECS = {
    "links.jsonl": (LINKS, records.link_record, records.link_of),
    "unmatched.jsonl": (UNMATCHED, records.unmatched_record, records.unmatched_of),
    "segments.jsonl": (segments("en"), records.segment_record, records.segment_of),
    "documents.jsonl": (DOCUMENTS, records.document_record, records.document_of),
    "pairs.jsonl": (PAIRS, records.pair_record, records.pair_of),
}


@pytest.mark.parametrize("name", CODECS)
def test_a_record_comes_back_as_it_was(name):
    made, write, read = CODECS[name]

    # A first draw builds tables of letters, which takes a busy machine a second.
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(made)
    def there_and_back(record):
        line = json.dumps(write(record), ensure_ascii=False)
        assert read(json.loads(line)) == record
        assert json.dumps(write(read(json.loads(line))), ensure_ascii=False) == line

    there_and_back()


FULL_FACT = Fact("money", "5", 0, 1, "KZT", "at_least")
FULL_EVIDENCE = Evidence((FactMatch("money", FULL_FACT, FULL_FACT, "matched"),), (WordMatch((0, 1), (0, 1), 0.5),))
FULL_DRAFT = Draft("Five", "translation", "m", None, None, "beam 4", (Check("numbers", True),))
KAZAKH, ENGLISH = Segment("a", "kk", "d", 0, 0, 3, "бес"), Segment("b", "en", "e", 0, 0, 4, "five")
NEAR = (Neighbour("c", "six", 0.1),)
FULL = {
    "links.jsonl": Link("l", "partial", 0.9, "accepted", (KAZAKH,), (ENGLISH,), 0.5, 1.2, FULL_EVIDENCE, NEAR),
    "unmatched.jsonl": Unmatched("source", KAZAKH, NEAR, FULL_DRAFT),
    "segments.jsonl": KAZAKH,
    "documents.jsonl": Document("d", "p", "kk", None, None, None, None, "s", "", ()),
    "pairs.jsonl": MinedPair(0, 0, "бес", "five", 0.5, 1.2, 0.9, "partial"),
}
FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"


def _described(name):
    """Return the keys that the page's section on a file names: in the first cell of a table, or in a sentence."""
    section = re.split(r"^#+ ", FORMATS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(name))
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return set(re.findall(r"`([\w.]+)`", " ".join(rows) if rows else text.split("\n", 1)[1]))


@pytest.mark.parametrize("name", CODECS)
def test_the_page_of_formats_names_every_key(name):
    record = CODECS[name][1](FULL[name])
    keys = set(record) | ({"paragraph"} if name == "segments.jsonl" else set())
    if "evidence" in keys:
        keys = keys - {"evidence"} | {f"evidence.{key}" for key in record["evidence"]}
    assert _described(name) == keys


BROKEN = [
    ("links.jsonl", "probability"),
    ("links.jsonl", "source"),
    ("unmatched.jsonl", "side"),
    ("segments.jsonl", "lang"),
    ("documents.jsonl", "sha256"),
]


@pytest.mark.parametrize(("name", "key"), BROKEN)
def test_a_line_that_lacks_a_key_is_named(tmp_path, name, key):
    _, write, read = CODECS[name]
    record = write(FULL[name])
    del record[key]
    (tmp_path / name).write_text(json.dumps(record) + "\n")
    with pytest.raises(InputError, match=rf"{name}, line 1: .*{key}"):
        list(records.read_records(tmp_path / name, read))


def test_paragraphs_are_counted_from_the_empty_lines():
    texts, text = ["One.", "Two.", "Three."], "One. Two.\n\nThree."
    spans = [(0, 4), (5, 9), (11, 17)]
    made = tuple(Segment(str(n), "en", "d", n, *spans[n], each) for n, each in enumerate(texts))
    document = Document("d", "p", "en", None, None, None, None, "s", text, made)
    assert [each["paragraph"] for each in records.segment_records(document)] == [0, 0, 1]
