"""What is known of the exported pairs of one relation.

That is how many they are, how probably right, and what people said.
"""

from __future__ import annotations

from dataclasses import dataclass

from align.export.pairs import DRAFTED, MINED, ExportedPair

__all__ = ["Relations"]


@dataclass(slots=True)
class Relations:
    """Counts of one relation.

    They are the pairs nobody has reviewed, the sum of their probabilities, reviewed pairs and right ones.
    """

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
        """Return the share (0-1) of the unreviewed pairs that the verifier expects to be right."""
        return self.probability / self.mined if self.mined else None
