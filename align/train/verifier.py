"""Fits the verifier to held-out pairs: what the encoder has learned by heart would make it look surer than it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from align.encode.lexical import LexicalSketch
from align.encode.ngram import NgramEncoder
from align.errors import InputError
from align.search.candidates import candidates
from align.sides import Side, SideBuilder
from align.storage.files import replacing
from align.text.words import raw_words
from align.train.looks import Labels, Look, fit_look
from align.train.pairs import Pair, read_pairs, split_pairs
from align.train.pools import Pool, PoolKind, draw_pool, fair_chances
from align.types import Candidates, FloatArray
from align.verify.context import neighbours_link
from align.verify.features import first_look
from align.verify.logistic import Logistic, fit
from align.verify.model import Seen, look_again
from align.verify.weights import VerifierWeights

__all__ = ["VerifierTraining", "train_verifier"]

Progress: TypeAlias = Callable[[str], None]

_SIZES: Final = ((6, 32), (20, 16), (60, 8), (200, 4), (700, 2), (1500, 1))
"""Segments of a side, and how many pools of each kind have them: small runs are to be known as well as large ones."""

_LOOSE: Final = 0.2
_TWINS: Final = 0.05
_DOCUMENT: Final = 12
_LARGEST_RUN: Final = 700
_TOPICAL: Final = 8.0
_PROSE_WORDS: Final = 8
"""Words on either side from which a pair may stand in a document: documents hold prose, not buttons and menus."""

_NOISE: Final = (0.0, 0.5, 0.9)
_FEWEST: Final = 100


@dataclass(frozen=True, slots=True)
class VerifierTraining:
    """How the verifier is fitted.

    `ridge` is the penalty on coefficients, `pools` multiplies the number of pools, `largest` bounds their size.
    """

    seed: int = 1
    top_k: int = 32
    ridge: float = 10.0
    pools: float = 0.5
    largest: int = 1500


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A pool that was searched: its candidates, what the first look saw, and the truth."""

    found: Candidates
    sides: tuple[Side, Side]
    first: FloatArray
    labels: Labels

    @property
    def has_documents(self) -> bool:
        return self.sides[0].document is not None


def train_verifier(
    pairs_path: Path,
    out_path: Path,
    *,
    settings: VerifierTraining | None = None,
    encoder_path: Path | None = None,
    progress: Progress = lambda line: None,
) -> VerifierWeights:
    """Fit a verifier to the held-out pairs of a table and write it as JSON; the same input gives the same file.

    `encoder_path` is the encoder's folder, None for the bundled one. `progress` hears a line per step. Raises
    InputError where the table is unreadable or holds out too few pairs.
    """
    settings = settings or VerifierTraining()
    _, held = split_pairs(read_pairs(pairs_path))
    if len(held) < _FEWEST:
        raise InputError(f"{pairs_path}: holds out {len(held)} pairs of sentences; a verifier needs {_FEWEST} or more")
    encoder = NgramEncoder.load(encoder_path)
    tools = encoder, SideBuilder(encoder, encoder, LexicalSketch(encoder.weights))
    drawn = _draw(held, tools, settings, progress)
    weights = _fit(drawn, settings, progress)
    summary = {"pairs": len(held), "encoder": encoder.signature, **asdict(settings), **_summary(drawn)}
    weights = replace(weights, training=summary)
    with replacing(out_path) as temporary:
        weights.write(temporary)
    progress(f"wrote {out_path}")
    return weights


def _kinds(settings: VerifierTraining) -> list[PoolKind]:
    """Return the pools to draw, at every size and noise.

    Lines to be mined are mostly translations, strict or free, in any order; documents are comparable.
    """
    kinds = []
    for size, times in _SIZES:
        for noise in _NOISE if size <= settings.largest else ():
            for _ in range(max(1, round(times * settings.pools))):
                kinds += [PoolKind(size, noise), PoolKind(size, noise, _LOOSE, twins=_TWINS)]
                if size <= _LARGEST_RUN:
                    document = min(size, _DOCUMENT)
                    kinds += [PoolKind(size, noise, loose, True, document) for loose in (_LOOSE, 2 * _LOOSE)]
    return kinds


def _draw(
    pairs: Sequence[Pair], tools: tuple[NgramEncoder, SideBuilder], settings: VerifierTraining, progress: Progress
) -> list[_Drawn]:
    rng = np.random.default_rng(settings.seed)
    kinds = _kinds(settings)
    prose = _prose(pairs)
    vectors = tools[0].encode([pair.target for pair in prose], "en")
    chances, prose_chances = fair_chances(pairs), fair_chances(prose)
    drawn = []
    for number, kind in enumerate(kinds, start=1):
        if kind.document:
            # Documents about one topic: what is wrong there shares its names and words with what is right.
            topic = np.exp(_TOPICAL * (vectors @ vectors[int(rng.integers(len(prose)))]).astype(np.float64))
            pool = draw_pool(prose, prose_chances * topic, kind, rng)
        else:
            pool = draw_pool(pairs, chances, kind, rng)
        drawn.append(_look(pool, tools, settings.top_k))
        if number % 20 == 0 or number == len(kinds):
            progress(f"pool {number} of {len(kinds)}")
    return drawn


def _prose(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Return the pairs that may stand in a document; all, where those are too few."""
    long = [pair for pair in pairs if min(len(raw_words(pair.source)), len(raw_words(pair.target))) >= _PROSE_WORDS]
    return long if len(long) >= _FEWEST else pairs


def _look(pool: Pool, tools: tuple[NgramEncoder, SideBuilder], top_k: int) -> _Drawn:
    encoder, sides = tools
    source = sides.of_lines(pool.sources, "kk", document=pool.source_document)
    target = sides.of_lines(pool.targets, "en", document=pool.target_document)
    found = candidates(source, target, k=top_k)
    labels = pool.source_key[found.source] == pool.target_key[found.target]
    return _Drawn(found, (source, target), first_look(found, source, target, encoder), labels)


def _fit(drawn: Sequence[_Drawn], settings: VerifierTraining, progress: Progress) -> VerifierWeights:
    first = fit(
        np.vstack([each.first for each in drawn]), np.concatenate([each.labels for each in drawn]), ridge=settings.ridge
    )
    progress("first look fitted")
    seen = [(each, look_again(each.found, each.first, first, each.sides)) for each in drawn]
    second, lines = fit_look(
        [_look_of(each, look) for each, look in seen if not each.has_documents], ridge=settings.ridge
    )
    progress("second look fitted")
    among = [(each, _beside_neighbours(each, look, second)) for each, look in seen if each.has_documents]
    third, documents = fit_look([_look_of(each, look) for each, look in among], ridge=settings.ridge)
    progress("third look fitted")
    return VerifierWeights(first, second, third, lines, documents)


def _look_of(each: _Drawn, seen: Seen) -> Look:
    return Look(each.found.source[seen.contenders], seen.features, each.labels[seen.contenders])


def _beside_neighbours(each: _Drawn, seen: Seen, second: Logistic) -> Seen:
    log_odds = seen.judged_by(second)
    neighbours = neighbours_link(each.found, log_odds, each.sides)
    return seen if neighbours is None else seen.beside(log_odds, neighbours)


def _summary(drawn: Sequence[_Drawn]) -> dict[str, int]:
    labels = np.concatenate([each.labels for each in drawn])
    return {"drawn_pools": len(drawn), "candidates": len(labels), "right": int(labels.sum())}
