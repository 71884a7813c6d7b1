"""Fits the weights of beads to documents made of pairs that the encoder has not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from align.encode.ngram import NgramEncoder
from align.errors import InputError
from align.monotone.anchors import Piece
from align.monotone.features import SeenLines, SeenPieces, by_place, feature_names
from align.monotone.lattice import Lattice
from align.monotone.lines import Lines
from align.monotone.moves import Move, moves_of
from align.monotone.reference import Step
from align.monotone.surroundings import surroundings
from align.monotone.weights import BeadWeights
from align.storage.files import replacing
from align.text.words import raw_words
from align.train.made_documents import MadeDocument, Making, make_document
from align.train.pairs import Pair, read_pairs, split_pairs
from align.types import Doubles, FloatArray, IntArray

__all__ = ["BeadTraining", "train_beads"]

_MOVES: Final = moves_of()
_WORDS: Final = 8
"""Words on either side from which a pair may stand in a document: those hold prose, not buttons and menus."""
_FEWEST: Final = 100
_ROWS: Final = (15, 60)
_FOREIGN: Final = (0, 0, 0, 0, 12)
"""Lines without a counterpart that a document may have in one place, on either side."""
_BATCH: Final = 16


@dataclass(frozen=True, slots=True)
class BeadTraining:
    """How the weights are fitted.

    It is done on so many made documents, with `ridge` as the penalty on the weights' squares.
    """

    seed: int = 1
    documents: int = 200
    ridge: float = 2.0
    steps: int = 60


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents of about one size, with the features of each move, and the truth.

    For each move these are (places, B, f) features and (places, B) 0 or -inf. `observed` sums the features along the
    true paths, (f,) float64 for each move.
    """

    shape: tuple[int, int]
    sizes: IntArray
    features: tuple[FloatArray, ...]
    fits: FloatArray
    observed: tuple[Doubles, ...]


def train_beads(
    pairs_path: Path,
    out_path: Path,
    *,
    settings: BeadTraining | None = None,
    encoder_path: Path | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> BeadWeights:
    """Fit weights to documents made of the held-out pairs of a table, and write them as JSON.

    The encoder has not seen these pairs, so that a path through them looks as one through new documents does.
    `encoder_path` is the encoder's folder, None for the bundled one. The same input gives the same file. Raises
    InputError where the table is unreadable or holds out too few pairs.
    """
    settings = settings or BeadTraining()
    _, held = split_pairs(read_pairs(pairs_path))
    rows = [(pair.source, pair.target) for pair in held if _long_enough(pair)]
    if len(rows) < _FEWEST:
        raise InputError(f"{pairs_path}: holds out {len(rows)} pairs of sentences; beads need {_FEWEST} or more")
    encoder = NgramEncoder.load(encoder_path)
    batches = list(_batches(_documents(rows, settings), encoder))
    progress(f"{settings.documents} documents made")
    weights = _fit(batches, settings, progress)
    summary = {"pairs": len(rows), "encoder": encoder.signature, **asdict(settings)}
    fitted = BeadWeights({str(move): row for move, row in zip(_MOVES, weights, strict=True)}, summary)
    with replacing(out_path) as temporary:
        fitted.write(temporary)
    return fitted


def _long_enough(pair: Pair) -> bool:
    return min(len(raw_words(pair.source)), len(raw_words(pair.target))) >= _WORDS


def _documents(rows: Sequence[tuple[str, str]], settings: BeadTraining) -> list[tuple[MadeDocument, list[Step]]]:
    """Make documents of all sorts, each with its true path, shortest first.

    Some are close translations, some loose ones.
    """
    rng = np.random.default_rng(settings.seed)
    made: list[tuple[MadeDocument, list[Step]]] = []
    while len(made) < settings.documents:
        making = Making(
            deleted=float(rng.choice([0.02, 0.08, 0.15, 0.25])),
            merged=float(rng.choice([0.03, 0.1, 0.2])),
            split=float(rng.choice([0.02, 0.06, 0.12])),
            shifted=0.015,
            crossed=float(rng.choice([0.0, 0.0, 0.05, 0.1])),
        )
        document = make_document(_some(rows, int(rng.integers(*_ROWS)), rng), making, rng)
        foreign = [_some(rows, int(rng.choice(_FOREIGN)), rng) for _ in range(2)]
        before = int(rng.integers(len(document.beads)))
        document = document.with_foreign([kk for kk, _ in foreign[0]], [en for _, en in foreign[1]], before=before)
        path = true_path(document)
        if path is not None and document.sources and document.targets:
            made.append((document, path))
    return sorted(made, key=lambda each: max(len(each[0].sources), len(each[0].targets)))


def _some(rows: Sequence[tuple[str, str]], count: int, rng: np.random.Generator) -> Sequence[tuple[str, str]]:
    start = int(rng.integers(max(1, len(rows) - count)))
    return rows[start : start + count]


def true_path(document: MadeDocument) -> list[Step] | None:
    """Return a document's path as steps, None where no steps make it.

    >>> made = MadeDocument(("а", "ә"), ("b", "a"), (((0,), (1,)), ((1,), (0,))))
    >>> [(str(_MOVES[move]), i, j) for move, i, j in true_path(made) or []]
    [('1-1x1-1', 0, 0)]
    """
    numbers = {move.beads: number for number, move in enumerate(_MOVES)}
    by_side = [{bead[side][0]: bead for bead in document.beads if bead[side]} for side in (0, 1)]
    path: list[Step] = []
    i = j = 0
    while i < len(document.sources) or j < len(document.targets):
        first, second = by_side[0].get(i), by_side[1].get(j)
        if first is not None and not first[1]:
            beads = [first]
        elif second is not None and (first is second or not second[0]):
            beads = [second]
        elif first is not None and second is not None:
            beads = [first, second]
        else:
            return None
        shape = tuple((len(bead[0]), len(bead[1])) for bead in beads)
        number = numbers.get(shape)
        if number is None or list(_lines(_MOVES[number], i, j)) != beads:
            return None
        path.append((number, i, j))
        i, j = i + _MOVES[number].sources, j + _MOVES[number].targets
    return path


def _lines(move: Move, source: int, target: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    for i, a, j, b in move.spans(source, target):
        yield tuple(range(i, i + a)), tuple(range(j, j + b))


def _batches(made: Sequence[tuple[MadeDocument, list[Step]]], encoder: NgramEncoder) -> Iterator[_Batch]:
    for start in range(0, len(made), _BATCH):
        part = made[start : start + _BATCH]
        sizes = np.array([(len(document.sources), len(document.targets)) for document, _ in part], np.int64)
        rows, columns = sizes.max(axis=0).tolist()
        width = columns + 1
        places = (rows + 1) * width
        features = tuple(np.zeros((places, len(part), len(feature_names(move))), np.float32) for move in _MOVES)
        fits = np.full((len(_MOVES), places, len(part)), -np.inf, np.float32)
        observed = tuple(np.zeros(len(feature_names(move))) for move in _MOVES)
        for row, (document, path) in enumerate(part):
            n, m = sizes[row].tolist()
            at = (np.arange(n + 1)[:, None] * width + np.arange(m + 1)).ravel()
            for number, (columns_of, fitting) in enumerate(_features(document, encoder)):
                features[number][at, row], fits[number, at, row] = columns_of, fitting
            for number, i, j in path:
                observed[number][:] += features[number][i * width + j, row]
        yield _Batch((rows, columns), sizes, features, fits, observed)


def _features(document: MadeDocument, encoder: NgramEncoder) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Yield the (places, f) features of each move in a document, and where it fits.

    The latter is (places,) 0, and -inf where it does not.
    """
    longest = max(max(bead) for move in _MOVES for bead in move.beads)
    lines = (
        Lines.encode(document.sources, "kk", encoder, longest=longest),
        Lines.encode(document.targets, "en", encoder, longest=longest),
    )
    whole = [Piece(0, len(lines[0]), 0, len(lines[1]))]
    around = surroundings(lines[0].vectors, lines[1].vectors, whole)
    seen = SeenPieces.of((SeenLines(lines[0], around[0]), SeenLines(lines[1], around[1])), whole, _MOVES)
    sizes = np.array([whole[0].size], np.int64)
    for move in _MOVES:
        columns = [by_place(each, move, seen, sizes, unfit=0.0)[:, 0] for each in seen.features(move)]
        fits = by_place(np.zeros((1, 1, 1), np.float32), move, seen, sizes, unfit=-np.inf)[:, 0]
        yield np.stack(columns, axis=1), fits


def _fit(batches: Sequence[_Batch], settings: BeadTraining, progress: Callable[[str], None]) -> list[FloatArray]:
    """Return the weights that make the true paths most probable: (f,) float32 for each move.

    The penalty is taken off. Lafferty, McCallum and Pereira 2001, "Conditional Random Fields"; Sarawagi and Cohen 2004
    for steps past several sentences. The loss is convex, and L-BFGS finds its minimum.
    """
    import torch

    scales = _scales(batches)
    borders = np.cumsum([len(scale) for scale in scales])[:-1]
    scale = np.concatenate(scales)
    scaled = torch.zeros(len(scale), dtype=torch.float64, requires_grad=True)
    documents = sum(len(batch.sizes) for batch in batches)
    losses: list[float] = []

    def closure() -> torch.Tensor:
        now = scaled.detach().numpy()
        loss, gradient = _loss(batches, np.split(now / scale, borders))
        scaled.grad = torch.from_numpy((gradient / scale + settings.ridge * now) / documents)
        losses.append((loss + settings.ridge / 2 * float(now @ now)) / documents)
        if len(losses) % 10 == 0:
            progress(f"step {len(losses)}: loss {losses[-1]:.3f} nats a document")
        return torch.tensor(losses[-1], dtype=torch.float64)

    optimiser = torch.optim.LBFGS(
        [scaled], max_iter=settings.steps, history_size=20, line_search_fn="strong_wolfe", tolerance_change=1e-6
    )
    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return [row.astype(np.float32) for row in np.split(scaled.detach().numpy() / scale, borders)]


def _scales(batches: Sequence[_Batch]) -> list[Doubles]:
    """Return the root mean square of each feature, so that one penalty suits them all."""
    scales = []
    for number in range(len(_MOVES)):
        squares = sum(np.square(batch.features[number], dtype=np.float64).sum(axis=(0, 1)) for batch in batches)
        counts = sum(batch.features[number].shape[0] * len(batch.sizes) for batch in batches)
        scales.append(np.sqrt(squares / counts) + 1e-9)
    return scales


def _loss(batches: Sequence[_Batch], weights: Sequence[Doubles]) -> tuple[float, Doubles]:
    """Return the negative logarithm of the true paths' probability, and its gradient.

    The gradient is over all moves' weights.
    """
    loss = 0.0
    gradients = [np.zeros(len(row)) for row in weights]
    for batch in batches:
        pairs = zip(batch.features, weights, strict=True)
        scores = batch.fits + np.stack([features @ row.astype(np.float32) for features, row in pairs])
        probabilities, total = Lattice(_MOVES, batch.shape, batch.sizes, scores).posteriors()
        loss += float(total.sum())
        for number, row in enumerate(weights):
            observed = batch.observed[number]
            loss -= float(observed @ row)
            expected = np.tensordot(probabilities[number].astype(np.float32), batch.features[number], 2)
            gradients[number] += expected - observed
    return loss, np.concatenate(gradients)
