"""Change one fact of the English side of true pairs and count how often the ledger notices.

    python benchmarks/facts_perturbation.py PAIRS.tsv[.gz] [--seed 0]

PAIRS has a Kazakh and an English column. A number or date is changed only where the Kazakh side tells it too, judged by
its digits or by the name of the month alone, so that what the extractor misses counts against it. A name is changed
where the ledger pairs it, because no plain rule finds a name in the other script.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.facts import Ledger, cldr, extract, match
from align.train.pairs import read_pairs

Pair = tuple[str, str]
Change = Callable[[Pair, random.Random], str | None]

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over the changed pairs: all, those that were equivalent before, and what the ledger made of them."""

    cases: int
    equivalent: int
    conflict: int
    lost: int
    lost_or_conflict_of_equivalent: int
    unpaired: int


def ledger_of(pair: Pair) -> Ledger:
    """Return the ledger of a pair."""
    return match(extract(pair[0], "kk"), extract(pair[1], "en"))


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
    for entry in ledger_of(pair).matches:
        if entry.kind == "name" and entry.source and entry.target:
            span = entry.target.start, entry.target.end
            yield pair[1][span[0] : span[1]], *span


def _alike(one: str, other: str) -> bool:
    ledger = match(extract(one, "en"), extract(other, "en"))
    return not ledger.matches or any(entry.status in {"matched", "compatible"} for entry in ledger.matches)


def tally(pairs: Sequence[Pair], change: Change, seed: int) -> Tally:
    """Change every pair that has something to change, once, and count."""
    chance = random.Random(seed)
    counts = dict.fromkeys(Tally.__slots__, 0)
    for pair in pairs:
        changed = change(pair, chance)
        if changed is None:
            continue
        before, after = ledger_of(pair), ledger_of((pair[0], changed))
        was, conflict = before.relation() == "equivalent", after.relation() == "conflict"
        lost = was and after.relation() != "equivalent"
        counts["cases"] += 1
        counts["equivalent"] += was
        counts["conflict"] += conflict
        counts["lost"] += lost or conflict
        counts["lost_or_conflict_of_equivalent"] += was and (lost or conflict)
        counts["unpaired"] += _one_sided(after) > _one_sided(before)
    return Tally(**counts)


def _one_sided(ledger: Ledger) -> int:
    return sum(entry.status in {"source_only", "target_only", "conflict"} for entry in ledger.matches)


def digits_agree(pair: Pair) -> tuple[bool | None, bool | None]:
    """Say whether all facts written in digits agree, and whether those agree whose digits stand on both sides.

    None for a pair that has no such facts.
    """
    kazakh, english = (set(map(_digits, re.findall(r"\d+(?:[ \u00a0.,]\d+)*", text))) for text in pair)
    written: list[tuple[bool, bool]] = []
    for entry in ledger_of(pair).matches:
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
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    pairs = [(pair.source, pair.target) for pair in read_pairs(arguments.pairs)]
    untouched = [ledger_of(pair).relation() for pair in pairs]
    shares = ", ".join(f"{name} {untouched.count(name) / len(pairs):.4f}" for name in sorted(set(untouched)))
    print(f"untouched, n {len(pairs)}: {shares}")
    for n, name in enumerate(("digits on both sides", "the same digits on both sides")):
        agree = [found for found in (digits_agree(pair)[n] for pair in pairs) if found is not None]
        print(f"pairs with {name}, n {len(agree)}: all those facts match in {_share(sum(agree), len(agree))}")
    changes: dict[str, Change] = {"number": change_number, "date": change_date, "name": name_changer(pairs)}
    for kind, change in changes.items():
        found = tally(pairs, change, arguments.seed)
        print(
            f"{kind} changed, n {found.cases}: conflict {_share(found.conflict, found.cases)}, "
            f"conflict or no longer equivalent {_share(found.lost, found.cases)}, "
            f"the same of the {found.equivalent} equivalent before "
            f"{_share(found.lost_or_conflict_of_equivalent, found.equivalent)}, "
            f"more facts one-sided or in conflict than before {_share(found.unpaired, found.cases)}"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
