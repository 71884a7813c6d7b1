"""Train the bundled encoder: one table of hashed n-grams for both languages.

Translations come to lie together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from align.encode.bag import LARGEST_ENTRY
from align.encode.encoder_weights import EncoderWeights, quantise, write_module_files
from align.encode.ngram import NgramEncoder
from align.storage.files import replacing
from align.train.encoder_settings import EncoderSettings
from align.train.encoder_texts import TrainingTexts
from align.train.hubness import hubs_of
from align.train.pairs import read_pairs
from align.train.rarity import COUNT_CLASSES, count_class, idf
from align.types import FloatArray, IntArray

if TYPE_CHECKING:
    from align.train.encoder_table import TrainingTable

__all__ = ["EncoderSettings", "EpochReport", "batches", "clustered", "train_encoder"]

_PARTS: Final = ("table", "log_weight", "log_factor")
_CHECKPOINT: Final = "checkpoint.safetensors"
_AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class EpochReport:
    """How training stands after `epoch` of `epochs`.

    `loss` is in nats. `accuracy` (0-1) is how often the nearest neighbour among the `held_out` pairs is the right one,
    mean of both directions, nan where nothing is held out. `seconds` counts this epoch alone.
    """

    epoch: int
    epochs: int
    loss: float
    accuracy: float
    held_out: int
    seconds: float


def train_encoder(
    pairs_paths: Sequence[Path],
    out_dir: Path,
    *,
    settings: EncoderSettings | None = None,
    progress: Callable[[EpochReport], None] = lambda report: None,
) -> EncoderWeights:
    """Train on tables of pairs, write the encoder's files into a folder, return the weights.

    The tables are those of `align.train.pairs`. A checkpoint is written after every epoch; a later call with the same
    pairs and settings goes on from it, and the last one removes it. Raises InputError for a bad table, and where no
    pair has a word on both sides.
    """
    settings = settings or EncoderSettings()
    texts = TrainingTexts.build(read_pairs(*pairs_paths), settings)
    out_dir.mkdir(parents=True, exist_ok=True)
    with _torch_threads(settings.threads):
        table = _trained(texts, out_dir, settings=settings, progress=progress)
        weights = _weights(table, texts, settings)
        replace(weights, hubs=hubs_of(NgramEncoder(weights), texts)).write(out_dir)
    write_module_files(out_dir)
    _remove_checkpoint(out_dir)
    return EncoderWeights.read(out_dir)


@contextmanager
def _torch_threads(count: int) -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _trained(
    texts: TrainingTexts, folder: Path, *, settings: EncoderSettings, progress: Callable[[EpochReport], None]
) -> TrainingTable:
    fingerprint = texts.fingerprint(settings)
    done, table = _resumed(texts, folder, settings=settings, fingerprint=fingerprint)
    for epoch in range(done + 1, settings.epochs + 1):
        begun = time.monotonic()
        loss = _train_epoch(table, texts, settings=settings, epoch=epoch)
        _write_checkpoint(folder, _arrays(table), epoch=epoch, fingerprint=fingerprint)
        accuracy = _accuracy(table.vectors(texts.held_source), table.vectors(texts.held_target))
        seconds = time.monotonic() - begun
        progress(EpochReport(epoch, settings.epochs, loss, accuracy, len(texts.held_source), seconds))
    return table


def _resumed(
    texts: TrainingTexts, folder: Path, *, settings: EncoderSettings, fingerprint: str
) -> tuple[int, TrainingTable]:
    """Return the epochs done and the table after them.

    It is a fresh table where there is no checkpoint to go on from.
    """
    from torch import from_numpy

    from align.train.contrastive import AdagradTable
    from align.train.encoder_table import TrainingTable

    done, arrays = _read_checkpoint(folder, fingerprint=fingerprint) or (0, _initial(settings))
    tensors = {name: from_numpy(array) for name, array in arrays.items()}
    parts = {name: AdagradTable(tensors[name], tensors.get(f"{name}_squares")) for name in _PARTS}
    return done, TrainingTable(texts.spelling, texts.seen, len(texts.source), parts=parts)


def _initial(settings: EncoderSettings) -> dict[str, FloatArray]:
    random = np.random.default_rng(settings.seed)
    # Random rows are a sketch of spelling: words that share n-grams, names above all, are alike before any training.
    table = random.standard_normal((settings.rows, settings.dim), dtype=np.float32) * np.float32(settings.initial)
    log_weight, log_factor = (np.zeros((rows, 1), np.float32) for rows in (settings.rows, COUNT_CLASSES))
    return dict(zip(_PARTS, (table, log_weight, log_factor), strict=True))


def _arrays(table: TrainingTable) -> dict[str, FloatArray]:
    values = {name: part.values.numpy() for name, part in table.parts.items()}
    return values | {f"{name}_squares": part.squares.numpy() for name, part in table.parts.items()}


def _train_epoch(table: TrainingTable, texts: TrainingTexts, *, settings: EncoderSettings, epoch: int) -> float:
    """Train once over the pairs in an order of this epoch's own, and return the mean loss."""
    from align.train.contrastive import info_nce

    losses = []
    for batch in batches(_order(table, texts, settings=settings, epoch=epoch), settings.batch):
        source, target = table.encode([texts.source.pick(batch), texts.target.pick(batch)])
        loss = info_nce(source, target, settings.temperature)
        loss.backward()  # type: ignore[no-untyped-call]
        table.step(settings.rate)
        losses.append(float(loss.detach()))
    return float(np.mean(losses))


def _order(table: TrainingTable, texts: TrainingTexts, *, settings: EncoderSettings, epoch: int) -> IntArray:
    # Seeding by epoch lets a resumed run see the same order as one that was never interrupted.
    random = np.random.default_rng((settings.seed, epoch))
    if epoch <= settings.mixed_epochs:
        return random.permutation(len(texts.source))
    return clustered(table.vectors(texts.source) + table.vectors(texts.target), settings.cluster, random=random)


def _accuracy(source: FloatArray, target: FloatArray) -> float:
    if not len(source):
        return float("nan")
    similarity, right = source @ target.T, np.arange(len(source))
    return float((np.mean(similarity.argmax(1) == right) + np.mean(similarity.argmax(0) == right)) / 2)


def _weights(table: TrainingTable, texts: TrainingTexts, settings: EncoderSettings) -> EncoderWeights:
    """Return what the encoder keeps: the table in four bits, the learned weights, the rarities."""
    learned, log_weight, log_factor = (table.parts[name].values.numpy() for name in _PARTS)
    rows, scale = quantise(learned)
    rarity = idf(texts.buckets_seen, len(texts.source)) * np.exp(log_factor[count_class(texts.buckets_seen), 0])
    return EncoderWeights(
        name="",
        signature="",
        ngrams=settings.ngrams,
        prefix=settings.prefix,
        resolution=_resolution(table),
        table=rows,
        scale=scale,
        log_weight=log_weight[:, 0],
        rarity=rarity.astype(np.float32),
        lexical_rarity=texts.lexical_rarity,
        hubs=np.zeros((2, settings.word_buckets), np.uint8),
    )


def _resolution(table: TrainingTable) -> float:
    """Return what to multiply weighted word vectors with before they are rounded.

    Rounding to whole numbers then costs next to nothing.
    """
    # A quarter of the range is left free for words that training never saw.
    return float(np.float32(0.75 * LARGEST_ENTRY / max(table.largest_entry(), 1e-12)))


def _write_checkpoint(folder: Path, arrays: Mapping[str, NDArray[np.float32]], *, epoch: int, fingerprint: str) -> None:
    """Write the arrays after `epoch` epochs; `fingerprint` says which training they belong to."""
    from safetensors.numpy import save_file

    # A run killed while it writes leaves the checkpoint before.
    with replacing(folder / _CHECKPOINT) as temporary:
        save_file(dict(arrays), temporary, metadata={"epoch": str(epoch), "fingerprint": fingerprint})


def _read_checkpoint(folder: Path, *, fingerprint: str) -> tuple[int, dict[str, NDArray[np.float32]]] | None:
    """Return the epochs done and the arrays.

    None where there is no checkpoint or it belongs to another training.
    """
    from safetensors import SafetensorError, safe_open

    if not (folder / _CHECKPOINT).is_file():
        return None
    try:
        with safe_open(folder / _CHECKPOINT, framework="numpy") as file:
            metadata = file.metadata() or {}
            if metadata.get("fingerprint") != fingerprint:
                return None
            return int(metadata["epoch"]), {name: file.get_tensor(name) for name in file.keys()}
    except (SafetensorError, OSError, KeyError, ValueError):
        # A damaged checkpoint costs a fresh start, not the run.
        return None


def _remove_checkpoint(folder: Path) -> None:
    """Delete the checkpoint, if there is one."""
    (folder / _CHECKPOINT).unlink(missing_ok=True)


def batches(order: IntArray, size: int) -> Iterator[IntArray]:
    """Yield runs of `size` numbers; the rest too, where it is more than half of one.

    >>> [batch.tolist() for batch in batches(np.arange(5), 2)], [len(batch) for batch in batches(np.arange(3), 8)]
    ([[0, 1], [2, 3]], [3])
    """
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        # A small rest has few wrong answers to tell apart from: its steps would be as long, and say less.
        if len(batch) * 2 > min(size, len(order)):
            yield batch


def clustered(vectors: FloatArray, size: int, *, random: np.random.Generator) -> IntArray:
    """Return the numbers of the (n, dim) rows, alike ones side by side.

    There are runs of `size` rows, and the runs come in random order. A batch made of such runs holds wrong answers that
    are nearly right, for the price of one product. Rows go to the nearest of n / size rows drawn at random. This
    imports torch, whose product is the same on one thread everywhere.

    >>> order = clustered(np.eye(2, dtype=np.float32)[[0, 1, 0, 1]], 2, random=np.random.default_rng(0))
    >>> sorted(sorted(order[start : start + 2].tolist()) for start in (0, 2))
    [[0, 2], [1, 3]]
    """
    from torch import from_numpy

    rows = from_numpy(vectors)
    centres = rows[from_numpy(random.choice(len(vectors), max(len(vectors) // size, 1), replace=False))]
    starts = range(0, len(vectors), _AT_ONCE)
    nearest = np.concatenate([(rows[start : start + _AT_ONCE] @ centres.T).argmax(1).numpy() for start in starts])
    # Shuffling the clusters keeps neighbours of small clusters, which share a run, from being the same every time.
    rank = random.permutation(len(centres))[nearest]
    order = np.lexsort((random.random(len(vectors)), rank))
    runs = np.split(order, range(size, len(order), size))
    return np.concatenate([runs[number] for number in random.permutation(len(runs))])
