"""chrF++ and BLEU of a translation model on pairs that it was not trained on, greedy and with four beams.

python benchmarks/translate_quality.py MODEL dev-news.tsv.gz
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from align.train.pairs import read_pairs
from align.translate.decoding import DecodingOptions
from align.translate.seq2seq import Seq2SeqTranslator


def main() -> None:
    """Translate the Kazakh side, and print the scores with their signatures and five drafts."""
    pairs = read_pairs(Path(sys.argv[2]))
    for beams in (1, 4):
        translator = Seq2SeqTranslator.load(sys.argv[1], options=DecodingOptions(beams=beams))
        begun = time.perf_counter()
        drafts = translator.draft([pair.source for pair in pairs])
        seconds = time.perf_counter() - begun
        texts = ["" if draft is None else draft.text for draft in drafts]
        for metric in (CHRF(word_order=2), BLEU()):
            score = metric.corpus_score(texts, [[pair.target for pair in pairs]])
            print(f"{beams} beams: {score} n:{len(pairs)}|{metric.get_signature()}")
        print(f"{beams} beams: {seconds:.0f} s")
        for pair, text in list(zip(pairs, texts, strict=True))[:: len(pairs) // 5][:5]:
            print(f"  {pair.source}\n  = {pair.target}\n  > {text}")


if __name__ == "__main__":
    main()
