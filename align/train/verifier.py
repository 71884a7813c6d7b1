"""Fits the verifier to pairs, to written news, and to lines with few counterparts.

The encoder has not learned these pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from align.encode.lexical import LexicalSketch
from align.encode.ngram import NgramEncoder
from align.errors import InputError
from align.evaluate.comparable import Gold, read_gold_news
from align.sides import SideBuilder
from align.storage.files import replacing
from align.train.expert import blind_to_more, fit_report, fit_translation
from align.train.pairs import Pair, read_pairs, split_pairs
from align.train.pool_families import Bench, Drawn, draw_news, draw_pools, prose_of
from align.train.relation import fit_relation
from align.train.sparse import LabelledLines, draw_world, fit_sparse, read_lines, whole_world
from align.types import FloatArray
from align.verify.decoys import Decoys
from align.verify.experts import COLUMNS, Experts
from align.verify.share import Prior, Sparse
from align.verify.weights import VerifierWeights

__all__ = ["VerifierData", "VerifierTraining", "train_verifier"]


_FEWEST: Final = 100
_PRIOR: Final = Prior(0.5, 4.0)
_HEARING: Final = {"middle": 0.5, "width": 0.02, "least_report": 0.6}
"""When the evidence by itself is heard: written news have a multiplicity of .57, translations of .45 or less."""

_UNMAPPED: Final = Sparse(0.0, 1.0, 1.0, 1e-5)
"""What stands in for a map where no lines were given to fit one on."""


@dataclass(frozen=True, slots=True)
class VerifierTraining:
    """How the verifier is fitted.

    `ridge` is the penalty on coefficients, `largest` bounds the pools, `decoys` are the sentences of either language
    that texts are compared with, `world` the lines of either side among which pairs are hidden. All lines are looked at
    with `mined_k` candidates each, as mining does.
    """

    seed: int = 1
    top_k: int = 64
    ridge: float = 15.0
    largest: int = 1500
    decoys: int = 1000
    world: int = 5000
    mined_k: int = 8


@dataclass(frozen=True, slots=True)
class VerifierData:
    """What the verifier is fitted to: tables of `pairs`, written `news`, and `lines`.

    `news` is a folder; each table of lines is in one language. `lines` are two tables of lines, Kazakh and English, of
    unrelated sources; `labels` says of some of their pairs, by the ids of the lines, whether they share a fact. All but
    the pairs may be missing: then `align` judges by what it has, and its card says so.
    """

    pairs: tuple[Path, ...]
    news: Path | None = None
    lines: tuple[Path, Path] | None = None
    labels: Path | None = None


def train_verifier(
    data: VerifierData,
    out: Path,
    *,
    settings: VerifierTraining | None = None,
    encoder_path: Path | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> VerifierWeights:
    """Fit a verifier and write it into a folder as verifier.json and decoys.safetensors.

    The same input gives the same files. Of the tables only the pairs that training left out are used: what an encoder
    has learned by heart would make it look surer than it is. `encoder_path` is the encoder's folder, None for the
    bundled one. Raises InputError where a table is unreadable or holds out too few pairs.
    """
    settings = settings or VerifierTraining()
    trained, held = _read(data.pairs)
    lines = read_lines(data.lines, data.labels) if data.lines else None
    gold = read_gold_news(data.news) if data.news else None
    encoder = NgramEncoder.load(encoder_path)
    rng = np.random.default_rng(settings.seed)
    decoys = _decoys(trained, lines, encoder, count=settings.decoys, rng=rng)
    builder = SideBuilder(encoder, encoder, LexicalSketch(encoder.weights))
    bench = Bench(builder, encoder, decoys, settings.top_k)
    drawn = list(_drawn(held, gold, bench, settings=settings, rng=rng, progress=progress))
    experts = fit_experts(drawn, ridge=settings.ridge)
    progress("experts fitted")
    sparse = _UNMAPPED
    if lines is not None:
        world = draw_world(lines, prose_of(held), bench, size=settings.world, rng=rng)
        progress(f"{settings.world} lines a side looked at")
        # All lines tell something only where some of their pairs were read.
        whole = whole_world(lines, replace(bench, top_k=settings.mined_k)) if lines.labels else None
        progress("all lines looked at")
        sparse = fit_sparse(world, experts, _PRIOR, np.random.default_rng(settings.seed), whole=whole)
    # A chance of its own: the relation stays what it is when the pools are drawn otherwise.
    chance = np.random.default_rng(settings.seed)
    relation = fit_relation(gold, prose_of(held), (builder, encoder), chance) if gold else None
    weights = VerifierWeights(experts, _PRIOR, sparse, relation, _summary(data, settings, encoder, drawn, held))
    with replacing(out / "decoys.safetensors") as temporary:
        decoys.write(temporary)
    with replacing(out / "verifier.json") as temporary:
        weights.write(temporary)
    progress(f"wrote {out / 'verifier.json'}")
    return weights


def fit_experts(drawn: Sequence[Drawn], *, ridge: float) -> Experts:
    """Fit the three experts to pools of all families.

    Without news, the translations stand in for them.
    """
    pools = [each for each in drawn if each.groups is None]
    reports = [each for each in drawn if each.looked.documents is not None]
    lines = [each for each in drawn if each.groups is not None and each.looked.documents is None]
    models = {"translation": fit_translation(pools, "translation", ridge=ridge)}
    if reports:
        models["report"] = fit_report(reports, [], "report", ridge=ridge)
        models["comparable"] = fit_report(lines, pools, "comparable", ridge=ridge)
    else:
        models["comparable"] = fit_translation(pools, "comparable", ridge=ridge)
        models["report"] = blind_to_more(models["comparable"], len(COLUMNS["report"]))
    return Experts(models, **_HEARING)


def _read(paths: Sequence[Path]) -> tuple[list[Pair], list[Pair]]:
    trained: list[Pair] = []
    held: list[Pair] = []
    for path in paths:
        parts = split_pairs(read_pairs(path))
        trained += parts[0]
        held += parts[1]
    if len(held) < _FEWEST:
        raise InputError(f"{paths[0]}: holds out {len(held)} pairs of sentences; a verifier needs {_FEWEST} or more")
    return trained, held


def _decoys(
    trained: Sequence[Pair], lines: LabelledLines | None, encoder: NgramEncoder, *, count: int, rng: np.random.Generator
) -> Decoys:
    """Draw sentences of either language from pairs and lines, no two of one pair."""
    prose = prose_of(trained)
    half = count // 2 if lines else count
    order = rng.permutation(len(prose)).tolist()
    kk = [prose[row].source for row in order[:half]]
    en = [prose[row].target for row in order[half : 2 * half]]
    if lines:
        kk += [lines.kk[row] for row in rng.permutation(len(lines.kk))[: count - half].tolist()]
        en += [lines.en[row] for row in rng.permutation(len(lines.en))[: count - half].tolist()]
    vectors: list[FloatArray] = [encoder.encode(kk, "kk"), encoder.encode(en, "en")]
    return Decoys(vectors[0], vectors[1]).rounded()


def _drawn(
    held: Sequence[Pair],
    gold: Gold | None,
    bench: Bench,
    *,
    settings: VerifierTraining,
    rng: np.random.Generator,
    progress: Callable[[str], None],
) -> Iterator[Drawn]:
    yield from draw_pools(held, bench, largest=settings.largest, rng=rng, progress=progress)
    if gold is not None:
        yield from draw_news(gold, bench, documents=True)
        yield from draw_news(gold, bench, documents=False)
        progress("news looked at")


def _summary(
    data: VerifierData,
    settings: VerifierTraining,
    encoder: NgramEncoder,
    drawn: Sequence[Drawn],
    held: Sequence[Pair],
) -> dict[str, object]:
    labels = np.concatenate([each.labels for each in drawn])
    return {
        "pairs": len(held),
        "news": data.news.name if data.news else None,
        "lines": [path.name for path in data.lines] if data.lines else None,
        "labels": data.labels.name if data.labels else None,
        "encoder": encoder.signature,
        **asdict(settings),
        "pools": len(drawn),
        "candidates": len(labels),
        "right": int(labels.sum()),
    }
