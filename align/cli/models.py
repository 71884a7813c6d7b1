"""The verbs models and cache: what lies on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from align.cli.show import as_json, note, table

__all__ = ["cache", "models"]


def models(json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False) -> None:
    """List encoders, verifiers and translators: name, size, licence, and whether they are ready."""
    from align.models.catalogue import catalogue

    entries = catalogue()
    if json:
        as_json({"models": [entry.to_dict() for entry in entries]})
    else:
        rows = ((entry.kind, entry.name, entry.size, entry.licence, entry.state) for entry in entries)
        table("Models", ("kind", "name", "size", "licence", "state"), rows)


def cache(
    clear: Annotated[bool, typer.Option("--clear", help="Forget all vectors and drafts.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show which vectors and drafts are kept between runs, or forget them."""
    from align.encode.vector_cache import VectorCache, cache_path
    from align.translate.draft_cache import draft_cache

    vectors, drafts = VectorCache(cache_path()), draft_cache()
    if clear:
        note(f"align: {vectors.clear()} vectors forgotten: {vectors.path}")
        note(f"align: {drafts.clear()} drafts forgotten: {drafts.path}")
        return
    entries = vectors.entries(), drafts.entries()
    if json:
        of_encoders = [{"encoder": each.model, "vectors": each.values, "bytes": each.size} for each in entries[0]]
        of_translators = [{"translator": each.model, "drafts": each.values, "bytes": each.size} for each in entries[1]]
        drafted = {"path": str(drafts.path), "entries": of_translators}
        as_json({"path": str(vectors.path), "entries": of_encoders, "drafts": drafted})
        return
    for kept, columns, listed in (
        (vectors, ("encoder", "vectors", "size"), entries[0]),
        (drafts, ("translator", "drafts", "size"), entries[1]),
    ):
        table(str(kept.path), columns, ((each.model, each.values, f"{each.size / 1e6:.1f} MB") for each in listed))
