"""What several verbs share: their options, the settings they decide, and what help adds.

Standard output as a file is here too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import typer

from align.cli.show import note
from align.errors import InputError

if TYPE_CHECKING:
    from align.settings import Settings

__all__ = [
    "HELP",
    "MODELS",
    "READING",
    "THRESHOLDS",
    "WORK",
    "AddressOption",
    "Config",
    "EncoderOption",
    "EngineName",
    "EngineOption",
    "IndexOption",
    "ShardSizeOption",
    "WorkersOption",
    "examples",
    "given",
    "is_stream",
    "refuse_stream",
    "settings_of",
    "work_flags",
    "written",
]

HELP: Final[Mapping[str, object]] = {"help_option_names": ["-h", "--help"]}
THRESHOLDS, MODELS, READING, WORK = "Thresholds", "Models", "Reading", "Work"
"""The panels that help sorts options into."""

_FOUND: Final = Path("align").with_suffix(".toml")
_ANYWHERE: Final = "Everywhere: -q says errors only, --debug shows tracebacks, - is standard input or output."


class EngineName(StrEnum):
    """Who does the blocks of a job."""

    local = "local"
    ray = "ray"


EncoderOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="A bundled or sentence-transformers encoder: NAME or PATH.",
        rich_help_panel=MODELS,
        show_default="kk-en",
    ),
]
EngineOption: TypeAlias = Annotated[
    EngineName | None,
    typer.Option(
        help="Who does the work, block by block: processes here, or Ray.",
        rich_help_panel=WORK,
        show_default="this process",
    ),
]
WorkersOption: TypeAlias = Annotated[
    int | None,
    typer.Option(help="How many processes --engine has.", rich_help_panel=WORK, show_default="one a processor"),
]
AddressOption: TypeAlias = Annotated[
    str | None,
    typer.Option(help="Where the Ray cluster is.", rich_help_panel=WORK, show_default="a Ray of this machine"),
]
ShardSizeOption: TypeAlias = Annotated[
    int | None,
    typer.Option(help="Lines or pairs of a block that is kept.", rich_help_panel=WORK, show_default="2048"),
]
IndexOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--index",
        help="How the nearest are searched: flat (all with all), ivf (in cells), auto (by size).",
        rich_help_panel=WORK,
        show_default="auto",
    ),
]
Config: TypeAlias = Annotated[
    Path | None,
    typer.Option(help="Settings in a TOML file; flags go first.", show_default="align.toml, where there is one"),
]


def examples(*lines: str) -> str:
    """Return the end of a verb's help: lines that work as they are.

    What holds for every verb follows.
    """
    return "\n\n".join(["Examples:", *lines, _ANYWHERE])


def settings_of(config: Path | None, flags: Mapping[str, object]) -> Settings:
    """Return the settings of a file, or of the working directory's align.toml.

    The latter is named. Both stand below the flags.
    """
    from align.settings import Settings

    if config is None and _FOUND.is_file():
        config = _FOUND
        note(f"align: settings of {_FOUND}")
    return Settings.load(config, flags)


def work_flags(
    engine: EngineName | None, workers: int | None, address: str | None, shard_size: int | None
) -> dict[str, object]:
    """Return the settings of who does the work."""
    name = engine.value if engine else None
    return {"engine": name, "workers": workers, "address": address, "shard_size": shard_size}


def is_stream(path: Path | None) -> bool:
    """Say whether a path stands for standard input or output."""
    return str(path) == "-"


def refuse_stream(out: Path, what: str) -> None:
    """Raise InputError where standard output is asked for what is a folder or several files."""
    if is_stream(out):
        raise InputError(f"--out -: {what}, and can't go to standard output: give a name")


@contextmanager
def given(path: Path, suffix_of: Callable[[bytes], str]) -> Iterator[Path]:
    """Yield where to read: `path`, or for - a file that holds standard input.

    `suffix_of` tells from the content which suffix it has.
    """
    if not is_stream(path):
        yield path
        return
    content = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory(prefix="align-") as folder:
        held = Path(folder) / f"standard-input{suffix_of(content)}"
        held.write_bytes(content)
        try:
            yield held
        except InputError as error:
            raise InputError(str(error).replace(str(held), "standard input")) from error


@contextmanager
def written(out: Path | None, prepare: Callable[[Path], None] = lambda path: None) -> Iterator[Path]:
    """Yield where to write: `out`, or for - or None a file.

    The file goes to standard output when it is whole. `prepare` is called with a file that was named, before anything
    is done.
    """
    if out is not None and not is_stream(out):
        prepare(out)
        yield out
        return
    with tempfile.TemporaryDirectory(prefix="align-") as folder:
        path = Path(folder) / "out"
        yield path
        sys.stdout.flush()
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)
        sys.stdout.buffer.flush()
