"""The verb import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from align.cli.options import Config, given, refuse_stream, settings_of
from align.cli.show import note, say, stages

__all__ = ["import_corpus"]

_HEAD: Final = 2000


def import_corpus(
    path: Annotated[Path, typer.Argument(help="TMX, Moses' files, OPUS zip, table, HF dataset; edited XLIFF; or -.")],
    out: Annotated[Path, typer.Option("--out", help="The new run's folder; for XLIFF the run it came from.")],
    columns: Annotated[str | None, typer.Option(help="Columns of a table: kk=NAME,en=NAME.")] = None,
    reviewer: Annotated[str, typer.Option(help="Whose edits the XLIFF holds.")] = "xliff",
    config: Config = None,
) -> None:
    """Judge the pairs of a corpus as a run of their own, or take edits into a run."""
    from align.export.xliff import is_xliff

    refuse_stream(out, "a run is a folder")
    with given(path, _suffix_of) as corpus:
        if is_xliff(corpus):
            _join(corpus, out, reviewer)
        else:
            _judge(corpus, out, columns, config)


def _suffix_of(content: bytes) -> str:
    """Return the suffix of a corpus that has no name."""
    from align.corpus.file_kinds import kind_of

    if b"<xliff" in content[:_HEAD]:
        return ".xliff"
    kind = kind_of(content, "", "standard input")
    if kind == "txt":
        # A table whose heading names no column that we know: --columns does, and its delimiter says which kind it is.
        return ".tsv" if b"\t" in content.split(b"\n", 1)[0] else ".csv"
    return f".{kind}"


def _join(path: Path, out: Path, reviewer: str) -> None:
    from align.export.joining import join_xliff

    joined = join_xliff(path, out, reviewer=reviewer)
    for reason in joined.refused:
        note(f"align: left out: {reason}")
    note(f"align: {joined.taken} post-edited pairs taken, {joined.repeated} were there already: {out}")


def _judge(path: Path, out: Path, columns: str | None, config: Path | None) -> None:
    from align.corpus.bitext import read_bitext
    from align.corpus.left_out import LeftOut
    from align.pipeline.judge import judge
    from align.storage.outputs import working_in
    from align.text.pair_language import EXCHANGED

    settings = settings_of(config, {})
    left_out = LeftOut()
    with working_in(out, [path]):
        pairs = read_bitext(path, columns=columns, left_out=left_out)
        run = judge(pairs, out=out, name=str(path), settings=settings, left_out=left_out, progress=stages())
    for reason in left_out.told():
        note(f"align: {'put right' if EXCHANGED in reason else 'left out'}: {reason}")
    accepted = f"{len(run.alignment.accepted):,} accepted at {settings.accept}"
    say(f"{len(run.links):,} pair{'s' * (len(run.links) != 1)} judged, {accepted}. See {out}/report.html")
