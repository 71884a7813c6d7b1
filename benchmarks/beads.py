"""How good the beads of made documents are, against vecalign and bertalign where those are installed.

    python benchmarks/beads.py FOLDER [--seeds 5] [--sizes 500,2000,10000] [--pairs train.tsv.gz]

FOLDER holds dev-news.tsv.gz and dev-flores.tsv.gz, of which the documents are made: pairs are merged, split, left out
and exchanged. Sizes beyond what they hold need --pairs, and are for the time alone: the encoder has seen those pairs.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from align.encode.bag import unit_rows
from align.encode.ngram import NgramEncoder
from align.evaluate.beads import BeadLines, bead_scores
from align.evaluate.metrics import expected_calibration_error
from align.monotone.aligner import BeadAligner
from align.monotone.lines import Lines
from align.text.words import raw_words
from align.train.made_documents import MadeDocument, Making, make_document
from align.train.pairs import read_pairs
from align.types import FloatArray

Aligner = Callable[[MadeDocument], list[BeadLines]]

_DOCUMENT = 40
"""Pairs that a document is made of: that of a long piece of news, or of a short law."""
_FEWEST = 10
_WORDS = 6
_PROSE = ("kaznu_titles", "apertium_literature", "kaznu_primeminister")


def main() -> None:
    """Print the table of BEADS.md."""
    arguments = _arguments()
    rows = {name: _rows(arguments.folder / f"{name}.tsv.gz") for name in ("dev-news", "dev-flores")}
    aligner = BeadAligner.load()
    print("documents of 40 pairs, 12 % left out, 12 % merged, 6 % split; strict and lax F1, mean and range of seeds")
    for crossed in (0.0, 0.05):
        for name, align in _aligners(aligner):
            _print_quality(name, align, rows, crossed, arguments.seeds)
        _print_calibration(aligner, rows, crossed, arguments.seeds)
    if arguments.pairs:
        for size in map(int, arguments.sizes.split(",")):
            _print_speed(aligner, _prose(arguments.pairs, size))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sizes", default="500,2000,10000")
    parser.add_argument("--pairs", type=Path)
    return parser.parse_args()


def _rows(path: Path) -> list[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        columns = (line.rstrip("\n").split("\t") for line in lines)
        return [(row[0], row[1]) for row in columns]


def _prose(path: Path, size: int) -> list[tuple[str, str]]:
    pairs = (pair for pair in read_pairs(path) if pair.origin in _PROSE)
    long = (pair for pair in pairs if min(len(raw_words(pair.source)), len(raw_words(pair.target))) >= _WORDS)
    return [(pair.source, pair.target) for pair in long][: round(1.1 * size)]


def _aligners(aligner: BeadAligner) -> Iterator[tuple[str, Aligner]]:
    yield "align beads", lambda made: [(b.source, b.target) for b in aligner.align(made.sources, made.targets)]
    if find_spec("bertalign"):
        yield "bertalign", _bertalign
    else:
        print("bertalign: not installed")
    if find_spec("vecalign"):
        yield "vecalign", _vecalign
    else:
        print("vecalign: not installed")


def _documents(rows: dict[str, list[tuple[str, str]]], crossed: float, seed: int) -> Iterator[MadeDocument]:
    rng = np.random.default_rng(seed)
    for pairs in rows.values():
        for start in range(0, len(pairs) - _FEWEST, _DOCUMENT):
            yield make_document(pairs[start : start + _DOCUMENT], Making(crossed=crossed), rng)


def _truth(made: MadeDocument) -> list[BeadLines]:
    """Return the true beads, each line that is left out by itself."""
    truth: list[BeadLines] = []
    for sources, targets in made.beads:
        truth += [(sources, targets)] if sources and targets else []
        truth += [((line,), ()) for line in sources if not targets] + [((), (line,)) for line in targets if not sources]
    return truth


def _print_quality(
    name: str, align: Aligner, rows: dict[str, list[tuple[str, str]]], crossed: float, seeds: int
) -> None:
    strict, lax = [], []
    for seed in range(seeds):
        made = list(_documents(rows, crossed, seed))
        gold = {str(number): _truth(each) for number, each in enumerate(made)}
        found = {str(number): align(each) for number, each in enumerate(made)}
        scores = [score.value for score in bead_scores(gold, found)]
        strict.append(scores[2])
        lax.append(scores[5])
    spread = f"{min(strict):.3f}-{max(strict):.3f}"
    print(f"{name:12} crossed {crossed:.2f}  strict {np.mean(strict):.3f} ({spread})  lax {np.mean(lax):.3f}")


def _print_calibration(
    aligner: BeadAligner, rows: dict[str, list[tuple[str, str]]], crossed: float, seeds: int
) -> None:
    probabilities, right = [], []
    for seed in range(seeds):
        for made in _documents(rows, crossed, seed):
            truth = set(_truth(made))
            for bead in aligner.align(made.sources, made.targets):
                probabilities.append(bead.probability)
                right.append((bead.source, bead.target) in truth)
    print(expected_calibration_error(np.array(probabilities, np.float32), np.array(right), signature="beads"))


def _print_speed(aligner: BeadAligner, rows: Sequence[tuple[str, str]]) -> None:
    made = make_document(rows, Making(), np.random.default_rng(0))
    encoder = NgramEncoder.load()
    start, busy = time.perf_counter(), time.process_time()
    lines = (
        Lines.encode(made.sources, "kk", encoder, longest=3),
        Lines.encode(made.targets, "en", encoder, longest=3),
    )
    encoded, busy_encoded = time.perf_counter(), time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    beads = list(aligner.align_lines(lines))
    done, busy_done = time.perf_counter(), time.process_time()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    strict = bead_scores({"": _truth(made)}, {"": [(bead.source, bead.target) for bead in beads]})[2].value
    print(
        f"{len(made.sources)} by {len(made.targets)} lines: encoded in {encoded - start:.1f} s"
        f" ({busy_encoded - busy:.1f} of processor), aligned in {done - encoded:.1f} s"
        f" ({busy_done - busy_encoded:.1f}) with {grown:.0f} MB more; strict F1 {strict:.3f} (pairs that were seen)"
    )


def _bertalign(made: MadeDocument) -> list[BeadLines]:
    """Align with bertalign 2 by its defaults, our encoder in LaBSE's place: the comparison is of the aligners."""
    from bertalign.aligner import Bertalign  # type: ignore[import-not-found]
    from bertalign.encoder import Encoder  # type: ignore[import-not-found]

    encoder = Encoder.__new__(Encoder)  # Its constructor would load a model of sentence-transformers.
    encoder.model, encoder.model_name = _ByText(NgramEncoder.load()), "kk-en"
    job = Bertalign("\n".join(made.sources), "\n".join(made.targets), is_split=True, model=encoder)
    return [(tuple(source), tuple(target)) for source, target in job.align_sents()]


class _ByText:
    """An encoder that is called as sentence-transformers are."""

    def __init__(self, encoder: NgramEncoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> FloatArray:
        return self._encoder.encode(texts, "kk")


def _vecalign(made: MadeDocument) -> list[BeadLines]:
    """Align with vecalign by its defaults (beads of four, a deletion's penalty at .2), our vectors as its overlaps."""
    from vecalign.dp_utils import make_alignment_types, vecalign  # type: ignore[import-not-found]

    encoder = NgramEncoder.load()
    sides = [_overlaps(encoder.sums(texts)) for texts in (made.sources, made.targets)]
    stack = vecalign(
        vecs0=sides[0],
        vecs1=sides[1],
        final_alignment_types=make_alignment_types(4),
        del_percentile_frac=0.2,
        width_over2=7,
        max_size_full_dp=300,
        costs_sample_size=20000,
        num_samps_for_norm=100,
    )
    return [(tuple(source), tuple(target)) for source, target in stack[0]["final_alignments"]]


def _overlaps(sums: FloatArray) -> FloatArray:
    """Return (4, n, dim): of each number of lines the unit vectors of those ending at a line, as vecalign has them."""
    overlaps = np.zeros((4, *sums.shape), np.float32)
    total = sums
    for size in range(1, 5):
        if size > 1:
            total = total[: len(sums) - size + 1] + sums[size - 1 :]
        overlaps[size - 1, size - 1 :] = unit_rows(total)
    return overlaps


if __name__ == "__main__":
    main()
