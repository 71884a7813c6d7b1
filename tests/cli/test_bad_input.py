import pytest

KK = "Қазақстанда президент сайлауы өтеді деп хабарлады\n"
EN = "The presidential election will be held in Kazakhstan, it was said.\n"


def _empty_folder(tmp_path):
    (tmp_path / "none").mkdir()
    return [tmp_path / "none"]


def _one_language(tmp_path):
    (tmp_path / "kk.txt").write_text(KK, encoding="utf-8")
    return [tmp_path / "kk.txt"]


def _not_utf8(tmp_path):
    (tmp_path / "kk.txt").write_bytes(KK.encode()[:-1] + KK.encode("utf-16"))
    return [tmp_path]


def _missing(tmp_path):
    return [tmp_path / "missing.txt"]


def _zero_bytes(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    return [tmp_path]


def _unknown_encoder(tmp_path):
    (tmp_path / "kk.txt").write_text(KK, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    return [tmp_path, "--encoder", "nobody/such-encoder"]


def _unknown_setting(tmp_path):
    (tmp_path / "align.toml").write_text("acept = 1")
    return [tmp_path, "--config", tmp_path / "align.toml"]


BAD = [
    (_empty_folder, "no documents found"),
    (_one_language, "no English document"),
    (_not_utf8, "kk.txt, line 1: not UTF-8"),
    (_missing, "missing.txt: no such file"),
    (_zero_bytes, "a.txt: empty"),
    (_unknown_encoder, "encoder 'nobody/such-encoder' is not on disk"),
    (_unknown_setting, "align.toml: unknown setting 'acept'"),
]


@pytest.mark.parametrize(("make", "message"), BAD)
def test_bad_input_is_one_line_and_status_2(align, tmp_path, make, message):
    status, out, err = align("run", *make(tmp_path), "--out", tmp_path / "out")
    last = err.strip().splitlines()[-1]
    assert (status, out) == (2, "")
    assert last.startswith("align: ") and message in last
    assert "Traceback" not in err
    assert not list((tmp_path / "out").glob("*")), "nothing is written before the work is done"


def test_an_out_that_cannot_be_written_is_refused_before_the_work(align, tmp_path):
    (tmp_path / "file").write_text("")
    status, _, err = align("run", "seeds", "--out", tmp_path / "file")
    assert status == 2 and "can't be written" in err and "encode" not in err


def test_an_empty_file_among_others_is_named_and_left_out(align, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "kk.txt").write_text(KK, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    status, _, err = align("run", tmp_path, "--out", tmp_path / "out")
    assert status == 0 and f"{tmp_path / 'a.txt'}: skipped: empty" in err


def test_a_line_of_a_hundred_thousand_characters_is_dropped_with_its_reason(align, tmp_path):
    (tmp_path / "kk.txt").write_text(KK + "ә" * 100_000, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    status, _, _ = align("run", tmp_path, "--out", tmp_path / "out")
    assert status == 0
    assert '"dropped": "too long"' in (tmp_path / "out" / "segments.jsonl").read_text(encoding="utf-8")


USAGE = [(["run"], "Missing argument"), (["nope"], "No such command"), (["run", "x", "--nope"], "No such option")]


@pytest.mark.parametrize(("arguments", "message"), USAGE)
def test_wrong_usage_is_one_line_and_status_2(align, arguments, message):
    status, _, err = align(*arguments)
    assert status == 2 and message in err and len(err.splitlines()) == 1


def test_a_traceback_is_shown_on_demand(monkeypatch, tmp_path):
    from align.cli import main
    from align.errors import InputError

    monkeypatch.setattr("sys.argv", ["align", "run", str(tmp_path / "x"), "--out", str(tmp_path / "out"), "--debug"])
    with pytest.raises(InputError):
        main()
