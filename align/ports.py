"""What a stage asks of the outside: Protocols of one or two methods.

Plain classes meet them and need not know them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from align.types import Candidates, Draft, Evidence, FloatArray, IntArray, Judgement, Lang, Relation

if TYPE_CHECKING:
    from align.sides import Side, SideBuilder

__all__ = ["Encoder", "Engine", "Explainer", "Index", "Models", "Translator", "Verifier"]


@runtime_checkable
class Encoder(Protocol):
    """Turn texts of both languages into unit vectors whose inner product is their likeness."""

    signature: str
    """Names the model and everything that changes its vectors; equal signatures mean equal vectors."""

    dim: int
    """Columns of the vectors."""

    def encode(self, texts: Sequence[str], lang: Lang | None = None) -> FloatArray:
        """Return (n, dim) float32, C order, unit rows, one per text; an empty text gives a zero row.

        Without `lang`, the encoder finds the language itself, where it makes a difference.
        """
        ...


@runtime_checkable
class Index(Protocol):
    """Hold (n, dim) float32 unit rows and find the nearest of them by inner product."""

    def add(self, vectors: FloatArray) -> None:
        """Append rows; their numbers go on from the rows held."""
        ...

    def search(self, queries: FloatArray, k: int) -> tuple[FloatArray, IntArray]:
        """Return similarities (m, k) float32, best first, and row numbers (m, k) int64.

        K is at most the rows held.
        """
        ...


@runtime_checkable
class Verifier(Protocol):
    """Judge candidates."""

    signature: str
    """Names the model and its weights."""

    def judge(self, candidates: Candidates, source: Side, target: Side) -> Judgement:
        """Return the calibrated probability of each of n candidates.

        With them comes the share of sources that have a counterpart.
        """
        ...


@runtime_checkable
class Explainer(Protocol):
    """Say why a pair should be believed."""

    def explain(self, source: Side, target: Side, pair: tuple[int, int]) -> tuple[Relation, Evidence]:
        """Return how much of their facts two texts share, and the facts and words that say so.

        `pair` are the texts' rows; the evidence counts characters of the texts as they are shown.
        """
        ...

    def expect(self, source: Side, target: Side, pairs: Sequence[tuple[int, int]]) -> None:
        """Prepare for the pairs to be explained next: many at once cost less than one by one."""
        ...

    def relations(self, source: Side, target: Side, pairs: Sequence[tuple[int, int]]) -> Sequence[Relation]:
        """Return the relations of pairs, where nobody will see their evidence."""
        ...

    def same_event(self, source: Side, target: Side, pair: tuple[int, int]) -> bool:
        """Say whether the facts alone make a pair worth a reviewer's look.

        They do where both texts name the same person and the same day.
        """
        ...


@runtime_checkable
class Translator(Protocol):
    """Draft English for Kazakh texts."""

    signature: str
    """Names the model, its revision and its decoding: equal signatures mean equal drafts."""

    def draft(self, texts: Sequence[str], *, safer: bool = False) -> list[Draft | None]:
        """Return one unchecked draft per text, None where there is nothing to offer.

        `safer` asks for decoding that keeps closer to the source, for a text whose first draft failed its checks.
        The draft of a text depends on nothing but the text, whatever else stands in the batch.
        """
        ...


class Models(Protocol):
    """What a block of work is done with, in whichever process."""

    @property
    def sides(self) -> SideBuilder:
        """Return what reads vectors and facts out of texts."""
        ...

    @property
    def explainer(self) -> Explainer:
        """Return what explains a pair."""
        ...


@runtime_checkable
class Engine(Protocol):
    """Do the blocks of a stage, wherever, and keep what is done."""

    size: int
    """How many texts or pairs make a block; no result may depend on it."""

    @property
    def apart(self) -> bool:
        """Say whether blocks are done by other processes, and kept.

        If not, a stage need not be cut into them.
        """
        ...

    def step(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is that is not cut into blocks."""
        ...

    def map(
        self, task: Callable[[Any, Any], Any], payloads: Sequence[Any], *, stage: str, common: object = None
    ) -> Iterator[Any]:
        """Yield `task(models, payload)` for each payload, in their order; `models` are `Models`.

        Where there is something `common` to all blocks, arrays above all, it goes to each process once, and what the
        task is given is `(common, payload)`.

        The task is a function of a module, so that another process finds it; payloads and results are made of numbers,
        texts, arrays, tuples and the records of `align.types`. A result depends on nothing but its payload and the
        models. `stage` is what progress is told under.
        """
        ...
