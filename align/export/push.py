"""An exported data set onto the Hugging Face hub, and back to see that it arrived."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align.errors import AlignError, InputError
from align.export.card import CARD

if TYPE_CHECKING:
    from huggingface_hub import CommitInfo, DatasetCard, HfApi

__all__ = ["merged_card", "push"]

_OURS: Final = ("configs", "dataset_info", "size_categories", "annotations_creators", "language_creators")
"""What the data decides; everything else of a card that stands on the hub is its owner's."""


def push(folder: Path, repo: str) -> str:
    """Upload a data set's folder as one commit, check it, and return the commit's address.

    The check reads what arrived back and compares it. A card that stands on the hub is merged, see `merged_card`;
    parquet files of an earlier export go. Raises InputError for a folder that is no export or a repository that can't
    be written, AlignError where what arrived differs.
    """
    from httpx2 import HTTPError
    from huggingface_hub import DatasetCard, HfApi
    from huggingface_hub.errors import HFValidationError

    if not (folder / CARD).is_file():
        raise InputError(f"{folder}: holds no {CARD}: give the folder of an export in the format hf")
    api = HfApi()
    try:
        api.create_repo(repo, repo_type="dataset", exist_ok=True)
        card = merged_card(DatasetCard.load(folder / CARD), _standing_card(api, repo))
        commit = _upload(folder, card, repo, api)
        _compare(folder, card, repo, commit.oid, api)
    except (HTTPError, HFValidationError, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        raise InputError(
            f"{repo}: can't be pushed to ({reason}): log in with `hf auth login`, or check the name"
        ) from error
    return str(commit.commit_url)


def merged_card(ours: DatasetCard, standing: DatasetCard | None) -> DatasetCard:
    """Return our card with what the owner of a standing one has set.

    That is licence, name, tags, and other headings' text. Files, splits and sizes are ours, since the data decides
    them.
    """
    from huggingface_hub import DatasetCard, DatasetCardData

    if standing is None:
        return ours
    mine: dict[str, Any] = ours.data.to_dict()  # type: ignore[no-untyped-call]
    theirs: dict[str, Any] = standing.data.to_dict()  # type: ignore[no-untyped-call]
    data = {**mine, **{name: value for name, value in theirs.items() if name not in _OURS}}
    data["tags"] = sorted({*mine.get("tags", []), *theirs.get("tags", [])})
    text = "\n".join([ours.text.rstrip("\n"), *_other_sections(standing.text, ours.text)])
    return DatasetCard(f"---\n{DatasetCardData(**data)}\n---\n{text}\n")


def _other_sections(standing: str, ours: str) -> list[str]:
    """Return the sections of a standing card whose headings ours does not have."""
    known = {line for line in ours.splitlines() if line.startswith("#")}
    sections: list[list[str]] = [[]]
    for line in standing.splitlines():
        if line.startswith("#"):
            sections.append([])
        sections[-1].append(line)
    return ["\n" + "\n".join(section).strip("\n") for section in sections[1:] if section[0] not in known]


def _standing_card(api: HfApi, repo: str) -> DatasetCard | None:
    from huggingface_hub import DatasetCard

    if not api.file_exists(repo, CARD, repo_type="dataset"):
        return None
    with tempfile.TemporaryDirectory() as scratch:
        path = api.hf_hub_download(repo, CARD, repo_type="dataset", local_dir=scratch)
        return DatasetCard(Path(path).read_text(encoding="utf-8"))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.parquet"))


def _upload(folder: Path, card: DatasetCard, repo: str, api: HfApi) -> CommitInfo:
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    wanted = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    standing = api.list_repo_files(repo, repo_type="dataset")
    # Parquet files of an earlier export would be loaded with the new ones; all other files are the owner's.
    old = [name for name in standing if name.endswith(".parquet") and name not in wanted]
    return api.create_commit(
        repo,
        repo_type="dataset",
        commit_message="Upload an export of align-workbench",
        operations=[
            CommitOperationAdd(CARD, str(card).encode()),
            *(CommitOperationAdd(name, path) for name, path in wanted.items()),
            *(CommitOperationDelete(name) for name in old),
        ],
    )


def _compare(folder: Path, card: DatasetCard, repo: str, revision: str, api: HfApi) -> None:
    """Raise AlignError unless every file of the commit is what was sent."""
    sent = {path.relative_to(folder).as_posix(): _sha256(path.read_bytes()) for path in _files(folder)}
    sent[CARD] = _sha256(str(card).encode())
    with tempfile.TemporaryDirectory() as scratch:
        for name, sha256 in sent.items():
            # The commit is named, else the hub's cache might answer with what stood there before.
            path = api.hf_hub_download(repo, name, repo_type="dataset", revision=revision, local_dir=scratch)
            if _sha256(Path(path).read_bytes()) != sha256:
                raise AlignError(f"{repo}: {name} arrived as something else than was sent: push again")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
