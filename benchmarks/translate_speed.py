"""Measure output tokens a second of a model of NLLB-200-distilled-600M's shape, by transformers and by CTranslate2.

    python benchmarks/translate_speed.py [--sentences 16] [--source-tokens 30] [--tokens 24] [--threads 2] [--repeats 3]

The weights are random, so the words are not of this world; they take as long as the real ones would. Every sentence is
as long as the next, and every answer is made to be `--tokens` long, greedily, so that both do the same work:
transformers in float32, CTranslate2 in int8, all sentences as one batch, and one sentence alone. The two take turns, so
that whatever else the machine does slows both, and the best of the repeats counts; loading and conversion are left
out, tokenising too. Processor time is told beside the clock's, for a machine that is shared. Needs 3 GB of disk and
8 GB of memory.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import NllbTokenizer

Batch = list[list[int]]


def build(folder: Path) -> NllbTokenizer:
    """Save a model with the shape of facebook/nllb-200-distilled-600M's config.json, and a vocabulary of its size."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    special = ["<s>", "<pad>", "</s>", "<unk>"]
    # 256,206 tokens in all: the codes of 202 languages and <mask> come to those of the vocabulary.
    words = [*special, *"▁әіңғүұқөһ", *(f"▁w{number}" for number in range(256_206 - 202 - 1 - len(special) - 10))]
    tokenizer = NllbTokenizer(vocab={word: number for number, word in enumerate(words)})
    torch.manual_seed(0)
    config = M2M100Config(
        vocab_size=len(tokenizer),
        d_model=1024,
        encoder_layers=12,
        decoder_layers=12,
        encoder_ffn_dim=4096,
        decoder_ffn_dim=4096,
        max_position_embeddings=1024,
    )
    model = M2M100ForConditionalGeneration(config)
    print(f"{sum(weights.numel() for weights in model.parameters()):,} parameters, {len(tokenizer):,} tokens")
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return tokenizer


def by_transformers(folder: Path, forced: int, tokens: int) -> Callable[[Batch], int]:
    """Return a function that translates a batch and says how many tokens came out."""
    import torch
    from transformers import AutoModelForSeq2SeqLM

    model = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32).eval()
    lengths = {"min_new_tokens": tokens, "max_new_tokens": tokens}

    def run(batch: Batch) -> int:
        ids = torch.tensor(batch)
        with torch.inference_mode():
            mask = torch.ones_like(ids)
            found = model.generate(input_ids=ids, attention_mask=mask, forced_bos_token_id=forced, **lengths)
        return found[:, 1:].numel()

    return run


def by_ctranslate2(folder: Path, tokenizer: NllbTokenizer, tokens: int) -> Callable[[Batch], int]:
    """Return a function that translates a batch and says how many tokens came out; converts the model first."""
    import ctranslate2

    from align.translate.ctranslate_model import converted
    from align.translate.modelfiles import locate

    start = time.perf_counter()
    smaller = converted(locate(str(folder)))
    size = sum(each.stat().st_size for each in smaller.iterdir())
    print(f"converted in {time.perf_counter() - start:.0f} s to {size:,} bytes", flush=True)
    model = ctranslate2.Translator(str(smaller), compute_type="int8", intra_threads=int(os.environ["OMP_NUM_THREADS"]))

    def run(batch: Batch) -> int:
        found = model.translate_batch(
            [tokenizer.convert_ids_to_tokens(row) for row in batch],
            target_prefix=[["eng_Latn"]] * len(batch),
            beam_size=1,
            min_decoding_length=tokens,
            max_decoding_length=tokens,
        )
        return sum(len(result.hypotheses[0]) for result in found)

    return run


def rates(run: Callable[[Batch], int], batch: Batch) -> tuple[float, float]:
    """Return output tokens a second by the clock, and a second of processor time."""
    clock, processor = time.perf_counter(), time.process_time()
    tokens = run(batch)
    return tokens / (time.perf_counter() - clock), tokens / (time.process_time() - processor)


def main() -> None:
    """Build, convert, measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("sentences", 16), ("source-tokens", 30), ("tokens", 24), ("threads", 2), ("repeats", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    # Both libraries read this when they are first imported.
    os.environ["OMP_NUM_THREADS"] = str(given.threads)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "model"
        os.environ["ALIGN_CACHE"] = temporary
        tokenizer = build(folder)
        start, end = tokenizer.convert_tokens_to_ids(["kaz_Cyrl", "</s>"])
        chance = random.Random(0)
        middle = given.source_tokens - 2
        batch = [[start, *(chance.randrange(20, 250_000) for _ in range(middle)), end] for _ in range(given.sentences)]
        forced = tokenizer.convert_tokens_to_ids("eng_Latn")
        libraries = {
            f"ctranslate2 {version('ctranslate2')} int8": by_ctranslate2(folder, tokenizer, given.tokens),
            f"transformers {version('transformers')} float32": by_transformers(folder, forced, given.tokens),
        }
        best = {(name, size): (0.0, 0.0) for name in libraries for size in (given.sentences, 1)}
        for _ in range(given.repeats):
            for name, size in best:
                best[name, size] = tuple(map(max, best[name, size], rates(libraries[name], batch[:size])))
                clock, processor = best[name, size]
                print(f"{name:30} {size:3} at a time {clock:7.1f} tokens/s {processor:7.1f} per CPU second", flush=True)
    machine = {"processor": platform.processor() or platform.machine(), "python": platform.python_version()}
    table = {f"{name}, {size} at a time": [round(each, 1) for each in pair] for (name, size), pair in best.items()}
    # Above the number of cores, others had a share of the machine, and the ratio says more than the rates.
    load = {"load_average": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    print(json.dumps({**vars(given), **machine, **load, "tokens_per_second_and_per_cpu_second": table}))


if __name__ == "__main__":
    main()
