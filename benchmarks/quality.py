"""Measures retrieval, links and calibration of the bundled models on aligned line files.

    python benchmarks/quality.py DATA_DIR [--encoder NAME] [--seeds 3]

DATA_DIR holds dev-flores.tsv.gz, dev-tatoeba.tsv.gz and dev-news.tsv.gz: kk<TAB>en, one aligned pair a line.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from align.evaluate.metrics import average_precision, expected_calibration_error
from align.evaluate.quality import Judge, Links, link_scores, retrieval_scores
from align.search.candidates import candidates
from align.settings import Settings
from align.tools import Tools, load_tools
from align.train.pairs import Pair, read_pairs
from align.train.pools import PoolKind, draw_pool, fair_chances
from align.types import Candidates, Judgement
from align.verify.rows import best_per_row

NOISE = (0.0, 0.5, 0.9)
SETS = ("flores", "tatoeba", "news")
DOCUMENT_RUN, DOCUMENT_RUNS = 60, 20
HEAD = "| set | noise | first pair | P | R | F1 | AP | Brier | ECE | share est. / true | at P .95: measured, interval |"


def read(path: Path) -> tuple[list[str], list[str]]:
    """Return the two columns of a gzipped table."""
    pairs = read_pairs(path)
    return [pair.source for pair in pairs], [pair.target for pair in pairs]


def judge_with(tools: Tools, top_k: int) -> Judge:
    """Return what searches and judges lines as `align mine` does."""

    def judge(sources: Sequence[str], targets: Sequence[str]) -> tuple[Candidates, Judgement]:
        source, target = tools.sides.of_lines(sources, "kk"), tools.sides.of_lines(targets, "en")
        found = candidates(source, target, k=top_k, index=tools.index)
        return found, tools.verifier.judge(found, source, target)

    return judge


def row(name: str, noise: float, results: Sequence[Links]) -> str:
    """Return one line of the table: means over the seeds, and of the threshold every seed's outcome."""
    means = [float(np.mean([result.scores[i].value for result in results])) for i in range(7)]
    shares = [float(np.mean([getattr(result, key) for result in results])) for key in ("share", "true_share")]
    cuts = [
        f"{result.precision_there:.3f} in [{result.threshold.interval[0]:.3f}, {result.threshold.interval[1]:.3f}]"
        if result.precision_there is not None
        else "none taken"
        for result in results
    ]
    numbers = " | ".join(f"{value:.3f}" for value in means)
    return f"| {name} | {noise:g} | {numbers} | {shares[0]:.3f} / {shares[1]:.3f} | {'; '.join(cuts)} |"


def comparable_row(name: str, noise: float, aligned: tuple[list[str], list[str]], tools: Tools) -> str:
    """Return one line of the table of documents: what the verifier makes of small runs of simulated news."""
    pairs = [Pair(source, target) for source, target in zip(*aligned, strict=True)]
    rng = np.random.default_rng(1)
    kind = PoolKind(DOCUMENT_RUN, noise, loose=0.2, comparable=True, document=12)
    p, right, positives, accepted = [], [], 0, []
    for _ in range(DOCUMENT_RUNS):
        pool = draw_pool(pairs, fair_chances(pairs), kind, rng)
        source = tools.sides.of_lines(pool.sources, "kk", document=pool.source_document)
        target = tools.sides.of_lines(pool.targets, "en", document=pool.target_document)
        found = candidates(source, target, k=Settings().top_k, index=tools.index)
        judged = tools.verifier.judge(found, source, target).probabilities
        labels = pool.source_key[found.source] == pool.target_key[found.target]
        heads = best_per_row(found.source, judged)
        positives += int(np.isin(pool.source_key, pool.target_key).sum())
        p.append(judged[heads])
        right.append(labels[heads])
        accepted.append(labels[heads][judged[heads] >= Settings().accept])
    probabilities, labels = np.concatenate(p), np.concatenate(right)
    error = expected_calibration_error(probabilities, labels).value
    precise = average_precision(probabilities, labels).value
    taken = np.concatenate(accepted)
    return f"| {name} | {noise:g} | {precise:.3f} | {error:.3f} | {taken.mean():.3f} | {taken.sum()} of {positives} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", default="kk-en")
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    settings = Settings(encoder=given.encoder)
    tools = load_tools(settings, cached=False)
    judge = judge_with(tools, settings.top_k)
    print(f"encoder {tools.sides.encoder.signature}, verifier {tools.verifier.signature}\n")
    for name in SETS:
        for score in retrieval_scores(*read(given.data / f"dev-{name}.tsv.gz"), tools.sides.encoder, name=name):
            print(score)
    print(f"\n{HEAD}\n|{' --- |' * (HEAD.count('|') - 1)}")
    for name in SETS:
        aligned = read(given.data / f"dev-{name}.tsv.gz")
        for noise in NOISE:
            seeds = range(given.seeds if noise else 1)
            results = [link_scores(aligned, judge, noise=noise, seed=seed, name=name) for seed in seeds]
            print(row(name, noise, results), flush=True)
    print(
        "\n| set as documents | noise | AP | ECE | right of the accepted | accepted and right, of |\n|" + " --- |" * 6
    )
    for name in SETS:
        aligned = read(given.data / f"dev-{name}.tsv.gz")
        for noise in NOISE:
            print(comparable_row(name, noise, aligned, tools), flush=True)


if __name__ == "__main__":
    main()
