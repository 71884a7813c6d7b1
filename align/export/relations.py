"""What is known of the exported pairs of one relation: how many, how probably right, and what people said."""

from __future__ import annotations

from dataclasses import dataclass

from align.export.pairs import DRAFTED, MINED, ExportedPair

__all__ = ["Relations"]


@dataclass(slots=True)
class Relations:
    """Counts of one relation: pairs nobody has reviewed, the sum of their probabilities, reviewed and right ones."""

    mined: int = 0
    probability: float = 0.0
    judged: int = 0
    right: int = 0

    def add(self, pair: ExportedPair) -> None:
        """Count a pair; a machine's English is none."""
        if pair.config == DRAFTED:
            return
        if pair.config == MINED:
            self.mined += 1
            self.probability += pair.probability or 0.0
        elif pair.label is not None:
            self.judged += 1
            self.right += pair.label != "reject"

    @property
    def expected(self) -> float | None:
        """Return which share (0-1) of the pairs that nobody has reviewed the verifier expects to be right."""
        return self.probability / self.mined if self.mined else None
