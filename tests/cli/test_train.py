import pytest

BAD = [
    ("бір\tone\nекі\n", "2: has 1 columns"),
    ("бір\t\n", "1: the English side is empty"),
    ("", "holds no pair"),
]


@pytest.mark.parametrize("model", ["encoder", "verifier", "vocabulary"])
@pytest.mark.parametrize(("text", "message"), BAD)
def test_bad_pairs_are_named_by_line(align, tmp_path, model, text, message):
    (tmp_path / "pairs.tsv").write_text(text, encoding="utf-8")
    status, _, err = align("train", model, tmp_path / "pairs.tsv", "--out", tmp_path / "model")
    assert status == 2 and message in err


def test_too_few_pairs_make_no_verifier(align, tmp_path):
    (tmp_path / "pairs.tsv").write_text("бір екі үш\tone two three\n", encoding="utf-8")
    status, _, err = align("train", "verifier", tmp_path / "pairs.tsv", "--out", tmp_path / "model")
    assert status == 2 and "a verifier needs" in err


def test_a_vocabulary_is_counted_beside_the_encoder(align, tmp_path):
    (tmp_path / "pairs.tsv").write_text("алма\tan apple\nалмалар\tapples\nүш алма\tthree apple\nалма\tapple\n")
    status, _, err = align("train", "vocabulary", tmp_path / "pairs.tsv", "--out", tmp_path / "model")
    assert status == 0 and "1 words" in err
    assert (tmp_path / "model/english.tsv").read_text() == "apple\t3\n"
