"""Late interaction: each word of one text looks for its best counterpart in the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from align.types import Candidates, FloatArray, IntArray
from align.verify.word_arrays import Bag, WordEncoder

__all__ = ["INTERACTION", "interaction", "spelling_likeness"]

INTERACTION: Final = (
    "late",
    "source_covered",
    "target_covered",
    "source_found",
    "target_found",
    "found_again",
    "found_again_log",
    "found_at_most",
    "source_worst",
    "target_worst",
    "told",
    "source_special",
    "target_special",
    "special_again",
    "special_at_most",
)
"""The columns of `interaction`, in order."""

_BLOCK: Final = 65536
"""Pairs whose words are looked up together: each word once, and not so many that the vectors fill the memory."""

_ONE_THREAD: Final = 1 << 18
"""Multiplications up to which OpenBLAS computes a product on one thread."""

_FOUND_FROM: Final = np.float32(0.3)
_FOUND_TO: Final = np.float32(0.7)
_USUAL: Final = np.float32(0.4)
"""Best cosine of a word with the words of a sentence that is not about the same."""

_USUAL_COUNTS: Final = np.float32(4.0)
"""How many sentences that is worth beside those of the run."""

_SPECIAL_FROM: Final = np.float32(0.1)


@dataclass(frozen=True, slots=True)
class _Words:
    """What one block needs of a side's words. `rows` leads from word ids to rows of the arrays."""

    rows: IntArray
    vectors: FloatArray
    weights: FloatArray


@dataclass(frozen=True, slots=True)
class _Group:
    """A source with its c candidates: how well each word is found again.

    `forward` is (a, c): each source word's best cosine in each candidate. `backward` is (w,): each target word's best
    cosine in the source, candidate after candidate, from `starts`. `places` (w,) are the target words' places in the
    side's bag. `weights` and `target_weights` are (a,) and (w,).
    """

    pairs: IntArray
    forward: FloatArray
    backward: FloatArray
    places: IntArray
    starts: IntArray
    weights: FloatArray
    target_weights: FloatArray


def interaction(candidates: Candidates, source: Bag, target: Bag, encoder: WordEncoder) -> FloatArray:
    """Return (n, 15) float32, the columns named by `INTERACTION`.

    A pair with a wordless side has a row of zeros.

    *late* is the mean over both sides' words, by weight, of the best cosine with a word of the other side (Khattab and
    Zaharia 2020, made symmetric), *covered* the same over one side. *found* is the share of a side's weight that has a
    good counterpart; *found_again* the weight itself, on the side where it is less, and *told* the logarithm of all the
    weight of the lighter side. *worst* is the largest weight without a counterpart. *special* is how much better a
    side's words are found in this candidate than in the others: words that every sentence of a report has tell little.
    """
    out = np.zeros((len(candidates), len(INTERACTION)), dtype=np.float32)
    usual = np.full(len(target.ids), _USUAL * _USUAL_COUNTS, dtype=np.float32)
    seen = np.full(len(target.ids), _USUAL_COUNTS, dtype=np.float32)
    groups = []
    for group in _groups(candidates, source, target, encoder):
        np.add.at(usual, group.places, group.backward)
        np.add.at(seen, group.places, 1)
        out[group.pairs, : len(INTERACTION) - 4] = _covers(group)
        groups.append(group)
    usual /= seen
    for group in groups:
        out[group.pairs, len(INTERACTION) - 4 :] = _special(group, usual)
    return out


def _groups(candidates: Candidates, source: Bag, target: Bag, encoder: WordEncoder) -> Iterator[_Group]:
    source_full, target_full = np.diff(source.starts) > 0, np.diff(target.starts) > 0
    wordy = np.flatnonzero(source_full[candidates.source] & target_full[candidates.target])
    for block in _blocks(candidates.source[wordy], _BLOCK):
        pairs = wordy[block]
        texts, partners = candidates.source[pairs], candidates.target[pairs]
        known = _words(source, np.unique(texts), encoder), _words(target, np.unique(partners), encoder)
        edges = np.flatnonzero(np.r_[True, texts[1:] != texts[:-1], True])
        for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            yield _group((source, target), known, pairs[start:end], (int(texts[start]), partners[start:end]))


def _blocks(rows: IntArray, size: int) -> Iterator[slice]:
    """Cut sorted rows into slices of about `size` that end where a row ends."""
    start = 0
    while start < len(rows):
        end = min(start + size, len(rows))
        end = int(np.searchsorted(rows, rows[end - 1], side="right"))
        yield slice(start, end)
        start = end


def _words(side: Bag, texts: IntArray, encoder: WordEncoder) -> _Words:
    used = np.unique(side.ids[_places(side, texts)])
    rows = np.full(len(side.vocabulary), -1, dtype=np.int64)
    rows[used] = np.arange(len(used))
    names = [side.vocabulary[int(i)] for i in used]
    weights = np.asarray(encoder.word_weights(names), dtype=np.float32)
    return _Words(rows, encoder.word_vectors(names), weights)


def _places(side: Bag, texts: IntArray) -> IntArray:
    """Return the places in the bag of the words of some texts, one text after the other."""
    starts, ends = side.starts[texts], side.starts[texts + 1]
    lengths = ends - starts
    shifts = np.repeat(starts - np.r_[0, np.cumsum(lengths)[:-1]], lengths)
    places: IntArray = np.arange(int(lengths.sum()), dtype=np.int64) + shifts
    return places


def _group(
    sides: tuple[Bag, Bag], known: tuple[_Words, _Words], pairs: IntArray, texts: tuple[int, IntArray]
) -> _Group:
    text, partners = texts
    mine = known[0].rows[sides[0].ids[sides[0].row(text)]]
    places = _places(sides[1], partners)
    theirs = known[1].rows[sides[1].ids[places]]
    lengths = sides[1].starts[partners + 1] - sides[1].starts[partners]
    starts: IntArray = np.r_[0, np.cumsum(lengths)[:-1]].astype(np.int64)
    cosine = np.maximum(_products(known[0].vectors[mine], known[1].vectors[theirs]), 0)
    forward = np.maximum.reduceat(cosine, starts, axis=1)
    return _Group(pairs, forward, cosine.max(axis=0), places, starts, known[0].weights[mine], known[1].weights[theirs])


def _products(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return (a, w) float32 inner products.

    The pieces are too small for threads: waking them costs more than they save.
    """
    step = max(_ONE_THREAD // max(left.size, 1), 1)
    products = np.empty((len(left), len(right)), dtype=np.float32)
    for start in range(0, len(right), step):
        products[:, start : start + step] = left @ right[start : start + step].T
    return products


def _covers(group: _Group) -> FloatArray:
    """Return (c, 11): the columns that look at the pair alone."""
    weights, forward, backward = group.weights, group.forward, group.backward
    total, totals = weights.sum(), _by_text(group, group.target_weights)
    covered, covered_back = weights @ forward, _by_text(group, group.target_weights * backward)
    found, found_back = _found(forward), _found(backward)
    again, again_back = weights @ found, _by_text(group, group.target_weights * found_back)
    less = np.minimum(again, again_back)
    columns = (
        (covered + covered_back) / (total + totals),
        covered / total,
        covered_back / totals,
        again / total,
        again_back / totals,
        less,
        np.log1p(less),
        np.maximum(again, again_back),
        (weights[:, None] * (1 - found)).max(axis=0),
        np.maximum.reduceat(group.target_weights * (1 - found_back), group.starts),
        np.log1p(np.minimum(total, totals)),
    )
    return np.column_stack(columns).astype(np.float32)


def _special(group: _Group, usual: FloatArray) -> FloatArray:
    """Return how much better the words are found than in the other candidates, (c, 4).

    `usual` is (w,) of the bag.
    """
    forward = group.forward
    mean = (forward.sum(axis=1) + _USUAL * _USUAL_COUNTS) / (forward.shape[1] + _USUAL_COUNTS)
    ahead = forward - mean[:, None]
    ahead_back = group.backward - usual[group.places]
    sums = group.weights @ np.maximum(ahead - _SPECIAL_FROM, 0)
    sums_back = _by_text(group, group.target_weights * np.maximum(ahead_back - _SPECIAL_FROM, 0))
    columns = (
        group.weights @ ahead / group.weights.sum(),
        _by_text(group, group.target_weights * ahead_back) / _by_text(group, group.target_weights),
        np.log1p(np.minimum(sums, sums_back)),
        np.log1p(np.maximum(sums, sums_back)),
    )
    return np.column_stack(columns).astype(np.float32)


def _by_text(group: _Group, values: FloatArray) -> FloatArray:
    summed: FloatArray = np.add.reduceat(values, group.starts)
    return summed


def _found(best: FloatArray) -> FloatArray:
    """Return 0 for a bad counterpart, 1 for a good one, and what lies between in proportion."""
    return np.asarray(np.clip((best - _FOUND_FROM) / (_FOUND_TO - _FOUND_FROM), 0, 1), dtype=np.float32)


def spelling_likeness(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return how much of the shorter word's spelling stands in the longer, (a, b) float32, 0-1."""
    sizes = np.minimum(left.sum(axis=1)[:, None], right.sum(axis=1)[None, :])
    return np.asarray((left @ right.T) / np.maximum(sizes, 1), dtype=np.float32)
