import os
import subprocess
import sys

import pytest

from .hub import Hub, serving

pytestmark = pytest.mark.slow

STANDING = """---
license: cc-by-sa-4.0
pretty_name: News pairs
tags:
- mine
configs:
- config_name: old
  data_files: old/*.parquet
---

# Kazakh-English pairs

An older text.

## Thanks

To the translators of Almaty.
"""


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def push(run_folder, tmp_path, hub):
    """Export a run and push it to the hub on this machine, by the command that people use."""

    def run(repo="a/b"):
        with serving(hub) as address:
            here = {"HF_ENDPOINT": address, "HF_TOKEN": "hf_a_token_of_nobody", "HF_HUB_OFFLINE": "0"}
            options = ["--format", "hf", "--out", str(tmp_path / "corpus"), "--status", "all", "--push", repo]
            return subprocess.run(
                [sys.executable, "-m", "align", "export", str(run_folder), *options],
                env={**os.environ, **here},
                capture_output=True,
                text=True,
            )

    return run


PARQUET = "en-kk-mined/train-00000-of-00001.parquet"


def test_what_is_pushed_arrives_byte_for_byte(push, hub, tmp_path):
    finished = push()
    assert (finished.returncode, finished.stdout) == (0, "")
    assert finished.stderr.splitlines()[-1].endswith(f"/commit/{1:040x}")
    assert hub.files[PARQUET] == (tmp_path / "corpus" / PARQUET).read_bytes()
    assert set(hub.files) == {PARQUET, "README.md"}


def test_a_standing_card_keeps_what_its_owner_wrote(push, hub):
    from huggingface_hub import DatasetCard

    hub.files = {"README.md": STANDING.encode(), "old/train.parquet": b"old", "notes.txt": b"kept"}
    assert push().returncode == 0
    card = DatasetCard(hub.files["README.md"].decode())
    assert card.data.license == "cc-by-sa-4.0" and card.data.pretty_name == "News pairs"
    assert set(card.data.tags) == {"mine", "kazakh", "parallel-corpus", "comparable-news"}
    assert [config["config_name"] for config in card.data.to_dict()["configs"]] == ["en-kk-mined"]
    assert card.text.count("# Kazakh-English pairs") == 1 and "An older text" not in card.text
    assert "To the translators of Almaty." in card.text
    assert set(hub.files) == {"README.md", "notes.txt", PARQUET}


def test_a_spoilt_upload_is_noticed(push, hub):
    hub.spoilt = PARQUET
    finished = push()
    assert finished.returncode == 1
    assert "arrived as something else" in finished.stderr.splitlines()[-1]


def test_no_right_to_write_is_one_line(push, hub):
    hub.refuses = True
    finished = push()
    assert finished.returncode == 2
    assert finished.stderr.splitlines()[-1].startswith("align: a/b: can't be pushed to")


def test_a_name_that_is_none_is_one_line(push):
    finished = push("no repository at all")
    assert finished.returncode == 2 and "can't be pushed to" in finished.stderr.splitlines()[-1]
