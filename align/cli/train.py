"""The verbs of train: encoder, verifier, beads, pairing, vocabulary, translator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from align.cli.options import examples
from align.cli.show import note
from align.train.encoder_settings import EncoderSettings
from align.train.translator_settings import Lora, TranslatorTraining

__all__ = ["train_app"]

train_app = typer.Typer(help="Train the bundled models again, or a translator.", no_args_is_help=True)

_DEFAULTS = EncoderSettings()
_TRANSLATOR = TranslatorTraining()
_PAIRS_HELP = "kk<tab>en[<tab>origin] lines; may be gzipped."
_Pairs = Annotated[Path, typer.Argument(metavar="PAIRS.tsv", help=_PAIRS_HELP)]
_Out = Annotated[Path, typer.Option("--out", help="The model's folder.")]


@train_app.command(
    "encoder",
    epilog=examples(
        "align train encoder pairs.tsv.gz --out mine",
        "align train encoder a.tsv b.tsv --out mine --epochs 3",
    ),
)
def encoder(
    pairs: Annotated[list[Path], typer.Argument(metavar="PAIRS.tsv...", help=_PAIRS_HELP)],
    out: _Out,
    epochs: Annotated[int, typer.Option(min=1, help="Passes over the pairs.")] = _DEFAULTS.epochs,
    seed: Annotated[int, typer.Option(help="What the random choices start from.")] = _DEFAULTS.seed,
) -> None:
    """Train an encoder; an interrupted training goes on after its last whole epoch."""
    from align.storage.outputs import claim_model
    from align.train.encoder import EpochReport, train_encoder

    def progress(report: EpochReport) -> None:
        note(
            f"align: epoch {report.epoch} of {report.epochs}: loss {report.loss:.3f},"
            f" nearest|mean of both ways|n:{report.held_out} {report.accuracy:.3f}, {report.seconds:.0f} s"
        )

    claim_model(out, pairs)
    weights = train_encoder(pairs, out, settings=EncoderSettings(epochs=epochs, seed=seed), progress=progress)
    note(f"align: {weights.signature}: {out}")


@train_app.command(
    "verifier",
    epilog=examples(
        "align train verifier pairs.tsv.gz --out mine",
        "align train verifier pairs.tsv.gz --out mine --news examples/news",
    ),
)
def verifier(
    pairs: Annotated[
        list[Path], typer.Argument(metavar="PAIRS.tsv...", help="kk<tab>en[<tab>origin] lines; may be gzipped.")
    ],
    out: _Out,
    news: Annotated[
        Path | None, typer.Option(help="A folder of written news with gold links, as examples/news.", exists=True)
    ] = None,
    lines: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Kazakh and English lines of unrelated sources, to hide pairs in.")
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option(help="Pairs of those lines that were read, as examples/lines/labels.tsv.", exists=True),
    ] = None,
    seed: Annotated[int | None, typer.Option(help="What the random choices start from.")] = None,
) -> None:
    """Fit a verifier to the pairs that the encoder's training left out.

    The folder's own encoder is used.
    """
    from align.models import ENCODER_FILE
    from align.storage.outputs import claim_model
    from align.train.verifier import VerifierData, VerifierTraining, train_verifier

    claim_model(out, pairs)
    train_verifier(
        VerifierData(tuple(pairs), news, lines, labels),
        out,
        settings=VerifierTraining() if seed is None else VerifierTraining(seed=seed),
        encoder_path=out if (out / ENCODER_FILE).is_file() else None,
        progress=lambda line: note(f"align: {line}"),
    )


@train_app.command(
    "beads",
    epilog=examples(
        "align train beads pairs.tsv.gz --out mine",
        "align train beads pairs.tsv.gz --out mine --seed 1",
    ),
)
def beads(
    pairs: _Pairs,
    out: _Out,
    seed: Annotated[int | None, typer.Option(help="What the random choices start from.")] = None,
) -> None:
    """Fit the weights of beads to documents made of pairs that the encoder's training left out."""
    from align.models import ENCODER_FILE
    from align.monotone.aligner import WEIGHTS_FILE
    from align.storage.outputs import claim_model
    from align.train.beads import BeadTraining, train_beads

    claim_model(out, [pairs])
    weights = train_beads(
        pairs,
        out / WEIGHTS_FILE,
        settings=BeadTraining() if seed is None else BeadTraining(seed=seed),
        encoder_path=out if (out / ENCODER_FILE).is_file() else None,
        progress=lambda line: note(f"align: {line}"),
    )
    note(f"align: {weights.signature}: {out}")


@train_app.command(
    "pairing",
    epilog=examples(
        "align train pairing pairs.tsv.gz --out mine",
        "align train pairing pairs.tsv.gz --out mine --seed 1",
    ),
)
def pairing(
    pairs: _Pairs,
    out: _Out,
    seed: Annotated[int | None, typer.Option(help="What the random choices start from.")] = None,
) -> None:
    """Fit the weights of document pairs to collections made of held-out pairs."""
    from align.models import ENCODER_FILE
    from align.pairing.pairer import WEIGHTS_FILE
    from align.storage.files import ensure_folder
    from align.train.pairing import PairingTraining, train_pairing

    ensure_folder(out)
    weights = train_pairing(
        pairs,
        out / WEIGHTS_FILE,
        settings=PairingTraining() if seed is None else PairingTraining(seed=seed),
        encoder_path=out if (out / ENCODER_FILE).is_file() else None,
        progress=lambda line: note(f"align: {line}"),
    )
    note(f"align: {weights.signature}: {out}")


@train_app.command(
    "vocabulary",
    epilog=examples(
        "align train vocabulary pairs.tsv.gz --out mine",
        "align train vocabulary pairs.tsv --out mine",
    ),
)
def vocabulary(pairs: _Pairs, out: _Out) -> None:
    """Count the English words that a gloss may say, and write them beside their encoder."""
    from align.storage.outputs import claim_model
    from align.train.vocabulary import write_vocabulary

    claim_model(out, [pairs])
    counted = write_vocabulary(pairs, out)
    note(f"align: {len(counted.words)} words, {counted.signature}: {out}")


@train_app.command(
    "translator",
    epilog=examples(
        "align train translator pairs.tsv --out mine",
        "align train translator pairs.tsv --model facebook/nllb-200-distilled-600M --out mine",
    ),
)
def translator(
    pairs: Annotated[
        Path, typer.Argument(metavar="PAIRS.tsv", help="What align export --format tsv writes, or kk<tab>en lines.")
    ],
    out: _Out,
    model: Annotated[
        str, typer.Option(help="The encoder-decoder to train on, by folder or name; new makes a small one.")
    ] = "new",
    epochs: Annotated[int, typer.Option(min=1, help="Passes over the pairs.")] = _TRANSLATOR.epochs,
    minutes: Annotated[float | None, typer.Option(help="Train for so long instead, judging not counted.")] = None,
    rate: Annotated[float | None, typer.Option(help="Highest learning rate; by default as the model wants it.")] = None,
    batch_tokens: Annotated[int, typer.Option(min=1, help="Tokens a batch.")] = _TRANSLATOR.batch_tokens,
    lora: Annotated[
        Lora, typer.Option(help="Train small additions to the weights; auto: from 200 million parameters on.")
    ] = _TRANSLATOR.lora,
    device: Annotated[str | None, typer.Option(help="cpu, cuda ...; by default a GPU where there is one.")] = None,
    seed: Annotated[int, typer.Option(help="What the random choices start from.")] = _TRANSLATOR.seed,
) -> None:
    """Train a translator, and say what pairs kept apart score before and after.

    An interrupted training goes on.
    """
    from transformers.utils.logging import disable_progress_bar

    from align.train.translator import train_translator

    disable_progress_bar()
    settings = TranslatorTraining(
        seed=seed, epochs=epochs, minutes=minutes, rate=rate, batch_tokens=batch_tokens, lora=lora, device=device
    )
    report = train_translator(pairs, out, model=model, settings=settings, progress=lambda line: note(f"align: {line}"))
    for when, score in (("before", report.before), ("after", report.after)):
        if score is not None:
            print(f"{when}: {score}")
    note(f"align: {out}: translate with --translator {out}")
