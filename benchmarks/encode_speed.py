"""Measure sentences a second of the bundled encoder beside two transformers of known sizes, all in one run.

    python benchmarks/encode_speed.py [--texts FILE] [--sentences 40000] [--threads 2]

The texts are lines of FILE, one text a line, cut to 20 words each; without a file, words of the seed documents in a
seeded random order. The transformers have random weights of the right shapes: they take as long as the real
ones would. Their tokenisers are left out of the time, which favours them.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

from align.text.words import raw_words

WORDS = 20
# A word of Kazakh or English news is about 1.6 pieces of these models' vocabularies.
PIECES = 32
SHAPES = {
    "multilingual-E5-small": {"hidden_size": 384, "intermediate_size": 1536, "num_attention_heads": 12},
    "LaBSE": {"hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12},
}


def seed_lines() -> list[str]:
    """Return the lines of the seed documents."""
    folder = Path(__file__).parents[1] / "seeds"
    return [line for path in sorted(folder.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]


def sentences(lines: list[str], count: int) -> list[str]:
    """Return `count` texts of 20 words: the words of consecutive lines, in a seeded random order when lines run out."""
    shuffled = random.Random(1)
    words = [word for line in lines for word in raw_words(line)]
    while len(words) < count * WORDS:
        words += shuffled.sample(words, min(len(words), count * WORDS - len(words)))
    return [" ".join(words[start : start + WORDS]) for start in range(0, count * WORDS, WORDS)]


def rate(work: Callable[[], object], count: int) -> float:
    """Return `count` over the seconds that the work takes."""
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)


def transformer_rate(shape: dict[str, int], threads: int, batch: int = 64, batches: int = 4) -> float:
    """Return the sentences a second of a 12-layer BERT of this shape over sentences of 32 pieces."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(threads)
    torch.manual_seed(0)
    # Looking a piece up costs next to nothing, so that a short vocabulary saves memory without changing the time.
    model = BertModel(BertConfig(vocab_size=1000, num_hidden_layers=12, **shape)).eval()
    pieces = torch.randint(0, 1000, (batch, PIECES))
    with torch.inference_mode():
        model(input_ids=pieces)
        return rate(lambda: [model(input_ids=pieces) for _ in range(batches)], batch * batches)


def main() -> None:
    """Measure and print JSON."""
    from align.encode.ngram import NgramEncoder

    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--sentences", type=int, default=40_000)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    lines = arguments.texts.read_text(encoding="utf-8").splitlines() if arguments.texts else seed_lines()
    texts = sentences(lines, arguments.sentences)
    begun = time.perf_counter()
    encoder = NgramEncoder.load()
    loading = time.perf_counter() - begun
    cold = rate(lambda: encoder.encode(texts, "kk"), len(texts))
    warm = max(rate(lambda: encoder.encode(texts, "kk"), len(texts)) for _ in range(3))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    others = {name: transformer_rate(shape, arguments.threads) for name, shape in SHAPES.items()}
    report = {
        "encoder": encoder.signature,
        "dim": encoder.dim,
        "sentences": len(texts),
        "distinct_words": len({word for text in texts for word in raw_words(text)}),
        "load_seconds": round(loading, 3),
        "first_pass_per_second": round(cold),
        "words_seen_before_per_second": round(warm),
        "peak_memory_mib": round(memory),
        "transformers_per_second": {name: round(value, 1) for name, value in others.items()},
        "times_as_fast": {name: round(warm / value) for name, value in others.items()},
        "times_as_fast_first_pass": {name: round(cold / value) for name, value in others.items()},
        "machine": f"{platform.machine()}, {arguments.threads} threads, Python {platform.python_version()}",
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
