"""The verbs of train: encoder, verifier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from align.cli.show import note
from align.train.settings import EncoderSettings

__all__ = ["train_app"]

train_app = typer.Typer(help="Train the bundled models anew.", no_args_is_help=True)

_DEFAULTS = EncoderSettings()
_Pairs = Annotated[Path, typer.Argument(metavar="PAIRS.tsv", help="kk<tab>en[<tab>origin] lines; may be gzipped.")]
_Out = Annotated[Path, typer.Option("--out", help="The model's folder.")]


@train_app.command("encoder")
def encoder(
    pairs: _Pairs,
    out: _Out,
    epochs: Annotated[int, typer.Option(min=1, help="Passes over the pairs.")] = _DEFAULTS.epochs,
    seed: Annotated[int, typer.Option(help="What the random choices start from.")] = _DEFAULTS.seed,
) -> None:
    """Train an encoder; an interrupted training goes on after its last whole epoch."""
    from align.files import ensure_folder
    from align.train.encoder import EpochReport, train_encoder

    def progress(report: EpochReport) -> None:
        note(
            f"align: epoch {report.epoch} of {report.epochs}: loss {report.loss:.3f},"
            f" nearest|mean of both ways|n:{report.held_out} {report.accuracy:.3f}, {report.seconds:.0f} s"
        )

    ensure_folder(out)
    weights = train_encoder(pairs, out, settings=EncoderSettings(epochs=epochs, seed=seed), progress=progress)
    note(f"align: {weights.signature}: {out}")


@train_app.command("verifier")
def verifier(
    pairs: _Pairs,
    out: _Out,
    seed: Annotated[int | None, typer.Option(help="What the random choices start from.")] = None,
) -> None:
    """Fit a verifier to the pairs that the encoder's training left out; the folder's own encoder is used."""
    from align.encode.weights import CONFIG_FILE
    from align.files import ensure_folder
    from align.train.verifier import VerifierTraining, train_verifier

    ensure_folder(out)
    settings = VerifierTraining() if seed is None else VerifierTraining(seed=seed)
    train_verifier(
        pairs,
        out / "verifier.json",
        settings=settings,
        encoder_path=out if (out / CONFIG_FILE).is_file() else None,
        progress=lambda line: note(f"align: {line}"),
    )
