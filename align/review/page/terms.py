"""Words that a run's files use and a page shows.

Kinds of facts, how facts stand to each other, checks of a draft.
"""

from __future__ import annotations

from typing import Final

from align.review.interface_language import N_

__all__ = ["CHECKS", "FACT_KINDS", "ORIGINS", "STATUSES"]

FACT_KINDS: Final = (
    N_("number"),
    N_("ordinal"),
    N_("percent"),
    N_("money"),
    N_("quantity"),
    N_("age"),
    N_("date"),
    N_("time"),
    N_("name"),
    N_("polarity"),
    N_("direction"),
    N_("role"),
)
STATUSES: Final = (
    N_("matched"),
    N_("compatible"),
    N_("conflict"),
    N_("source_only"),
    N_("target_only"),
)
ORIGINS: Final = (N_("swapped"), N_("merged"), N_("picked"), N_("post edited"), N_("draft taken"))
CHECKS: Final = (
    N_("empty"),
    N_("script"),
    N_("copy"),
    N_("repetition"),
    N_("length"),
    N_("untranslated"),
    N_("glossary"),
    N_("back-score"),
)
