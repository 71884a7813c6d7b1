"""Pools of which it is known what belongs together.

Their families are as different as the runs that people make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from align.evaluate.comparable import Gold
from align.evaluate.metrics import Labels
from align.search.candidates import candidates
from align.search.rerank import SecondStage
from align.search.word_numbers import WordTable
from align.sides import Side, SideBuilder
from align.text.words import raw_words
from align.train.pairs import Pair
from align.train.pools import Pool, PoolKind, draw_pool, fair_chances
from align.types import FloatArray, IntArray
from align.verify.decoys import Decoys
from align.verify.experts import Looked
from align.verify.model import look

__all__ = ["Bench", "Drawn", "draw_news", "draw_pools", "prose_of"]

_SIZES: Final = ((6, 5), (20, 4), (60, 2), (200, 1), (700, 1), (1500, 1))
"""Segments of a side, and how many pools of each kind have them: small runs are to be known as well as large ones."""

_NOISE: Final = (0.0, 0.5, 0.9)
_LOOSE: Final = (0.0, 0.2)
_TWINS: Final = 0.15
_PROSE_WORDS: Final = 6
_FEWEST: Final = 100


@dataclass(frozen=True, slots=True)
class Bench:
    """What makes sides and looks at them; `top_k` is how many candidates a text may propose."""

    builder: SideBuilder
    encoder: WordTable
    decoys: Decoys
    top_k: int

    def look(self, family: str, sides: tuple[Side, Side], truth: Callable[[IntArray, IntArray], Labels]) -> Drawn:
        """Return what the verifier sees of two sides, with the truth of each pair of rows."""
        found = SecondStage(self.encoder)(candidates(*sides, k=self.top_k), *sides)
        seen = look(found, sides, (self.encoder, self.decoys))
        rows, columns = found.source[seen.kept], found.target[seen.kept]
        return Drawn(family, seen.looked, columns, truth(rows, columns), len(sides[0]))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pool that was looked at: m pairs, which of them are right, and how many sources it has.

    The right ones are the `targets` (m,). `groups` (m,) says which event each pair is of, "" where there are none.
    """

    family: str
    looked: Looked
    targets: IntArray
    labels: Labels
    sources: int
    groups: NDArray[np.str_] | None = None

    def only(self, rows: Labels) -> Drawn:
        """Return the pool with some of its pairs, (m,) bool."""
        looked = self.looked
        documents = None if looked.documents is None else looked.documents[rows]
        return replace(
            self,
            looked=Looked(looked.sources[rows], looked.alone[rows], looked.rivals[rows], documents),
            targets=self.targets[rows],
            labels=self.labels[rows],
            groups=None if self.groups is None else self.groups[rows],
        )


def prose_of(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Return the pairs of six words or more a side; all, where those are too few."""
    long = [pair for pair in pairs if min(len(raw_words(pair.source)), len(raw_words(pair.target))) >= _PROSE_WORDS]
    return long if len(long) >= _FEWEST else pairs


def draw_pools(
    pairs: Sequence[Pair], bench: Bench, *, largest: int, rng: np.random.Generator, progress: Callable[[str], None]
) -> Iterator[Drawn]:
    """Yield pools of translations of all sizes, at three levels of noise.

    There are strict ones and, of any pairs, free ones; and some whose pairs are of one origin.
    """
    choices = [(name, chosen, fair_chances(chosen)) for name, chosen in (("any", pairs), ("prose", prose_of(pairs)))]
    for size, times in _SIZES:
        if size > largest:
            continue
        for noise in _NOISE:
            for loose in _LOOSE:
                kind = PoolKind(size, noise, loose, twins=_TWINS)
                # Freely told prose beside strict has made the expert too sure of every wrong pair of long sentences.
                for name, chosen, chances in choices[:1] if loose else choices:
                    for _ in range(times):
                        pool = draw_pool(chosen, chances, kind, rng)
                        yield _pool(f"{name}-{size}-{noise}-{loose}", pool, bench)
        progress(f"pools of {size} drawn")
    yield from _of_one_origin(pairs, bench, largest=largest, rng=rng)
    progress("pools of one origin drawn")


def _of_one_origin(pairs: Sequence[Pair], bench: Bench, *, largest: int, rng: np.random.Generator) -> Iterator[Drawn]:
    """Yield pools whose pairs are of one origin.

    Its lines stand nearer to each other than those of many.
    """
    for origin in sorted({pair.origin for pair in pairs}):
        chosen = [pair for pair in pairs if pair.origin == origin]
        for noise in _NOISE if len(chosen) >= _FEWEST else ():
            yield _pool(
                f"origin-{noise}", draw_pool(chosen, fair_chances(chosen), PoolKind(largest, noise), rng), bench
            )


def _pool(family: str, pool: Pool, bench: Bench) -> Drawn:
    sides = bench.builder.of_lines(pool.sources, "kk"), bench.builder.of_lines(pool.targets, "en")
    return bench.look(family, sides, lambda rows, columns: pool.source_key[rows] == pool.target_key[columns])


def draw_news(gold: Gold, bench: Bench, *, documents: bool) -> Iterator[Drawn]:
    """Yield the written news as one run, and each event as a run.

    They come with or without their documents.
    """
    kind = "report" if documents else "lines"
    yield _news(f"{kind}-all", gold, bench, documents=documents, event=None)
    for event in sorted({told.event for told in gold.kk}):
        yield _news(f"{kind}-event", gold, bench, documents=documents, event=event)


def _news(family: str, gold: Gold, bench: Bench, *, documents: bool, event: str | None) -> Drawn:
    rows = [
        np.array([row for row, told in enumerate(side) if event in (None, told.event)], dtype=np.int64)
        for side in (gold.kk, gold.en)
    ]
    sides = []
    for lang, side, chosen in (("kk", gold.kk, rows[0]), ("en", gold.en, rows[1])):
        numbers: dict[tuple[str, str], int] = {}
        places = [numbers.setdefault((side[row].event, side[row].document), len(numbers)) for row in chosen.tolist()]
        sides.append(
            bench.builder.of_lines(
                [side[row].text for row in chosen.tolist()],
                lang,  # type: ignore[arg-type]
                document=np.array(places, dtype=np.int64) if documents else None,
            )
        )

    def pairs(ours: IntArray, theirs: IntArray) -> list[tuple[int, int]]:
        return list(zip(rows[0][ours].tolist(), rows[1][theirs].tolist(), strict=True))

    drawn = bench.look(
        family, (sides[0], sides[1]), lambda a, b: np.array([pair in gold.right for pair in pairs(a, b)], dtype=bool)
    )
    held = pairs(drawn.looked.sources, drawn.targets)
    counted = np.array([pair not in gold.neutral for pair in held], dtype=bool)
    events = np.array([gold.kk[i].event for i, _ in held])
    return replace(drawn, groups=events).only(counted)


def columns_of(drawn: Sequence[Drawn], expert: str) -> FloatArray:
    """Return what an expert looks at in several pools, (m, f) float32, end to end."""
    return np.vstack([each.looked.columns(expert) for each in drawn])
