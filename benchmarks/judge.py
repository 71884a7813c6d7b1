"""Measures the judge: one row a set, of written news, of lines, of pairs hidden among lines.

    python benchmarks/judge.py [ROW ...] [--data SHARED]

Rows: news, news-cv, news-lines, event, flores, tatoeba, dev-news, needles, hidden-1 (.5 .2 .1 .04), wiki, lines. All
but the first four need SHARED, the folder with kk-en/, more/ and comparable-wiki/. JUDGE.md holds what came out. The
weights that ship were fitted to the written news: what news, news-lines and event say was learned; news-cv fits the
expert for reports again without a sixth of the events each time, and judges those.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from mixtures import Mixture, mixture
from numpy.typing import NDArray

from align.corpus.read import read
from align.encode.lexical import LexicalSketch
from align.encode.ngram import NgramEncoder
from align.evaluate.comparable import Gold, Told, grade_links, measure_links, read_gold_news, write_news
from align.evaluate.metrics import average_precision, expected_calibration_error
from align.pipeline.run import align_documents
from align.runs.records import link_record
from align.settings import Settings
from align.sides import SideBuilder
from align.tools import Tools, load_tools
from align.train.pairs import read_pairs
from align.train.pool_families import Bench, draw_news
from align.verify.decoys import Decoys
from align.verify.logistic import fit, sigmoid
from align.verify.model import BUNDLED_DECOYS
from align.verify.ranking import best_first, one_to_one
from align.verify.rows import best_per_row

NEWS = Path(__file__).parents[1] / "examples/news"
FOLDS = 6
SHARED = Path(__file__).parents[2] / "shared/data"
Row = dict[str, float]


def row(name: str, tools: Tools, data: Path) -> Row:
    """Return the figures of a row, by measure; raises FileNotFoundError where its data are not there."""
    made: dict[str, Callable[[], Row]] = {
        "news": lambda: news_run(read_gold_news(NEWS), tools),
        "event": lambda: news_run(read_gold_news(NEWS), tools, event="event-05"),
        "news-cv": lambda: news_left_out(read_gold_news(NEWS)),
        "news-lines": lambda: news_lines(read_gold_news(NEWS), tools),
        "flores": lambda: noisy(data / "kk-en/dev-flores.tsv.gz", tools),
        "tatoeba": lambda: noisy(data / "kk-en/dev-tatoeba.tsv.gz", tools),
        "dev-news": lambda: noisy(data / "kk-en/dev-news.tsv.gz", tools),
        "needles": lambda: hidden(data, tools, pairs=1500, size=5000),
        "wiki": lambda: wiki(data, tools),
        "lines": lambda: unrelated(data, tools, size=10_000),
        **{
            f"hidden-{percent}": partial(hidden, data, tools, pairs=round(float(percent) * 100), size=10_000)
            for percent in ("1", ".5", ".2", ".1", ".04")
        },
    }
    return made[name]()


def news_run(gold: Gold, tools: Tools, *, event: str | None = None) -> Row:
    """Link the documents of the written news, all at once or one event's, and grade the links."""
    settings = Settings()
    with TemporaryDirectory() as folder:
        write_news(NEWS, Path(folder))
        for path in Path(folder).rglob("*.txt"):
            if event is not None and not path.name.startswith(event):
                path.unlink()
        alignment = align_documents(read(Path(folder)), tools, settings=settings)
    if event is not None:
        gold = _only(gold, event)
    graded = grade_links(gold, [link_record(link) for link in alignment.links])
    return {score.signature.split("|n:")[0]: score.value for score in measure_links(gold, graded)}


def _only(gold: Gold, event: str) -> Gold:
    """Return the gold of one event: the places stay, the pairs of others go."""

    def own(told: Sequence[Told], place: int) -> bool:
        return told[place].event == event

    pairs = {pair: grade for pair, grade in gold.pairs.items() if own(gold.kk, pair[0]) and own(gold.en, pair[1])}
    return Gold(gold.kk, gold.en, pairs, gold.neutral)


def news_left_out(gold: Gold) -> Row:
    """Judge each event of the written news by an expert that was fitted without it, in six folds."""
    encoder = NgramEncoder.load()
    bench = Bench(
        SideBuilder(encoder, encoder, LexicalSketch(encoder.weights)), encoder, Decoys.read(BUNDLED_DECOYS), 64
    )
    run = next(draw_news(gold, bench, documents=True))
    assert run.groups is not None
    seen, log_odds = run.looked.columns("report"), np.zeros(len(run.labels))
    events = np.unique(run.groups)
    for fold in range(FOLDS):
        held = np.isin(run.groups, events[fold::FOLDS])
        log_odds[held] = fit(seen[~held], run.labels[~held], ridge=10.0).log_odds(seen[held])
    p = sigmoid(log_odds).astype(np.float32)
    order = np.argsort(-p, kind="stable")
    precision = np.cumsum(run.labels[order]) / np.arange(1, len(order) + 1)
    best = order[: np.flatnonzero(precision >= 0.95).max(initial=-1) + 1]
    right = best[run.labels[best]]
    shown = p >= 0.3
    return {
        "AP": average_precision(p, run.labels, positives=len(gold.right)).value,
        "pairs@.95": len(right) / len(gold.right),
        "sources@.95": len(np.unique(run.looked.sources[right])) / len({source for source, _ in gold.right}),
        "ECE": _ece(p[shown], run.labels[shown]),
    }


def news_lines(gold: Gold, tools: Tools) -> Row:
    """Judge the sentences of the news as lines in no order."""
    source = tools.sides.of_lines([told.text for told in gold.kk], "kk")
    target = tools.sides.of_lines([told.text for told in gold.en], "en")
    found = tools.search(source, target, k=Settings().top_k)
    p = tools.verifier.judge(found, source, target).probabilities
    pairs = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    counted = np.array([pair not in gold.neutral for pair in pairs])
    right = np.array([pair in gold.right for pair in pairs])
    return {
        "AP": average_precision(p[counted], right[counted], positives=len(gold.right)).value,
        "ECE": _ece(p[counted & (p >= 0.3)], right[counted & (p >= 0.3)]),
    }


def noisy(path: Path, tools: Tools) -> Row:
    """Judge translations of which none, half and nine tenths have lost their counterpart."""
    pairs = read_pairs(path)
    values: Row = {}
    for noise in (0.0, 0.5, 0.9):
        made = mixture([p.source for p in pairs], [p.target for p in pairs], noise=noise, seed=1)
        f1, error = _of_mixture(made, tools)
        values |= {f"F1@{noise:g}": f1, f"ECE@{noise:g}": error}
    return values


def hidden(data: Path, tools: Tools, *, pairs: int, size: int) -> Row:
    """Hide translations among lines of two unrelated sources; lines that happen to match count as wrong."""
    rng = np.random.default_rng(1)
    known = [pair for name in ("flores", "news") for pair in read_pairs(data / f"kk-en/dev-{name}.tsv.gz")]
    chosen = [known[place] for place in rng.permutation(len(known))[:pairs].tolist()]
    lines = [_lines(data / f"more/mono-{lang}.tsv.gz") for lang in ("kk", "en")]
    others = [rng.permutation(len(side))[: size - pairs].tolist() for side in lines]
    sources = [*(pair.source for pair in chosen), *(lines[0][place] for place in others[0])]
    targets = [*(pair.target for pair in chosen), *(lines[1][place] for place in others[1])]
    # Keys below the number of pairs meet, all others differ.
    keys = np.arange(size), np.r_[np.arange(pairs), np.arange(size, 2 * size - pairs)]
    f1, error = _of_mixture(Mixture(tuple(sources), tuple(targets), keys[0], keys[1]), tools)
    return {"F1": f1, "ECE": error}


def unrelated(data: Path, tools: Tools, *, size: int) -> Row:
    """Count the pairs of probability .5 or more between the first lines of two unrelated sources."""
    kk, en = (_lines(data / f"more/mono-{lang}.tsv.gz") for lang in ("kk", "en"))
    p = _judged(kk[:size], en[:size], tools)[2]
    best = np.sort(p)[::-1]
    return {"p>=.5": float((p >= 0.5).sum()), "mean of 50": float(best[:50].mean())}


def wiki(data: Path, tools: Tools) -> Row:
    """Rank pairs of encyclopaedia sentences by themselves: equivalent and partial ones against the others."""
    rows = [line.split("\t") for line in _text(data / "comparable-wiki/judged-dev.tsv").splitlines()[1:]]
    p = np.array([_judged([row[2]], [row[3]], tools)[2][:1].sum() for row in rows])
    right = np.array([row[1] != "none" for row in rows])
    above = (p[right][:, None] > p[~right]).mean() + 0.5 * (p[right][:, None] == p[~right]).mean()
    return {"AUC": float(above)}


def _of_mixture(made: Mixture, tools: Tools) -> tuple[float, float]:
    """Return F1 of the one-to-one pairs from .5 on, and the calibration error of each source's best pair."""
    sources, targets, p = _judged(made.sources, made.targets, tools)
    right = made.source_key[sources] == made.target_key[targets]
    heads = best_per_row(sources, p)
    wanted = int(np.isin(made.source_key, made.target_key).sum())
    kept = _selected(sources, targets, p)
    return 2 * float(right[kept].sum()) / (len(kept) + wanted), _ece(p[heads], right[heads])


def _judged(
    sources: Sequence[str], targets: Sequence[str], tools: Tools
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    source, target = tools.sides.of_lines(sources, "kk"), tools.sides.of_lines(targets, "en")
    found = tools.search(source, target, k=Settings().top_k)
    return found.source, found.target, tools.verifier.judge(found, source, target).probabilities


def _selected(sources: NDArray[np.int64], targets: NDArray[np.int64], p: NDArray[np.float32]) -> NDArray[np.int64]:
    from align.types import Candidates

    found = Candidates(sources, targets, p, p, p, p)
    return one_to_one(found, best_first(found, p, least=0.5))


def _ece(p: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    return expected_calibration_error(p, right).value


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t")[-1] for line in file][1:]


def main() -> None:
    """Print a row for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", default=["news", "news-lines", "event"])
    parser.add_argument("--data", type=Path, default=SHARED)
    given = parser.parse_args()
    tools = load_tools(cached=False)
    print(f"verifier {tools.verifier.signature}\n\n| row | figures |\n| --- | --- |")
    for name in given.rows:
        figures = row(name, tools, given.data)
        print(f"| {name} | {', '.join(f'{key} {value:.3f}' for key, value in figures.items())} |", flush=True)


if __name__ == "__main__":
    main()
