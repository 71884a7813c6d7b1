from dataclasses import fields

import pytest

from align.errors import InputError, SettingsError
from align.settings import Options, Settings

BAD = [
    ({"acept": 0.5}, "unknown setting 'acept' \\(did you mean accept\\?\\): known are accept"),
    ({"accept": 1.5}, "accept = 1.5: must lie between 0 and 1"),
    ({"accept": "high"}, "must be of type float"),
    ({"accept": 0.2, "review": 0.6}, "review = 0.6 is above accept = 0.2"),
    ({"top_k": 0}, "top_k = 0: must be 1 or more"),
    ({"top_k": True}, "must be of type int"),
    ({"pivot": 1}, "must be of type bool"),
    ({"translator": True}, "must be of type str"),
    ({"target_precision": 2}, "target_precision = 2"),
]


@pytest.mark.parametrize(("values", "message"), BAD)
def test_bad_settings_are_refused(values, message):
    with pytest.raises(SettingsError, match=message):
        Settings.of(values)


def test_flags_go_before_the_file_and_the_file_before_the_defaults(tmp_path):
    path = tmp_path / "align.toml"
    path.write_text("accept = 0.9\nreview = 0.4\n", encoding="utf-8")
    settings = Settings.load(path, {"accept": 0.7, "encoder": None})
    assert (settings.accept, settings.review, settings.encoder) == (0.7, 0.4, "kk-en")


FILES = [("accept = ", "not valid TOML"), ("colour = 1", "align.toml: unknown setting 'colour'")]


@pytest.mark.parametrize(("text", "message"), FILES)
def test_bad_files_are_refused(tmp_path, text, message):
    (tmp_path / "align.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        Settings.load(tmp_path / "align.toml", {})


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="can't be read"):
        Settings.load(tmp_path / "none.toml", {})


def test_a_pivot_needs_a_translator():
    with pytest.raises(SettingsError, match="needs a translator"):
        Settings.load(None, {"pivot": True})
    assert Settings.load(None, {"pivot": True, "translator": "gloss"}).pivot


def test_a_call_may_be_given_every_setting_by_name():
    assert set(Options.__annotations__) == {field.name for field in fields(Settings)}
