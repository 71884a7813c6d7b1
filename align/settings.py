"""The settings of a run: one record, from defaults, `align.toml` and flags, all checked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypedDict

from align.errors import InputError, SettingsError
from align.wording import closest

__all__ = ["Options", "Settings"]

_OPTIONAL = {
    **dict.fromkeys(("gazetteer", "columns", "device", "engine", "address"), str),
    **dict.fromkeys(("truncate_dim", "workers"), int),
    "target_precision": float,
}
"""The types of the settings that are None unless given."""


_WORK = frozenset({"engine", "workers", "address", "shard_size"})


class Options(TypedDict, total=False):
    """The settings that a call may be given by name, as in `Settings`; None is the default."""

    encoder: str | None
    device: str | None
    batch_size: int | None
    processes: int | None
    truncate_dim: int | None
    index: str | None
    top_k: int | None
    accept: float | None
    review: float | None
    target_precision: float | None
    translator: str | None
    pivot: bool | None
    columns: str | None
    gazetteer: str | None
    keep_boilerplate: bool | None
    engine: str | None
    workers: int | None
    address: str | None
    shard_size: int | None


class _NamesKnown(type):
    """What makes `Settings(acept=0.9)` say which settings there are."""

    def __call__(cls, *values: Any, **named: Any) -> Any:  # noqa: ANN401 (whatever a dataclass takes)
        known = [field.name for field in fields(cls)]  # type: ignore[arg-type]  # It is one by then.
        for name in named:
            if name not in known:
                raise _unknown(name, known, "settings")
        return super().__call__(*values, **named)


def _unknown(name: str, known: Iterable[str], origin: str) -> SettingsError:
    known = sorted(known)
    return SettingsError(f"{origin}: unknown setting {name!r}{closest(name, known)}: known are {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Settings(metaclass=_NamesKnown):
    """What decides a run's result; raises SettingsError for a value out of range.

    Probabilities are 0-1. `target_precision`, where given, takes `accept`'s place: the run then accepts the most
    probable links that are expected to reach it.
    """

    encoder: str = "kk-en"
    """A bundled encoder's name, a sentence-transformers name on the hub, or a folder."""
    device: str | None = None
    """Where a sentence-transformers encoder runs; None takes a GPU where there is one, and there half precision."""
    batch_size: int = 32
    """Texts that a sentence-transformers encoder takes at once."""
    processes: int = 1
    """CPU processes that share the work of a sentence-transformers encoder."""
    truncate_dim: int | None = None
    """How many columns of a sentence-transformers encoder to keep, for models trained to be cut (Matryoshka)."""
    index: str = "auto"
    """How the nearest are searched: flat compares all with all, ivf what lies in the same cells, auto goes by size."""
    top_k: int = 64
    """How many of the other side a segment may propose; a pair is a candidate when both propose it."""
    accept: float = 0.8
    """Probability from which a link is accepted."""
    review: float = 0.3
    """Probability from which a link is shown to a reviewer; below it, a segment stays unmatched."""
    target_precision: float | None = None
    """Expected share of right ones among the accepted links."""
    translator: str = "none"
    """What drafts English for unmatched Kazakh segments: none, gloss, memory, memory:PATH, a model's name or folder."""
    pivot: bool = False
    """Whether unmatched Kazakh segments are searched again through their drafts."""
    columns: str | None = None
    """Which columns of a table hold what, "text=body,published=day": see `align.corpus.columns`."""
    gazetteer: str | None = None
    """A TSV file of names beside those that ship: Kazakh forms, English forms, kind."""
    keep_boilerplate: bool = False
    """Whether what a page holds beside its text (menus, credits, notices) takes part in the search, marked."""
    engine: str | None = None
    """Who does the work: None this process, local processes of this machine, ray a Ray cluster."""
    workers: int | None = None
    """How many processes an engine has; None is one a processor."""
    address: str | None = None
    """Where the Ray cluster is; None starts a Ray of this machine."""
    shard_size: int = 2048
    """Texts or pairs that an engine does at a time, and keeps when they are done; no result depends on it."""

    def __post_init__(self) -> None:
        for name in ("accept", "review", "target_precision"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise SettingsError(f"{name} = {value}: must lie between 0 and 1")
        if self.review > self.accept:
            raise SettingsError(f"review = {self.review} is above accept = {self.accept}: lower one or raise the other")
        for name in ("top_k", "batch_size", "processes", "truncate_dim", "workers", "shard_size"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise SettingsError(f"{name} = {value}: must be 1 or more")

    @classmethod
    def of(cls, values: Mapping[str, object], *, origin: str = "settings") -> Settings:
        """Return the settings with `values` in the defaults' place.

        Raises SettingsError for an unknown name or type.

        >>> Settings.of({"accept": 0.9}).accept
        0.9
        """
        known = {field.name: type(field.default) for field in fields(cls)} | _OPTIONAL
        for name, value in values.items():
            if name not in known:
                raise _unknown(name, known, origin)
            wanted = (int, float) if known[name] is float else known[name]
            if not isinstance(value, wanted) or isinstance(value, bool) != (wanted is bool):
                raise SettingsError(f"{origin}: {name} = {value!r}: must be of type {known[name].__name__}")
        return cls(**values)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path | None, flags: Mapping[str, object]) -> Settings:
        """Return the settings of a TOML file, if any, with the flags that are not None on top."""
        values: dict[str, object] = {}
        if path is not None:
            try:
                values = tomllib.loads(path.read_text(encoding="utf-8"))
            except OSError as error:
                raise InputError(f"{path}: can't be read ({error.strerror})") from error
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise SettingsError(f"{path}: not valid TOML: {error}") from error
        settings = cls.of(values, origin=str(path)).changed(flags, origin="flags")
        if settings.pivot and settings.translator == "none":
            raise SettingsError("pivot: searches by drafts, so it needs a translator: add --translator")
        return settings

    def changed(self, values: Mapping[str, object], *, origin: str = "settings") -> Settings:
        """Return the settings with those of `values` that are not None.

        Raises SettingsError as `of` does.

        >>> Settings(review=0.2).changed({"accept": 0.9, "encoder": None}).accept
        0.9
        """
        own = {name: value for name, value in asdict(self).items() if value is not None}
        given = {name: value for name, value in values.items() if value is not None}
        return Settings.of({**own, **given}, origin=origin) if given else self

    def to_dict(self) -> dict[str, object]:
        """Return the settings that decide a result as plain values, for the manifest.

        Who did the work is no part of them.
        """
        return {name: value for name, value in asdict(self).items() if name not in _WORK}
