"""The verbs of score: mine, beads, verify, comparable, draft."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from align.cli.options import examples
from align.cli.show import as_json, note, table

if TYPE_CHECKING:
    from align.evaluate.metrics import Score

__all__ = ["score_app"]

score_app = typer.Typer(help="Compare pairs and links with gold ones, drafts with references.", no_args_is_help=True)

_Gold = Annotated[Path, typer.Argument(help="Gold pairs: SOURCE<tab>TARGET line numbers from 0, or .jsonl with both.")]
_Predicted = Annotated[Path, typer.Argument(help="The pairs.jsonl of `align mine`.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")]


@score_app.command(
    "mine",
    epilog=examples(
        "align score mine gold.tsv pairs.jsonl",
        "align score mine gold.jsonl pairs.jsonl --json",
    ),
)
def mine(gold: _Gold, predicted: _Predicted, json: _Json = False) -> None:
    """Print precision, recall and F1 of all the pairs of a file."""
    from align.evaluate.gold import read_gold, read_predicted
    from align.evaluate.metrics import pair_scores

    _print(pair_scores(read_gold(gold), read_predicted(predicted).pairs), json)


@score_app.command(
    "verify",
    epilog=examples(
        "align score verify gold.tsv pairs.jsonl",
        "align score verify gold.tsv pairs.jsonl --threshold 0.8 --plot reliability.svg",
    ),
)
def verify(
    gold: _Gold,
    predicted: _Predicted,
    threshold: Annotated[float, typer.Option(min=0, max=1, help="Probability from which a pair is taken.")] = 0.5,
    plot: Annotated[Path | None, typer.Option(help="Draw the reliability plot into this SVG file.")] = None,
    json: _Json = False,
) -> None:
    """Print how good the judgements are, and how true the probabilities."""
    from align.evaluate import metrics
    from align.evaluate.gold import label, read_gold, read_predicted
    from align.plots import reliability_svg, reliability_table
    from align.storage.files import replacing

    truth, judged = read_gold(gold), read_predicted(predicted)
    labels = label(judged, truth)
    taken = [
        pair for pair, probability in zip(judged.pairs, judged.probabilities, strict=True) if probability >= threshold
    ]
    bins = metrics.reliability(judged.probabilities, labels)
    scores = (
        *metrics.pair_scores(truth, taken, signature=f"threshold:{threshold}"),
        metrics.average_precision(judged.probabilities, labels, positives=len(truth)),
        metrics.brier(judged.probabilities, labels),
        metrics.expected_calibration_error(judged.probabilities, labels),
    )
    _print(scores, json, bins=[asdict(each) for each in bins])
    if not json:
        print(reliability_table(bins))
    if plot is not None:
        with replacing(plot) as temporary:
            temporary.write_text(reliability_svg(bins, title=f"{predicted.name}, n = {len(labels)}"), encoding="utf-8")
        note(f"align: {plot}")


@score_app.command(
    "beads",
    epilog=examples(
        "align score beads gold.jsonl beads.jsonl",
        "align score beads gold.ladder beads.ladder --json",
    ),
)
def beads(
    gold: Annotated[Path, typer.Argument(help="True beads: .jsonl with source and target, or ladder lines.")],
    predicted: Annotated[Path, typer.Argument(help="What `align beads` wrote as jsonl or ladder lines.")],
    json: _Json = False,
) -> None:
    """Print strict and lax precision, recall and F1 of beads, as vecalign's scorer defines them."""
    from align.evaluate.beads import bead_scores, read_beads

    _print(bead_scores(read_beads(gold), read_beads(predicted)), json)


@score_app.command(
    "comparable",
    epilog=examples(
        "align score comparable examples/news out/news --write",
        "align score comparable examples/news out/demo-news",
    ),
)
def comparable(
    gold: Annotated[Path, typer.Argument(help="A folder of written news with gold links, as examples/news.")],
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The run's folder.")],
    write: Annotated[
        bool, typer.Option("--write", help="Write the news' documents into RUN/kk and RUN/en instead, to be linked.")
    ] = False,
    json: _Json = False,
) -> None:
    """Print what a run over written news is worth: links, relations, conflicts and more."""
    from align.evaluate.comparable import (
        grade_links,
        measure_links,
        read_gold_news,
        read_links,
        tally_links,
        write_news,
    )

    if write:
        write_news(gold, run)
        note(f"align: {run}: link them with align run {run} --out RUN")
        return
    truth = read_gold_news(gold)
    links = grade_links(truth, read_links(run))
    rows, columns = tally_links(truth, links), ("what", "found", "right", "missed")
    _print(
        measure_links(truth, links, signature=gold.name),
        json,
        tally=[dict(zip(columns, row, strict=True)) for row in rows],
    )
    if not json:
        table(f"{gold.name}: {len(truth.kk)} Kazakh and {len(truth.en)} English sentences", columns, rows)


@score_app.command(
    "draft",
    epilog=examples(
        "align score draft reference.txt drafts.txt",
        "align score draft reference.txt drafts.txt --json",
    ),
)
def draft(
    references: Annotated[Path, typer.Argument(metavar="REF", help="A person's translations, one a line.")],
    drafts: Annotated[Path, typer.Argument(metavar="HYP", help="The drafts, one a line.")],
    json: _Json = False,
) -> None:
    """Print chrF++ and BLEU of drafts, as sacreBLEU measures them."""
    from align.corpus.read import read_lines
    from align.errors import InputError
    from align.evaluate.metrics import draft_scores

    lines = read_lines(references), read_lines(drafts)
    if len(lines[0]) != len(lines[1]):
        raise InputError(
            f"{drafts}: has {len(lines[1])} lines, {references} has {len(lines[0])}: each draft needs its reference"
        )
    _print(draft_scores(*lines), json)


def _print(scores: tuple[Score, ...], json: bool, **more: object) -> None:
    if json:
        as_json({"scores": [asdict(score) for score in scores], **more})
    else:
        for score in scores:
            print(score)
