"""Measures what the second stage adds to an encoder: order by cosine, by words, and by words with margin.

    python benchmarks/second_stage.py DATA_DIR [--comparable DIR] [--held-out PAIRS...] [--encoder NAME]

DATA_DIR holds dev-flores.tsv.gz, dev-tatoeba.tsv.gz and dev-news.tsv.gz: kk<TAB>en, one aligned pair a line. DIR holds
the written comparable news with its measure.py. Retrieval is the share of texts whose best of the other side is the
right one, mean of both directions, among the 50 nearest by cosine; average precision is over all pairs of texts, and
over those of one event.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np

from align.evaluate.metrics import average_precision
from align.search.margin import margin_k, ratio_margin
from align.search.rerank import PROPOSED
from align.settings import Settings
from align.tools import Tools, load_tools
from align.train.pairs import read_pairs, split_pairs
from align.types import Candidates, FloatArray

SETS = ("flores", "tatoeba", "news")
LOWEST = -9.0
"""What a pair scores that the vectors have not proposed."""


def matrices(kk: Sequence[str], en: Sequence[str], tools: Tools, *, proposed: int) -> dict[str, FloatArray]:
    """Return (n, m) scores by cosine, by the second stage and by its margin, of the pairs that are proposed."""
    source, target = tools.sides.of_lines(kk, "kk"), tools.sides.of_lines(en, "en")
    cosine = source.vectors @ target.vectors.T
    rows, columns = (axis.astype(np.int64) for axis in np.nonzero(near(cosine, proposed)))
    words = tools.second.words(source), tools.second.words(target)
    score, seen = tools.second.score(*words, rows, columns, cosine[rows, columns])
    found = Candidates(rows, columns, score, cosine[rows, columns], score, score, seen)
    wide = {"cosine": cosine, "cosine, margin": margins(cosine)}
    for name, values in (("second stage", score), ("second stage, margin", tools.second.margins(found))):
        wide[name] = np.full(cosine.shape, LOWEST, np.float32)
        wide[name][rows, columns] = values
    return wide


def near(cosine: FloatArray, k: int) -> np.ndarray:
    """Return (n, m) bool: which pairs are among the k nearest of either text."""
    ranks = [np.argsort(np.argsort(-cosine, axis=axis, kind="stable"), axis=axis) for axis in (0, 1)]
    return (ranks[0] < k) | (ranks[1] < k)


def margins(scores: FloatArray) -> FloatArray:
    """Return the ratio of each score to the mean of its row's and its column's best."""
    means = [np.sort(scores, axis=axis) for axis in (1, 0)]
    rows = means[0][:, -margin_k(scores.shape[1]) :].mean(1)[:, None]
    columns = means[1][-margin_k(scores.shape[0]) :].mean(0)[None]
    return ratio_margin(scores, rows, columns)


def retrieval(scores: FloatArray) -> float:
    """Return the share of texts whose best is the right one, mean of both directions."""
    right = np.arange(len(scores))
    return float((np.mean(scores.argmax(1) == right) + np.mean(scores.argmax(0) == right)) / 2)


def comparable_news(folder: Path) -> tuple[list[str], list[str], np.ndarray, np.ndarray]:
    """Return both sides' sentences, (n, m) labels (1 shares a fact, -1 is not counted), and who is of one event."""
    measure = _module(folder / "measure.py")
    documents = measure.documents(folder)
    kk, en, pairs = measure.gold(documents, folder / "sheets")
    lines = (folder / "neutral.tsv").read_text(encoding="utf-8").splitlines()
    neutral = {tuple(map(measure.norm, line.split("\t")[:2])) for line in lines if "\t" in line}
    labels = np.zeros((len(kk), len(en)), np.int64)
    for (i, j), grade in pairs.items():
        labels[i, j] = grade != "conflict"
    for i, one in enumerate(kk):
        for j, other in enumerate(en):
            if (measure.norm(one[0]), measure.norm(other[0])) in neutral:
                labels[i, j] = -1
    events = np.equal.outer(np.array([each[2] for each in kk]), np.array([each[2] for each in en]))
    return [each[0] for each in kk], [each[0] for each in en], labels, events


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--comparable", type=Path)
    parser.add_argument("--held-out", type=Path, nargs="*", default=(), help="tables of training pairs")
    parser.add_argument("--encoder", default="kk-en")
    given = parser.parse_args()
    tools = load_tools(Settings(encoder=given.encoder), cached=False)
    print(f"encoder {tools.sides.encoder.signature}, second stage {tools.second.signature}\n")
    sets = {name: read_pairs(given.data / f"dev-{name}.tsv.gz") for name in SETS}
    if given.held_out:
        sets["held-out"] = tuple(split_pairs(read_pairs(*given.held_out))[1])
    print("| set | pairs | cosine | cosine, margin | second stage | second stage, margin |\n|" + " --- |" * 6)
    for name, pairs in sets.items():
        kk, en = [pair.source for pair in pairs], [pair.target for pair in pairs]
        figures = [f"{retrieval(each):.3f}" for each in matrices(kk, en, tools, proposed=PROPOSED).values()]
        print(f"| {name} | {len(pairs)} | {' | '.join(figures)} |", flush=True)
    if given.comparable:
        kk, en, labels, events = comparable_news(given.comparable)
        print("\n| average precision | all pairs | pairs of one event |\n| --- | --- | --- |")
        for name, scores in matrices(kk, en, tools, proposed=len(kk) + len(en)).items():
            counted = [labels >= 0, (labels >= 0) & events]
            values = [average_precision(scores[which], labels[which] == 1).value for which in counted]
            print(f"| {name} | {values[0]:.3f} | {values[1]:.3f} |", flush=True)


if __name__ == "__main__":
    main()
