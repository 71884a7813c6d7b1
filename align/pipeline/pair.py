"""Documents of two languages become pairs that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from align.corpus.read import Corpus
from align.encode import load_encoder
from align.errors import InputError
from align.facts.dates import day_of
from align.pairing.document_rows import Documents
from align.pairing.pairer import LIKELY, DocumentPairer
from align.ports import Encoder
from align.search import INDEXES
from align.settings import Settings
from align.text.matched import matched_text
from align.types import Document, Lang
from align.verify.ranking import plain

__all__ = ["PairedDocuments", "pair", "pair_documents"]


@dataclass(frozen=True, slots=True)
class PairedDocuments:
    """Two documents, and the probability (0-1) that they belong together.

    They translate each other, or report one event.
    """

    source: Document
    target: Document
    probability: float


def pair(
    corpus: Corpus, *, many: bool = False, min_probability: float = LIKELY, settings: Settings | None = None
) -> list[PairedDocuments]:
    """Find which documents of a corpus (`align.read`) belong together.

    They translate each other, or report one event. Most probable first; every document stands in one pair at most,
    unless `many`. `settings` name the encoder and the index. Raises InputError for a corpus of one language.
    """
    settings = settings or Settings()
    pairer = DocumentPairer.load(index=INDEXES.load(settings.index))
    found = pair_documents(corpus, pairer, load_encoder(settings.encoder), many=many)
    return [each for each in found if each.probability >= min_probability]


def pair_documents(
    corpus: Corpus, pairer: DocumentPairer, encoder: Encoder, *, many: bool = False
) -> list[PairedDocuments]:
    """Return which Kazakh and English documents of a corpus belong together.

    The most probable pair comes first. Every document stands in one pair at most, unless `many`. Raises InputError for
    a corpus of one language.
    """
    sides = [[each for each in corpus.documents if each.lang == lang] for lang in ("kk", "en")]
    if not all(sides):
        raise InputError("documents of both languages are needed: give a folder of Kazakh and one of English ones")
    found = pairer.pair(_encoded(sides[0], "kk", encoder), _encoded(sides[1], "en", encoder))
    found = found if many else found.one_to_one()
    return [
        PairedDocuments(sides[0][source], sides[1][target], plain(probability))
        for source, target, probability in zip(
            found.source.tolist(), found.target.tolist(), found.probabilities.tolist(), strict=True
        )
    ]


def _encoded(documents: Sequence[Document], lang: Lang, encoder: Encoder) -> Documents:
    kept = [document.kept for document in documents]
    texts = [matched_text(segment) for segments in kept for segment in segments]
    days = [day.toordinal() if (day := day_of(document.published)) else np.nan for document in documents]
    number = np.repeat(np.arange(len(documents)), [len(segments) for segments in kept])
    return Documents(encoder.encode(texts, lang), number, np.array(days, np.float64))
