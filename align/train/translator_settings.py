"""How a translation model is trained, and how training stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from align.errors import SettingsError

__all__ = ["Lora", "TrainingReport", "TranslatorTraining"]

Lora: TypeAlias = Literal["auto", "yes", "no"]


@dataclass(frozen=True, slots=True)
class TranslatorTraining:
    """How a translation model is trained.

    Training lasts `minutes` of wall clock, or `epochs` passes over the pairs where `minutes` is None; only the latter
    can give the same weights twice. `rate` is AdamW's highest, reached after the first twentieth of the training and
    brought down to 0 by its end; None takes 1e-3 for a new model, 3e-4 for LoRA and 5e-5 else. A batch holds at most
    `batch_tokens` tokens of the longer side, padding counted; a pair with more than `max_tokens` on a side is left out.
    `smoothing` is the label smoothing (Szegedy et al. 2016). With `lora` "auto", models of 200 million parameters and
    more train low-rank additions of rank `rank` (Hu et al. 2021) in place of their weights. `judged` is how many
    held-out pairs are translated before and after. `vocabulary` is how many pieces a new model has. `device` None
    takes a GPU where there is one; `bf16` None computes in bfloat16 where the processor does so itself.
    """

    seed: int = 1
    epochs: int = 3
    minutes: float | None = None
    rate: float | None = None
    batch_tokens: int = 2000
    max_tokens: int = 128
    smoothing: float = 0.1
    lora: Lora = "auto"
    rank: int = 16
    judged: int = 200
    vocabulary: int = 8000
    checkpoint_minutes: float = 2.0
    device: str | None = None
    bf16: bool | None = None

    def __post_init__(self) -> None:
        counts = (self.epochs, self.batch_tokens, self.max_tokens, self.rank, self.judged, self.vocabulary)
        if min(counts) < 1:
            raise SettingsError("epochs, tokens, rank, judged pairs and vocabulary must be 1 or more")
        if self.minutes is not None and self.minutes <= 0:
            raise SettingsError(f"minutes {self.minutes}: must be above 0")
        if not 0 <= self.smoothing < 1 or (self.rate is not None and self.rate <= 0) or self.checkpoint_minutes < 0:
            raise SettingsError("smoothing must be in 0-1, rate above 0, minutes between checkpoints 0 or more")


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """How training stands: `share` of it is done (0-1), after `steps` steps, in epoch `epoch`.

    `loss` is the mean of the label-smoothed cross-entropy since the last report, in nats a token. `tokens` counts the
    target tokens trained on and `seconds` the time spent, both over all runs of an interrupted training.
    """

    share: float
    steps: int
    epoch: int
    loss: float
    tokens: int
    seconds: float
