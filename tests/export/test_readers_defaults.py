"""What we write, read back with the defaults of the libraries that people read it with: same rows, same cells."""

import csv
import json
import logging
import string
import warnings
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.corpus.bitext import read_bitext
from align.export import FORMATS
from align.export.card import Description, write_card
from align.export.hf import write_parquet
from align.export.plan import plan
from align.export.selection import Selection
from align.export.write import chosen, export_run
from align.train.pairs import read_pairs

from .test_export import PLAIN

HOSTILE = (
    '"|""|\'|\\\\|\\\\n|\t|\n|\r|\x00|\x0b|\x1c|\x1e|\x85|\u2028|\u2029|\ufeff|\u200b|\u202e|\ufffe|<b>|&amp;|]]>|,|;|=1+1|@a|-1|NA|null'
    "|None|nan|inf|1e5|007|True|35 000|Қазақ|He said|😀|\ud800|#|//|{}|[1]"
).split("|")
TEXTS = st.one_of(
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5).map("".join),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5).map(" ".join),
    st.text(max_size=20),
    st.text(string.printable, max_size=20),
)
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def _kept(texts, format):
    """Return the pairs of a format that it can hold, as an export chooses them."""
    pairs = [replace(PLAIN, id=f"p{n}", kk=kk, en=en) for n, (kk, en) in enumerate(texts)]
    decided = plan(pairs, Selection(dedup="none"), format=format)
    return [pair for pair, _ in chosen(pairs, decided)]


def _written(tmp_path_factory, texts, format):
    pairs = _kept(texts, format)
    path = tmp_path_factory.mktemp("export") / f"a.{format}"
    FORMATS.load(format)(pairs, path)
    return path, [(pair.id, pair.kk, pair.en) for pair in pairs]


PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=6)


@SLOW
@given(texts=PAIRS)
def test_tsv(tmp_path_factory, texts):
    path, rows = _written(tmp_path_factory, texts, "tsv")
    table = pd.read_csv(path, sep="\t")
    assert list(zip(table["id"], table["kk"], table["en"], strict=True)) == rows
    with path.open(encoding="utf-8", newline="") as stream:
        read = [(row["id"], row["kk"], row["en"]) for row in csv.DictReader(stream, dialect="excel-tab")]
    assert read == rows
    if rows:
        # Our own readers take off what is around a text and see columns of a table beside it.
        stripped = [(kk.strip(), en.strip()) for _, kk, en in rows]
        assert [(each.source, each.target) for each in read_pairs(path)] == stripped
        assert list(read_bitext(path)) == [pair for pair in stripped if all(pair)]


@SLOW
@given(texts=PAIRS)
def test_jsonl(tmp_path_factory, texts):
    path, rows = _written(tmp_path_factory, texts, "jsonl")
    with path.open(encoding="utf-8") as stream:
        read = [json.loads(line) for line in stream]
    assert [(each["id"], each["translation"]["kk"], each["translation"]["en"]) for each in read] == rows
    if rows:
        table = pd.read_json(path, lines=True)
        assert [(row["kk"], row["en"]) for row in table["translation"]] == [(kk, en) for _, kk, en in rows]


@SLOW
@given(texts=PAIRS)
def test_moses(tmp_path_factory, texts):
    path, rows = _written(tmp_path_factory, texts, "moses")
    for place, side in ((1, "kk"), (2, "en")):
        text = path.with_name(f"{path.name}.{side}").read_text(encoding="utf-8")
        assert text.splitlines() == text.split("\n")[:-1] == [row[place] for row in rows]


@SLOW
@given(texts=PAIRS)
def test_tmx(tmp_path_factory, texts):
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    path, rows = _written(tmp_path_factory, texts, "tmx")
    with path.open("rb") as stream:
        units = tmx.tmxfile(stream, "kk", "en").units
    assert [(str(unit.source), str(unit.target)) for unit in units] == [(kk, en) for _, kk, en in rows]


@SLOW
@given(texts=PAIRS)
def test_hf(tmp_path_factory, texts):
    import pyarrow.parquet as pq

    pairs = _kept(texts, "hf")
    folder = tmp_path_factory.mktemp("export")
    write_parquet(((pair, "train") for pair in pairs), folder)
    for file in folder.rglob("*.parquet"):
        read = [
            (row["id"], row["translation"]["kk"], row["translation"]["en"]) for row in pq.read_table(file).to_pylist()
        ]
        assert read == [(pair.id, pair.kk, pair.en) for pair in pairs]


def _load(path, *arguments, **named):
    """Load a data set as its users do; a warning, by whichever means, is an error."""
    import datasets

    told = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())
    logger = logging.getLogger("datasets")
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            loaded = datasets.load_dataset(path, *arguments, cache_dir=named.pop("cache"), **named)
    finally:
        logger.removeHandler(handler)
    assert told == []
    return loaded


def test_datasets_loads_every_format_without_a_warning(run_folder, tmp_path):
    everything = Selection(status="all")
    for format in ("hf", "jsonl", "tsv"):
        export_run(run_folder, format, tmp_path / f"a.{format}", selection=everything)
    loaded = [
        _load(str(tmp_path / "a.hf"), cache=str(tmp_path / "c")),
        _load("json", data_files=str(tmp_path / "a.jsonl"), cache=str(tmp_path / "c")),
        _load("csv", data_files=str(tmp_path / "a.tsv"), delimiter="\t", cache=str(tmp_path / "c")),
    ]
    texts = [
        [(row["translation"]["kk"], row["translation"]["en"]) for row in loaded[0]["train"]],
        [(row["translation"]["kk"], row["translation"]["en"]) for row in loaded[1]["train"]],
        [(row["kk"], row["en"]) for row in loaded[2]["train"]],
    ]
    assert texts[0] and texts[0] == texts[1] == texts[2]


LICENCES = ["CC-BY | see\nbelow", "a `b` <script>", "\\|", "not stated"]


def test_the_card_is_markdown_whose_tables_are_tables(tmp_path):
    from markdown_it import MarkdownIt

    pairs = [(replace(PLAIN, reviewers=2), "train"), (PLAIN, "train"), (replace(PLAIN, status="rejected"), "train")]
    counts = write_parquet(pairs, tmp_path)
    decision = {"review": 0.3, "accept": 0.8, "expected": {"precision": 0.9, "taken": 3}}
    manifest = {"versions": {"align-workbench": "0"}, "models": {"encoder": "e", "verifier": "v"}, "decision": decision}
    left_out = {("en-kk", "stands | in a table"): 2, ("en-kk-mined", "awaits review"): 1}
    licences = {("kk", licence): 1 for licence in LICENCES}
    told = Description(counts, manifest, None, {"alpha": 0.5, "n": 3, "disputed": 1}, licences, left_out)
    write_card(tmp_path / "README.md", told)
    text = (tmp_path / "README.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    tables = []
    for before, token in pairwise(tokens):
        if before.type == "table_open":
            tables.append([])
        if before.type == "tr_open":
            tables[-1].append([])
        if token.type == "inline" and before.type in ("th_open", "td_open"):
            tables[-1][-1].append(token.content)
    assert [(len(rows), {len(row) for row in rows}) for rows in tables] == [(4, {5}), (3, {3}), (5, {3})]
    assert [row[0] for row in tables[0][1:]] == ["`en-kk`", "`en-kk-mined`", "`en-kk-rejected`"]
    assert not any(token.type == "inline" and token.content.startswith("|") for token in tokens)
    assert not any(token.type == "html_block" for token in tokens)
    assert sum(token.type == "heading_open" for token in tokens) == 6
