"""Lines of two unrelated sources, with pairs hidden among them.

It is what mining is like where hardly anything matches.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Final

import numpy as np

from align.errors import InputError
from align.search.rows import best_per_row
from align.text.normalise import segment_id
from align.train.pairs import Pair
from align.train.pool_families import Bench, Drawn
from align.types import Doubles, IntArray
from align.verify.experts import IN_DOUBT, Experts
from align.verify.logistic import fit, sigmoid
from align.verify.share import LEAST_SHARE, Prior, Sparse, estimate_share

__all__ = ["LabelledLines", "World", "draw_world", "fit_sparse", "read_lines", "whole_world"]

_HIDDEN: Final = 400
_DENSITIES: Final = (0.04, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0004)
_TIMES: Final = 3
_WHOLE_TIMES: Final = _TIMES
"""How often all lines count, as they are: like one density of what is hidden among some of them."""

_BELOW: Final = 0.06
_LIKELY_BANDS: Final = ((1.4, 0.5), (0.0, 0.12), (-99.0, 0.002))
"""From which log-ratio on what share of pairs that nobody looked at is right, as a sample that was read has it."""


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """Lines of two sources, and of some pairs of rows whether they share a fact."""

    kk: tuple[str, ...]
    en: tuple[str, ...]
    labels: dict[tuple[int, int], bool]


@dataclass(frozen=True, slots=True)
class World:
    """Lines that were looked at, and the pairs among them.

    `rows` and `columns` (m,) are of each pair in the lines, -1 - n for the n-th hidden pair. `known` (m,) is 1 for
    right, 0 for wrong, -1 for what nobody looked at. `rate` (0-1) is which part of all lines were looked at.
    """

    drawn: Drawn
    rows: IntArray
    columns: IntArray
    known: IntArray
    size: int
    rate: float = 1.0


def read_lines(paths: tuple[Path, Path], labels: Path | None) -> LabelledLines:
    """Read two tables of lines, the text in the last column, and their labels.

    A label is two ids and 1 or 0, tab-separated.
    """
    kk, en = (_last_column(path) for path in paths)
    known: dict[tuple[int, int], bool] = {}
    if labels is not None:
        places = (
            {segment_id(text, "kk"): row for row, text in enumerate(kk)},
            {segment_id(text, "en"): row for row, text in enumerate(en)},
        )
        for line in labels.read_text(encoding="utf-8").splitlines()[1:]:
            one, other, right = line.split("\t")[:3]
            if one in places[0] and other in places[1]:
                known[places[0][one], places[1][other]] = right == "1"
    return LabelledLines(tuple(kk), tuple(en), known)


def _last_column(path: Path) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t")[-1] for line in file]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: can't be read ({error})") from error
    return rows[1:]


def draw_world(
    lines: LabelledLines, pairs: Sequence[Pair], bench: Bench, *, size: int, rng: np.random.Generator
) -> World:
    """Look at so many lines a side, and at pairs that are hidden between them.

    The lines with labels are among them.
    """
    hidden = [pairs[row] for row in rng.permutation(len(pairs))[:_HIDDEN].tolist()]
    chosen = []
    for side, labelled in ((lines.kk, {i for i, _ in lines.labels}), (lines.en, {j for _, j in lines.labels})):
        others = [row for row in rng.permutation(len(side)).tolist() if row not in labelled]
        chosen.append(np.array([*sorted(labelled), *others][: size - len(hidden)], dtype=np.int64))
    numbers = -1 - np.arange(len(hidden))
    keys = [np.concatenate([rows, numbers]) for rows in chosen]
    kk = [*(lines.kk[row] for row in chosen[0].tolist()), *(pair.source for pair in hidden)]
    en = [*(lines.en[row] for row in chosen[1].tolist()), *(pair.target for pair in hidden)]
    sides = bench.builder.of_lines(kk, "kk"), bench.builder.of_lines(en, "en")
    drawn = bench.look("sparse", sides, lambda a, b: (keys[0][a] == keys[1][b]) & (keys[0][a] < 0))
    rows, columns = keys[0][drawn.looked.sources], keys[1][drawn.targets]
    held = zip(rows.tolist(), columns.tolist(), drawn.labels.tolist(), strict=True)
    known = np.array([1 if right else _known(lines, i, j) for i, j, right in held], dtype=np.int64)
    return World(drawn, rows, columns, known, len(kk), min(1.0, len(kk) / max(len(lines.kk), len(lines.en))))


def whole_world(lines: LabelledLines, bench: Bench) -> World:
    """Look at all lines with nothing hidden between them, as mining does.

    Among so many a line has rivals that it does not meet among a few thousand, and every label that was read counts.
    """
    return draw_world(lines, (), bench, size=max(len(lines.kk), len(lines.en)), rng=np.random.default_rng(0))


def _known(lines: LabelledLines, i: int, j: int) -> int:
    if i < 0 or j < 0:
        return 0
    label = lines.labels.get((i, j))
    return -1 if label is None else int(label)


def fit_sparse(
    world: World, experts: Experts, prior: Prior, rng: np.random.Generator, *, whole: World | None = None
) -> Sparse:
    """Fit the map for runs in which few sources have a counterpart, at seven densities.

    Hidden pairs are thinned out until they make a twenty-fifth to a 2500th of the sources, labelled lines to the part
    that so few lines have of them. `whole` are all lines with all their labels. Pairs of lines that nobody looked at
    count as right in the share that a read sample has at their log-ratio.
    """
    parts = [
        _told(world, _thinned(world, density, rng), (experts, prior))
        for density in np.repeat(_DENSITIES, _TIMES).tolist()
    ]
    counts = [1.0] * len(parts)
    if whole is not None:
        parts.append(_told(whole, np.arange(len(whole.rows)), (experts, prior)))
        counts.append(float(_WHOLE_TIMES))
    seen = np.vstack([features for features, _ in parts for _ in (True, False)])
    labels = np.concatenate([np.full(len(right), label) for _, right in parts for label in (True, False)])
    weights = [count * share for (_, right), count in zip(parts, counts, strict=True) for share in (right, 1 - right)]
    model = fit(seen, labels, ridge=1e-3, weights=np.concatenate(weights))
    slope, share_slope = (model.coefficients / model.scales).tolist()
    base = model.intercept - float((model.coefficients * model.means / model.scales).sum())
    return Sparse(base, slope, share_slope, _BELOW)


def _told(world: World, rows: IntArray, models: tuple[Experts, Prior]) -> tuple[Doubles, Doubles]:
    """Return what the map goes by of each source's best pair among the rows of a world.

    That is its log-ratio and the logarithm of the estimated share, (n, 2), and how likely it is right, (n,).
    """
    experts, prior = models
    ratios, _ = experts.log_ratio(world.drawn.looked, weight=IN_DOUBT)
    heads = rows[best_per_row(world.drawn.looked.sources[rows], ratios[rows])]
    share = max(estimate_share(ratios[heads], world.size, prior), LEAST_SHARE)
    features = np.column_stack([ratios[heads], np.full(len(heads), log(share))])
    return features, _probably_right(world.known[heads], ratios[heads])


def _thinned(world: World, density: float, rng: np.random.Generator) -> IntArray:
    """Return the pairs of a world in which hidden ones make that share of the sources."""
    hidden = np.unique(world.rows[(world.known == 1) & (world.rows < 0)])
    wanted = min(len(hidden), max(1, round(density * world.size)))
    dropped = rng.permutation(hidden)[wanted:]
    # A hidden pair has one number on both sides.
    gone = np.isin(world.rows, dropped) | np.isin(world.columns, dropped)
    # Labels were given to the likeliest pairs of all lines, right or wrong: so few lines as these have but a part.
    labelled = (world.known >= 0) & (world.rows >= 0) & (world.columns >= 0)
    gone |= labelled & (rng.random(len(gone)) >= world.rate)
    return np.flatnonzero(~gone).astype(np.int64)


def _probably_right(known: IntArray, ratios: Doubles) -> Doubles:
    right = np.full(len(known), _LIKELY_BANDS[-1][1])
    for least, share in reversed(_LIKELY_BANDS):
        right = np.where(ratios >= least, share, right)
    # Below all bands a pair is wrong.
    right = np.where(ratios < -4, 0.0, right)
    return np.where(known >= 0, known.astype(np.float64), right * sigmoid(ratios + 4))
