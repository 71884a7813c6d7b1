"""Changes one fact in each English line and asks whether the original still outranks its twin.

    python benchmarks/perturb.py DATA_DIR

In the manner of xSIM++ (Chen et al. 2023, "xSIM++: An Improved Proxy to Bitext Mining Performance for Low-Resource
Languages"): dev-news lines get a twin with another number, date, name, negation or entity of the same type; then every
Kazakh line is judged against all English lines and twins. DATA_DIR holds dev-news.tsv.gz: kk<TAB>en, aligned.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from quality import judge_with, read

from align.facts import default_gazetteer, extract
from align.settings import Settings
from align.tools import load_tools
from align.types import Fact

Change = Callable[[str, np.random.Generator, "Names"], str | None]
Names = dict[bool, list[str]]

SEED = 1
MONTHS = "January February March April May June July August September October November December".split()
AMOUNTS = ("number", "ordinal", "percent", "money", "quantity", "age")
VERB = re.compile(r"\b(is|are|was|were|will|would|can|could|has|have|had|should|must)\b(?! not)")
NOT = re.compile(r"\bnot |n't\b")


def number(text: str, rng: np.random.Generator, _: Names) -> str | None:
    """Change the digits of one amount."""
    held = [fact for fact in extract(text, "en") if fact.kind in AMOUNTS]
    spans = [
        (fact.start + found.start(), fact.start + found.end())
        for fact in held
        for found in re.finditer(r"\d+", text[fact.start : fact.end])
    ]
    if not spans:
        return None
    start, end = spans[int(rng.integers(len(spans)))]
    other = int(text[start:end]) + int(rng.integers(1, max(3, 10 ** (end - start) // 2)))
    return f"{text[:start]}{other}{text[end:]}"


def date(text: str, rng: np.random.Generator, _: Names) -> str | None:
    """Change the month of one date, or its day or year where it names no month."""
    for fact in extract(text, "en"):
        if fact.kind == "date" and (changed := _other_date(text[fact.start : fact.end], rng)):
            return text[: fact.start] + changed + text[fact.end :]
    return None


def _other_date(words: str, rng: np.random.Generator) -> str | None:
    month = next((name for name in MONTHS if name in words), None)
    if month:
        return words.replace(month, MONTHS[(MONTHS.index(month) + int(rng.integers(1, 12))) % 12])
    digits = re.search(r"\d+", words)
    if not digits:
        return None
    return f"{words[: digits.start()]}{int(digits.group()) + int(rng.integers(1, 9))}{words[digits.end() :]}"


def name(text: str, rng: np.random.Generator, names: Names) -> str | None:
    """Put a name of another line in a name's place; both are none that the gazetteer knows: people, mostly."""
    return _other_name(text, rng, names[False], known=False)


def entity(text: str, rng: np.random.Generator, names: Names) -> str | None:
    """Put another country, city or organisation of the gazetteer in one's place."""
    return _other_name(text, rng, names[True], known=True)


def negation(text: str, rng: np.random.Generator, _: Names) -> str | None:
    """Deny what is said, or say what is denied."""
    if NOT.search(text):
        return NOT.sub("", text, count=1)
    found = VERB.search(text)
    return f"{text[: found.end()]} not{text[found.end() :]}" if found else None


def _other_name(text: str, rng: np.random.Generator, others: Sequence[str], *, known: bool) -> str | None:
    held = [fact for fact in extract(text, "en") if fact.kind == "name" and is_known(fact) == known]
    others = [other for other in others if other not in text]
    if not held or not others:
        return None
    fact = held[int(rng.integers(len(held)))]
    return text[: fact.start] + others[int(rng.integers(len(others)))] + text[fact.end :]


def is_known(fact: Fact) -> bool:
    """Say whether the gazetteer knows the name."""
    return fact.value in default_gazetteer().values("en")


def names_of(texts: Sequence[str]) -> Names:
    """Return the names of the texts as they are written, apart by whether the gazetteer knows them."""
    held: Names = {True: [], False: []}
    for text in texts:
        for fact in extract(text, "en"):
            if fact.kind == "name":
                held[is_known(fact)].append(text[fact.start : fact.end])
    return {known: sorted(set(names)) for known, names in held.items()}


CHANGES: dict[str, Change] = {"number": number, "date": date, "name": name, "entity": entity, "negation": negation}


def main() -> None:
    """Print a line for each kind of change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    given = parser.parse_args()
    tools = load_tools(cached=False)
    judge = judge_with(tools, Settings().top_k)
    sources, targets = read(given.data / "dev-news.tsv.gz")
    names = names_of(targets)
    print(f"encoder {tools.sides.encoder.signature}, verifier {tools.verifier.signature}, seed {SEED}\n")
    print("| change | twins | original first | twin still over .5 |\n| --- | --- | --- | --- |")
    for kind, change in CHANGES.items():
        rng = np.random.default_rng(SEED)
        twins = {
            row: twin for row, text in enumerate(targets) if (twin := change(text, rng, names)) not in (None, text)
        }
        found, judgement = judge(sources, [*targets, *map(str, twins.values())])
        p = dict(
            zip(zip(found.source.tolist(), found.target.tolist(), strict=True), judgement.probabilities, strict=True)
        )
        pairs = [(p.get((row, row), -1.0), p.get((row, len(targets) + place), -0.5)) for place, row in enumerate(twins)]
        first = np.mean([original > twin for original, twin in pairs])
        over = np.mean([twin > 0.5 for _, twin in pairs])
        print(f"| {kind} | {len(twins)} | {first:.3f} | {over:.3f} |", flush=True)


if __name__ == "__main__":
    main()
