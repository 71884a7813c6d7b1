from dataclasses import replace
from hashlib import sha256

import pytest

from align.corpus.read import Corpus, Skipped
from align.runs.alignment import Alignment
from align.settings import Settings
from align.types import Document, Evidence, Fact, FactMatch, Link, Neighbour, Segment, Unmatched, WordMatch
from align.verify.threshold import Threshold

KAZAKH = ["Сайлау 9 маусымда өтеді", "Оқи отырыңыз: <script>alert(1)</script>", "Ол 16 адам деді & кетті"]
ENGLISH = ["Accessibility links", "The vote is on June 9.", 'He said <b>17</b> "people".', "Oil & gas."]
DROPPED = {"Оқи отырыңыз: <script>alert(1)</script>": "page furniture", "Accessibility links": "page furniture"}

FACTS = (
    FactMatch("date", Fact("date", "--06-09", 7, 17), Fact("date", "--06-09", 15, 21), "matched"),
    FactMatch("name", None, Fact("name", "vote", 4, 8), "target_only"),
)
WORDS = (WordMatch((0, 6), (4, 8), 0.71), WordMatch((9, 17), (15, 19), 0.66))
NO_EVIDENCE = Evidence()
THRESHOLD = Threshold(0.8, 0.925, (0.61, 1.0), 2, 1.85)
CONFLICT = (FactMatch("number", Fact("number", "16", 3, 5), Fact("number", "17", 11, 13), "conflict"),)


def document(lang, texts, *, name="1", **changes):
    text = "\n\n".join(texts)
    digest = sha256(f"{lang}{name}{text}".encode()).hexdigest()
    segments, start = [], 0
    for position, each in enumerate(texts):
        identity = sha256(f"{lang}|{each}".encode()).hexdigest()[:16]
        end = start + len(each)
        segments.append(Segment(identity, lang, digest[:12], position, start, end, each, DROPPED.get(each)))
        start = end + 2
    made = Document(digest[:12], f"{lang}/{name}.txt", lang, texts[0], None, None, None, digest, text, tuple(segments))
    return replace(made, **changes)


def link(source, target, probability, *, status="review", relation="partial", evidence=NO_EVIDENCE):
    identity = sha256(f"{source.id}|{target.id}".encode()).hexdigest()[:16]
    rivals = (Neighbour("0" * 16, "A runner-up <i>text</i>", 0.0312),)
    return Link(identity, relation, probability, status, (source,), (target,), 0.5123, 1.2345, evidence, rivals)


def alignment_of(corpus, links, **changes):
    linked = {segment.id for each in links for segment in (*each.source, *each.target)}
    alone = [
        Unmatched("source" if lang == "kk" else "target", segment, (Neighbour("1" * 16, "Near <u>miss</u>", 0.12),))
        for lang in ("kk", "en")
        for segment in corpus.segments(lang)
        if segment.id not in linked
    ]
    signatures = {"encoder": "kk-en@abc", "verifier": "logistic@<def>"}
    made = Alignment(corpus, tuple(links), tuple(alone), Settings(), signatures, 0.42, THRESHOLD, {"encode": 1.25})
    return replace(made, **changes)


@pytest.fixture(scope="session")
def alignment():
    source = document("kk", KAZAKH, url="https://example.org/kk?a=1&b=2")
    target = document("en", ENGLISH, title='<img src=x onerror="alert(2)">', url="javascript:alert(3)")
    corpus = Corpus((source, target), (Skipped("kk/empty.txt", "empty"),))
    links = [
        link(source.segments[0], target.segments[1], 0.9996, status="accepted", evidence=Evidence(FACTS, WORDS)),
        link(source.segments[2], target.segments[2], 0.85, relation="conflict", evidence=Evidence(CONFLICT)),
        link(source.segments[2], target.segments[1], 0.3),
    ]
    return alignment_of(corpus, links)


@pytest.fixture(scope="session")
def crowd():
    """Return an alignment of 5,000 links between 50 sources and 100 targets."""
    source = document("kk", [f"Сөйлем {n}" for n in range(50)])
    target = document("en", [f"Sentence {n}" for n in range(100)])
    links = [
        link(source.segments[n // 100], target.segments[n % 100], round(0.99 - n / 10_000, 4)) for n in range(5_000)
    ]
    return alignment_of(Corpus((source, target)), links)
