"""The verbs of review: the pages themselves, export, import, recalibrate."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from align.cli.options import examples, is_stream, written
from align.cli.show import as_json, json_text, note, table, tell
from align.errors import InputError

if TYPE_CHECKING:
    from align.review.records import Lost
    from align.review.report import Report, Work
    from align.review.store import Store

__all__ = ["recalibrate", "report_reattached", "review_app"]

_SERVE = "serve"
_SHOWN = 60

_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")]


class _FolderGroup(TyperGroup):
    """A group in which `align review DIR` is short for `align review serve DIR`."""

    def parse_args(self, context: typer.Context, arguments: list[str]) -> list[str]:  # type: ignore[override]
        if arguments and arguments[0] not in (*self.commands, "-h", "--help"):
            arguments = [_SERVE, *arguments]
        return super().parse_args(context, arguments)


review_app = typer.Typer(
    cls=_FolderGroup,
    help="Judge the links of a run in the browser: `align review DIR`; take decisions out and in.",
    no_args_is_help=True,
)


@review_app.command(_SERVE, epilog=examples("align review runs/first", "align review runs/first --port 9000"))
def serve(
    folder: _Folder,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the pages listen.")] = 8765,
    host: Annotated[str, typer.Option(help="Who may reach them: any but this machine needs --token.")] = "127.0.0.1",
    token: Annotated[str | None, typer.Option(help="What the address must end in; made up unless given.")] = None,
    double: Annotated[
        float | None, typer.Option(min=0, max=1, help="Share of the items that two reviewers judge: .1 at first.")
    ] = None,
) -> None:
    """Open the review of a run in the browser; `align review DIR` does."""
    from align.errors import MissingExtraError
    from align.review.store import Store

    try:
        from align.review.app import serve as serve_pages
    except ModuleNotFoundError as error:
        raise MissingExtraError("align review", "review") from error
    Store.open(folder, double=double).close()
    serve_pages(folder, host=host, port=port, token=token, note=note)


@review_app.command(
    "export",
    epilog=examples(
        "align review export runs/first",
        "align review export runs/first --out decisions.jsonl",
    ),
)
def export(
    folder: _Folder,
    out: Annotated[Path | None, typer.Option("--out", help="A file; standard output unless given.")] = None,
) -> None:
    """Write every decision as a JSON line: who, when, what, on which texts."""
    from align.review.store import Store
    from align.review.transfer import export_events
    from align.storage.files import write_jsonl
    from align.storage.outputs import refuse_run_files

    out = None if is_stream(out) else out
    if out is not None:
        refuse_run_files(out, folder)
    store = Store.open(folder)
    try:
        if out is None:
            for event in export_events(store.database):
                sys.stdout.write(json_text(event) + "\n")
        else:
            write_jsonl(out, export_events(store.database))
            note(f"align: decisions of {folder}: {out}")
    finally:
        store.close()


@review_app.command(
    "import",
    epilog=examples(
        "align review import runs/first decisions.jsonl",
        "align review export a | align review import b -",
    ),
)
def import_(
    folder: _Folder, file: Annotated[Path, typer.Argument(metavar="FILE", help="What `align review export` wrote.")]
) -> None:
    """Add the decisions of another review that are not here yet."""
    from align.review.store import Store
    from align.review.transfer import import_events

    store = Store.open(folder)
    try:
        found = import_events(store.database, file)
        note(f"align: {found.added} events added, {found.known} were here already: {folder}")
        _list_lost(store.lost())
    finally:
        store.close()


@review_app.command("glossary", epilog=examples("align review glossary runs/first terms.tsv"))
def glossary(
    folder: _Folder,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TBX, or TSV: a Kazakh and an English term a line.")],
) -> None:
    """Give a run its glossary, in place of the one it has."""
    from align.review.sync import require_run
    from align.translate.term_base import keep_terms

    require_run(folder)
    kept, count = keep_terms(file, folder)
    note(f"align: {count} terms: {kept}")


@review_app.command(
    "report",
    epilog=examples("align review report runs/first", "align review report runs/first --out work.csv"),
)
def report(
    folder: _Folder,
    out: Annotated[Path | None, typer.Option("--out", help="Write a CSV file too; - writes it alone.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Say what each reviewer did, day by day (UTC), and what is left."""
    from align.review.report import write_report
    from align.review.store import Store
    from align.storage.outputs import refuse_run_files

    if is_stream(out) and json:
        raise InputError("--out - and --json both go to standard output: give a name, or one of them")
    store = Store.open(folder)
    try:
        found = store.report()
        _write_page(store, folder)
    finally:
        store.close()
    if out is not None:
        with written(out, lambda path: refuse_run_files(path, folder)) as path:
            write_report(found, path)
        if is_stream(out):
            return
        note(f"align: report on {folder}: {out}")
    if json:
        as_json(found.record())
        return
    _show_report(found)


def _write_page(store: Store, folder: Path) -> None:
    """Write report.html again with the decisions, or say why that can't be done."""
    try:
        store.write_report_page()
    except InputError as error:
        note(f"align: report.html stays as it was: {error}")
    else:
        note(f"align: {folder}/report.html shows what was decided")


def _show_report(found: Report) -> None:
    whose, said = ("reviewer", "day"), ("done", "accepted", "partial", "rejected")
    others = ("adjudicated", "s/verdict", "agreement", "overruled")
    rows = [_work_cells(each) for each in found.days + found.reviewers]
    title = "Verdicts by reviewer and day (UTC)"
    if sys.stdout.isatty():
        # Ten columns are wider than most terminals.
        table(title, (*whose, *said), [row[: -len(others)] for row in rows])
        table("Beside the others", (*whose, *others), [row[: len(whose)] + row[-len(others) :] for row in rows])
    else:
        table(title, (*whose, *said, *others), rows)
    _show_plans(found)
    for each in found.reviewers:
        if each.batched:
            tell(f"{each.reviewer} accepted {each.batched} pairs in batches that nobody has judged since: not in done")
    left = found.left
    tell(
        f"left: {left.links} pairs that ask for {left.verdicts} verdicts, {left.disputed} disputes,"
        f" {left.unmatched} unmatched segments"
    )
    if left.seconds is not None and left.days is not None:
        tell(f"the verdicts take {left.seconds / 60:.0f} minutes of one person, {left.days:.1f} days like those so far")
    if left.verdicts and left.on is not None:
        tell(f"done on {left.on} at the pace of the last seven days")


def _show_plans(found: Report) -> None:
    """Print what is assigned to whom, and how much they mean to give a day."""
    if found.assigned:
        rows = [
            (each.reviewer, each.part.told, f"{each.done} of {each.total}", each.left, each.on or "-")
            for each in found.assigned
        ]
        table("Assigned", ("reviewer", "part", "done", "left", "done on"), rows)
    for each in found.targets:
        tell(f"{each.reviewer}: {each.today} of {each.daily} verdicts today")


def _work_cells(work: Work) -> tuple[object, ...]:
    ways = ", ".join(f"{way.replace('_', ' ')} {count}" for way, count in sorted(work.reasons.items()))
    return (
        *(work.reviewer, work.day or "all", work.done, work.accepted, work.partial),
        *(f"{work.rejected} ({ways})" if ways else 0, work.adjudicated),
        "-" if work.seconds is None else f"{work.seconds:.1f}",
        f"{work.alike} of {work.compared}" if work.compared else "-",
        work.overruled,
    )


def report_reattached(folder: Path) -> None:
    """Bring a run's review up to date, and say what became of earlier decisions."""
    from align.review.sync import sync_run

    found = sync_run(folder)
    if not found.decisions:
        return
    note(
        f"align: {found.decisions} earlier decisions: {found.exact} re-attached to the same texts,"
        f" {found.overlap} to texts cut otherwise, {found.lost} lost their text (kept, and back once it is)"
    )
    if found.lost:
        from align.review.store import Store

        store = Store.open(folder)
        try:
            _list_lost(store.lost())
        finally:
            store.close()


def _list_lost(lost: list[Lost]) -> None:
    for each in lost:
        texts = " | ".join(text[:_SHOWN] for text in (each.source_text, each.target_text) if text)
        note(f"align: lost its text: {each.reviewer}: {each.verdict}: {texts}")


def recalibrate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run that was reviewed.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
) -> None:
    """Refit the probabilities of a run on its review's decisions, if that makes them better."""
    from align.review.recalibrate import recalibrate as refit

    found = refit(folder)
    if json:
        as_json(asdict(found))
        return
    print(
        f"log loss {found.before:.4f} -> {found.after:.4f} (log_loss|10 folds|n={found.decisions},"
        f" {found.right:g} right): log-odds = {found.line.intercept:.3f} + {found.line.slope:.3f} * the run's"
    )
    note(f"align: probabilities and statuses rewritten: {folder}/links.jsonl (report.html keeps the run's own)")
