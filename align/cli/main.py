"""The command itself: its verbs, and the one place where an error becomes a line and an exit status."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from align.cli import (
    cache,
    documents,
    draft,
    export,
    facts,
    imports,
    lines,
    models,
    parallel,
    recalibrate,
    review,
    score,
    train,
    vectors,
)
from align.cli.show import note
from align.errors import AlignError

__all__ = ["app", "main"]

app = typer.Typer(
    name="align",
    help="Find the Kazakh and English sentences that cover the same facts.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


_INTERRUPTED = 130


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; stands anywhere.")] = False,
) -> None:
    """Find the Kazakh and English sentences that cover the same facts."""


app.command("run")(documents.run)
app.command("segment")(documents.segment)
app.command("mine")(lines.mine)
app.command("beads")(parallel.beads)
app.command("pair")(parallel.pair)
app.command("embed")(vectors.embed)
app.add_typer(vectors.index_app, name="index")
app.add_typer(score.score_app, name="score")
app.add_typer(train.train_app, name="train")
app.add_typer(review.review_app, name="review")
app.command("recalibrate")(recalibrate.recalibrate)
app.command("draft")(draft.draft)
app.command("export")(export.export)
app.command("import")(imports.import_corpus)
app.command("facts")(facts.facts)
app.command("cache")(cache.cache)
app.command("models")(models.models)


def main() -> NoReturn:
    """Run the command and leave with 0 (done), 1 (the work failed) or 2 (wrong usage or bad input)."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    _print_whatever_comes()
    try:
        status = app(arguments, standalone_mode=False, obj=debug)
    except Exception as error:
        if debug:
            raise
        status = _explain(error)
    if status == _INTERRUPTED:
        # Typer turns Ctrl+C into this status, and says nothing.
        _fail("interrupted: what was finished stays, start again to go on", status)
    sys.exit(status if isinstance(status, int) else 0)


def _print_whatever_comes() -> None:
    """Let letters that the output's encoding lacks be printed as escapes, so that a finished run ends well."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _explain(error: Exception) -> int:
    """Print one line for an error and return the exit status it stands for."""
    if isinstance(error, AlignError):
        return _fail(str(error), error.exit_code)
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has enough; Python must not try to flush the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    message = getattr(error, "format_message", None)
    if message is not None:
        return _fail(f"{message().rstrip('.')}: see align --help", 2)
    return _fail(f"{type(error).__name__}: {error} (add --debug for the traceback)", 1)


def _fail(message: str, status: int) -> int:
    note(f"align: {' '.join(message.split())}")
    return status
