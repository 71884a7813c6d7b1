"""The verb facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.show import as_json, table
from align.cli.vectors import LanguageOption
from align.errors import InputError

if TYPE_CHECKING:
    from align.types import Fact

__all__ = ["facts"]


def facts(
    text: Annotated[str | None, typer.Argument(help="A text, or - for lines of standard input.")] = None,
    lang: Annotated[
        LanguageOption | None, typer.Option("--lang", help="The language.", show_default="found, line by line")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A file of texts, one a line, or -.")] = None,
    date: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="When it was written: settles 'last year'.")
    ] = None,
    gazetteer: Annotated[Path | None, typer.Option(help="More names: a TSV file, one name a line.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show the facts of a text: numbers, dates, names, who did what to whom, what is denied."""
    from align.corpus.read import read_lines
    from align.facts import default_gazetteer, extract, read_gazetteer
    from align.text.language import language_of

    if text == "-" and file is None:
        text, file = None, Path("-")
    if (text is None) == (file is None):
        raise InputError("give either a text or --file, - for standard input: see align facts --help")
    texts = [text] if text is not None else read_lines(file) if file is not None else []
    names = default_gazetteer().extended(read_gazetteer(gazetteer) if gazetteer else ())
    day = date.date() if date else None

    def _extract(line: str, lang: LanguageOption | None) -> Sequence[Fact]:
        return extract(line, lang.value if lang else language_of(line), reference_date=day, gazetteer=names)

    found = [(line, fact) for line in texts for fact in _extract(line, lang)]
    if json:
        as_json({"facts": [{**asdict(fact), "text": line[fact.start : fact.end]} for line, fact in found]})
    else:
        rows = (
            (fact.kind, fact.value, fact.unit or "", fact.precision, fact.role or "", line[fact.start : fact.end])
            for line, fact in found
        )
        table(f"{len(found)} facts", ("kind", "value", "unit", "precision", "role", "text"), rows)
