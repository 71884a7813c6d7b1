"""Change one fact of the English side of true pairs and count how often it is noticed.

    python benchmarks/facts_perturbation.py PAIRS.tsv[.gz] [--seeds 5]

PAIRS has a Kazakh and an English column. A number or date is changed only where the Kazakh side tells it too, judged by
its digits or by the name of the month alone, so that what the extractor misses counts against it. A name is changed
where the ledger pairs it, because no plain rule finds a name in the other script. Noticed is a change that turns the
relation of the facts, or of the whole link, into `conflict`, or takes `equivalent` from a pair that had it.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from align.encode.ngram import NgramEncoder
from align.explain.explainer import FactExplainer
from align.facts import Ledger, cldr, extract, match
from align.sides import SideBuilder
from align.train.pairs import read_pairs
from align.types import Relation

Pair = tuple[str, str]
Change = Callable[[Pair, random.Random], str | None]

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over the changed pairs: all; those in conflict; noticed by the facts, by the link; equivalent before."""

    cases: int = 0
    conflict: int = 0
    noticed_by_facts: int = 0
    noticed_by_link: int = 0
    equivalent: int = 0
    noticed_of_equivalent: int = 0
    unpaired: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in Tally.__slots__))


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a pair: the entries of its ledger, and the relation of a link between its texts."""

    ledger: Ledger
    link: Relation


@lru_cache(maxsize=1)
def _tools() -> tuple[FactExplainer, SideBuilder]:
    encoder = NgramEncoder.load()
    return FactExplainer(encoder), SideBuilder(encoder, encoder, encoder)


@lru_cache(maxsize=1 << 16)
def said_of(pair: Pair) -> Said:
    """Return what is said of a pair."""
    explainer, sides = _tools()
    relation, evidence = explainer.explain(sides.of_lines(pair[:1], "kk"), sides.of_lines(pair[1:], "en"), (0, 0))
    return Said(Ledger(evidence.facts), relation)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def change_number(pair: Pair, chance: random.Random) -> str | None:
    """Change the first digit of a number of the English side that stands in the Kazakh side with the same digits."""
    kazakh = {_digits(found) for found in re.findall(r"\d+(?:[ \u00a0.,]\d+)*", pair[0])}
    places = [m for m in _NUMBER.finditer(pair[1]) if _digits(m[0]) in kazakh and not _is_dated(pair[1], m)]
    if not places:
        return None
    place = chance.choice(places)
    first = chance.choice([digit for digit in "123456789" if digit != place[0][0]])
    return pair[1][: place.start()] + first + place[0][1:] + pair[1][place.end() :]


def _is_dated(text: str, found: re.Match[str]) -> bool:
    """Say whether digits are a year or stand beside a month (the dates' cases), or are a list's mark."""
    if re.match(r"\s*\d+[.)]\s", text) and not text[: found.start()].strip():
        return True
    around = text[max(0, found.start() - 12) : found.end() + 12].lower()
    words = re.findall(r"[a-z]+", around)
    return _YEAR.fullmatch(found[0]) is not None or not cldr.months("en").keys().isdisjoint(words)


def change_date(pair: Pair, chance: random.Random) -> str | None:
    """Change a month that the Kazakh side names too, or a year that it writes too."""
    kazakh = {number for name, number in cldr.months("kk").items() if name[:-1] in pair[0].lower()}
    months = {name: number for name, number in cldr.months("en").items() if len(name) > 3 or number in kazakh}
    words = re.finditer(r"[A-Z][a-z]{2,}", pair[1])
    places = [m for m in words if months.get(m[0].lower()) in kazakh]
    places += [m for m in _YEAR.finditer(pair[1]) if m[0] in pair[0]]
    if not places:
        return None
    place = chance.choice(places)
    return pair[1][: place.start()] + _other_date(place[0], chance) + pair[1][place.end() :]


def _other_date(text: str, chance: random.Random) -> str:
    if text.isdigit():
        return str(int(text) + chance.choice([-7, -3, -2, -1, 1, 2, 3, 7]))
    names = [name.capitalize() for name, number in cldr.months("en").items() if len(name) > 4]
    return chance.choice([name for name in names if name[:3] != text[:3]])


def name_changer(pairs: Sequence[Pair]) -> Change:
    """Return a change that puts another pair's name in the place of a name that both sides tell."""
    pool = sorted({text for pair in pairs for text, _, _ in _paired_names(pair)})

    def change(pair: Pair, chance: random.Random) -> str | None:
        names = list(_paired_names(pair))
        if not names:
            return None
        text, start, end = chance.choice(names)
        others = [other for other in chance.sample(pool, min(50, len(pool))) if not _alike(text, other)]
        return pair[1][:start] + others[0] + pair[1][end:] if others else None

    return change


def _paired_names(pair: Pair) -> Iterator[tuple[str, int, int]]:
    for entry in said_of(pair).ledger.matches:
        if entry.kind == "name" and entry.source and entry.target:
            span = entry.target.start, entry.target.end
            yield pair[1][span[0] : span[1]], *span


def _alike(one: str, other: str) -> bool:
    ledger = match(extract(one, "en"), extract(other, "en"))
    return not ledger.matches or any(entry.status in {"matched", "compatible"} for entry in ledger.matches)


def tally(pairs: Sequence[Pair], change: Change, seed: int) -> Tally:
    """Change every pair that has something to change, once, and count."""
    chance = random.Random(seed)
    return sum((_count(pair, changed) for pair in pairs if (changed := change(pair, chance)) is not None), Tally())


def _count(pair: Pair, changed: str) -> Tally:
    before, after = said_of(pair), said_of((pair[0], changed))
    facts = _noticed(before.ledger.relation(), after.ledger.relation())
    equivalent = before.ledger.relation() == "equivalent"
    return Tally(
        cases=1,
        conflict=after.ledger.relation() == "conflict",
        noticed_by_facts=facts,
        noticed_by_link=_noticed(before.link, after.link),
        equivalent=equivalent,
        noticed_of_equivalent=facts and equivalent,
        unpaired=_one_sided(after.ledger) > _one_sided(before.ledger),
    )


def _noticed(before: Relation, after: Relation) -> bool:
    return after == "conflict" or (before == "equivalent" and after != "equivalent")


def _one_sided(ledger: Ledger) -> int:
    return sum(entry.status in {"source_only", "target_only", "conflict"} for entry in ledger.matches)


def digits_agree(pair: Pair) -> tuple[bool | None, bool | None]:
    """Say whether all facts written in digits agree, and whether those agree whose digits stand on both sides.

    None for a pair that has no such facts.
    """
    kazakh, english = (set(map(_digits, re.findall(r"\d+(?:[ \u00a0.,]\d+)*", text))) for text in pair)
    written: list[tuple[bool, bool]] = []
    for entry in said_of(pair).ledger.matches:
        for fact, text, others in ((entry.source, pair[0], english), (entry.target, pair[1], kazakh)):
            numbers = re.findall(r"\d+(?:[ \u00a0.,]\d+)*", text[fact.start : fact.end]) if fact else []
            if numbers:
                both = any(_digits(number) in others for number in numbers)
                written.append((both, entry.status in {"matched", "compatible"}))
    everywhere = all(agree for _, agree in written) if kazakh and english and written else None
    shared = [agree for both, agree in written if both]
    return everywhere, all(shared) if shared else None


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    pairs = [(pair.source, pair.target) for pair in read_pairs(given.pairs)]
    for name, relations in (
        ("facts", [said_of(pair).ledger.relation() for pair in pairs]),
        ("links", [said_of(pair).link for pair in pairs]),
    ):
        shares = ", ".join(f"{found} {relations.count(found) / len(pairs):.4f}" for found in sorted(set(relations)))
        print(f"untouched, relation of the {name}, n {len(pairs)}: {shares}")
    for n, name in enumerate(("digits on both sides", "the same digits on both sides")):
        agree = [found for found in (digits_agree(pair)[n] for pair in pairs) if found is not None]
        print(f"pairs with {name}, n {len(agree)}: all those facts match in {_share(sum(agree), len(agree))}")
    changes: dict[str, Change] = {"number": change_number, "date": change_date, "name": name_changer(pairs)}
    for kind, change in changes.items():
        _print(kind, [tally(pairs, change, seed) for seed in range(given.seeds)])


def _print(kind: str, tallies: Sequence[Tally]) -> None:
    found = sum(tallies, Tally())
    worst = min(tallies, key=lambda each: each.noticed_by_facts / max(each.cases, 1))
    print(
        f"{kind} changed, {len(tallies)} times n {tallies[0].cases}: "
        f"conflict {_share(found.conflict, found.cases)}, "
        f"noticed by the facts {_share(found.noticed_by_facts, found.cases)} "
        f"(worst seed {_share(worst.noticed_by_facts, worst.cases)}), "
        f"by the link {_share(found.noticed_by_link, found.cases)}, "
        f"by the facts where they were equivalent {_share(found.noticed_of_equivalent, found.equivalent)}, "
        f"more facts one-sided or in conflict than before {_share(found.unpaired, found.cases)}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
