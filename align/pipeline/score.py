"""What the models say of given pairs, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from align.errors import InputError
from align.tools import Tools, load_tools

__all__ = ["PairScore", "score"]


@dataclass(frozen=True, slots=True)
class PairScore:
    """What is thought of a Kazakh and an English text.

    `score` is the second stage's: late interaction of the words and a share of the cosine; higher is better, true pairs
    of sentences lie about .4, chance below .15. `cosine` is the encoder's, -1 to 1. `probability` (0-1) is the
    verifier's, that both cover the same facts.
    """

    score: float
    cosine: float
    probability: float


def score(sources: Sequence[str] | str, targets: Sequence[str] | str, tools: Tools | None = None) -> list[PairScore]:
    """Score given pairs: text n of `sources`, in Kazakh, with text n of `targets`, in English.

    Two single texts are one pair. A pair's numbers depend on its two texts alone. Raises InputError for lists of
    different lengths.

    >>> import align
    >>> align.score("Ол Алматыға келді.", "He came to Almaty.")  # doctest: +SKIP
    [PairScore(score=0.5, cosine=0.71, probability=0.98)]
    """
    sources, targets = ([each] if isinstance(each, str) else list(each) for each in (sources, targets))
    if len(sources) != len(targets):
        raise InputError(f"{len(sources)} Kazakh and {len(targets)} English texts: give one for one")
    tools = tools or load_tools(cached=False)
    source, target = tools.sides.of_lines(sources, "kk"), tools.sides.of_lines(targets, "en")
    rows = np.arange(len(sources), dtype=np.int64)
    cosine = np.einsum("nd,nd->n", source.vectors, target.vectors)
    scores, _ = tools.second.score(tools.second.words(source), tools.second.words(target), rows, rows, cosine)
    told = [tools.alone(*pair) for pair in zip(sources, targets, strict=True)]
    found = zip(scores.tolist(), cosine.tolist(), told, strict=True)
    return [PairScore(round(a, 4), round(b, 4), round(c, 4)) for a, b, c in found]
