"""Fits the weights of document pairs to made collections.

These are of translations and of reports of the same events.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.encode.ngram import NgramEncoder
from align.errors import InputError
from align.pairing.document_rows import Documents
from align.pairing.features import see_pairs
from align.pairing.weights import PairingWeights
from align.search.exact import ExactIndex
from align.storage.files import replacing
from align.text.words import raw_words
from align.train.made_comparable import loosen
from align.train.made_documents import Making, make_document
from align.train.pairs import read_pairs, split_pairs
from align.types import Doubles, Lang
from align.verify.logistic import fit

__all__ = ["Collection", "PairingTraining", "make_collection", "train_pairing"]

_WORDS: Final = 5
_FEWEST: Final = 300
_SIZES: Final = ((15, 12), (60, 6), (200, 3))
"""Events of a collection, and how many collections of each kind have them."""
_SHARED: Final = (1.0, 0.7, 0.5, 0.35, 0.2)
"""Share of a document's sentences that its partner reports too; all of them in a translation."""
_LONE: Final = (0.1, 0.3, 0.6, 0.95)
"""Shares of the events that only one side reports: a collection has one of these, so that unrelated ones are known."""
_LOOSE: Final = 0.3
_SENTENCES: Final = (4, 14)


@dataclass(frozen=True, slots=True)
class PairingTraining:
    """How the weights are fitted: `ridge` is the penalty on coefficients."""

    seed: int = 1
    ridge: float = 10.0


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents of both sides as lists of sentences, and the pairs that report one event.

    The pairs are of the documents' numbers.
    """

    sources: tuple[tuple[str, ...], ...]
    targets: tuple[tuple[str, ...], ...]
    pairs: frozenset[tuple[int, int]]


def train_pairing(
    pairs_path: Path,
    out_path: Path,
    *,
    settings: PairingTraining | None = None,
    encoder_path: Path | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> PairingWeights:
    """Fit weights to collections made of the held-out pairs of a table, and write them as JSON.

    `encoder_path` is the encoder's folder, None for the bundled one. The same input gives the same file. Raises
    InputError where the table is unreadable or holds out too few pairs.
    """
    settings = settings or PairingTraining()
    _, held = split_pairs(read_pairs(pairs_path))
    rows = [(p.source, p.target) for p in held if min(len(raw_words(p.source)), len(raw_words(p.target))) >= _WORDS]
    if len(rows) < _FEWEST:
        raise InputError(f"{pairs_path}: holds out {len(rows)} pairs of sentences; pairing needs {_FEWEST} or more")
    encoder = NgramEncoder.load(encoder_path)
    rng = np.random.default_rng(settings.seed)
    features, labels = [], []
    for events, times in _SIZES:
        for shared in _SHARED:
            for _ in range(times):
                seen, right = _looked_at(make_collection(rows, events, shared, rng), encoder)
                features.append(seen)
                labels.append(right)
        progress(f"collections of {events} events made")
    truth = np.concatenate(labels)
    model = fit(np.vstack(features), truth, ridge=settings.ridge)
    summary = {"pairs": len(rows), "encoder": encoder.signature, "documents": int(truth.sum()), **asdict(settings)}
    weights = PairingWeights(model, summary)
    with replacing(out_path) as temporary:
        weights.write(temporary)
    return weights


def make_collection(
    rows: Sequence[tuple[str, str]], events: int, shared: float, rng: np.random.Generator
) -> Collection:
    """Make documents of (kk, en) pairs of sentences: of each event one a side.

    Some stand on one side alone. A document has that share (0-1) of its sentences in common with its partner; with 1
    they are translations. No row serves two events, so that there are fewer of these where the rows run out; neighbours
    take neighbouring rows, which often come from one source.
    """
    sources: list[tuple[str, ...]] = []
    targets: list[tuple[str, ...]] = []
    pairs = set()
    lone = float(rng.choice(_LONE))
    first = int(rng.integers(len(rows)))
    left = [*rows[first:], *rows[:first]]
    for _ in range(events):
        length = int(rng.integers(*_SENTENCES))
        kk, en = _event(left[: 2 * length], length, shared, rng)
        left = left[(length if shared == 1.0 else 2 * length) :]
        lot = rng.random()
        if lot >= lone and kk and en:
            pairs.add((len(sources), len(targets)))
        if kk and (lot >= lone or lot < lone / 2):
            sources.append(kk)
        if en and lot >= lone / 2:
            targets.append(en)
    order = rng.permutation(len(targets)).tolist()
    place = {number: at for at, number in enumerate(order)}
    return Collection(
        tuple(sources), tuple(targets[number] for number in order), frozenset((s, place[t]) for s, t in pairs)
    )


def _event(
    rows: Sequence[tuple[str, str]], length: int, shared: float, rng: np.random.Generator
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the two documents of an event.

    Its first rows are in both, the others divided between them.
    """
    if shared == 1.0:
        made = make_document(rows[:length], Making(), rng)
        return made.sources, made.targets
    common = max(1, round(shared * length))
    own = (length - common) // 2 + 1
    kk = [row[0] for row in (*rows[:common], *rows[common : common + own])]
    en = loosen([(0, row[1]) for row in (*rows[:common], *rows[common + own : common + 2 * own])], _LOOSE, rng)
    orders = rng.permutation(len(kk)), rng.permutation(len(en))
    return tuple(kk[place] for place in orders[0]), tuple(en[place][1] for place in orders[1])


def _looked_at(made: Collection, encoder: NgramEncoder) -> tuple[Doubles, NDArray[np.bool_]]:
    seen = see_pairs(documents_of(made.sources, "kk", encoder), documents_of(made.targets, "en", encoder), ExactIndex)
    pairs = zip(seen.source.tolist(), seen.target.tolist(), strict=True)
    return seen.features, np.array([pair in made.pairs for pair in pairs], np.bool_)


def documents_of(texts: Sequence[Sequence[str]], lang: Lang, encoder: NgramEncoder) -> Documents:
    """Return documents given as lists of sentences, encoded; their days are not known."""
    sizes = [len(each) for each in texts]
    vectors = encoder.encode([text for each in texts for text in each], lang)
    return Documents(vectors, np.repeat(np.arange(len(texts)), sizes), np.full(len(texts), np.nan))
