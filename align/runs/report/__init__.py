"""A run as one page for a person: `align.runs.report.render`."""

from __future__ import annotations

from align.runs.report.render import render

__all__ = ["render"]
