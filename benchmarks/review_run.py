"""Make a run of any size for `review_load.py`: made-up texts in the files that `align run` writes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from align.storage.files import write_jsonl
from align.storage.sealed import seal

SEEDS = Path(__file__).parents[1] / "seeds"
SENTENCES = 20

Segment = dict[str, object]


def make_run(folder: Path, links: int) -> None:
    """Write the files of a run with that many links: documents of twenty sentences in words of the seeds, by chance."""
    documents, segments = [], []
    for lang in ("kk", "en"):
        words = _words(lang)
        for number in range(-(-links // SENTENCES)):
            made = list(_document(lang, words, number))
            segments += made
            digest = sha256(f"{lang}{number}".encode()).hexdigest()
            row = {"id": digest[:12], "path": f"{lang}/{number}.txt", "lang": lang, "title": made[0]["text"]}
            rest = {"published": None, "url": None, "licence": None, "sha256": digest, "segments": SENTENCES}
            documents.append(row | rest)
    write_jsonl(folder / "documents.jsonl", documents)
    write_jsonl(folder / "segments.jsonl", segments)
    half = len(segments) // 2
    write_jsonl(folder / "links.jsonl", (_link(*pair) for pair in zip(segments[:half], segments[half:], strict=True)))
    write_jsonl(folder / "unmatched.jsonl", [])
    settings = {"accept": 0.8, "review": 0.3, "encoder": "kk-en"}
    decision = {"accept": 0.8, "review": 0.3, "share_with_counterpart": 0.5}
    seal(folder, {"settings": settings, "decision": decision, "models": {}, "counts": {}})


def _words(lang: str) -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    return [
        word for text in texts for word in text.split() if bool(re.search("[\u0400-\u052f]", word)) == (lang == "kk")
    ]


def _document(lang: str, words: list[str], number: int) -> Iterator[Segment]:
    chance = random.Random(f"{lang}{number}")
    document = sha256(f"{lang}{number}".encode()).hexdigest()[:12]
    start = 0
    for position in range(SENTENCES):
        text = " ".join(chance.choices(words, k=18)) + f" {number} {position}."
        identity = sha256(f"{lang}|{text}".encode()).hexdigest()[:16]
        span = [start, start + len(text)]
        row = {"id": identity, "lang": lang, "document": document, "position": position, "span": span}
        yield row | {"text": text, "dropped": None}
        start += len(text) + 1


def _link(source: Segment, target: Segment) -> dict[str, object]:
    chance = random.Random(str(source["id"]))
    probability = round(chance.betavariate(2, 1.2), 4)
    places = [{name: each[name] for name in ("id", "document", "position", "text")} for each in (source, target)]
    fact = {"value": "1", "unit": None, "precision": "exact", "span": [0, 5]}
    spans = [[6 * number, 6 * number + 5] for number in range(6)]
    return {
        "id": sha256(f"{source['id']}|{target['id']}".encode()).hexdigest()[:16],
        "relation": chance.choice(("equivalent", "partial", "conflict")),
        "probability": probability,
        "status": "accept" if probability >= 0.8 else "review",
        "source": [places[0]],
        "target": [places[1]],
        "cosine": 0.5,
        "margin": 1.2,
        "evidence": {
            "facts": [{"kind": "number", "source": fact, "target": fact, "status": "matched"}],
            "words": [{"source": span, "target": span, "similarity": 0.6} for span in spans],
        },
        "runners_up": [{"target": target["id"], "text": target["text"], "probability": 0.1}],
    }
