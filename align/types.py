"""The records that travel between stages: frozen, slotted, with no behaviour of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.wording import shortened

__all__ = [
    "Candidates",
    "Check",
    "Document",
    "Doubles",
    "Draft",
    "Evidence",
    "Fact",
    "FactKind",
    "FactMatch",
    "FloatArray",
    "FoundBy",
    "Ground",
    "IntArray",
    "Judgement",
    "Lang",
    "Link",
    "MinedPair",
    "Neighbour",
    "Precision",
    "Relation",
    "Role",
    "Segment",
    "SideName",
    "Status",
    "StatusOnFile",
    "Unmatched",
    "WordMatch",
]

Lang: TypeAlias = Literal["kk", "en"]
SideName: TypeAlias = Literal["source", "target"]
Relation: TypeAlias = Literal["equivalent", "partial", "conflict", "none"]
Status: TypeAlias = Literal["accepted", "review"]
StatusOnFile: TypeAlias = Literal["accept", "review"]
FoundBy: TypeAlias = Literal["search", "pivot", "import", "beads"]
Precision: TypeAlias = Literal["exact", "approximate", "at_least", "at_most", "range"]
FactKind: TypeAlias = Literal[
    "number",
    "ordinal",
    "percent",
    "money",
    "quantity",
    "age",
    "date",
    "time",
    "name",
    "polarity",
    "direction",
]
Role: TypeAlias = Literal["subject", "object", "recipient", "origin", "predicate"]
Doubles: TypeAlias = NDArray[np.float64]
FloatArray: TypeAlias = NDArray[np.float32]
IntArray: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or headline, and where it stood.

    `id` hashes the language and the normalised text, so that it outlives re-segmenting and re-mining; the same
    sentence in two documents has one id. `start` and `end` count characters of the document's text. `dropped` is the
    reason why the segment takes no part in the search (boilerplate), None for one that does. `script` is the alphabet
    of Kazakh that is not in Cyrillic ("latin-2021", "arabic", ...): it is matched in Cyrillic, and shown as it is.
    `mark` says what boilerplate a segment that takes part looks like ("teaser", "caption"), None for the text itself.
    """

    id: str
    lang: Lang
    document: str
    position: int
    start: int
    end: int
    text: str
    dropped: str | None = None
    script: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """One document as it was read.

    `sha256` is the hash of its bytes, uncompressed, or of its text where a file holds several documents; `id` is its
    first 12 hex digits. `kind` says what it was read as ("html"), `encoding` how its letters were written where bytes
    tell ("KZ-1048"), `notes` what a person should know of it. `published_from` is what states the day ("JSON-LD").
    """

    id: str
    path: str
    lang: Lang
    title: str | None
    published: str | None
    url: str | None
    licence: str | None
    sha256: str
    text: str
    segments: Sequence[Segment]
    author: str | None = None
    kind: str = "txt"
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    published_from: str | None = None

    def __len__(self) -> int:
        return len(self.segments)

    def __iter__(self) -> Iterator[Segment]:
        return iter(self.segments)

    def __getitem__(self, position: int) -> Segment:
        return self.segments[position]

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        named = f" {shortened(self.title)!r}" if self.title else ""
        day = f" of {self.published[:10]}" if self.published else ""
        return f"Document {self.id}:{named} in {self.lang}{day}, {len(self.segments)} segments, {shortened(self.path)}"

    @property
    def kept(self) -> tuple[Segment, ...]:
        """Return the segments that take part in the search, in order."""
        return tuple(segment for segment in self.segments if segment.dropped is None)


@dataclass(frozen=True, slots=True)
class Fact:
    """A normalised number, amount, percentage, date or name, and where its text stands.

    `start` and `end` count characters of the text. `kind` is one of `FactKind`; align.facts.kinds says what each is
    good for. `value` is canonical: a plain decimal for numbers ("35000", "-1.5", a range as "5/7", dozens as "10"),
    "20:30" for times, comparable lower-case Latin for names, "denied" for polarity, "rise" or "fall" and the like for
    directions, and for dates ISO 8601 with the unknown parts left out: "2019-03-19", "--02-01", "2019-03", "2017-SP"
    for a spring, "199X", "-W-7" for a Sunday, "2019-W39", a span as "a/b", and "Y-1", "M+0", "D-1" or "W+1" for what is
    told from an unknown day of writing. `unit` is an ISO 4217 code for money, "percent", CLDR's name of a unit
    ("square-kilometer"), or None. `role` is what a name does in its sentence, where two names leave a doubt, and
    "predicate" for a denial of the whole sentence.
    """

    kind: FactKind
    value: str
    start: int
    end: int
    unit: str | None = None
    precision: Precision = "exact"
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The n pairs an index proposed, as parallel arrays.

    They are sorted by source, then by score, best first. `source` and `target` are (n,) int64 rows of the two sides.
    `similarity` is (n,) float32: what the search ranked by. `cosine` is (n,) float32, the encoder's own. `margin` is
    (n,) float32: similarity over the mean of both sides' k nearest (Artetxe and Schwenk 2019, ratio), 1.0 = no better
    than its neighbourhood. `score` is (n,) float32: what the words of both texts say, joined with the cosine
    (`align.search.rerank`), or the similarity where no second stage has looked; `words` is (n, 6) float32, the columns
    that it saw (`align.search.interaction.WORD_COLUMNS`), or None. `recall` is which share (0-1) of the pairs that are
    each other's nearest the search found, estimated, or None where it compared all.
    """

    source: IntArray
    target: IntArray
    similarity: FloatArray
    cosine: FloatArray
    margin: FloatArray
    score: FloatArray
    words: FloatArray | None = None
    recall: float | None = None

    def __len__(self) -> int:
        return int(self.source.shape[0])

    def pick(self, rows: IntArray) -> Candidates:
        """Return the candidates of these places, in their order."""
        return Candidates(
            self.source[rows],
            self.target[rows],
            self.similarity[rows],
            self.cosine[rows],
            self.margin[rows],
            self.score[rows],
            None if self.words is None else self.words[rows],
            self.recall,
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a verifier says of n candidates.

    `probabilities` is (n,) float32 in 0-1: how probable it is that each pair covers the same facts. `share` is 0-1:
    the estimated share of the sources that have a counterpart in this run, to which the probabilities are adjusted.
    `refused` says of candidates that cannot be a pair, by their row, why ("copy", "fragment"). `grounds` is (n, g)
    float32: what each group of `align.verify.experts.GROUNDS` adds to the log-odds or takes from them.
    """

    probabilities: FloatArray
    share: float
    refused: Mapping[int, str] = field(default_factory=dict)
    grounds: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class FactMatch:
    """A fact of either side or of both, and what the comparison says of it.

    `status` is "matched", "compatible" (one is coarser or approximate), "conflict" (same kind and role, another
    value), "source_only" or "target_only"; the absent side is None. `kind` is the facts' own, or "role" where two names
    have exchanged who did it and to whom.
    """

    kind: FactKind | Literal["role"]
    source: Fact | None
    target: Fact | None
    status: Literal["matched", "compatible", "conflict", "source_only", "target_only"]


@dataclass(frozen=True, slots=True)
class WordMatch:
    """Two words that correspond: their place in either text, and their cosine (-1 to 1)."""

    source: tuple[int, int]
    target: tuple[int, int]
    similarity: float


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for a pair or against it, in words.

    `weight` is what it adds to the log-odds, below 0 where it speaks against.
    """

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a link was believed.

    Spans count characters of the segment's text; `grounds` have the strongest first.
    """

    facts: tuple[FactMatch, ...] = ()
    words: tuple[WordMatch, ...] = ()
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A segment of the other side that came near, and the probability of the same facts."""

    id: str
    text: str
    probability: float


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """A candidate that was judged good enough for a person's eyes: one line of links.jsonl.

    `probability` is 0-1, calibrated; `status` says what the thresholds made of it. `found_by` is "pivot" for a pair
    that only the source's draft led to, "import" for one that another corpus had; its probability is that of the two
    texts themselves all the same.
    """

    id: str
    relation: Relation
    probability: float
    status: Status
    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    cosine: float
    margin: float
    evidence: Evidence
    runners_up: tuple[Neighbour, ...]
    found_by: FoundBy = "search"

    @property
    def kk(self) -> str:
        """Return the Kazakh text, sentences joined by a space."""
        return " ".join(segment.text for segment in self.source)

    @property
    def en(self) -> str:
        """Return the English text, sentences joined by a space."""
        return " ".join(segment.text for segment in self.target)

    @property
    def documents(self) -> tuple[str, str]:
        """Return the ids of the Kazakh and the English document; `run.corpus[id]` is the document."""
        return self.source[0].document, self.target[0].document

    @property
    def facts(self) -> tuple[FactMatch, ...]:
        """Return the facts of both texts, and which of them agree."""
        return self.evidence.facts

    def __repr__(self) -> str:
        texts = f"{shortened(self.kk)!r} ~ {shortened(self.en)!r}"
        return f"Link {self.probability:.2f} {self.relation}, {self.status}: {texts}"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a draft: whether it is in order, and if not, what was seen."""

    name: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's English for a Kazakh segment, and where it came from.

    It is never taken for a person's work. `kind` is "translation" (a model's), "memory" (a person's translation of the
    same or a similar text, whose likeness in percent stands in `decoding`) or "gloss" (word for word). `model`,
    `revision` and `licence` name what made it, `decoding` how. `checks` are all that were made, the failed ones too.
    """

    text: str
    kind: Literal["translation", "memory", "gloss"]
    model: str
    revision: str | None
    licence: str | None
    decoding: str
    checks: tuple[Check, ...] = ()

    @property
    def passed(self) -> bool:
        """Say whether every check found the draft in order."""
        return all(check.passed for check in self.checks)


@dataclass(frozen=True, slots=True, repr=False)
class Unmatched:
    """A segment without a link, and what came nearest to it: one line of unmatched.jsonl."""

    side: SideName
    segment: Segment
    nearest: tuple[Neighbour, ...]
    draft: Draft | None = None

    @property
    def text(self) -> str:
        """Return the segment's text."""
        return self.segment.text

    def __repr__(self) -> str:
        drafted = f", drafted {shortened(self.draft.text)!r}" if self.draft else ""
        return f"Unmatched {self.segment.lang}: {shortened(self.text)!r}{drafted}"


@dataclass(frozen=True, slots=True)
class MinedPair:
    """Two lines that `align.mine` paired, `source` and `target` counted from 0."""

    source: int
    target: int
    source_text: str
    target_text: str
    cosine: float
    margin: float
    probability: float
    relation: Relation

    @property
    def kk(self) -> str:
        """Return the Kazakh line."""
        return self.source_text

    @property
    def en(self) -> str:
        """Return the English line."""
        return self.target_text
