"""Verbs over vectors: embed, index build, index search."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.options import examples, is_stream, written
from align.cli.show import as_json, note, table

if TYPE_CHECKING:
    from align.search.rerank import SecondStage
    from align.search.stored import Hit

__all__ = ["embed", "index_app"]

index_app = typer.Typer(help="Build an index of lines, and search it.", no_args_is_help=True)
_ROOT = Path("indexes")
_SAMPLE = 500


class LanguageOption(StrEnum):
    """The two languages, as typer wants them."""

    kk = "kk"
    en = "en"


_Encoder = Annotated[str, typer.Option("--encoder", help="A bundled or sentence-transformers encoder: NAME or PATH.")]
_Lang = Annotated[LanguageOption, typer.Option("--lang", help="The language of the lines.")]


class IndexKind(StrEnum):
    """How an index looks for the nearest."""

    flat = "flat"
    ivf = "ivf"


_Root = Annotated[Path, typer.Option("--root", help="Where the indexes stand.")]


def embed(
    file: Annotated[Path, typer.Argument(help="One segment a line; - for standard input.")],
    out: Annotated[Path, typer.Option("--out", help="vectors.npy, or -: (lines, dim) float32 unit rows.")],
    lang: Annotated[
        LanguageOption | None, typer.Option("--lang", help="The language of the lines.", show_default="found")
    ] = None,
    encoder: _Encoder = "kk-en",
) -> None:
    """Write the vectors of a file's lines."""
    import numpy as np

    from align.corpus.read import read_lines
    from align.encode import load_encoder
    from align.sides import matched_lines
    from align.storage.files import ensure_folder, replacing
    from align.storage.outputs import refuse_inputs
    from align.text.language import language_of

    def prepare(path: Path) -> None:
        refuse_inputs(path, [] if is_stream(file) else [file])
        ensure_folder(path.parent)

    with written(out, prepare) as place:
        model, lines = load_encoder(encoder), read_lines(file)
        said = lang.value if lang else language_of("\n".join(lines[:_SAMPLE]))
        vectors = model.encode(matched_lines(lines, said), said)
        with replacing(place) as temporary, temporary.open("wb") as stream:
            np.save(stream, vectors)
    note(f"align: {vectors.shape[0]} x {vectors.shape[1]} float32, lines in {said}: {out}")


@index_app.command(
    "build",
    epilog=examples(
        "align index build lines.txt --name news",
        "align index build lines.txt --name news --lang kk",
        "align index build lines.txt --name news --index ivf",
    ),
)
def build(
    file: Annotated[Path, typer.Argument(help="One segment a line.")],
    name: Annotated[str, typer.Option("--name", help="The index's name.")],
    lang: _Lang = LanguageOption.en,
    encoder: _Encoder = "kk-en",
    root: _Root = _ROOT,
    index: Annotated[
        IndexKind, typer.Option(help="flat compares every line, ivf those of the nearest cells: for millions.")
    ] = IndexKind.flat,
) -> None:
    """Index a file's lines under a name."""
    from align.corpus.read import read_lines
    from align.encode import load_encoder
    from align.search.stored import build_index

    def progress(done: int, total: int) -> None:
        note(f"align: {done} of {total} lines")

    model = load_encoder(encoder)
    manifest = build_index(read_lines(file), model, root / name, lang=lang.value, kind=index.value, progress=progress)
    found = f", {manifest.recall:.1%} of the ten nearest found" if manifest.recall is not None else ""
    note(
        f"align: {manifest.rows} x {manifest.dim} vectors of {manifest.encoder}, {manifest.index}{found}: {root / name}"
    )


@index_app.command(
    "search",
    epilog=examples(
        "align index search news queries.txt --top-k 3",
        "align index search news - --rerank --json < queries.txt",
    ),
)
def search(
    name: Annotated[str, typer.Argument(help="The index's name.")],
    file: Annotated[Path, typer.Argument(help="Queries, one a line.")],
    lang: _Lang = LanguageOption.kk,
    top_k: Annotated[int, typer.Option(min=1, help="How many lines each query gets.")] = 5,
    encoder: _Encoder = "kk-en",
    root: _Root = _ROOT,
    rerank: Annotated[bool, typer.Option("--rerank", help="Order the 50 nearest by their words.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Find the indexed lines nearest to each query."""
    from align.corpus.read import read_lines
    from align.encode import load_encoder
    from align.search.stored import StoredIndex, ordered_hits

    stored = StoredIndex.open(root / name)
    queries = read_lines(file)
    second = _second_stage() if rerank else None
    found = ordered_hits(stored, queries, load_encoder(encoder), lang=lang.value, second=second, k=top_k)
    by = {"encoder": stored.manifest.encoder} | ({"rerank": second.signature} if second else {})
    if json:
        hits = [_record(number, hit, stored.texts[hit.row]) for number, row in enumerate(found) for hit in row]
        as_json({"index": name, **by, "hits": hits})
    else:
        told = "score" if second else "cosine"
        shown = (
            (queries[number], round(getattr(hit, told), 4), hit.row, stored.texts[hit.row])
            for number, row in enumerate(found)
            for hit in row
        )
        table(f"{name}: {told}|{'|'.join(by.values())}", ("query", told, "row", "text"), shown)


def _record(query: int, hit: Hit, text: str) -> dict[str, str | int | float]:
    record: dict[str, str | int | float] = {"query": query, "row": hit.row, "cosine": round(hit.cosine, 4)}
    return record | ({} if hit.score is None else {"score": round(hit.score, 4)}) | {"text": text}


def _second_stage() -> SecondStage:
    from align.encode.ngram import NgramEncoder
    from align.search.rerank import SecondStage

    return SecondStage(NgramEncoder.load())
