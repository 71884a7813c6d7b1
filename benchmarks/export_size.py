"""Time and memory of exporting a run of many links.

    python benchmarks/export_size.py [--links 1000000] [--formats hf tmx moses]

Builds the folder of a run with that many links between invented sentences (news-like in length, with two facts each),
then exports it by the command line, each format in a process of its own, and prints seconds and the peak of memory.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_KK = "үкімет президент мемлекет жаңа заң қабылдады қала тұрғындары мектеп ашылды дәрігер айтты шетел сапар".split()
_EN = "government president state new law adopted city residents school opened doctor said foreign visit the of".split()
_MEASURE = """
import resource, runpy, sys, time
sys.argv = ["align", *sys.argv[1:]]
start = time.perf_counter()
try:
    runpy.run_module("align", run_name="__main__")
finally:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - start:.1f} s, {peak:.0f} MiB", file=sys.stderr)
"""


def main() -> None:
    """Build the run, export it in each format, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--links", type=int, default=1_000_000)
    parser.add_argument("--formats", nargs="+", default=["hf", "tmx", "moses"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "run"
        _build(folder, arguments.links)
        print(f"{arguments.links:,} links, {(folder / 'links.jsonl').stat().st_size / 1e6:.0f} MB of links.jsonl")
        for format in arguments.formats:
            command = ["export", str(folder), "--format", format, "--out", str(Path(scratch) / format)]
            finished = subprocess.run([sys.executable, "-c", _MEASURE, *command], stderr=subprocess.PIPE, text=True)
            if finished.returncode:
                sys.exit(finished.stderr)
            *_, told = finished.stderr.splitlines()
            print(f"{format}: {told}, {_size(Path(scratch), format) / 1e6:.0f} MB")


def _size(folder: Path, format: str) -> int:
    paths = [path for path in folder.glob(f"{format}*") if path.is_file()]
    paths += [path for path in (folder / format).rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in paths)


def _build(folder: Path, links: int) -> None:
    folder.mkdir()
    documents = [_document(number, lang) for number in range(max(links // 20, 1)) for lang in ("kk", "en")]
    _write(folder / "documents.jsonl", iter(documents))
    _write(folder / "links.jsonl", _links(links))
    _write(folder / "unmatched.jsonl", iter(()))
    decision = {"accept": 0.8, "review": 0.3, "expected": {"precision": 0.95, "taken": links}}
    models = {"encoder": "none", "verifier": "none"}
    manifest = {"decision": decision, "models": models, "versions": {"align-workbench": "benchmark"}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _document(number: int, lang: str) -> dict[str, Any]:
    published = f"20{10 + number % 15}-0{1 + number % 9}-1{number % 10}"
    return {"id": f"{lang}{number}", "lang": lang, "url": f"https://news.example/{number}", "published": published}


def _links(count: int) -> Iterator[dict[str, Any]]:
    chooser = random.Random(1)
    for number in range(count):
        facts = [_fact("number", number % 997), _fact("date", number % 28)]
        yield {
            "id": f"{number:016x}",
            "relation": "equivalent",
            "probability": 0.99,
            "status": "accept",
            "source": [_place("kk", number, " ".join(chooser.choices(_KK, k=14)))],
            "target": [_place("en", number, " ".join(chooser.choices(_EN, k=18)))],
            "cosine": 0.8,
            "margin": 1.2,
            "evidence": {"facts": facts, "words": []},
            "runners_up": [],
        }


def _place(lang: str, number: int, text: str) -> dict[str, Any]:
    text = f"{text} {number}"
    return {"id": f"{number:016x}", "document": f"{lang}{number // 20}", "position": number % 20, "text": text} | {
        "span": [0, len(text)]
    }


def _fact(kind: str, value: int) -> dict[str, Any]:
    side = {"value": str(value), "unit": None, "precision": "exact", "span": [0, 3]}
    return {"kind": kind, "source": side, "target": side, "status": "matched"}


def _write(path: Path, records: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


if __name__ == "__main__":
    main()
