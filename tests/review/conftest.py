import json
from hashlib import sha256
from uuid import uuid4

import pytest

from align.review.items import pair_id
from align.review.records import Decision
from align.review.store import Store
from align.storage.sealed import seal
from align.text.normalise import segment_id

VERIFIER = "logistic-test"


def _lines(path, records):
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")


def write_run(folder, documents, links, *, accept=0.8, review=0.3):
    """Write a run's files: documents as {path: (lang, [sentence, ...])}, links as (source, target, probability)."""
    folder.mkdir(exist_ok=True)
    places, papers, segments = {}, [], []
    for path, (lang, sentences) in documents.items():
        text = "\n".join(sentences)
        digest = sha256(text.encode()).hexdigest()
        papers.append({"id": digest[:12], "path": path, "lang": lang, "title": sentences[0], "sha256": digest})
        start = 0
        for position, sentence in enumerate(sentences):
            place = {"id": segment_id(sentence, lang), "document": digest[:12], "position": position, "text": sentence}
            span = [start, start + len(sentence)]
            segments.append({**place, "lang": lang, "span": span, "dropped": None})
            places[sentence] = {**place, "span": span}
            start += len(sentence) + 1
    _lines(folder / "documents.jsonl", papers)
    _lines(folder / "segments.jsonl", segments)
    rows = [_link(places[kk], places[en], p, accept, [places[each[1]] for each in links]) for kk, en, p in links]
    _lines(folder / "links.jsonl", rows)
    linked = {each for kk, en, _ in links for each in (kk, en)}
    loose = [each for each in segments if each["text"] not in linked]
    _lines(
        folder / "unmatched.jsonl",
        [
            {"side": "source" if each["lang"] == "kk" else "target"}
            | {name: each[name] for name in ("id", "document", "position", "text", "span")}
            | {"nearest": [], "draft": None}
            for each in loose
        ],
    )
    decision = {"accept": accept, "review": review}
    manifest = {"settings": {}, "decision": decision, "models": {"verifier": VERIFIER}, "counts": {}}
    seal(folder, manifest)
    return folder


def _link(source, target, probability, accept, targets):
    rivals = [each for each in targets if each["id"] != target["id"]][:3]
    return {
        "id": pair_id([source["id"]], [target["id"]]),
        "relation": "partial",
        "probability": probability,
        "status": "accept" if probability >= accept else "review",
        "source": [source],
        "target": [target],
        "cosine": 0.5,
        "margin": 1.1,
        "evidence": {
            "facts": [
                {
                    "kind": "number",
                    "source": {"value": "1", "unit": None, "precision": "exact", "span": [0, 1]},
                    "target": None,
                    "status": "source_only",
                }
            ],
            "words": [{"source": [0, 2], "target": [0, 2], "similarity": 0.9}],
        },
        "runners_up": [{"target": each["id"], "text": each["text"], "probability": 0.01} for each in rivals],
    }


def numbered(count, lang):
    word = "сөйлем" if lang == "kk" else "sentence"
    return [f"{number} {word} туралы" if lang == "kk" else f"{number} {word} about it" for number in range(count)]


def write_simple(folder, count=12, extra=3, p=None):
    """Write a run of `count` links between two documents, probabilities falling, and `extra` unmatched each side."""
    kk, en = (numbered(count + extra, lang) for lang in ("kk", "en"))
    chances = p or [round(0.99 - 0.9 * number / max(count, 1), 4) for number in range(count)]
    documents = {"news/kk.txt": ("kk", kk), "news/en.txt": ("en", en)}
    return write_run(folder, documents, list(zip(kk[:count], en[:count], chances, strict=True)))


@pytest.fixture(scope="session")
def runs():
    """Give the functions that write a run's files."""
    return write_run, write_simple


@pytest.fixture
def folder(tmp_path):
    return write_simple(tmp_path / "run")


@pytest.fixture
def store(folder):
    opened = Store.open(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def judge():
    """Return a function that gives a verdict on an item at its present version."""

    def give(store, item, verdict="accept", reviewer="Айгүл", **fields):
        view = store.item(item, reviewer, adjudicating=fields.get("adjudicates", False))
        values = {"id": uuid4().hex, "version": view.version, **fields}
        return store.decide(Decision(item=item, reviewer=reviewer, verdict=verdict, **values))

    return give


@pytest.fixture
def events_of():
    """Return a function that gives every event of a run's review as it is kept, in order."""

    def events(folder):
        store = Store.open(folder)
        with store.database.reading() as reading:
            rows = [tuple(row) for row in reading.execute("SELECT * FROM events ORDER BY seq")]
        store.close()
        return rows

    return events


@pytest.fixture(scope="session")
def links_of():
    """Return a function that lists the ids of a run's links, in the file's order."""

    def read(folder):
        return [json.loads(line)["id"] for line in (folder / "links.jsonl").read_text(encoding="utf-8").splitlines()]

    return read


@pytest.fixture(scope="session")
def dump():
    """Return a function that gives all rows of a store's table, or of all that is derived from the events."""
    derived = ("items", "judgements", "shifts", "related", "bodies")

    def rows(store, *tables):
        with store.database.reading() as reading:
            return {
                table: sorted(map(tuple, reading.execute(f"SELECT * FROM {table}")), key=repr)
                for table in tables or derived
            }

    return rows
