"""Measures sentence boundaries against pysbd, syntok, sentencex and ICU on hand-made passages.

    python benchmarks/sentences.py [--set held|dev] [--part all|running|traps] [--errors]
    python benchmarks/sentences.py --rows PAIRS.tsv.gz      # kk<TAB>en, joined by tens: only the rows' ends are known

Prints the table of SENTENCES.md. A library that is not installed is named with the reason and left out.
"""

from __future__ import annotations

import argparse
import gzip
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from align.text.sentences import line_spans, sentence_spans
from align.text.wrapped import unwrap, wrap_width
from align.types import Lang

PASSAGES = Path(__file__).parents[1] / "tests" / "text" / "passages"
NEWLINE = "⏎"
HEAD = """| | splitter | P | R | F1 | P, no quotations | R, no quotations | characters/s |
|---|---|--:|--:|--:|--:|--:|--:|"""
ROWS_HEAD = "| | splitter | row ends found | of | inside rows |\n|---|---|--:|--:|--:|"
LANGS: tuple[Lang, ...] = ("kk", "en")

Splitter = Callable[[str, Lang], list[int]]
"""Takes a passage, returns the ends of its sentences as numbers of characters, without white space."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A running text, and where its sentences end: `ends` count characters, white space left out.

    White space is left out because splitters differ in which sentence they give it to. `inner` are those of the ends
    that stand inside a quotation, which some splitters never divide on purpose.
    """

    name: str
    text: str
    ends: frozenset[int]
    inner: frozenset[int]


@dataclass(slots=True)
class Counts:
    """Boundaries found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: frozenset[int], wanted: frozenset[int]) -> None:
        """Count one passage."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def precision(self) -> float:
        """Share (0-1) of the found boundaries that are wanted."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share (0-1) of the wanted boundaries that are found."""
        return self.right / self.wanted if self.wanted else 0.0


def read_passages(path: Path) -> Iterator[Passage]:
    """Yield the passages of a file: a sentence a line, the sign ⏎ where the original has a line break."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        name, *lines = block.split("\n")
        text, ends, inner = "", set(), set()
        for line in lines:
            text += re.sub(rf"\s*{NEWLINE}\s*", "\n", line) if NEWLINE in line else line
            text += "" if text.endswith("\n") else " "
            ends.add(length := solid(text))
            if is_open(text):
                inner.add(length)
        # The last end is no decision.
        last = solid(text)
        yield Passage(name.lstrip("# "), text.rstrip(), frozenset(ends - {last}), frozenset(inner - {last}))


def solid(text: str) -> int:
    """Return how many characters of a text are not white space."""
    return len(text) - sum(map(str.isspace, text))


def is_open(text: str) -> bool:
    """Say whether a quotation is open at the end of a text, within its paragraph."""
    line = text.rstrip().rsplit("\n", 1)[-1]
    return line.count('"') % 2 == 1 or line.count("«") > line.count("»") or line.count("“") > line.count("”")


def ours(text: str, lang: Lang) -> list[int]:
    """Split as the program does: wrapped lines mended, then lines, then sentences."""
    whole = unwrap(text, wrap_width(text))
    spans = (
        (first + start, first + end)
        for first, last in line_spans(whole)
        for start, end in sentence_spans(whole[first:last], lang)
    )
    return [solid(text[:end]) for _, end in spans]


def from_pieces(split: Callable[[str], list[str]]) -> Splitter:
    """Return a splitter out of a function that returns the sentences themselves."""

    def ends(text: str, lang: Lang) -> list[int]:
        total, found = 0, []
        for piece in split(text):
            total += solid(piece)
            found.append(total)
        return found

    return ends


def load_pysbd() -> Splitter:
    """Pysbd knows Kazakh."""
    import pysbd

    segmenters = {lang: pysbd.Segmenter(language=lang, clean=False) for lang in LANGS}
    return lambda text, lang: from_pieces(segmenters[lang].segment)(text, lang)


def load_syntok() -> Splitter:
    """Syntok has no Kazakh; its rules are used as they are. It reports its tokens' places."""
    from syntok import segmenter

    def ends(text: str, lang: Lang) -> list[int]:
        sentences = (sentence for paragraph in segmenter.analyze(text) for sentence in paragraph)
        return [solid(text[: sentence[-1].offset + len(sentence[-1].value)]) for sentence in map(list, sentences)]

    return ends


def load_sentencex() -> Splitter:
    """Sentencex knows Kazakh."""
    from sentencex import get_sentence_boundaries

    def ends(text: str, lang: Lang) -> list[int]:
        return [solid(text[: boundary["end_index"]]) for boundary in get_sentence_boundaries(lang, text)]

    return ends


def load_icu(suppressions: bool) -> Splitter:
    """ICU's break iterator for the locale, with CLDR's lists of abbreviations where asked for."""
    import icu

    def ends(text: str, lang: Lang) -> list[int]:
        iterator = icu.BreakIterator.createSentenceInstance(icu.Locale(f"{lang}@ss=standard" if suppressions else lang))
        units = text.encode("utf-16-le")  # ICU counts UTF-16 code units.
        iterator.setText(text)
        return [solid(units[: 2 * end].decode("utf-16-le")) for end in iterator]

    return ends


def by_lines(splitter: Splitter) -> Splitter:
    """Return a splitter that is given one line at a time, the way a careful user calls a library."""

    def ends(text: str, lang: Lang) -> list[int]:
        found = []
        for first, last in line_spans(text):
            before = solid(text[:first])
            found += [before + end for end in splitter(text[first:last], lang)] + [before + solid(text[first:last])]
        return found

    return ends


LOADERS: dict[str, Callable[[], Splitter]] = {
    "ours": lambda: ours,
    "pysbd": load_pysbd,
    "syntok": load_syntok,
    "sentencex": load_sentencex,
    "ICU": lambda: load_icu(False),
    "ICU, suppressions": lambda: load_icu(True),
}


def read_rows(path: Path, lang: Lang) -> list[Passage]:
    """Return one column of a gzipped table as passages of ten rows, those that begin and end as sentences do."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t")[LANGS.index(lang)].strip() for line in lines]
    rows = [row for row in rows if re.match(r"[«\"“]?\w", row) and row[-1] in '.!?…»"”' and not row[0].islower()]
    passages = []
    for first in range(0, len(rows), 10):
        text, ends = "", set()
        for piece in rows[first : first + 10]:
            text += f"{piece} "
            ends.add(solid(text))
        passages.append(Passage(str(first), text.rstrip(), frozenset(ends - {solid(text)}), frozenset()))
    return passages


def measure(splitter: Splitter, passages: list[Passage], lang: Lang, *, quotations: bool = True) -> Counts:
    """Count a splitter's boundaries over passages; without `quotations`, those inside quotations count for nothing."""
    counts = Counts()
    for passage in passages:
        found = frozenset(splitter(passage.text, lang)) - {0, solid(passage.text)}
        free = frozenset() if quotations else _quoted(passage)
        counts.add(found - free, passage.ends - free)
    return counts


def _quoted(passage: Passage) -> frozenset[int]:
    """Return all places inside quotations, as numbers of characters without white space."""
    places, total = set(), 0
    for at, letter in enumerate(passage.text):
        if letter.isspace():
            if is_open(passage.text[:at]):
                places.add(total)
        else:
            total += 1
    return frozenset(places)


def errors(passages: list[Passage], lang: Lang) -> Iterator[str]:
    """Yield what our splitter got wrong, with the text around it."""
    for passage in passages:
        found = frozenset(ours(passage.text, lang)) - {0, solid(passage.text)}
        for kind, ends in (("extra", found - passage.ends), ("missed", passage.ends - found)):
            for end in sorted(ends):
                at = next(i for i in range(len(passage.text)) if solid(passage.text[:i]) == end)
                before, after = passage.text[max(0, at - 40) : at], passage.text[at : at + 40]
                yield f"{lang} {kind} [{passage.name}]: {before} ¦ {after}"


def main() -> None:
    """Print the table, and with --errors what ours got wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", default="held", choices=("held", "dev"))
    parser.add_argument("--part", default="all", choices=("all", "running", "traps"))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--rows", type=Path, help="a gzipped table instead of the passages")
    arguments = parser.parse_args()
    print(ROWS_HEAD if arguments.rows else HEAD)
    for lang in LANGS:
        passages = read_rows(arguments.rows, lang) if arguments.rows else passages_of(arguments, lang)
        for name, load in LOADERS.items():
            try:
                splitter = load()
            except ImportError as error:
                print(f"| {lang} | {name} | not measured: {error} |")
                continue
            if arguments.rows:
                print(row_of_rows(lang, name, splitter, passages))
                continue
            print(row(lang, name, splitter, passages))
            if splitter is not ours:
                print(row(lang, f"{name}, line by line", by_lines(splitter), passages))
        if arguments.errors:
            print("\n".join(errors(passages, lang)))


def passages_of(arguments: argparse.Namespace, lang: Lang) -> list[Passage]:
    """Return the passages that the arguments ask for."""
    wanted = {"all": (True, False), "running": (False,), "traps": (True,)}[arguments.part]
    whole = read_passages(PASSAGES / f"{arguments.set}-{lang}.txt")
    return [passage for passage in whole if passage.name.startswith("trap") in wanted]


def row_of_rows(lang: Lang, name: str, splitter: Splitter, passages: list[Passage]) -> str:
    """Return how many ends of rows a splitter finds, of how many, and how many boundaries it sets inside rows."""
    counts = measure(splitter, passages, lang)
    return f"| {lang} | {name} | {counts.right} | {counts.wanted} | {counts.found - counts.right} |"


def row(lang: Lang, name: str, splitter: Splitter, passages: list[Passage]) -> str:
    """Return one line of the table."""
    started = time.perf_counter()
    whole = measure(splitter, passages, lang)
    speed = sum(len(passage.text) for passage in passages) / (time.perf_counter() - started)
    plain = measure(splitter, passages, lang, quotations=False)
    f1 = 2 * whole.right / (whole.found + whole.wanted)
    scores = (whole.precision, whole.recall, f1, plain.precision, plain.recall)
    return f"| {lang} | {name} | {' | '.join(f'{score:.3f}' for score in scores)} | {speed:,.0f} |"


if __name__ == "__main__":
    main()
