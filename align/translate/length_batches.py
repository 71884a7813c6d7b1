"""Batches by token count, the longest texts first, halved where they don't fit into memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from align.errors import AlignError

__all__ = ["TokenIds", "in_batches", "out_of_memory"]

TokenIds: TypeAlias = list[int]

_FULL = re.compile(r"out of memory|can't allocate memory|not enough memory|bad.?alloc", re.IGNORECASE)
"""How CUDA, the allocator of torch's CPU side and the C++ library say that memory has run out."""


def in_batches(
    inputs: Sequence[TokenIds], run: Callable[[list[TokenIds]], list[TokenIds]], *, budget: int, even: bool = False
) -> list[TokenIds]:
    """Return what `run` makes of the inputs, in their order, however they are batched.

    A batch's rows times its longest input stay within `budget` tokens, unless it is one input alone; with `even`, all
    inputs of a batch are equally long. Where memory runs out, the batch is halved, and so are those that follow.
    Raises AlignError where not even one input fits.
    """
    waiting = sorted(range(len(inputs)), key=lambda number: -len(inputs[number]))
    outputs: list[TokenIds] = [[] for _ in inputs]
    while waiting:
        longest = len(inputs[waiting[0]])
        rows = waiting[: max(1, budget // max(1, longest))]
        if even:
            rows = [number for number in rows if len(inputs[number]) == longest]
        results = _run(run, [inputs[number] for number in rows])
        if results is None:
            budget = len(rows) // 2 * longest
            continue
        for number, result in zip(rows, results, strict=True):
            outputs[number] = result
        del waiting[: len(rows)]
    return outputs


def out_of_memory(error: BaseException) -> bool:
    """Say whether an error means that memory has run out.

    >>> out_of_memory(RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")), out_of_memory(ValueError())
    (True, False)
    """
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and bool(_FULL.search(str(error))))


def _run(run: Callable[[list[TokenIds]], list[TokenIds]], batch: list[TokenIds]) -> list[TokenIds] | None:
    try:
        return run(batch)
    except (MemoryError, RuntimeError) as error:
        if not out_of_memory(error):
            raise
        if len(batch) == 1:
            raise AlignError(
                f"out of memory with one text of {len(batch[0])} tokens: take a smaller model, another device"
                " or a smaller max_source_tokens"
            ) from error
    # The error's traceback holds the batch's tensors, so the next try begins after it is gone.
    return None
