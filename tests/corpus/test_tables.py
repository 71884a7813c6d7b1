import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from datasets import Dataset, DatasetDict

from align.corpus.columns import find_columns, parse_columns
from align.corpus.read import read
from align.errors import InputError, SettingsError

KK = "Қазақстанда президент сайлауы өтеді деп хабарлады."
EN = "The presidential election will be held on Sunday."
LATER = "The results will be told in the morning, it was said."


def _jsonl(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _parquet(rows):
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), stream)
    return stream.getvalue()


BOTH = [("#kk", "kk", KK, None), ("#en", "en", EN, None)]
LONG = "сөз айтты " * 20_000 + KK

# Name, content, --columns, and the (path, language, text, published) of each document.
TABLES = [
    ("a.jsonl", _jsonl([{"text": KK}, {"text": EN}]), None, [("#1", "kk", KK, None), ("#2", "en", EN, None)]),
    ("a.jsonl", b"\n" + _jsonl([{"text": EN}]), None, [("#2", "en", EN, None)]),
    ("a.jsonl", _jsonl([{"a": EN, "b": "2019-04-26T10:00"}]), "text=a,published=b", [("#1", "en", EN, "2019-04-26")]),
    ("a.jsonl", _jsonl([{"translation": {"kk": KK, "en": EN}}]), None, BOTH),
    ("a.jsonl", _jsonl([{"kk": "Иә.", "en": "Yes."}]), None, [("#kk", "kk", "Иә.", None), ("#en", "en", "Yes.", None)]),
    ("a.jsonl", _jsonl([{"kk": KK, "en": EN, "text": LATER}]), "text=text", [("#1", "en", LATER, None)]),
    ("a.csv", f"title,text,date\nx,{EN},2019-04-26\n".encode(), None, [("#2", "en", EN, "2019-04-26")]),
    ("a.csv", f'Title;Text\n"a; b";"{EN}\n{LATER}"\n'.encode(), None, [("#3", "en", f"{EN}\n{LATER}", None)]),
    ("a.csv", f"text\n{EN}\n".encode(), None, [("#2", "en", EN, None)]),
    ("a.csv", f"1|{EN}\n2|{LATER}\n".encode(), "text=2", [("#1", "en", EN, None), ("#2", "en", LATER, None)]),
    ("a.csv", f"text\n{LONG}\n".encode(), None, [("#2", "kk", LONG, None)]),
    ("a.tsv", f'{KK}\t"{EN}\n'.encode(), "kk=1,en=2", [("#kk", "kk", KK, None), ("#en", "en", f'"{EN}', None)]),
    ("a.tsv", f"kk\ten\n{KK}\t{EN}\n".encode("utf-16"), None, BOTH),
    ("a.parquet", _parquet([{"text": EN, "date": "2019-04-26"}]), None, [("#1", "en", EN, "2019-04-26")]),
    ("a.parquet", _parquet([{"kaz_Cyrl": KK, "eng_Latn": EN}]), None, BOTH),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "columns", "expected"), TABLES)
def test_rows_become_documents(tmp_path, name, content, columns, expected):
    (tmp_path / name).write_bytes(content)
    found = [
        (document.path.removeprefix(str(tmp_path / name)), document.lang, document.text, document.published)
        for document in read(tmp_path / name, columns=columns).documents
    ]
    assert found == expected


def test_a_dataset_on_disk_is_one_source(tmp_path):
    rows = DatasetDict({"train": Dataset.from_list([{"text": KK}]), "test": Dataset.from_list([{"text": EN}])})
    rows.save_to_disk(tmp_path / "in" / "both")
    Dataset.from_list([{"kk": KK, "en": LATER}]).save_to_disk(tmp_path / "in" / "one")
    corpus = read(tmp_path / "in")
    assert [(each.path.rpartition("/")[2], each.lang, each.kind) for each in corpus.documents] == [
        ("both#1", "en", "dataset"),
        ("both#2", "kk", "dataset"),
        ("one#en", "en", "dataset"),
    ]
    assert corpus.skipped[0].reason.startswith("nearly the same as")


def test_rows_without_a_language_are_counted_in_one_line(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(
        _jsonl([{"text": EN}, {"text": "Это по-русски, а не иначе."}, {"text": "Так и есть, да."}])
    )
    (skipped,) = read(tmp_path).skipped
    assert (skipped.path, skipped.reason) == (
        f"{tmp_path}/a.jsonl#2",
        "neither Kazakh nor English (2 of its documents)",
    )


COLUMNS = [
    (["Title", "Body", "DATE"], {}, {"text": "Body", "title": "Title", "published": "DATE"}),
    (["kk", "en"], {}, {"kk": "kk", "en": "en"}),
    (["kk", "en", "text"], {}, {"kk": "kk", "en": "en"}),
    (["kk", "text"], {}, {"text": "text"}),
    (["kk", "text"], {"kk": "kk"}, {"kk": "kk"}),
    (["a", "b"], {"text": "b"}, {"text": "b"}),
]


@pytest.mark.parametrize(("names", "wanted", "expected"), COLUMNS)
def test_columns_are_found_by_name(names, wanted, expected):
    assert find_columns(names, wanted, "a.csv") == expected


BAD_COLUMNS = [
    (lambda: parse_columns("texts=body"), SettingsError, "columns = 'texts=body': write ROLE=NAME"),
    (lambda: parse_columns("text"), SettingsError, "write ROLE=NAME"),
    (lambda: find_columns(["a"], {"text": "b"}, "a.csv"), InputError, "a.csv: no column 'b': it has a"),
    (lambda: find_columns(["a"], {}, "a.csv"), InputError, "a.csv: no column of text among a"),
]


@pytest.mark.parametrize(("make", "error", "message"), BAD_COLUMNS)
def test_columns_that_are_not_there_are_named(make, error, message):
    with pytest.raises(error, match=message):
        make()


def test_a_short_table_leaves_the_limit_of_the_next_one(tmp_path):
    before = csv.field_size_limit()
    path = tmp_path / "a.csv"
    path.write_text("kk,en\na,b\n", encoding="utf-8")
    assert len(read(path).documents) == 2
    assert csv.field_size_limit() >= before
