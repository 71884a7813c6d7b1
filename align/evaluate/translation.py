"""How good drafts are, by sacreBLEU's own measures and signatures."""

from __future__ import annotations

from collections.abc import Sequence

from align.errors import InputError
from align.evaluate.metrics import Score

__all__ = ["draft_scores"]


def draft_scores(references: Sequence[str], drafts: Sequence[str]) -> tuple[Score, Score]:
    """Return chrF++ and BLEU of drafts against one reference each, 0-100.

    chrF++ comes first: it goes by characters, and so is fairer to names, inflections and sentences of a few words than
    BLEU, which has one right word or none. Raises InputError for no lines, or for other lines than there are
    references. Source: Popović 2017 (chrF++), Papineni et al. 2002 (BLEU), Post 2018 (the signatures).

    >>> [round(score.value, 1) for score in draft_scores(["He came to Almaty."], ["He came to Almaty."])]
    [100.0, 100.0]
    """
    from sacrebleu.metrics import BLEU, CHRF

    if len(references) != len(drafts):
        raise InputError(f"{len(references)} references, but {len(drafts)} drafts: give one a line, in the same order")
    if not drafts:
        raise InputError("no lines to score: give references and drafts, one a line")
    found = []
    for metric in (CHRF(word_order=2), BLEU()):
        score = metric.corpus_score(list(drafts), [list(references)])
        found.append(Score(score.score, f"{score.name}|{metric.get_signature()}|n:{len(drafts)}", "higher"))
    return found[0], found[1]
