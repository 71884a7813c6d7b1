"""The command itself: its verbs, and how an error becomes a line and an exit status.

Only here does it become one.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from align.cli import (
    draft,
    export,
    facts,
    imports,
    mine,
    models,
    parallel,
    review,
    run,
    score,
    train,
    vectors,
)
from align.cli.options import HELP, examples
from align.cli.show import failed, note, quieted
from align.errors import AlignError, UnknownNameError

__all__ = ["app", "main"]

app = typer.Typer(
    name="align",
    help="Find the Kazakh and English sentences that cover the same facts.",
    epilog=examples("align run kazakh-news/ english-news/ --out runs/first", "align review runs/first"),
    context_settings=dict(HELP),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

_INTERRUPTED = 130
_PACKAGES = {"sentence_transformers": "sentence-transformers", "faiss": "faiss-cpu", "sklearn": "scikit-learn"}
"""Libraries that are installed under another name."""
_SHELLS = ("bash", "zsh", "fish")
_COMPLETE = "_ALIGN_COMPLETE"
"""Where a shell that wants to complete a line says which part it has."""
_ANYWHERE = {"--debug": "debug", "-q": "quiet", "--quiet": "quiet"}


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"align {version('align-workbench')}")
        raise typer.Exit


def _print_completion(shell: str | None) -> None:
    if shell is not None:
        from typer._completion_shared import get_completion_script

        if shell not in _SHELLS:
            raise UnknownNameError("shell", shell, _SHELLS)
        print(get_completion_script(prog_name="align", complete_var=_COMPLETE, shell=shell))
        raise typer.Exit


def _install_completion(shell: str | None) -> None:
    if shell is not None:
        from typer._completion_shared import install

        if shell not in _SHELLS:
            raise UnknownNameError("shell", shell, _SHELLS)
        _, path = install(shell=shell, prog_name="align", complete_var=_COMPLETE)
        note(f"align: completion for {shell}: {path}; it works in the next shell")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say errors only; stands anywhere.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; stands anywhere.")] = False,
    show_completion: Annotated[
        str | None,
        typer.Option(
            metavar="bash|zsh|fish", help="Print what completes lines.", callback=_print_completion, is_eager=True
        ),
    ] = None,
    install_completion: Annotated[
        str | None,
        typer.Option(
            metavar="bash|zsh|fish", help="Make a shell complete lines.", callback=_install_completion, is_eager=True
        ),
    ] = None,
) -> None:
    """Find the Kazakh and English sentences that cover the same facts."""


app.command(
    "run",
    epilog=examples(
        "align run kazakh-news/ english-news/ --out runs/first",
        "align run news.zip --out runs/first --translator gloss --accept 0.9",
    ),
)(run.run)
app.command(
    "segment",
    epilog=examples(
        "align segment page.html",
        "curl https://example.org/page | align segment -",
    ),
)(run.segment)
app.command(
    "mine",
    epilog=examples(
        "align mine kk.txt en.txt --out pairs.jsonl",
        "align mine kk.txt en.txt --format tsv | cut -f 2,3 > pairs.tsv",
    ),
)(mine.mine)
app.command(
    "beads",
    epilog=examples(
        "align beads law.kk.txt law.en.txt --out beads.jsonl",
        "align beads kk/ en/ --out memory.tmx",
    ),
)(parallel.beads)
app.command(
    "pair",
    epilog=examples(
        "align pair kazakh-news/ english-news/ --out pairs.jsonl",
        "align pair kk.jsonl en.jsonl --many --out -",
    ),
)(parallel.pair)
app.command(
    "embed",
    epilog=examples(
        "align embed lines.txt --lang kk --out vectors.npy",
        "align embed - --out vectors.npy < lines.txt",
    ),
)(vectors.embed)
app.add_typer(vectors.index_app, name="index")
app.add_typer(score.score_app, name="score")
app.add_typer(train.train_app, name="train")
app.add_typer(review.review_app, name="review")
app.command(
    "recalibrate",
    epilog=examples(
        "align recalibrate runs/first",
        "align recalibrate runs/first --json",
    ),
)(review.recalibrate)
app.command(
    "draft",
    epilog=examples(
        "align draft runs/first --translator gloss",
        "align draft runs/first --translator memory:ours.tmx",
    ),
)(draft.draft)
app.command(
    "export",
    epilog=examples(
        "align export runs/first --out corpus",
        "align export runs/first --out pairs.csv --relation equivalent --columns kk,en,probability",
    ),
)(export.export)
app.command(
    "import",
    epilog=examples(
        "align import opus.tmx --out runs/opus",
        "align import edited.xliff --out runs/first --reviewer anna",
    ),
)(imports.import_corpus)
app.command(
    "facts",
    epilog=examples(
        "align facts 'Үкімет 5 млрд теңге бөлді.'",
        "align facts - --lang en < news.txt",
    ),
)(facts.facts)
app.command(
    "cache",
    epilog=examples(
        "align cache",
        "align cache --clear",
    ),
)(models.cache)
app.command(
    "models",
    epilog=examples(
        "align models",
        "align models --json",
    ),
)(models.models)


def main() -> NoReturn:
    """Run the command and leave with 0 (done), 1 (the work failed) or 2.

    2 is for wrong usage or bad input.
    """
    arguments, given = _anywhere(sys.argv[1:])
    debug = "debug" in given
    quieted("quiet" in given)
    _print_whatever_comes()
    if _COMPLETE in os.environ:
        from typer._completion_classes import completion_init

        completion_init()
    try:
        status = app(arguments, standalone_mode=False, obj=debug, prog_name="align")
    except Exception as error:
        if debug:
            raise
        status = _explain(error)
    if status == _INTERRUPTED:
        # Typer turns Ctrl+C into this status, and says nothing.
        _fail(f"interrupted: {_stays(arguments)}", status)
    sys.exit(status if isinstance(status, int) else 0)


def _anywhere(words: Sequence[str]) -> tuple[list[str], set[str]]:
    """Return a line without the flags that stand before --, and which were given.

    They may stand anywhere before it.

    >>> _anywhere(["run", "news", "-q"])
    (['run', 'news'], {'quiet'})
    """
    end = words.index("--") if "--" in words else len(words)
    given = {_ANYWHERE[word] for word in words[:end] if word in _ANYWHERE}
    return [*(word for word in words[:end] if word not in _ANYWHERE), *words[end:]], given


def _stays(words: Sequence[str]) -> str:
    """Say what an interrupted verb leaves behind.

    >>> _stays(["mine", "kk", "en"])
    'nothing was written, and what stood in --out stays as it was'
    """
    if list(words[:1]) == ["train"]:
        return "the epochs that were finished stay: start again to go on"
    if list(words[:1]) in (["run"], ["draft"]):
        return (
            "an earlier run in the folder stays as it was, and so do the vectors and drafts made so far:"
            " start again to go on"
        )
    if list(words[:1]) == ["review"]:
        return "every verdict that was given stays"
    return "nothing was written, and what stood in --out stays as it was"


def _print_whatever_comes() -> None:
    """Let letters that the output's encoding lacks be printed as escapes.

    So a finished run ends well.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _explain(error: Exception) -> int:
    """Print one line for an error and return the exit status it stands for."""
    if isinstance(error, AlignError):
        return _fail(str(error), error.exit_code)
    if isinstance(error, ModuleNotFoundError) and error.name:
        library = error.name.split(".")[0]
        return _fail(f"this needs {library}: pip install {_PACKAGES.get(library, library)}", 2)
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has enough; Python must not try to flush the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    message = getattr(error, "format_message", None)
    if message is not None and not message().strip():
        return 2  # A verb without anything after it has shown its help.
    if message is not None:
        context = getattr(error, "ctx", None)
        verb = context.command_path if context else "align"
        return _fail(f"{message().rstrip('.')}: see {verb} --help", 2)
    return _fail(f"{type(error).__name__}: {error} (add --debug for the traceback)", 1)


def _fail(message: str, status: int) -> int:
    failed(f"align: {' '.join(message.split())}")
    return status
