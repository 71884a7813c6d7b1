"""Measure how fast facts are read and matched on one core: in a process that has seen no such text yet, and again.

    python benchmarks/facts_speed.py PAIRS.tsv[.gz] [--lines 20000] [--pairs 5000] [--counted]

Kazakh stands in the first column, English in the second. The lists of names and numbers are loaded before the clock
runs. With --counted only amounts and dates are read, as the judge does. Matched are that many random pairs of lines,
hardly any of which belong together, and then the lines' own pairs.
"""

from __future__ import annotations

import argparse
import gzip
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from align.facts import extract, extract_counted, match
from align.types import Fact, Lang

WARMING: dict[Lang, str] = {
    "kk": "5 наурыз 2019 жылы Асқар Қытайда 3 млн теңге тапты, 20 пайызы екі км жолға бармады",
    "en": "On 5 March 2019 Askar earned 3 million tenge in China, 20 percent of it did not go to two km of road",
}


def read(
    texts: Sequence[str], lang: Lang, reader: Callable[[str, Lang], tuple[Fact, ...]]
) -> tuple[list[tuple[Fact, ...]], float]:
    """Return the facts of each text, and texts a second of processor time."""
    start = time.process_time()
    found = [reader(text, lang) for text in texts]
    return found, len(texts) / (time.process_time() - start)


def matched(pairs: Sequence[tuple[tuple[Fact, ...], tuple[Fact, ...]]]) -> float:
    """Return pairs matched a second of processor time."""
    start = time.process_time()
    for source, target in pairs:
        match(source, target)
    return len(pairs) / (time.process_time() - start)


def main() -> None:
    """Print the rates, at first sight and again."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--pairs", type=int, default=5_000)
    parser.add_argument("--counted", action="store_true", help="amounts and dates alone")
    given = parser.parse_args()
    opened = gzip.open if given.path.suffix == ".gz" else open
    with opened(given.path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t")[:2] for line, _ in zip(file, range(given.lines), strict=False)]
    reader = extract_counted if given.counted else extract
    for lang, text in WARMING.items():
        extract(text, lang)
    chance, facts = random.Random(1), dict[Lang, list[tuple[Fact, ...]]]()
    for sight in ("first sight", "again"):
        for side, lang in enumerate(WARMING):
            facts[lang], rate = read([row[side] for row in rows], lang, reader)
            print(f"{lang}, {len(rows):,} texts, {sight}: {rate:,.0f} a second")
    others = [(chance.choice(facts["kk"]), chance.choice(facts["en"])) for _ in range(given.pairs)]
    own = list(zip(facts["kk"], facts["en"], strict=True))
    for sight in ("first sight", "again"):
        print(f"{len(others):,} random pairs, {sight}: {matched(others):,.0f} a second")
        print(f"{len(own):,} right pairs, {sight}: {matched(own):,.0f} a second")


if __name__ == "__main__":
    main()
