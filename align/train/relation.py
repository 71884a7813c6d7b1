"""Fits the model of how much two texts of a pair share, and of which disagreements are some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from align.evaluate.comparable import Gold
from align.explain.explainer import FactExplainer
from align.sides import SideBuilder
from align.train.made_comparable import spoil
from align.train.pairs import Pair
from align.types import FloatArray
from align.verify.logistic import fit
from align.verify.relation import RelationModel, clash_columns, overlap
from align.verify.word_arrays import WordEncoder

__all__ = ["fit_relation"]

_TRANSLATIONS: Final = 250
_COUNTED: Final = 0.3
"""What a translation counts beside a pair of the news: it is always the same, however freely it is told."""

_RIDGE: Final = 10.0


def fit_relation(
    gold: Gold, pairs: Sequence[Pair], tools: tuple[SideBuilder, WordEncoder], rng: np.random.Generator
) -> RelationModel:
    """Fit to the pairs of written news and to translations.

    The latter are as they are, and with a number or a name changed.
    """
    texts, grades = _of_news(gold)
    weights = [1.0] * len(texts)
    for pair in (pairs[row] for row in rng.permutation(len(pairs))[:_TRANSLATIONS].tolist()):
        other = spoil(pair.target, (), rng)
        for target, grade in ((pair.target, "equivalent"), (other, "conflict")):
            if target is not None:
                texts.append((pair.source, target))
                grades.append(grade)
                weights.append(_COUNTED)
    seen, clashes, kinds = _look(texts, tools)
    clashing = np.array(kinds, dtype=bool)
    truth, counted = np.array(grades), np.array(weights)
    same = ~clashing & np.isin(truth, ("equivalent", "partial", "mixed"))
    return RelationModel(
        fit(seen[same], truth[same] == "equivalent", ridge=_RIDGE, weights=counted[same]),
        fit(
            clashes[clashing],
            np.isin(truth[clashing], ("conflict", "mixed")),
            ridge=_RIDGE,
            weights=counted[clashing],
        ),
    )


def _of_news(gold: Gold) -> tuple[list[tuple[str, str]], list[str]]:
    pairs = sorted(pair for pair in gold.pairs if pair not in gold.neutral)
    return [(gold.kk[i].text, gold.en[j].text) for i, j in pairs], [str(gold.pairs[pair]) for pair in pairs]


def _look(
    texts: Sequence[tuple[str, str]], tools: tuple[SideBuilder, WordEncoder]
) -> tuple[FloatArray, FloatArray, list[bool]]:
    """Return what is seen of pairs, (n, 20) and (n, 23), and whether their facts clash."""
    builder, encoder = tools
    source = builder.of_lines([one for one, _ in texts], "kk")
    target = builder.of_lines([other for _, other in texts], "en")
    explainer = FactExplainer(encoder)
    seen, clashes, clashing = [], [], []
    for row in range(len(texts)):
        facts, words = explainer.compared(source, target, (row, row))
        columns = overlap(facts, words, (source.texts[row], target.texts[row]))
        seen.append(columns)
        clashes.append(clash_columns(facts, columns))
        clashing.append(any(entry.status == "conflict" for entry in facts))
    return np.stack(seen), np.stack(clashes), clashing
