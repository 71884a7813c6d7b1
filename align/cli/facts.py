"""The verb facts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from align.cli.show import as_json, table
from align.cli.vectors import LanguageOption
from align.errors import InputError

__all__ = ["facts"]


def facts(
    lang: Annotated[LanguageOption, typer.Option("--lang", help="The language of the text.")],
    text: Annotated[str | None, typer.Argument(help="A text, unless --file is given.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A file of texts, one a line.")] = None,
    date: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="When it was written: settles 'last year'.")
    ] = None,
    gazetteer: Annotated[Path | None, typer.Option(help="More names: a TSV file, one name a line.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show the facts of a text: numbers, dates, names, who did what to whom, what is denied."""
    from align.corpus.read import read_lines
    from align.facts import default_gazetteer, extract, read_gazetteer

    if (text is None) == (file is None):
        raise InputError("give either a text or --file")
    texts = [text] if text is not None else read_lines(file) if file is not None else []
    names = default_gazetteer().extended(read_gazetteer(gazetteer) if gazetteer else ())
    day = date.date() if date else None
    found = [(line, fact) for line in texts for fact in extract(line, lang.value, reference_date=day, gazetteer=names)]
    if json:
        as_json({"facts": [{**asdict(fact), "text": line[fact.start : fact.end]} for line, fact in found]})
    else:
        rows = (
            (fact.kind, fact.value, fact.unit or "", fact.precision, fact.role or "", line[fact.start : fact.end])
            for line, fact in found
        )
        table(f"{len(found)} facts", ("kind", "value", "unit", "precision", "role", "text"), rows)
