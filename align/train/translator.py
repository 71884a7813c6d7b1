"""Train a translation model on pairs: one that is given, or a new, small one."""

from __future__ import annotations

import hashlib
import shutil
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align.errors import AlignError, InputError, MissingExtraError
from align.storage.files import ensure_folder
from align.train.translator_card import Chrf, TranslatorReport, read_chrf, write_card, write_chrf
from align.train.translator_fresh import write_new_model
from align.train.translator_pairs import TranslationPairs, encode_pairs
from align.train.translator_settings import TrainingReport, TranslatorTraining
from align.translate.decoding import DecodingOptions
from align.translate.families import Family, family_of
from align.translate.modelfiles import ModelFiles, first_line, locate, open_tokenizer

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

__all__ = ["NEW", "train_translator"]

NEW: Final = "new"
_BIG: Final = 200_000_000
_RATES: Final = {"new": 1e-3, "lora": 3e-4, "full": 5e-5}


@dataclass(frozen=True, slots=True)
class _Job:
    """One training: what is trained on what, and how.

    It goes on in the hidden folder beside `out`.
    """

    pairs: TranslationPairs
    base: ModelFiles
    new: bool
    settings: TranslatorTraining
    work: Path
    fingerprint: str

    @property
    def result(self) -> Path:
        return self.work / "model"


def train_translator(
    pairs_path: Path,
    out: Path,
    *,
    model: str = NEW,
    settings: TranslatorTraining | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> TranslatorReport:
    """Train a translation model and write it into the folder `out` as transformers has it.

    `model` is a folder, a name, or "new". A pair in 20 is kept out of training, and translated before and after it:
    chrF++ says what the training gave. What an interrupted training has reached stays beside `out`, and a later call
    with the same pairs, model and settings goes on from there; `out` appears when all is done. Raises InputError for a
    bad table, too few pairs, a model that is no encoder-decoder or knows no Kazakh, and where `out` holds something;
    ModelUnavailableError for a model that can't be had; MissingExtraError where LoRA is wanted and peft is not
    installed.
    """
    settings = settings or TranslatorTraining()
    _require_free(out)
    job = _prepare(pairs_path, out, model=model, settings=settings, progress=progress)
    before = None if job.new else _before(job, progress)
    ended, trained_on, lora = _train(job, progress)
    progress("judging what came of it")
    after = _judge(job.result, job)
    report = TranslatorReport(
        model=NEW if job.new else job.base.name,
        revision=None if job.new else job.base.revision,
        licence=None if job.new else job.base.licence,
        pairs=pairs_path.name,
        sha256=job.pairs.sha256,
        trained=trained_on,
        held_out=len(job.pairs.held),
        lora=lora,
        before=before,
        after=after,
        steps=ended.steps,
        tokens=ended.tokens,
        seconds=ended.seconds,
        settings=asdict(settings),
    )
    write_card(job.result, report)
    out.parent.mkdir(parents=True, exist_ok=True)
    job.result.replace(out)
    shutil.rmtree(job.work)
    return report


def _require_free(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out}: is there already: choose another --out, or remove it")


def _prepare(
    pairs_path: Path, out: Path, *, model: str, settings: TranslatorTraining, progress: Callable[[str], None]
) -> _Job:
    """Read the pairs, and find the model or make it.

    Every training has a work folder of its own.
    """
    pairs = TranslationPairs.read(pairs_path)
    given = None if model == NEW else _trainable(model)
    named = f"{pairs.sha256}|{given.revision if given else NEW}|{settings}"
    fingerprint = hashlib.sha256(named.encode()).hexdigest()[:16]
    work = out.absolute().parent / f".{out.absolute().name}.{fingerprint}.training"
    ensure_folder(work)
    if given is None:
        given = _new_model(work / "start", pairs, settings=settings, progress=progress)
    return _Job(pairs, given, model == NEW, settings, work, fingerprint)


def _trainable(name: str) -> ModelFiles:
    """Find a model, and refuse at once what could not be trained."""
    files = locate(name)
    tokenizer, config = open_tokenizer(files)
    if not config.is_encoder_decoder:
        raise InputError(f"{files.name}: a {config.model_type} model is no encoder-decoder; only those are trained")
    family_of(tokenizer, config)
    return files


def _new_model(
    folder: Path, pairs: TranslationPairs, *, settings: TranslatorTraining, progress: Callable[[str], None]
) -> ModelFiles:
    if not folder.is_dir():
        progress("making a vocabulary")
        unfinished = folder.with_suffix(".unfinished")
        write_new_model(unfinished, pairs.train, vocabulary=settings.vocabulary, seed=settings.seed)
        unfinished.replace(folder)
    return locate(str(folder))


def _before(job: _Job, progress: Callable[[str], None]) -> Chrf:
    """Return what the given model reaches without training.

    A resumed training does not translate again.
    """
    kept = job.work / "before.json"
    if not kept.is_file():
        progress(f"judging {job.base.name} before training")
        write_chrf(kept, _judge(job.base.folder, job))
    return read_chrf(kept)


def _judge(folder: Path, job: _Job) -> Chrf:
    from align.translate.seq2seq import Seq2SeqTranslator

    pairs = job.pairs.judged(job.settings.judged)
    translator = Seq2SeqTranslator.load(str(folder), options=DecodingOptions(device=job.settings.device))
    drafts = translator.draft([pair.source for pair in pairs])
    return Chrf.of(["" if draft is None else draft.text for draft in drafts], [pair.target for pair in pairs])


def _train(job: _Job, progress: Callable[[str], None]) -> tuple[TrainingReport, int, bool]:
    """Train and save the model.

    Returns how training ended, the pairs it had, and whether LoRA was used.
    """
    from align.train.translator_loop import TrainingLoop

    model, tokenizer, family = _load(job)
    coded = encode_pairs(job.pairs.train, tokenizer, family, longest=_room(job, tokenizer))
    if not coded:
        raise InputError(f"no pair has at most {job.settings.max_tokens} tokens a side: raise the number")
    lora = _wants_lora(model, job.settings)
    trained = _with_lora(model, job.settings) if lora else model
    rate = job.settings.rate or _RATES["lora" if lora else "new" if job.new else "full"]
    loop = TrainingLoop(trained, coded, settings=job.settings, rate=rate)
    progress(f"training on {len(coded)} pairs")
    try:
        ended = loop.run(job.work / "checkpoint.pt", fingerprint=job.fingerprint, progress=lambda p: progress(_line(p)))
    except (MemoryError, RuntimeError) as error:
        if not _is_memory(error):
            raise
        tokens = job.settings.batch_tokens
        raise AlignError(f"out of memory at {tokens} tokens a batch: try --batch-tokens {tokens // 2}") from error
    _save(trained.merge_and_unload() if lora else trained, tokenizer, job)
    return ended, len(coded), lora


def _load(job: _Job) -> tuple[PreTrainedModel, PreTrainedTokenizerBase, Family]:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    tokenizer, config = open_tokenizer(job.base)
    family = family_of(tokenizer, config)
    device = job.settings.device or ("cuda" if torch.cuda.is_available() else "cpu")
    try:
        model = AutoModelForSeq2SeqLM.from_pretrained(job.base.folder, dtype=torch.float32)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise InputError(f"{job.base.name}: not a translation model ({first_line(error)})") from error
    if family.target_token:
        # So that the trained folder answers in English wherever it is loaded, not only here.
        model.generation_config.forced_bos_token_id = tokenizer.convert_tokens_to_ids(family.target_token)
    return model.to(device), tokenizer, family


def _room(job: _Job, tokenizer: PreTrainedTokenizerBase) -> int:
    return min(job.settings.max_tokens, int(tokenizer.model_max_length))


def _wants_lora(model: PreTrainedModel, settings: TranslatorTraining) -> bool:
    return settings.lora == "yes" or (settings.lora == "auto" and model.num_parameters() >= _BIG)


def _with_lora(model: PreTrainedModel, settings: TranslatorTraining) -> Any:  # noqa: ANN401
    """Return the model with low-rank additions to all its linear layers.

    They alone are trained (Hu et al. 2021).
    """
    import torch

    try:
        from peft import LoraConfig, get_peft_model
    except ImportError as error:
        raise MissingExtraError("training a big model by LoRA", "lora") from error
    rank = settings.rank
    added = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules="all-linear", lora_dropout=0.05)
    # The additions begin at random.
    torch.manual_seed(settings.seed)
    with warnings.catch_warnings():
        # peft asks transformers by a name that is going out of use.
        warnings.filterwarnings("ignore", message="`is_gradient_checkpointing`", category=FutureWarning)
        return get_peft_model(model, added)


def _save(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, job: _Job) -> None:
    # Leftovers of a run that was killed here would end up in the folder.
    shutil.rmtree(job.result, ignore_errors=True)
    model.save_pretrained(job.result)
    tokenizer.save_pretrained(job.result)


def _is_memory(error: Exception) -> bool:
    # A GPU's allocator raises an error of its own, a processor's a RuntimeError like any other.
    return isinstance(error, MemoryError) or "out of memory" in str(error) or "can't allocate memory" in str(error)


def _line(at: TrainingReport) -> str:
    speed = at.tokens / at.seconds if at.seconds else 0.0
    return f"{at.share:.0%}, epoch {at.epoch}, step {at.steps}: loss {at.loss:.3f}, {speed:.0f} target tokens/s"
