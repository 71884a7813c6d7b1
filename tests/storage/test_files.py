import pytest

from align.errors import InputError
from align.storage.files import ensure_folder, read_jsonl, replacing, write_jsonl


def test_a_failing_block_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), replacing(path) as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_json_lines_come_back(tmp_path):
    records = [{"text": "Қазақ\u2028тілі"}, {"n": 1.5}]
    write_jsonl(tmp_path / "deep" / "a.jsonl", records)
    assert list(read_jsonl(tmp_path / "deep" / "a.jsonl")) == records


BAD = [('{"a": 1}\n{"a": \n', "line 2: not valid JSON"), ("[1]\n", "line 1: not a JSON object")]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_damaged_json_lines_are_named_by_line(tmp_path, text, message):
    (tmp_path / "a.jsonl").write_text(text)
    with pytest.raises(InputError, match=message):
        list(read_jsonl(tmp_path / "a.jsonl"))


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "a").write_text("")
    with pytest.raises(InputError, match="can't be written"):
        ensure_folder(tmp_path / "a" / "b")
