"""The verb models."""

from __future__ import annotations

from typing import Annotated

import typer

from align.cli.show import as_json, table

__all__ = ["models"]


def models(json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False) -> None:
    """List encoders, verifiers and translators: name, size, licence, and whether they are ready."""
    from align.models.catalogue import catalogue

    entries = catalogue()
    if json:
        as_json({"models": [entry.to_dict() for entry in entries]})
    else:
        rows = ((entry.kind, entry.name, entry.size, entry.licence, entry.state) for entry in entries)
        table("Models", ("kind", "name", "size", "licence", "state"), rows)
