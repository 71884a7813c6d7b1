"""The order of the stages, and nothing else: the stages themselves come in as `Tools`."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from align.corpus.read import Corpus
from align.facts.dates import day_of
from align.ports import Encoder, Explainer, Translator, Verifier
from align.results import Alignment, Pair
from align.search.candidates import IndexFactory, candidates
from align.settings import Settings
from align.text.matched import matched_text
from align.translate.checks import DraftChecker, leads
from align.translate.drafting import make_drafts
from align.types import Candidates, Draft, IntArray, Judgement, Lang, Link, Segment, Side
from align.verify.decide import Decision, best_first, one_to_one, plain
from align.verify.threshold import Threshold, expected_at, threshold_for

__all__ = ["DECIMALS", "Tools", "align_documents", "draft_unmatched", "mine_bitext"]

DECIMALS = 4
_NO_PAIRS = np.empty((0, 2), dtype=np.int64)
_LIKELY = 0.5
"""Probability below which a pair of lines is likelier none than any other relation."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with. `progress` hears the name of each stage as it begins."""

    encoder: Encoder
    lexical: Encoder
    verifier: Verifier
    explainer: Explainer
    index: IndexFactory
    checker: DraftChecker
    progress: Callable[[str], None] = lambda stage: None

    def side(self, texts: Sequence[str], lang: Lang, document: IntArray | None = None) -> Side:
        """Return texts with their vectors and their lexical sketch; `document` numbers the document of each."""
        return Side(tuple(texts), lang, self.encoder.encode(texts, lang), self.lexical.encode(texts, lang), document)


@dataclass(slots=True)
class _Clock:
    """Seconds per stage, in the order the stages began."""

    progress: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.progress(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - start, 3)


def align_documents(corpus: Corpus, tools: Tools, *, settings: Settings | None = None) -> Alignment:
    """Link the Kazakh segments of a corpus with the English ones that cover the same facts.

    A source may link to several targets and the other way round. Raises InputError for a corpus of one language.
    """
    settings = settings or Settings()
    clock = _Clock(tools.progress)
    corpus.require_both()
    found, judgement = _judge(*_sides(corpus, tools, clock), tools, k=settings.top_k, clock=clock)
    settings, threshold = _threshold(settings, judgement)
    with clock.stage("explain"):
        decision = _decision(corpus, found, judgement)
        links = decision.links(tools.explainer, accept=settings.accept, review=settings.review)
        unmatched = decision.unmatched(links)
    signatures = {"encoder": tools.encoder.signature, "verifier": tools.verifier.signature}
    return Alignment(corpus, links, unmatched, settings, signatures, plain(judgement.share), threshold, clock.seconds)


def draft_unmatched(alignment: Alignment, translator: Translator, tools: Tools, *, pivot: bool = False) -> Alignment:
    """Draft English for the Kazakh segments without a link; with `pivot`, search for these once more by their drafts.

    The drafts are checked, and take the place of earlier ones; so do the links that they lead to. Such a link says so
    (`found_by`); its probability is that of its two texts, judged among all others as in the first search.
    """
    clock = _Clock(tools.progress, dict(alignment.seconds))
    settings = replace(alignment.settings, pivot=pivot)
    links = tuple(link for link in alignment.links if link.found_by != "pivot")
    drafts = _drafts(alignment.corpus, links, translator, tools=tools, clock=clock)
    unmatched = alignment.unmatched
    if pivot or len(links) < len(alignment.links):
        sides = _sides(alignment.corpus, tools, clock)
        pairs = _led_to(alignment.corpus, drafts, sides[1], tools=tools, settings=settings) if pivot else _NO_PAIRS
        decision = _decision(alignment.corpus, *_judge(*sides, tools, k=settings.top_k, clock=clock, also=pairs))
        with clock.stage("explain"):
            found = decision.links_of(pairs, tools.explainer, accept=settings.accept, found_by="pivot")
        links = tuple(sorted((*links, *found), key=lambda link: -link.probability))
        unmatched = decision.unmatched(links)
    return replace(
        alignment,
        links=links,
        unmatched=tuple(replace(each, draft=drafts.get(each.segment.id)) for each in unmatched),
        settings=settings,
        signatures={**alignment.signatures, "translator": translator.signature},
        seconds=clock.seconds,
    )


def _drafts(
    corpus: Corpus, links: Sequence[Link], translator: Translator, *, tools: Tools, clock: _Clock
) -> dict[str, Draft | None]:
    """Return the drafts of the Kazakh segments that stand in none of the links, by segment id."""
    linked = {segment.id for link in links for segment in link.source}
    loose = [segment for segment in corpus.segments("kk") if segment.id not in linked]
    texts = [matched_text(segment) for segment in loose]

    def progress(done: int, total: int) -> None:
        tools.progress(f"draft: {done} of {total}")

    with clock.stage("draft"):
        drafts = make_drafts(texts, translator, tools.checker, progress=progress)
    return {segment.id: draft for segment, draft in zip(loose, drafts, strict=True)}


def _led_to(
    corpus: Corpus, drafts: dict[str, Draft | None], target: Side, *, tools: Tools, settings: Settings
) -> IntArray:
    """Return the pairs of segments that sound drafts lead to, at most one of each source: (m, 2) rows, int64."""
    sound = [
        (row, draft.text)
        for row, segment in enumerate(corpus.segments("kk"))
        if (draft := drafts.get(segment.id)) is not None and leads(draft)
    ]
    english = tools.side([text for _, text in sound], "en")
    found = candidates(english, target, k=settings.top_k, index=tools.index)
    order = best_first(found, tools.verifier.judge(found, english, target).probabilities, least=settings.review)
    best: dict[int, int] = {}
    for place in order.tolist():
        best.setdefault(sound[int(found.source[place])][0], int(found.target[place]))
    return np.array(sorted(best.items()), dtype=np.int64).reshape(-1, 2)


def mine_bitext(
    sources: Sequence[str],
    targets: Sequence[str],
    tools: Tools,
    *,
    settings: Settings | None = None,
    many: bool = False,
) -> list[Pair]:
    """Pair the lines of two languages, in any order and of any number, best first.

    One-to-one, best pairs taken first, unless `many`; `settings.review` is the least probability of a pair.
    """
    settings = settings or Settings()
    clock = _Clock(tools.progress)
    with clock.stage("encode"):
        source, target = tools.side(sources, "kk"), tools.side(targets, "en")
    found, judgement = _judge(source, target, tools, k=settings.top_k, clock=clock)
    order = best_first(found, judgement.probabilities, least=settings.review)
    if not many:
        order = one_to_one(found, order)
    with clock.stage("explain"):
        return [_pair(found, judgement, row, (sources, targets), tools.explainer) for row in order.tolist()]


def _written(corpus: Corpus) -> dict[str, datetime.date]:
    """Return the days on which the documents were written, by id; those that do not say so are left out."""
    days = ((document.id, day_of(document.published)) for document in corpus.documents)
    return {document: day for document, day in days if day}


def _side(segments: Sequence[Segment], lang: Lang, tools: Tools) -> Side:
    numbers: dict[str, int] = {}
    documents = [numbers.setdefault(segment.document, len(numbers)) for segment in segments]
    return tools.side([matched_text(segment) for segment in segments], lang, np.array(documents, dtype=np.int64))


def _sides(corpus: Corpus, tools: Tools, clock: _Clock) -> tuple[Side, Side]:
    with clock.stage("encode"):
        return _side(corpus.segments("kk"), "kk", tools), _side(corpus.segments("en"), "en", tools)


def _decision(corpus: Corpus, found: Candidates, judgement: Judgement) -> Decision:
    segments = corpus.segments("kk"), corpus.segments("en")
    return Decision(found, judgement.probabilities, *segments, _written(corpus))


def _judge(
    source: Side, target: Side, tools: Tools, *, k: int, clock: _Clock, also: IntArray | None = None
) -> tuple[Candidates, Judgement]:
    with clock.stage("search"):
        found = candidates(source, target, k=k, index=tools.index, also=also)
    with clock.stage("verify"):
        judgement = tools.verifier.judge(found, source, target)
    # What is written is what decides, so the rounding comes first.
    return found, replace(judgement, probabilities=np.round(judgement.probabilities, DECIMALS))


def _threshold(settings: Settings, judgement: Judgement) -> tuple[Settings, Threshold]:
    """Return what is expected above the accepting threshold, and the settings with the one a target precision asks."""
    if settings.target_precision is None:
        return settings, expected_at(judgement.probabilities, settings.accept)
    threshold = threshold_for(judgement.probabilities, settings.target_precision)
    accept = min(threshold.value, 1.0)
    return replace(settings, accept=accept, review=min(settings.review, accept)), threshold


def _pair(
    found: Candidates, judgement: Judgement, row: int, texts: tuple[Sequence[str], Sequence[str]], explainer: Explainer
) -> Pair:
    source, target = int(found.source[row]), int(found.target[row])
    source_text, target_text = texts[0][source], texts[1][target]
    cosine, margin, probability = (plain(each[row]) for each in (found.cosine, found.margin, judgement.probabilities))
    likely = probability >= _LIKELY
    relation = explainer.explain(source_text, target_text)[0] if likely else "none"
    return Pair(source, target, source_text, target_text, cosine, margin, probability, relation)
