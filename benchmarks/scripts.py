"""Measure what the other alphabets of Kazakh cost: words from Cyrillic to each and back, over the Kazakh side of pairs.

    python benchmarks/scripts.py train.tsv.gz [--shown 20]

Prints for each alphabet the share of running words that come back unchanged, the share that come back the same to the
search (in comparable Latin), and the commonest that do not.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from transliterate import to_arabic, to_latin

from align.text.cyrillic import Script, to_cyrillic
from align.text.romanise import romanise
from align.train.pairs import read_pairs

_WORD = re.compile(r"[\u0400-\u052f]+")
_WAYS: dict[Script, Callable[[str], str]] = {
    "latin-2021": to_latin,
    "latin-2018": lambda word: to_latin(word, "2018"),
    "latin-2017": lambda word: to_latin(word, "2017"),
    "arabic": to_arabic,
}


def main() -> None:
    """Read the pairs and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--shown", type=int, default=20)
    arguments = parser.parse_args()
    words = Counter(word for pair in read_pairs(arguments.pairs) for word in _WORD.findall(pair.source))
    print(f"{words.total():,} running words, {len(words):,} different")
    for script, write in _WAYS.items():
        _report(script, write, words, arguments.shown)


def _report(script: Script, write: Callable[[str], str], words: Counter[str], shown: int) -> None:
    changed: Counter[str] = Counter()
    matched = 0
    for word, count in words.items():
        # Arabic script has no capitals.
        wanted = word.lower() if script == "arabic" else word
        back = to_cyrillic(write(word), script).text
        matched += count * (romanise(back).lower() == romanise(wanted).lower())
        if back != wanted:
            changed[f"{wanted} > {write(word)} > {back}"] += count
    unchanged = 1 - changed.total() / words.total()
    print(f"\n{script}: unchanged {unchanged:.4f}, the same to the search {matched / words.total():.4f}")
    for line, count in changed.most_common(shown):
        print(f"  {count:5} {line}")


if __name__ == "__main__":
    main()
