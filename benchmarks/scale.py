"""Measure `align mine` and `align run` on many lines beside bare margin mining with the same vectors.

    python benchmarks/scale.py PAIRS.tsv.gz... [--sizes 20000 100000 1000000] [--documents 100000]
        [--folder out/scale] [--systems margin mine] [--write] [-- FLAGS OF align mine AND align run]

PAIRS are tab-separated files of Kazakh and English sentences, as `align train` reads them. Their longer pairs, and
recombinations of two of them, become lines whose true pairs are known: half of the lines of each side have a
counterpart, no line stands twice. Each size and each system runs in a process of its own; of each are told seconds of
processor (user and system, children included) and of the clock, the peak of memory, and precision, recall and F1
against the truth. The numbers are added to FOLDER/results.jsonl; `--write` makes the tables and the plot of
benchmarks/SCALE.md of all that stands there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
SEED: Final = 7
LEAST_WORDS: Final = 5
SENTENCES: Final = 20
"""Sentences of a document."""
NEAREST: Final = 4
"""Neighbours of the bare margin (Artetxe and Schwenk 2019)."""
FLAT_TO: Final = 200_000
"""Lines up to which bare margin mining searches a flat index; above, it takes FAISS's IVF."""
MARKS: Final = ("<!-- figures -->", "<!-- end of figures -->")
RECKONING: Final = ("<!-- reckoned -->", "<!-- end of what is reckoned -->")
RECKONED: Final = (100_000, 1_000_000, 10_000_000, 1_000_000_000)
"""Lines a side whose needs are reckoned."""

CELLS_FROM: Final = 4_000_000_000
MOST_CELLS: Final = 4096
PROBED: Final = 24
SHARD: Final = 2048
SEARCHED: Final = 8192
ROW: Final = 2 * 768
"""What `align mine` goes by: products from which it makes cells, cells at most, those that a line looks into, lines of
a shard, and of one of the search, and bytes of a line's vectors."""

STAGE: Final = re.compile(r"align: ([a-z ]+) \.\.\.")
"""How a stage names itself."""

Pair = tuple[str, str]


def read_pairs(paths: Iterable[Path]) -> list[Pair]:
    """Return the pairs of five words or more on both sides, no side twice, in a seeded order."""
    seen: tuple[set[str], set[str]] = set(), set()
    pairs = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                kk, en, *_ = line.rstrip("\n").split("\t")
                if min(len(kk.split()), len(en.split())) < LEAST_WORDS or kk in seen[0] or en in seen[1]:
                    continue
                seen[0].add(kk)
                seen[1].add(en)
                pairs.append((kk, en))
    random.Random(SEED).shuffle(pairs)
    return pairs


def recombined(pairs: Sequence[Pair], count: int) -> Iterator[Pair]:
    """Yield so many different pairs: those given, then two of them joined, each couple once."""
    yield from pairs[:count]
    chance = random.Random(SEED + 1)
    seen: set[tuple[int, int]] = set()
    while len(seen) < count - len(pairs):
        one, other = chance.randrange(len(pairs)), chance.randrange(len(pairs))
        if one == other or (one, other) in seen or (other, one) in seen:
            continue
        seen.add((one, other))
        yield f"{pairs[one][0]} {pairs[other][0]}", f"{pairs[one][1]} {pairs[other][1]}"


def write_lines(pairs: Sequence[Pair], lines: int, folder: Path) -> None:
    """Write kk.txt, en.txt and gold.tsv: `lines` lines a side, of which half have a counterpart."""
    folder.mkdir(parents=True, exist_ok=True)
    both, alone = lines // 2, lines - lines // 2
    made = list(recombined(pairs, both + 2 * alone))
    random.Random(SEED + 2).shuffle(made)
    kk = [(each[0], number) for number, each in enumerate(made[: both + alone])]
    en = [(each[1], number) for number, each in enumerate(made[:both])]
    en += [(each[1], -1) for each in made[both + alone :]]
    chance = random.Random(SEED + 3)
    chance.shuffle(kk)
    chance.shuffle(en)
    where = {number: row for row, (_, number) in enumerate(en) if number >= 0}
    (folder / "kk.txt").write_text("".join(f"{text}\n" for text, _ in kk), encoding="utf-8")
    (folder / "en.txt").write_text("".join(f"{text}\n" for text, _ in en), encoding="utf-8")
    gold = (f"{row}\t{where[number]}\n" for row, (_, number) in enumerate(kk) if number in where)
    (folder / "gold.tsv").write_text("".join(gold), encoding="utf-8")


def write_documents(pairs: Sequence[Pair], segments: int, folder: Path) -> None:
    """Write news.jsonl: documents of 20 sentences, `segments` in all, couples of them sharing half their sentences."""
    folder.mkdir(parents=True, exist_ok=True)
    couples, shared = segments // (2 * SENTENCES), SENTENCES // 2
    made = list(recombined(pairs, couples * (SENTENCES + shared)))
    random.Random(SEED + 4).shuffle(made)
    chance = random.Random(SEED + 5)
    with (folder / "news.jsonl").open("w", encoding="utf-8") as stream:
        for couple in range(couples):
            block = made[couple * (SENTENCES + shared) : (couple + 1) * (SENTENCES + shared)]
            kk, en = [each[0] for each in block[:SENTENCES]], [each[1] for each in block[shared:]]
            for lang, texts in (("kk", kk), ("en", en)):
                chance.shuffle(texts)
                # A sentence a paragraph, so that what is read is what was written.
                record = {"id": f"{lang}-{couple}", "text": "\n\n".join(texts)}
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    gold = (f"{kk}\t{en}\n" for kk, en in truth_of(made, couples, shared))
    (folder / "gold.tsv").write_text("".join(gold), encoding="utf-8")


def truth_of(made: Sequence[Pair], couples: int, shared: int) -> Iterator[Pair]:
    """Yield the pairs of sentences that two documents of a couple share."""
    for couple in range(couples):
        start = couple * (SENTENCES + shared)
        yield from made[start + shared : start + SENTENCES]


def measured(command: Sequence[str], log: Path) -> dict[str, Any]:
    """Run a command in a process of its own; return its seconds and the most memory that one of its processes held.

    `stages` has the seconds of processor of each stage that it names on standard error, without those of its children.
    """
    begun = time.perf_counter()
    told: list[tuple[str, float]] = []
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.PIPE, text=True)
        for line in process.stderr or ():
            stream.write(line)
            stream.flush()
            if named := STAGE.fullmatch(line.rstrip()):
                told.append((named[1], processor_of(process.pid)))
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed: see {log}")
    processor = usage.ru_utime + usage.ru_stime
    # Bare margin mining tells no stages.
    ends = [seconds for _, seconds in told[1:]] + [processor] * bool(told)
    stages = {name: round(end - start, 1) for (name, start), end in zip(told, ends, strict=True)}
    return {
        "processor": round(processor, 1),
        "clock": round(time.perf_counter() - begun, 1),
        "megabytes": usage.ru_maxrss // 1024,
        "stages": stages,
    }


def processor_of(process: int) -> float:
    """Return the seconds of processor that a process has taken so far, 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def scored(found: set[Any], truth: set[Any]) -> dict[str, float]:
    """Return precision, recall and F1 (0-1) of pairs."""
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * right / max(len(found) + len(truth), 1), 4),
    }


def read_truth(folder: Path) -> set[tuple[str, str]]:
    """Return the true pairs, numbers of lines or texts, as they are written."""
    lines = (folder / "gold.tsv").read_text(encoding="utf-8").splitlines()
    return {(kk, en) for kk, en in (line.split("\t") for line in lines)}


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def run_mine(folder: Path, flags: Sequence[str]) -> dict[str, Any]:
    """Measure and score `align mine`."""
    out = folder / "pairs.jsonl"
    sides = str(folder / "kk.txt"), str(folder / "en.txt")
    figures = measured([sys.executable, "-m", "align", "mine", *sides, "--out", str(out), *flags], folder / "mine.log")
    found = {(str(each["source"]), str(each["target"])) for each in records(out)}
    return figures | scored(found, read_truth(folder))


def run_documents(folder: Path, flags: Sequence[str]) -> dict[str, Any]:
    """Measure `align run`, and score its accepted links."""
    out = folder / "run"
    command = [sys.executable, "-m", "align", "run", str(folder / "news.jsonl"), "--out", str(out), *flags]
    figures = measured(command, folder / "run.log")
    links = (each for each in records(out / "links.jsonl") if each["status"] == "accept")
    found = {(each["source"][0]["text"], each["target"][0]["text"]) for each in links}
    return figures | scored(found, read_truth(folder))


def run_margin(folder: Path, flags: Sequence[str]) -> dict[str, Any]:
    """Measure bare margin mining, and score it at the threshold that is best for it."""
    command = [sys.executable, __file__, "--margin-of", str(folder)]
    figures = measured(command, folder / "margin.log")
    truth = {(int(kk), int(en)) for kk, en in read_truth(folder)}
    right, best = 0, (0.0, 0, 0)
    rows = [line.split("\t") for line in (folder / "margin.tsv").read_text(encoding="utf-8").splitlines()]
    for count, (kk, en, _) in enumerate(rows, 1):
        right += (int(kk), int(en)) in truth
        best = max(best, (2 * right / (count + len(truth)), right, count))
    f1, right, count = best
    scores = {"precision": right / max(count, 1), "recall": right / max(len(truth), 1), "f1": f1}
    return figures | {name: round(value, 4) for name, value in scores.items()}


def margin_mining(folder: Path) -> None:
    """Mine lines by the ratio margin alone, best first and one to one, into margin.tsv."""
    import numpy as np

    from align.encode.ngram import NgramEncoder
    from align.search.margin import ratio_margin

    encoder = NgramEncoder.load()
    kk, en = (encoder.encode((folder / name).read_text(encoding="utf-8").splitlines()) for name in ("kk.txt", "en.txt"))
    forward, targets = nearest(kk, en)
    backward, _ = nearest(en, kk)
    source = np.repeat(np.arange(len(kk)), targets.shape[1])
    target = targets.ravel()
    margin = ratio_margin(forward.ravel(), forward.mean(axis=1)[source], backward.mean(axis=1)[target])
    taken: tuple[set[int], set[int]] = set(), set()
    with (folder / "margin.tsv").open("w", encoding="utf-8") as stream:
        for place in np.argsort(-margin, kind="stable").tolist():
            i, j = int(source[place]), int(target[place])
            if i not in taken[0] and j not in taken[1]:
                taken[0].add(i)
                taken[1].add(j)
                stream.write(f"{i}\t{j}\t{margin[place]:.4f}\n")


def nearest(queries: Any, rows: Any) -> tuple[Any, Any]:  # noqa: ANN401 (arrays)
    """Return the four nearest rows of each query, (n, 4)."""
    import faiss

    if len(rows) <= FLAT_TO:
        index = faiss.IndexFlatIP(rows.shape[1])
    else:
        lists = int(4 * len(rows) ** 0.5)
        index = faiss.IndexIVFFlat(faiss.IndexFlatIP(rows.shape[1]), rows.shape[1], lists, faiss.METRIC_INNER_PRODUCT)
        index.train(rows[:: max(len(rows) // (lists * 40), 1)])
        index.nprobe = 32
    index.add(rows)
    return index.search(queries, NEAREST)


def plot(results: Sequence[dict[str, Any]]) -> str:
    """Return an SVG of processor seconds and megabytes over lines, both axes by powers of ten."""
    drawn = [
        panel(results, "processor", "seconds of processor", 60),
        panel(results, "megabytes", "peak, MB", 460),
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 330" font-family="sans-serif" font-size="12">\n'
        '<rect width="840" height="330" fill="white"/>\n' + "".join(drawn) + "</svg>\n"
    )


COLOURS: Final = {"mine": "#0b6e99", "margin": "#999999", "run": "#b5651d"}


def panel(results: Sequence[dict[str, Any]], key: str, title: str, left: int) -> str:
    """Return one panel of the plot: a line a system."""
    across = [log10(each["lines"]) for each in results]
    up = [log10(max(each[key], 1)) for each in results]
    low, high = (min(across), min(up)), (max(across), max(up))
    wide, tall = max(high[0] - low[0], 1e-9), max(high[1] - low[1], 1e-9)

    def place(each: dict[str, Any]) -> tuple[float, float]:
        x = left + 340 * (log10(each["lines"]) - low[0]) / wide
        return round(x, 1), round(280 - 230 * (log10(max(each[key], 1)) - low[1]) / tall, 1)

    out = [f'<text x="{left}" y="24" font-weight="bold">{title}</text>\n']
    for number, system in enumerate(COLOURS):
        points = [each for each in results if each["system"] == system]
        colour = COLOURS[system]
        way = " ".join(f"{x},{y}" for x, y in map(place, points))
        out.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>\n')
        out += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>\n' for x, y in map(place, points)]
        out += [f'<text x="{x}" y="{y - 8}" fill="{colour}" text-anchor="middle">{each[key]:g}</text>\n'
                for each in points for x, y in [place(each)]]  # fmt: skip
        if points:
            out.append(f'<text x="{left + number * 70}" y="42" fill="{colour}">{system}</text>\n')
    for lines in sorted({each["lines"] for each in results}):
        x = left + 340 * (log10(lines) - low[0]) / wide
        out.append(f'<text x="{x:.1f}" y="310" text-anchor="middle">{lines:,}</text>\n')
    return "".join(out)


def table(results: Sequence[dict[str, Any]]) -> str:
    """Return the figures as a table, with the ratio to bare margin mining of the same size."""
    bare = {each["lines"]: each["processor"] for each in results if each["system"] == "margin"}
    rows = [
        "| system | lines a side | processor, s | x margin | clock, s | peak, MB | precision | recall | F1 | flags |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --- |",
    ]
    for each in results:
        times = each["processor"] / bare[each["lines"]] if each["lines"] in bare and each["system"] == "mine" else None
        numbers = (each["processor"], f"{times:.1f}" if times else "", each["clock"], each["megabytes"])
        quality = (f"{each[name]:.3f}" for name in ("precision", "recall", "f1"))
        cells = (each["system"], f"{each['lines']:,}", *numbers, *quality, " ".join(each["flags"]))
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows)


def write_report(results: Path) -> None:
    """Put the table into SCALE.md, and the plot beside it: the last result of each system, size and set of flags."""
    last = {(each["system"], each["lines"], *each["flags"]): each for each in records(results)}
    kept = [last[key] for key in sorted(last, key=str)]
    kept.sort(key=lambda each: (each["system"] == "run", each["lines"], each["system"] == "mine", each["flags"]))
    page = HERE / "SCALE.md"
    text = page.read_text(encoding="utf-8")
    for marks, made in ((MARKS, table(kept)), (RECKONING, reckoned(kept))):
        before, _, rest = text.partition(marks[0])
        text = f"{before}{marks[0]}\n{made}\n{marks[1]}{rest.partition(marks[1])[2]}"
    page.write_text(text, encoding="utf-8")
    plain = [each for each in kept if not each["flags"]]
    (HERE / "scale.svg").write_text(plot(plain or kept), encoding="utf-8")


@dataclass(frozen=True)
class Rates:
    """What `align mine` takes, from two sizes that were searched flat: seconds of processor, and megabytes.

    `fixed` seconds and `held` megabytes come once, `line` seconds and `line_held` megabytes with each line a side,
    `pair` seconds with each product of two lines' vectors.
    """

    fixed: float
    line: float
    pair: float
    held: float
    line_held: float

    @classmethod
    def of(cls, one: dict[str, Any], other: dict[str, Any], pair: float) -> Rates:
        """Solve for the rates of a smaller and a larger size; what a product takes is known."""
        more = other["lines"] - one["lines"]
        rest = [each["processor"] - pair * each["lines"] ** 2 for each in (one, other)]
        line, held = (rest[1] - rest[0]) / more, (other["megabytes"] - one["megabytes"]) / more
        return cls(rest[0] - line * one["lines"], line, pair, one["megabytes"] - held * one["lines"], held)

    def seconds(self, lines: int) -> tuple[float, float]:
        """Return the seconds of what grows with the lines, and of comparing their vectors, flat or in cells."""
        cells = min(MOST_CELLS, 4 * lines**0.5)
        met = lines**2 if lines**2 < CELLS_FROM else 2 * PROBED * lines**2 / cells
        return self.fixed + self.line * lines, self.pair * met

    def megabytes(self, lines: int) -> float:
        """Return the most memory."""
        return self.held + self.line_held * lines


def pair_seconds(lines: int = 6000) -> float:
    """Return the seconds of processor of one product of two lines' vectors, the best of each line kept."""
    import numpy as np

    from align.search.nearest import nearest_block

    rows = np.random.default_rng(SEED).integers(-300, 300, (lines, ROW // 2)).astype(np.int16)
    nearest_block(rows[:4096], rows[:4096], k=64)  # What is compiled once is not counted.
    begun = time.process_time()
    nearest_block(rows, rows[::-1], k=64)
    return (time.process_time() - begun) / lines**2


def reckoned(results: Sequence[dict[str, Any]]) -> str:
    """Return a table of what more lines would need, from the two largest sizes that were searched flat."""
    flat = [each for each in results if each["system"] == "mine" and not each["flags"] and "stages" in each]
    flat = [each for each in flat if each["lines"] ** 2 < CELLS_FROM]
    if len(flat) < 2:
        return "Two sizes below 63,000 lines have to be measured first."
    rates = Rates.of(*flat[-2:], pair_seconds())
    rows = [
        "| lines a side | with the lines, h | comparing vectors, h | in all, h | memory, GB | vectors, GB | shards |",
        "| --: | --: | --: | --: | --: | --: | --: |",
    ]
    for lines in RECKONED:
        own, compared = (seconds / 3600 for seconds in rates.seconds(lines))
        shards = round(2 * 3 * lines / SHARD + lines / SEARCHED)
        numbers = (lines, own, compared, own + compared, rates.megabytes(lines) / 1000, 2 * lines * ROW / 1e9, shards)
        rows.append("| " + " | ".join(f"{each:,.3g}" if each < 100 else f"{each:,.0f}" for each in numbers) + " |")
    sizes = " and ".join(f"{each['lines']:,}" for each in flat[-2:])
    return f"From {sizes} lines a side:\n\n" + "\n".join(rows)


def measure(arguments: argparse.Namespace, flags: Sequence[str]) -> None:
    """Make what is missing of the lines, run the systems on them, and add their figures to results.jsonl."""
    pairs = read_pairs(arguments.pairs)
    jobs = [(size, name, f"lines-{size}") for size in arguments.sizes for name in arguments.systems]
    jobs += [(size, "run", f"documents-{size}") for size in arguments.documents]
    systems = {"mine": run_mine, "margin": run_margin, "run": run_documents}
    for size, name, place in jobs:
        folder = arguments.folder / place
        if not (folder / "gold.tsv").exists():
            (write_documents if name == "run" else write_lines)(pairs, size, folder)
        own = () if name == "margin" else flags
        figures = {"system": name, "lines": size, "flags": list(own)} | systems[name](folder, own)
        print(json.dumps(figures), flush=True)
        with (arguments.folder / "results.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(figures) + "\n")


def main() -> None:
    """Measure, print a line of JSON for each system and size, and write the page if asked."""
    given = sys.argv[1:]
    end = given.index("--") if "--" in given else len(given)
    own, flags = given[:end], given[end + 1 :]
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path, nargs="*")
    parser.add_argument("--sizes", type=int, nargs="*", default=[20_000, 100_000, 1_000_000])
    parser.add_argument("--documents", type=int, nargs="*", default=[])
    parser.add_argument("--systems", nargs="*", choices=("margin", "mine"), default=["margin", "mine"])
    parser.add_argument("--folder", type=Path, default=Path("out/scale"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--margin-of", type=Path)
    arguments = parser.parse_args(own)
    if arguments.margin_of:
        margin_mining(arguments.margin_of)
        return
    if arguments.pairs:
        measure(arguments, flags)
    if arguments.write:
        write_report(arguments.folder / "results.jsonl")


if __name__ == "__main__":
    main()
