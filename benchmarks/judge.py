"""Measures the judge: one row a set, of written news, of lines, of pairs hidden among lines.

    python benchmarks/judge.py [ROW ...] [--data SHARED]

Rows: news, news-cv, news-lines-cv, relation-cv, event-01 to event-24, flores, tatoeba, dev-news, each of these three
with -target, needles, needles-10k, hidden-1 (.5 .2 .1 .04), wiki, wiki-run, lines, mono. All but news, news-cv and the
events need SHARED, the folder with kk-en/, more/ and comparable-wiki/. JUDGE.md holds what came out. The weights that
ship were fitted to the written news: what news and the events say was learned; news-cv and news-lines-cv fit the expert
again without a sixth of the events each time, and judge those as a run does; relation-cv fits the relation so, and
tells that of all pairs of the gold. Behind -target stands what a target precision of .95 gives: P the precision of the
links it takes, low the lower end of its interval, A the precision of the links that the default accepts, X what the
manifest expects of them.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
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
from align.explain.explainer import FactExplainer
from align.pipeline.clock import Clock
from align.pipeline.inside import pairs_inside
from align.pipeline.run import align_documents
from align.pipeline.stages import judged, sides_of
from align.runs.records import link_record
from align.search.rows import best_per_row
from align.settings import Settings
from align.sides import SideBuilder
from align.tools import Tools, load_tools
from align.train.expert import fit_report
from align.train.pairs import Pair, read_pairs, split_pairs
from align.train.pool_families import Bench, Drawn, draw_news, draw_pools, prose_of
from align.train.relation import fit_relation
from align.train.verifier import VerifierTraining
from align.types import Candidates
from align.verify.decoys import Decoys
from align.verify.logistic import sigmoid
from align.verify.model import BUNDLED_DECOYS, BUNDLED_VERIFIER
from align.verify.ranking import best_first, one_to_one
from align.verify.share import adjusted
from align.verify.threshold import expected_at, threshold_for
from align.verify.weights import VerifierWeights

NEWS = Path(__file__).parents[1] / "examples/news"
FOLDS = 6
_MIXED = {"mixed": ("partial", "conflict")}
"""What may be said of a pair that agrees in one fact and not in another."""
SHARED = Path(__file__).parents[2] / "shared/data"
Row = dict[str, float]


def row(name: str, tools: Tools, data: Path) -> Row:
    """Return the figures of a row, by measure; raises FileNotFoundError where its data are not there."""
    made: dict[str, Callable[[], Row]] = {
        "news": lambda: news_run(read_gold_news(NEWS), tools),
        "news-cv": lambda: news_left_out(read_gold_news(NEWS)),
        "news-lines-cv": lambda: news_left_out(read_gold_news(NEWS), beside=data),
        "relation-cv": lambda: relation_left_out(read_gold_news(NEWS), prose_of(_held(data))),
        **{
            event: partial(news_run, read_gold_news(NEWS), tools, event=event)
            for event in (f"event-{number:02}" for number in range(1, 25))
        },
        **{
            set_ + kind: partial(measure, data / f"kk-en/dev-{set_.removeprefix('dev-')}.tsv.gz", tools)
            for set_ in ("flores", "tatoeba", "dev-news")
            for kind, measure in (("", noisy), ("-target", targeted))
        },
        "needles": lambda: hidden(data, tools, pairs=1500, size=5000),
        "needles-10k": lambda: hidden(data, tools, pairs=3000, size=10_000),
        "wiki": lambda: wiki(data, tools),
        "wiki-run": lambda: wiki_run(data, tools),
        "mono": lambda: unrelated(data, tools, size=100_000),
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
    return {score.signature.split("|n:")[0].replace("|", "-"): score.value for score in measure_links(gold, graded)}


def _only(gold: Gold, event: str) -> Gold:
    """Return the gold of one event: the places stay, the pairs of others go."""

    def own(told: Sequence[Told], place: int) -> bool:
        return told[place].event == event

    pairs = {pair: grade for pair, grade in gold.pairs.items() if own(gold.kk, pair[0]) and own(gold.en, pair[1])}
    return Gold(gold.kk, gold.en, pairs, gold.neutral)


def news_left_out(gold: Gold, *, beside: Path | None = None) -> Row:
    """Judge each event of the written news by an expert that was fitted without it, in six folds.

    `beside` is the folder of the pairs that the expert for lines without documents was fitted to, beside the news.
    """
    encoder = NgramEncoder.load()
    bench = Bench(
        SideBuilder(encoder, encoder, LexicalSketch(encoder.weights)), encoder, Decoys.read(BUNDLED_DECOYS), 64
    )
    expert = "comparable" if beside else "report"
    drawn = list(draw_news(gold, bench, documents=beside is None))
    run, pools = drawn[0], _pools(beside, bench) if beside else []
    weights = VerifierWeights.read(BUNDLED_VERIFIER)
    ratios = np.zeros(len(run.labels))
    events = np.unique(run.groups)
    for fold in range(FOLDS):
        held = np.isin(run.groups, events[fold::FOLDS])
        model = fit_report(_without(drawn, events[fold::FOLDS]), pools, expert, ridge=VerifierTraining().ridge)
        experts = replace(weights.experts, models={**weights.experts.models, expert: model})
        ratios[held] = experts.log_ratio(run.looked)[0][held]
    heads = best_per_row(run.looked.sources, ratios)
    log_odds, _ = adjusted(ratios, heads, run.sources, prior=weights.prior, sparse=weights.sparse)
    return _of_news(sigmoid(log_odds).astype(np.float32), run, gold)


def relation_left_out(gold: Gold, translations: Sequence[Pair]) -> Row:
    """Tell the relation of each event's pairs by models that were fitted without it, in six folds."""
    encoder = NgramEncoder.load()
    builder = SideBuilder(encoder, encoder, LexicalSketch(encoder.weights))
    events = sorted({told.event for told in gold.kk})
    said: list[tuple[str, str]] = []
    for fold in range(FOLDS):
        held = {pair: grade for pair, grade in gold.pairs.items() if gold.kk[pair[0]].event in events[fold::FOLDS]}
        others = {pair: grade for pair, grade in gold.pairs.items() if pair not in held}
        chance = np.random.default_rng(VerifierTraining().seed)
        model = fit_relation(replace(gold, pairs=others), translations, (builder, encoder), chance)
        explainer = FactExplainer(encoder, model=model)
        rows = sorted(held.keys() - gold.neutral)
        source = builder.of_lines([gold.kk[i].text for i, _ in rows], "kk")
        target = builder.of_lines([gold.en[j].text for _, j in rows], "en")
        said += [(held[pair], explainer.explain(source, target, (n, n))[0]) for n, pair in enumerate(rows)]
    right = [told in {grade, *_MIXED.get(grade, ())} for grade, told in said if grade != "conflict"]
    clashes = [told == "conflict" for grade, told in said if grade in {"conflict", "mixed"}]
    false = [told == "conflict" for grade, told in said if grade in {"equivalent", "partial"}]
    shares = {"relation right": right, "conflicts noticed": clashes, "false-conflicts": false}
    return {name: float(np.mean(each)) for name, each in shares.items()}


def _held(data: Path) -> list[Pair]:
    """Return the pairs of translations that no encoder was trained on."""
    tables = (read_pairs(data / f"{name}.tsv.gz") for name in ("kk-en/train", "more/train2"))
    return [pair for table in tables for pair in split_pairs(table)[1]]


def _pools(data: Path, bench: Bench) -> list[Drawn]:
    """Return the pools of translations that count a little in the fit."""
    rng = np.random.default_rng(1)
    return list(draw_pools(_held(data), bench, largest=VerifierTraining().largest, rng=rng, progress=lambda _: None))


def _without(drawn: Sequence[Drawn], events: NDArray[np.str_]) -> list[Drawn]:
    """Return the pools without some events; those of these events alone are gone."""
    kept = [each.only(~np.isin(each.groups, events)) for each in drawn]
    return [replace(each, sources=len(np.unique(each.looked.sources))) for each in kept if len(each.labels)]


def _of_news(p: NDArray[np.float32], run: Drawn, gold: Gold) -> Row:
    order = np.argsort(-p, kind="stable")
    precision = np.cumsum(run.labels[order]) / np.arange(1, len(order) + 1)
    best = order[: np.flatnonzero(precision >= 0.95).max(initial=-1) + 1]
    right = best[run.labels[best]]
    shown, accepted = p >= Settings().review, p >= Settings().accept
    return {
        "AP": average_precision(p, run.labels, positives=len(gold.right)).value,
        "pairs@.95": len(right) / len(gold.right),
        "sources@.95": len(np.unique(run.looked.sources[right])) / len({source for source, _ in gold.right}),
        "accepted right": float(run.labels[accepted].mean()),
        "accepted": float(run.labels[accepted].sum()) / len(gold.right),
        "ECE": _ece(p[shown], run.labels[shown]),
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


def targeted(path: Path, tools: Tools) -> Row:
    """Say what a target precision of .95 gives on such mixtures, and what is expected of the default threshold."""
    pairs = read_pairs(path)
    values: Row = {}
    for noise in (0.0, 0.5, 0.9):
        made = mixture([p.source for p in pairs], [p.target for p in pairs], noise=noise, seed=1)
        sources, targets, p = _judged(made.sources, made.targets, tools)
        kept = _selected(sources, targets, p, least=0.0)
        p, right = p[kept], (made.source_key[sources] == made.target_key[targets])[kept]
        cut, usual = threshold_for(p, 0.95), expected_at(p, Settings().accept)
        figures = {
            "P": _precision(right[p >= cut.value]),
            "low": cut.interval[0],
            "A": _precision(right[p >= usual.value]),
            "X": usual.precision,
        }
        values |= {f"{name}@{noise:g}": value for name, value in figures.items()}
    return values


def _precision(right: NDArray[np.bool_]) -> float:
    return float(right.mean()) if len(right) else 1.0


def hidden(data: Path, tools: Tools, *, pairs: int, size: int) -> Row:
    """Hide translations among lines of two unrelated sources; lines that happen to match count as wrong.

    Fewer are hidden where there are not so many.
    """
    rng = np.random.default_rng(1)
    known = [pair for name in ("flores", "news") for pair in read_pairs(data / f"kk-en/dev-{name}.tsv.gz")]
    chosen = [known[place] for place in rng.permutation(len(known))[:pairs].tolist()]
    pairs = len(chosen)
    lines = [_lines(data / f"more/mono-{lang}.tsv.gz") for lang in ("kk", "en")]
    others = [rng.permutation(len(side))[: size - pairs].tolist() for side in lines]
    sources = [*(pair.source for pair in chosen), *(lines[0][place] for place in others[0])]
    targets = [*(pair.target for pair in chosen), *(lines[1][place] for place in others[1])]
    # Keys below the number of pairs meet, all others differ.
    keys = np.arange(size), np.r_[np.arange(pairs), np.arange(size, 2 * size - pairs)]
    f1, error = _of_mixture(Mixture(tuple(sources), tuple(targets), keys[0], keys[1]), tools)
    return {"F1": f1, "ECE": error}


def unrelated(data: Path, tools: Tools, *, size: int) -> Row:
    """Count the one-to-one pairs of probability .5 or more between the first lines of two unrelated sources."""
    kk, en = (_lines(data / f"more/mono-{lang}.tsv.gz") for lang in ("kk", "en"))
    sources, targets, p = _judged(kk[:size], en[:size], tools)
    best = p[_selected(sources, targets, p, least=0.1)]
    return {"p>=.5": float((best >= 0.5).sum()), "mean of 50": float(best[:50].mean())}


def wiki(data: Path, tools: Tools) -> Row:
    """Rank pairs of encyclopaedia sentences by themselves: equivalent and partial ones against the others."""
    rows = [line.split("\t") for line in _text(data / "comparable-wiki/judged-dev.tsv").splitlines()[1:]]
    p = np.array([_judged([row[2]], [row[3]], tools)[2][:1].sum() for row in rows])
    return {"AUC": _above(p, np.array([row[1] != "none" for row in rows]))}


def wiki_run(data: Path, tools: Tools) -> Row:
    """Rank the same pairs by what a run of all the documents says of them; pairs it did not look at count as 0."""
    rows = [line.split("\t") for line in _text(data / "comparable-wiki/judged-dev.tsv").splitlines()[1:]]
    corpus = read(*(data / "comparable-wiki" / name for name in ("abai-center", "wiki-apertium", "wiki-kazqad")))
    clock = Clock(tools.progress)
    source, target = sides_of(corpus, tools, clock)
    also = pairs_inside(source, target, tools)
    found, judgement = judged(source, target, tools, k=Settings().top_k, clock=clock, also=also)
    said: dict[tuple[str, str], float] = {}
    for i, j, p in zip(found.source.tolist(), found.target.tolist(), judgement.probabilities.tolist(), strict=True):
        pair = source.texts[i], target.texts[j]
        said[pair] = max(p, said.get(pair, 0.0))
    p = np.array([said.get((row[2], row[3]), 0.0) for row in rows])
    return {"AUC": _above(p, np.array([row[1] != "none" for row in rows]))}


def _above(p: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return how often a right pair is above a wrong one; equals count half."""
    left, others = p[right][:, None], p[~right]
    return float((left > others).mean() + 0.5 * (left == others).mean())


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


def _selected(
    sources: NDArray[np.int64], targets: NDArray[np.int64], p: NDArray[np.float32], *, least: float = 0.5
) -> NDArray[np.int64]:
    found = Candidates(sources, targets, p, p, p, p)
    return one_to_one(found, best_first(found, p, least=least))


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
    parser.add_argument("rows", nargs="*", default=["news", "news-cv", "event-05"])
    parser.add_argument("--data", type=Path, default=SHARED)
    given = parser.parse_args()
    tools = load_tools(cached=False)
    print(f"verifier {tools.verifier.signature}\n\n| row | figures |\n| --- | --- |")
    for name in given.rows:
        figures = row(name, tools, given.data)
        print(f"| {name} | {', '.join(f'{key} {value:.3f}' for key, value in figures.items())} |", flush=True)


if __name__ == "__main__":
    main()
