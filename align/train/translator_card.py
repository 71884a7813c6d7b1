"""What is told of a trained translation model.

training.json is for programs, README.md for people and the hub.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from align.storage.files import replacing, write_json

__all__ = ["Chrf", "TranslatorReport", "read_chrf", "write_card", "write_chrf"]


@dataclass(frozen=True, slots=True)
class Chrf:
    """A corpus's chrF++ (0-100, higher is better; Popović 2017) over `n` sentences.

    It comes with sacreBLEU's signature.
    """

    value: float
    n: int
    signature: str

    @classmethod
    def of(cls, translations: Sequence[str], references: Sequence[str]) -> Chrf:
        """Compare translations with one reference each.

        >>> str(Chrf.of(["a house"], ["a house"])).split("|")[0]
        'chrF++ 100.0 n:1'
        """
        from sacrebleu.metrics.chrf import CHRF

        metric = CHRF(word_order=2)
        value = metric.corpus_score(list(translations), [list(references)]).score
        return cls(value, len(references), str(metric.get_signature()))

    def __str__(self) -> str:
        return f"chrF++ {self.value:.1f} n:{self.n}|{self.signature}"


@dataclass(frozen=True, slots=True)
class TranslatorReport:
    """What was trained, on what, and what it gave.

    `model`, `revision` and `licence` are the given model's; a new one has neither of the latter. `sha256` is that of
    the pairs' file, `trained` and `held_out` count pairs, `tokens` target tokens over all epochs. `before` is None for
    a new model, which could say nothing.
    """

    model: str
    revision: str | None
    licence: str | None
    pairs: str
    sha256: str
    trained: int
    held_out: int
    lora: bool
    before: Chrf | None
    after: Chrf
    steps: int
    tokens: int
    seconds: float
    settings: Mapping[str, object]


def write_card(folder: Path, report: TranslatorReport) -> None:
    """Write training.json and README.md into the model's folder."""
    write_json(folder / "training.json", asdict(report))
    with replacing(folder / "README.md") as temporary:
        temporary.write_text(_card(report), encoding="utf-8")


def write_chrf(path: Path, score: Chrf) -> None:
    """Write a score as JSON."""
    write_json(path, asdict(score))


def read_chrf(path: Path) -> Chrf:
    """Return a score that `write_chrf` wrote."""
    return Chrf(**json.loads(path.read_text(encoding="utf-8")))


def _card(report: TranslatorReport) -> str:
    is_new = report.revision is None
    origin = "new weights" if is_new else f"{report.model}, revision {report.revision}"
    way = "low-rank additions, merged (LoRA)" if report.lora else "all weights"
    before = "" if report.before is None else f"* before training: {report.before}\n"
    rights = (
        "The licences of the pairs it was trained on apply."
        if is_new
        else f"The licence of {report.model} ({report.licence or 'not stated'}) and those of the pairs apply."
    )
    return f"""---
{_heading(report, is_new)}---

# Kazakh to English, trained by align-workbench

Made from {origin} by training {way} on {report.trained} pairs of `{report.pairs}` (SHA-256 `{report.sha256}`):
{report.steps} steps, {report.tokens} target tokens, {report.seconds:.0f} s, seed {report.settings["seed"]}.

Of {report.held_out} pairs that were kept out of training, {report.after.n} were translated greedily:

{before}* after training: {report.after}

{rights} What it writes is a machine's draft, and no person's translation. `training.json` holds all settings.
"""


def _heading(report: TranslatorReport, is_new: bool) -> str:
    """Return the card's YAML: JSON's strings are YAML's too, whatever stands in a name."""
    fields: dict[str, object] = {"language": ["kk", "en"], "pipeline_tag": "translation"}
    if is_new:
        fields["license"] = "other"
    else:
        fields["base_model"] = report.model
    if report.licence is not None:
        fields["license"] = report.licence
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
