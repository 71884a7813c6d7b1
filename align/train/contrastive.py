"""The parts of contrastive training that torch alone does slowly on a processor.

They are ragged sums, the loss and the step. torch's own backward pass of `embedding_bag` scatters on one thread, and
two `cross_entropy` calls keep four copies of the similarities; what stands here does the same sums three to five times
as fast. This module imports torch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.autograd import Function
from torch.nn.functional import embedding_bag

__all__ = ["AdagradTable", "info_nce", "ragged_sum"]


class AdagradTable:
    """A table whose rows are trained a few at a time with Adagrad (Duchi et al. 2011).

    Every entry has its own rate. `values` and `squares`, the sums of squared gradients, are (rows, columns) float32.
    """

    def __init__(self, values: Tensor, squares: Tensor | None = None) -> None:
        self.values = values
        self.squares = torch.full_like(values, 1e-6) if squares is None else squares

    def rows(self, used: Tensor) -> Tensor:
        """Return a copy of the (n,) rows used, which gathers gradients."""
        return self.values.index_select(0, used).requires_grad_()

    def step(self, used: Tensor, rows: Tensor, rate: float) -> None:
        """Move the rows used against the gradient that their copy has gathered."""
        gradient = rows.grad
        if gradient is None:
            return
        with torch.no_grad():
            squares = self.squares.index_select(0, used).addcmul_(gradient, gradient)
            self.squares.index_copy_(0, used, squares)
            moved = rows.detach().addcdiv_(gradient, squares.sqrt_().add_(1e-8), value=-rate)
            self.values.index_copy_(0, used, moved)


class _RaggedSum(Function):
    """Sum runs of rows, each times a weight.

    The backward pass sums the transposed runs instead of scattering.
    """

    @staticmethod
    def forward(ctx: Any, rows: Tensor, picks: Tensor, lengths: Tensor, weights: Tensor) -> Tensor:  # noqa: ANN401
        ctx.save_for_backward(rows, picks, lengths, weights)
        return embedding_bag(picks, rows, lengths.cumsum(0) - lengths, mode="sum", per_sample_weights=weights)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None, Tensor | None]:  # noqa: ANN401
        rows, picks, lengths, weights = ctx.saved_tensors
        run = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
        # numpy's stable sort of whole numbers is a radix sort: several times as fast as torch's.
        order = torch.from_numpy(np.argsort(picks.numpy(), kind="stable"))
        counts = torch.bincount(picks, minlength=len(rows))
        by_row = embedding_bag(
            run[order], gradient.contiguous(), counts.cumsum(0) - counts, mode="sum", per_sample_weights=weights[order]
        )
        if not ctx.needs_input_grad[3]:
            return by_row, None, None, None
        return by_row, None, None, (rows.index_select(0, picks) * gradient.index_select(0, run)).sum(1)


def ragged_sum(rows: Tensor, picks: Tensor, lengths: Tensor, weights: Tensor) -> Tensor:
    """Return (n, dim): the sums of n consecutive runs of picked rows, each row times its weight.

    `rows` is (m, dim) float32, `picks` (p,) int64 row numbers, `lengths` (n,) int64 that sum to p, `weights` (p,).
    """
    result: Tensor = _RaggedSum.apply(rows, picks, lengths, weights)  # type: ignore[no-untyped-call]
    return result


class _InfoNCE(Function):
    """Compute loss and gradients in one pass over the similarities, in place."""

    @staticmethod
    def forward(ctx: Any, source: Tensor, target: Tensor, temperature: float) -> Tensor:  # noqa: ANN401
        scores = (source @ target.T).div_(temperature)
        right = scores.diagonal().clone()
        # No score exceeds 1 / temperature, so that subtracting it keeps the exponentials in range.
        scores.sub_(1 / temperature).exp_()
        by_source, by_target = scores.sum(1), scores.sum(0)
        loss = (by_source.log() + by_target.log() + 2 / temperature - 2 * right).mean() / 2
        scores.mul_(by_source.reciprocal()[:, None] + by_target.reciprocal()[None])
        scores.diagonal().sub_(2)
        ctx.save_for_backward(scores.div_(2 * len(source) * temperature), source, target)
        return loss

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, Tensor, None]:  # noqa: ANN401
        scores, source, target = ctx.saved_tensors
        return (scores @ target).mul_(gradient), (scores.T @ source).mul_(gradient), None


def info_nce(source: Tensor, target: Tensor, temperature: float) -> Tensor:
    """Return the mean cross-entropy (nats) of finding each row's partner among the batch.

    It is taken in both directions. `source` and `target` are (n, dim) unit rows, row i of one the translation of row i
    of the other (van den Oord et al. 2018; symmetric as in Feng et al. 2022).
    """
    result: Tensor = _InfoNCE.apply(source, target, temperature)  # type: ignore[no-untyped-call]
    return result
