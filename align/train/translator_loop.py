"""The training loop of a translation model in plain torch.

It is resumable, within a budget of time or of epochs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_
from torch.nn.utils.rnn import pad_sequence

from align.storage.files import replacing
from align.train.translator_pairs import TokenPair, batches
from align.train.translator_settings import TrainingReport, TranslatorTraining
from align.types import IntArray

if TYPE_CHECKING:
    from transformers import PreTrainedModel

__all__ = ["REPORT_SECONDS", "TrainingLoop"]

_WARM_UP: Final = 0.05
_IGNORED: Final = -100
REPORT_SECONDS: Final = 15.0


@dataclass(slots=True)
class _Position:
    """Where training stands: `batch` is the next one of `epoch`, both from 0.

    The rest is counted over all runs.
    """

    epoch: int = 0
    batch: int = 0
    steps: int = 0
    tokens: int = 0
    seconds: float = 0.0


class TrainingLoop:
    """Train a model on pairs of token numbers by AdamW, one batch a step.

    AdamW is that of Loshchilov and Hutter 2019.
    """

    def __init__(
        self, model: PreTrainedModel, pairs: Sequence[TokenPair], *, settings: TranslatorTraining, rate: float
    ) -> None:
        self._model = model
        self._pairs = pairs
        self._settings = settings
        self._rate = rate
        self._device = model.device
        self._bf16 = _has_bf16(self._device) if settings.bf16 is None else settings.bf16
        begin = model.generation_config.decoder_start_token_id
        self._begin: int = model.config.decoder_start_token_id if begin is None else begin
        self._pad = model.config.pad_token_id
        self._lengths: IntArray = np.array([pair.length for pair in pairs], dtype=np.int64)
        self._weights = [weight for weight in model.parameters() if weight.requires_grad]
        self._optimizer = torch.optim.AdamW(
            self._weights, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=self._device.type in ("cpu", "cuda")
        )
        self._at = _Position()
        self._order = self._batches()

    def run(self, checkpoint: Path, *, fingerprint: str, progress: Callable[[TrainingReport], None]) -> TrainingReport:
        """Train to the end, and return how it ended.

        It goes on from the checkpoint where that belongs to this training.
        """
        self._resume(checkpoint, fingerprint)
        self._model.train()
        losses: list[torch.Tensor] = []
        saved = reported = time.monotonic()
        try:
            while self._share() < 1:
                losses.append(self._step())
                now = time.monotonic()
                if now - reported >= REPORT_SECONDS:
                    progress(self._progress(losses))
                    reported, losses = now, []
                if now - saved >= 60 * self._settings.checkpoint_minutes:
                    self._save(checkpoint, fingerprint)
                    saved = now
        except KeyboardInterrupt:
            self._save(checkpoint, fingerprint)
            raise
        self._model.eval()
        return self._progress(losses)

    def _batches(self) -> list[IntArray]:
        # Seeding by epoch lets a resumed training see the same order as one that was never interrupted.
        random = np.random.default_rng((self._settings.seed, self._at.epoch))
        return batches(self._lengths, self._settings.batch_tokens, random=random)

    def _share(self) -> float:
        """Return how much of the training is done, 0-1."""
        if self._settings.minutes is not None:
            return min(1.0, self._at.seconds / (60 * self._settings.minutes))
        return min(1.0, (self._at.epoch + self._at.batch / len(self._order)) / self._settings.epochs)

    def _step(self) -> torch.Tensor:
        """Make one step, and return its loss."""
        begun = time.monotonic()
        share = self._share()
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * min(share / _WARM_UP, (1 - share) / (1 - _WARM_UP))
        # What drops out depends on the step alone: a resumed training goes on as if it had never stopped.
        torch.manual_seed(self._settings.seed * 1_000_003 + self._at.steps)
        loss = self._loss([self._pairs[row] for row in self._order[self._at.batch]])
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(self._weights, 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._advance(time.monotonic() - begun)
        return loss.detach()

    def _advance(self, seconds: float) -> None:
        self._at.seconds += seconds
        self._at.steps += 1
        self._at.batch += 1
        if self._at.batch == len(self._order):
            self._at.epoch, self._at.batch = self._at.epoch + 1, 0
            self._order = self._batches()

    def _loss(self, pairs: Sequence[TokenPair]) -> torch.Tensor:
        """Return the label-smoothed cross-entropy of the targets' tokens, in nats a token.

        Their sources are given.
        """
        source = self._padded([pair.source for pair in pairs], self._pad)
        target = self._padded([pair.target for pair in pairs], _IGNORED)
        # The decoder reads what stands one place before the token that it is to write.
        begin = torch.full_like(target[:, :1], self._begin)
        read = torch.cat([begin, target[:, :-1]], dim=1).masked_fill_(target == _IGNORED, self._pad)
        self._at.tokens += int((target != _IGNORED).sum())
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._bf16):
            logits = self._model(
                input_ids=source, attention_mask=source != self._pad, decoder_input_ids=read, use_cache=False
            ).logits
            return cross_entropy(
                logits.flatten(0, 1),
                target.flatten(),
                ignore_index=_IGNORED,
                label_smoothing=self._settings.smoothing,
            )

    def _padded(self, rows: Sequence[tuple[int, ...]], filler: int) -> torch.Tensor:
        """Return the rows as (rows, longest) int64."""
        padded = pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=filler)
        return padded.to(self._device)

    def _progress(self, losses: Sequence[torch.Tensor]) -> TrainingReport:
        loss = float(torch.stack(list(losses)).mean()) if losses else float("nan")
        at = self._at
        return TrainingReport(self._share(), at.steps, at.epoch + 1, loss, at.tokens, at.seconds)

    def _save(self, checkpoint: Path, fingerprint: str) -> None:
        state = {
            "fingerprint": fingerprint,
            "position": asdict(self._at),
            "weights": self._weights,
            "optimizer": self._optimizer.state_dict(),
        }
        # A training killed while it writes leaves the checkpoint before.
        with replacing(checkpoint) as temporary:
            torch.save(state, temporary)

    def _resume(self, checkpoint: Path, fingerprint: str) -> None:
        state = _read(checkpoint)
        if state is not None and state["fingerprint"] == fingerprint:
            self._at = _Position(**state["position"])
            self._optimizer.load_state_dict(state["optimizer"])
            with torch.no_grad():
                for weight, saved in zip(self._weights, state["weights"], strict=True):
                    weight.copy_(saved)
        self._order = self._batches()


def _read(checkpoint: Path) -> dict[str, Any] | None:
    """Return what a checkpoint holds.

    None where there is none or it is damaged, which costs a fresh start.
    """
    if not checkpoint.is_file():
        return None
    try:
        state: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, UnpicklingError):
        return None
    return state


def _has_bf16(device: torch.device) -> bool:
    """Say whether the processor multiplies bfloat16 itself.

    Where it does not, converting costs more than it saves.
    """
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return device.type == "cpu" and bool(torch.cpu._is_avx512_bf16_supported())
