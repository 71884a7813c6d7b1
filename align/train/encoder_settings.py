"""How the encoder is trained."""

from __future__ import annotations

from dataclasses import dataclass

from align.errors import SettingsError

__all__ = ["EncoderSettings"]


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """How the encoder is trained; the defaults made the bundled one.

    `rows` and `dim` are the table's, `ngrams` the shortest and longest n-gram in bytes, `prefix` the longest beginning
    of a word that counts as an n-gram beside these, `batch` the pairs that are told
    apart from each other at once, `rate` Adagrad's, `initial` the standard deviation of the first table's entries. The
    first `mixed_epochs` draw batches at random, later ones from runs of `cluster` pairs that lie close together. The
    same seed and threads give the same file on the same machine. Raises SettingsError for a value out of range.
    """

    seed: int = 1
    epochs: int = 10
    batch: int = 2048
    dim: int = 256
    rows: int = 1 << 18
    ngrams: tuple[int, int] = (3, 6)
    prefix: int = 9
    rate: float = 0.05
    temperature: float = 0.1
    initial: float = 0.02
    mixed_epochs: int = 2
    cluster: int = 64
    word_buckets: int = 1 << 17
    lexical_buckets: int = 1 << 18
    threads: int = 1

    def __post_init__(self) -> None:
        counts = (self.epochs, self.dim, self.rows, self.cluster, self.word_buckets, self.lexical_buckets)
        if min(counts) < 1 or self.threads < 1 or self.batch < 2 or self.mixed_epochs < 0:
            raise SettingsError("epochs, dim, rows, cluster, buckets and threads must be 1 or more, batch 2 or more")
        if self.dim % 2 or self.prefix < 0:
            raise SettingsError("dim must be even, prefix 0 or more")
        if not 0 < self.ngrams[0] <= self.ngrams[1]:
            raise SettingsError(f"ngrams {self.ngrams}: give the shortest, then the longest, both above 0")
        if min(self.rate, self.temperature, self.initial) <= 0:
            raise SettingsError("rate, temperature and initial must be above 0")
