"""A run as one page for a person: `align.report.render`."""

from __future__ import annotations

from align.report.render import render

__all__ = ["render"]
