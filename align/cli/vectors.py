"""Verbs over vectors: embed, index build, index search."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from align.cli.show import as_json, note, table

__all__ = ["embed", "index_app"]

index_app = typer.Typer(help="Build an index of lines, and search it.", no_args_is_help=True)
_ROOT = Path("indexes")


class Language(StrEnum):
    """The two languages, as typer wants them."""

    kk = "kk"
    en = "en"


_Encoder = Annotated[str, typer.Option("--encoder", help="A bundled or sentence-transformers encoder: NAME or PATH.")]
_Lang = Annotated[Language, typer.Option("--lang", help="The language of the lines.")]
_Root = Annotated[Path, typer.Option("--root", help="Where the indexes stand.")]


def embed(
    file: Annotated[Path, typer.Argument(help="One segment a line.")],
    lang: _Lang,
    out: Annotated[Path, typer.Option("--out", help="vectors.npy: (lines, dim) float32 unit rows.")],
    encoder: _Encoder = "kk-en",
) -> None:
    """Write the vectors of a file's lines."""
    import numpy as np

    from align.corpus.read import read_lines
    from align.encode import load_encoder
    from align.sides import matched_lines
    from align.storage.files import ensure_folder, replacing

    ensure_folder(out.parent)
    vectors = load_encoder(encoder).encode(matched_lines(read_lines(file), lang.value), lang.value)
    with replacing(out) as temporary, temporary.open("wb") as stream:
        np.save(stream, vectors)
    note(f"align: {vectors.shape[0]} x {vectors.shape[1]} float32: {out}")


@index_app.command("build")
def build(
    file: Annotated[Path, typer.Argument(help="One segment a line.")],
    name: Annotated[str, typer.Option("--name", help="The index's name.")],
    lang: _Lang = Language.en,
    encoder: _Encoder = "kk-en",
    root: _Root = _ROOT,
) -> None:
    """Index a file's lines under a name."""
    from align.corpus.read import read_lines
    from align.encode import load_encoder
    from align.search.stored import build_index

    def progress(done: int, total: int) -> None:
        note(f"align: {done} of {total} lines")

    manifest = build_index(read_lines(file), load_encoder(encoder), root / name, lang=lang.value, progress=progress)
    note(f"align: {manifest.rows} x {manifest.dim} vectors of {manifest.encoder}: {root / name}")


@index_app.command("search")
def search(
    name: Annotated[str, typer.Argument(help="The index's name.")],
    file: Annotated[Path, typer.Argument(help="Queries, one a line.")],
    lang: _Lang = Language.kk,
    top_k: Annotated[int, typer.Option(min=1, help="How many lines each query gets.")] = 5,
    encoder: _Encoder = "kk-en",
    root: _Root = _ROOT,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Find the indexed lines nearest to each query."""
    from align.corpus.read import read_lines
    from align.encode import load_encoder
    from align.search.stored import StoredIndex

    stored = StoredIndex.open(root / name)
    queries = read_lines(file)
    cosines, rows = stored.search(queries, load_encoder(encoder), lang=lang.value, k=top_k)
    hits = [
        {"query": number, "row": int(row), "cosine": round(float(cosine), 4), "text": stored.texts[row]}
        for number, (cosine_row, row_row) in enumerate(zip(cosines, rows, strict=True))
        for cosine, row in zip(cosine_row, row_row, strict=True)
    ]
    if json:
        as_json({"index": name, "encoder": stored.manifest.encoder, "hits": hits})
    else:
        shown = ((queries[hit["query"]], hit["cosine"], hit["row"], hit["text"]) for hit in hits)
        table(f"{name}: cosine|{stored.manifest.encoder}", ("query", "cosine", "row", "text"), shown)
