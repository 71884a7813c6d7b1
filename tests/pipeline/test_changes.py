from pathlib import Path

import pytest

import align

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def folder(tmp_path):
    files = [path for path in sorted(SEEDS.glob("*.txt"))]
    first = align.run(*files[:-1], out=tmp_path / "run")
    assert first.changes is None
    return tmp_path / "run"


def test_a_second_run_says_what_changed(folder):
    files = sorted(SEEDS.glob("*.txt"))
    changes = align.run(*files, out=folder).changes
    assert changes.new_documents == (str(files[-1]),) and not changes.gone_documents
    told = list(changes.told())
    assert str(files[-1]) in told[0] and "new link" in told[1] and "no longer unmatched" in told[1]


def test_the_same_run_changes_nothing(folder):
    changes = align.run(*sorted(SEEDS.glob("*.txt"))[:-1], out=folder).changes
    assert list(changes.told()) == ["since the run before: nothing changed"]


def test_what_is_gone_is_said(folder):
    files = sorted(SEEDS.glob("*.txt"))
    before = {link.id for link in align.open_run(folder)}
    changes = align.run(*files[1:], out=folder).changes
    assert changes.gone_documents == (str(files[0]),) and changes.new_documents == (str(files[-1]),)
    now = {link.id for link in align.open_run(folder)}
    assert set(changes.gone_links) == before - now
