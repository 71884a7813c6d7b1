"""How far reviewers agree beyond chance."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Agreement", "PairAgreement"]


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two reviewers: `n` items both judged, `observed` share alike (0-1), Cohen's `kappa` (None where undefined)."""

    reviewers: tuple[str, str]
    n: int
    observed: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All reviewers: Krippendorff's `alpha` (nominal, None where undefined) over `n` items judged by two or more."""

    pairs: tuple[PairAgreement, ...]
    alpha: float | None
    n: int
    disputed: int
