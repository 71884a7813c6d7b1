"""The words of a review: what a reviewer may say of a pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

__all__ = ["CATEGORIES", "REASONS", "VERDICTS", "Attached", "Kind", "Neighbouring", "Order", "Verdict"]

Verdict: TypeAlias = Literal[
    "accept", "partial", "reject", "skip", "flag", "edit", "trim", "swap", "merge", "no_counterpart", "post_edit"
]
Kind: TypeAlias = Literal["link", "unmatched"]
Neighbouring: TypeAlias = Literal["source_before", "source_after", "target_before", "target_after"]
Order: TypeAlias = Literal["informative", "disagreement", "document", "probability"]
Attached: TypeAlias = Literal["exact", "overlap", "lost"]

REASONS = ("not parallel", "wrong facts", "bad text", "boilerplate", "wrong language", "other")
"""Why a pair is rejected, in the order of the keys 1 to 6."""

CATEGORIES: Mapping[str, str] = {
    "accept": "accept",
    "edit": "accept",
    "post_edit": "accept",
    "partial": "partial",
    "trim": "partial",
    "merge": "partial",
    "reject": "reject",
    "swap": "reject",
    "no_counterpart": "reject",
}
"""What a verdict says of the pair as it was shown: a trimmed or merged one was right in part, a swapped one wrong.

Agreement and precision count these; skip and flag judge nothing.
"""

VERDICTS = (*CATEGORIES, "skip", "flag")
