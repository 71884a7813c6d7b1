"""Which drafts hung by a thread: the rounding of another batch might turn a word of theirs.

A row's logits are never quite the same in a batch of one and in a batch of thirty: the products are summed in another
order. Greedy search turns that noise into another word only where the two best tokens are closer than the noise. So
each batch is watched, and a text with two tokens too close at any step is translated again alone. Alone is always the
same, and without a close call the batch decided as alone would have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

__all__ = ["TieWatch"]

_TOLERANCE = {"torch.float32": 1e-3, "torch.float16": 0.125, "torch.bfloat16": 1.0}
"""Lead of the best token within which noise may decide.

Between a padded batch and each text alone the leads of a model of six layers moved by 2e-6, 5e-3 and 4e-2 at most,
its logits reaching 5; the rest is room for deeper models with larger logits.
"""


class TieWatch:
    """Look on as logits go by, as the last of generate's processors, and change nothing.

    `begin` is the number of columns that generate starts from, `ends` the tokens that end an answer.
    """

    def __init__(self, begin: int, ends: Sequence[int]) -> None:
        self._begin = begin
        self._ends = list(ends)
        self._least: torch.Tensor | None = None
        self._precision = "torch.float32"

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """Return the (rows, vocabulary) scores as they came; keep each row's smallest lead so far."""
        import torch

        best = scores.float().topk(2, dim=-1).values
        ended = torch.isin(input_ids[:, self._begin :], torch.tensor(self._ends, device=input_ids.device)).any(dim=1)
        lead = (best[:, 0] - best[:, 1]).masked_fill(ended, torch.inf)
        self._least = lead if self._least is None else torch.minimum(self._least, lead)
        return scores

    def close_calls(self, precision: str) -> list[bool]:
        """Say of each row whether any of its decisions was closer than the noise of that precision."""
        if self._least is None:
            return []
        return [lead < _TOLERANCE[precision] for lead in self._least.tolist()]
