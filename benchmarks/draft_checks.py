"""How often the checks on drafts doubt a person's translation, and how often they see a broken one.

python benchmarks/draft_checks.py DATA/dev-news.tsv.gz
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from align.text.romanise import romanise
from align.tools import load_tools
from align.train.pairs import Pair, read_pairs
from align.types import Draft


def _looped(pair: Pair) -> str:
    end = " ".join(pair.target.split()[-3:])
    return f"{pair.target} {end} {end}"


def _half(pair: Pair) -> str:
    words = pair.target.split()
    return " ".join(words[: len(words) // 2])


BREAKS: dict[str, Callable[[Pair], str]] = {
    "the source itself": lambda pair: pair.source,
    "the source romanised": lambda pair: romanise(pair.source),
    "its end three times": _looped,
    "its first half": _half,
}
ANOTHER = "another line's"


def main() -> None:
    """Print, for translations as they are and broken in five ways, which checks fail how often."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, help="kk<tab>en lines, gzipped or not")
    pairs = read_pairs(parser.parse_args().pairs)
    others = pairs[1:] + pairs[:1]
    _report("a person's translation", [(pair.source, pair.target) for pair in pairs])
    _report(ANOTHER, [(pair.source, other.target) for pair, other in zip(pairs, others, strict=True)])
    for name, broken in BREAKS.items():
        _report(name, [(pair.source, broken(pair)) for pair in pairs])


def _report(name: str, drafts: list[tuple[str, str]]) -> None:
    checker = load_tools(cached=False).checker
    failed: Counter[str] = Counter()
    for source, text in drafts:
        checked = checker.checked(source, Draft(text, "translation", "", None, None, ""))
        failed.update({check.name for check in checked.checks if not check.passed})
        failed["any"] += not checked.passed
    shares = ", ".join(f"{check} {count / len(drafts):.3f}" for check, count in failed.most_common())
    print(f"{name} (n:{len(drafts)}): {shares}", flush=True)


if __name__ == "__main__":
    main()
