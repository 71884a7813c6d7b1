"""The verb cache."""

from __future__ import annotations

from typing import Annotated

import typer

from align.cli.show import as_json, note, table

__all__ = ["cache"]


def cache(
    clear: Annotated[bool, typer.Option("--clear", help="Forget all vectors.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show which vectors are kept between runs, or forget them."""
    from align.encode.cache import VectorCache, cache_path

    held = VectorCache(cache_path())
    if clear:
        note(f"align: {held.clear()} vectors forgotten: {held.path}")
        return
    entries = held.entries()
    if json:
        listed = [{"encoder": each.encoder, "vectors": each.vectors, "bytes": each.size} for each in entries]
        as_json({"path": str(held.path), "entries": listed})
    else:
        rows = ((each.encoder, each.vectors, f"{each.size / 1e6:.1f} MB") for each in entries)
        table(str(held.path), ("encoder", "vectors", "size"), rows)
