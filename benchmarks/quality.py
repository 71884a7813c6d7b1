"""Measures retrieval, links and calibration of the bundled models on aligned line files.

    python benchmarks/quality.py DATA_DIR [--encoder NAME] [--seeds 3]

DATA_DIR holds dev-flores.tsv.gz, dev-tatoeba.tsv.gz and dev-news.tsv.gz: kk<TAB>en, one aligned pair a line.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from mixtures import mixture

from align.evaluate.metrics import (
    Bin,
    Score,
    average_precision,
    brier,
    expected_calibration_error,
    nearest_accuracy,
    pair_scores,
    reliability,
    xsim_error,
)
from align.ports import Encoder
from align.search.candidates import candidates
from align.search.rows import best_per_row
from align.settings import Settings
from align.tools import Tools, load_tools
from align.train.pairs import Pair, read_pairs
from align.train.pools import PoolKind, draw_pool, fair_chances
from align.types import Candidates, Judgement
from align.verify.ranking import best_first, one_to_one
from align.verify.threshold import Threshold, threshold_for

NOISE = (0.0, 0.5, 0.9)
SETS = ("flores", "tatoeba", "news")
DOCUMENT_RUN, DOCUMENT_RUNS = 60, 20
HEAD = "| set | noise | first pair | P | R | F1 | AP | Brier | ECE | share est. / true | at P .95: measured, interval |"
LEAST = 0.5
"""Probability from which a mined pair counts as kept."""
TARGET_PRECISION = 0.95
Judge: TypeAlias = Callable[[Sequence[str], Sequence[str]], tuple[Candidates, Judgement]]
"""Searches and judges Kazakh and English lines."""


@dataclass(frozen=True, slots=True)
class Links:
    """What the verdict on one mixture is worth.

    `share` is the estimated, `true_share` the actual share of sources with a counterpart. `threshold` was chosen for
    precision .95, and `precision_there` is what that turned out to be, None where it took nothing.
    """

    scores: tuple[Score, ...]
    bins: tuple[Bin, ...]
    share: float
    true_share: float
    threshold: Threshold
    precision_there: float | None


def retrieval_scores(
    sources: Sequence[str], targets: Sequence[str], encoder: Encoder, *, name: str
) -> tuple[Score, ...]:
    """Return the encoder's accuracy by nearest neighbour and its xsim error, both ways.

    Line i of `sources` translates line i of `targets`; `name` is the data's, for the signature.
    """
    left, right = encoder.encode(sources, "kk"), encoder.encode(targets, "en")
    signature = f"{name}|{encoder.signature}"
    return (
        *nearest_accuracy(left, right, signature=signature),
        xsim_error(left, right, signature=f"kk-en|{signature}"),
        xsim_error(right, left, signature=f"en-kk|{signature}"),
    )


def link_scores(
    aligned: tuple[Sequence[str], Sequence[str]], judge: Judge, *, noise: float, seed: int = 1, name: str
) -> Links:
    """Judge a mixture of aligned lines and compare the result with the truth.

    `name`, of data and models, goes into signatures. *first-pair* is the share of sources with a counterpart whose most
    probable pair is it; precision, recall and F1 are of the one-to-one pairs from probability 0.5, as `align mine`
    prints them; calibration is measured on each source's most probable pair, where there is something to be wrong
    about; the threshold for precision .95 is chosen and measured on all candidates.
    """
    made = mixture(*aligned, noise=noise, seed=seed)
    found, judgement = judge(made.sources, made.targets)
    p = judgement.probabilities
    right = made.source_key[found.source] == made.target_key[found.target]
    signature = f"{name}|noise:{noise:g}|seed:{seed}"
    cut = threshold_for(p, TARGET_PRECISION)
    taken = right[p >= np.float32(cut.value)]
    heads = best_per_row(found.source, p)
    calibration = p[heads], right[heads]
    kept = one_to_one(found, best_first(found, p, least=LEAST))
    pairs = set(zip(found.source[kept].tolist(), found.target[kept].tolist(), strict=True))
    wanted = max(1, len(made.gold))
    scores = (
        Score(float(right[heads].sum()) / wanted, f"first-pair|{signature}|n:{wanted}", "higher"),
        *pair_scores(made.gold, pairs, signature=f"1:1|p>={LEAST}|{signature}"),
        average_precision(*calibration, positives=wanted, signature=signature),
        brier(*calibration, signature=signature),
        expected_calibration_error(*calibration, signature=signature),
    )
    shares = judgement.share, len(made.gold) / max(1, len(made.sources))
    measured = float(taken.mean()) if len(taken) else None
    return Links(scores, reliability(*calibration), *shares, cut, measured)


def read(path: Path) -> tuple[list[str], list[str]]:
    """Return the two columns of a gzipped table."""
    pairs = read_pairs(path)
    return [pair.source for pair in pairs], [pair.target for pair in pairs]


def judge_with(tools: Tools, top_k: int) -> Judge:
    """Return what searches and judges lines as `align mine` does."""

    def judge(sources: Sequence[str], targets: Sequence[str]) -> tuple[Candidates, Judgement]:
        source, target = tools.sides.of_lines(sources, "kk"), tools.sides.of_lines(targets, "en")
        found = candidates(source, target, k=top_k, index=tools.searches)
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
        found = candidates(source, target, k=Settings().top_k, index=tools.searches)
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
