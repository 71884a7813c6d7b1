"""Find Kazakh-English pairs in comparable news, with probabilities and evidence for each.

>>> import align
>>> run = align.run("kazakh-news", "english-news", out="runs/first")      # doctest: +SKIP
>>> run                                                                  # doctest: +SKIP
Run runs/first: 148 links (129 accepted, 19 for review), 105 unmatched, 37 documents
>>> run[0].kk, run[0].en, run[0].probability                             # doctest: +SKIP
>>> run.to_pandas(); run.export("pairs.tmx"); run.review()               # doctest: +SKIP

Jobs, each named as the verb of the command line:
    run(paths, out=)          documents to links, unmatched segments and a report; open_run(folder) opens it again
    mine(kk, en)              pairs among lines, in any order        beads(kk, en)    translations, n to m
    pair(corpus)              which documents belong together        score(kk, en)    what given pairs are worth
    judge(pairs, out=)        a corpus of somebody else's as a run   draft(run, ...)  English for the unmatched
    facts(text)               numbers, dates, amounts, names; match_facts compares two texts' facts
Parts:
    read(paths) -> Corpus     align_documents(corpus) -> Alignment     write_run(alignment, folder)
    load_encoder(name)        load_tools(settings)                     load_translator(name)
Settings(...) names every setting and its default; every error on purpose is an AlignError.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from align import facts
    from align.corpus.read import Corpus, read
    from align.encode import load_encoder
    from align.errors import AlignError
    from align.facts import extract as extract_facts
    from align.facts import match as match_facts
    from align.pipeline.beads import beads
    from align.pipeline.drafts import draft
    from align.pipeline.judge import judge
    from align.pipeline.mine import mine
    from align.pipeline.opened import Run, open_run
    from align.pipeline.pair import pair
    from align.pipeline.run import align_documents, run
    from align.pipeline.score import score
    from align.runs.alignment import Alignment
    from align.runs.write import write_run
    from align.settings import Settings
    from align.tools import Tools, load_tools
    from align.translate import load_translator
    from align.types import Document, Fact, Link, MinedPair, Segment, Unmatched

__all__ = [
    "AlignError",
    "Alignment",
    "Corpus",
    "Document",
    "Fact",
    "Link",
    "MinedPair",
    "Run",
    "Segment",
    "Settings",
    "Tools",
    "Unmatched",
    "align_documents",
    "beads",
    "draft",
    "extract_facts",
    "facts",
    "judge",
    "load_encoder",
    "load_tools",
    "load_translator",
    "match_facts",
    "mine",
    "open_run",
    "pair",
    "read",
    "run",
    "score",
    "write_run",
]

_HOMES = {
    "AlignError": "align.errors:AlignError",
    "Alignment": "align.runs.alignment:Alignment",
    "Corpus": "align.corpus.read:Corpus",
    "Document": "align.types:Document",
    "Fact": "align.types:Fact",
    "Link": "align.types:Link",
    "MinedPair": "align.types:MinedPair",
    "Run": "align.pipeline.opened:Run",
    "Segment": "align.types:Segment",
    "Settings": "align.settings:Settings",
    "Tools": "align.tools:Tools",
    "Unmatched": "align.types:Unmatched",
    "align_documents": "align.pipeline.run:align_documents",
    "beads": "align.pipeline.beads:beads",
    "draft": "align.pipeline.drafts:draft",
    "extract_facts": "align.facts:extract",
    "judge": "align.pipeline.judge:judge",
    "load_encoder": "align.encode:load_encoder",
    "load_tools": "align.tools:load_tools",
    "load_translator": "align.translate:load_translator",
    "match_facts": "align.facts:match",
    "mine": "align.pipeline.mine:mine",
    "open_run": "align.pipeline.opened:open_run",
    "pair": "align.pipeline.pair:pair",
    "read": "align.corpus.read:read",
    "run": "align.pipeline.run:run",
    "score": "align.pipeline.score:score",
    "write_run": "align.runs.write:write_run",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the name stands for)
    """Import a public name when it is first asked for, so that `import align` costs nothing."""
    if name == "__version__":
        from importlib.metadata import version

        return version("align-workbench")
    if name == "facts":
        return import_module("align.facts")
    if name not in _HOMES:
        raise AttributeError(f"module 'align' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    found = import_module(module)
    return getattr(found, attribute)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
