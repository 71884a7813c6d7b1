"""Review: a person's verdicts on links, kept as events beside the run, and what they say of the run.

The module can be called: `align.review(run)` shows the review of a run in a notebook.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Review(ModuleType):
    """A package that shows a review when it is called; Python lets a module's class be set for such ends."""

    def __call__(self, run: object, *, reviewer: str | None = None) -> Any:  # noqa: ANN401  (a later layer's widget)
        """Return the review of a run as a widget, as `align.review.widget.notebook.review` does."""
        return import_module("align.review.widget.notebook").review(run, reviewer=reviewer)


sys.modules[__name__].__class__ = _Review
