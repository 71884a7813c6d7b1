"""The jobs as a library offers them: what the verbs of the same name do, and a command line that only calls them."""

import ast
import json
from pathlib import Path

import pytest

import align
from align.errors import InputError

SEEDS = Path(__file__).parents[2] / "seeds"
COMMANDS = Path(align.__file__).parent / "cli"


@pytest.fixture(scope="module")
def tools():
    return align.load_tools(cached=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory, tools):
    return align.run(SEEDS, out=tmp_path_factory.mktemp("jobs") / "run", tools=tools)


def test_run_does_what_the_verb_does(run, tmp_path, align):
    align("run", SEEDS, "--out", tmp_path / "run")
    for name in ("links.jsonl", "unmatched.jsonl", "segments.jsonl", "documents.jsonl"):
        assert (run.folder / name).read_bytes() == (tmp_path / "run" / name).read_bytes()


def test_a_run_tells_what_its_folder_tells(run):
    again = align.open_run(run.folder)
    assert (again.links, again.unmatched) == (run.links, run.unmatched)
    assert again == run and run.manifest["models"] == dict(run.alignment.signatures)


def test_a_corpus_that_was_read_is_taken_as_its_paths_are(run, tmp_path, tools):
    found = align.run(align.read(SEEDS), out=tmp_path / "run", tools=tools, accept=0.9)
    assert [link.id for link in found.links] == [link.id for link in run.links]
    assert found.alignment.settings.accept == 0.9


def test_a_corpus_beside_paths_is_refused(tmp_path, tools):
    with pytest.raises(InputError, match="one corpus"):
        align.run(align.read(SEEDS), SEEDS, out=tmp_path / "run", tools=tools)


def test_draft_writes_drafts_into_the_folder(tmp_path, tools):
    made = align.run(SEEDS, out=tmp_path / "run", tools=tools)
    drafted = align.draft(made, tools=tools)
    assert drafted.alignment.settings.translator == "gloss"
    assert any(each.draft for each in align.open_run(made.folder).unmatched)


LEAST = [({}, 0.5, 2), ({"many": True}, 0.0, 2), ({"min_probability": 1.1}, 1.1, 0)]


@pytest.mark.parametrize(("given", "least", "fewest"), LEAST)
def test_mine_keeps_pairs_from_a_probability_that_suits_the_question(tools, given, least, fewest):
    kk = ["Президент сайлауы 9 маусымда өтеді", "Бүгін ауа райы жылы болады"]
    en = ["The weather will be warm today", "The presidential election will be held on June 9"]
    pairs = align.mine(kk, en, tools=tools, **given)
    assert len(pairs) >= fewest and all(pair.probability >= least for pair in pairs)


def test_judge_writes_a_run_with_a_link_a_pair(tmp_path, tools):
    pairs = [("Ол келді", "He came"), ("Қала үлкен", "The city is large")]
    judged = align.judge(pairs, out=tmp_path / "run", name="corpus.tmx", tools=tools)
    assert {(link.source[0].text, link.target[0].text) for link in judged.links} == set(pairs)
    lines = (tmp_path / "run" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["corpus.tmx#kk", "corpus.tmx#en"]


# What only a job may put together; a command names a job instead.
STAGES = {"search.candidates", "explain", "verify", "runs.write", "pipeline.stages", "pipeline.clock"}


@pytest.mark.parametrize("path", sorted(COMMANDS.glob("*.py")), ids=lambda path: path.name)
def test_a_command_calls_jobs_and_puts_no_stages_together(path):
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    imported = {node.module.removeprefix("align.") for node in tree if isinstance(node, ast.ImportFrom) and node.module}
    assert not {name for name in imported for stage in STAGES if name == stage or name.startswith(f"{stage}.")}
