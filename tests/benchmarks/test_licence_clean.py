"""Which sources the licence-clean models are made of."""

import gzip

import pytest
from licence_clean import is_clean, kept_rows, stated_licences


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("kaznu_titles", True),
        ("aosp_tvsettings", True),
        ("libreoffice", True),
        ("wiktionary_dict", True),
        ("apertium_dix", False),
        ("scratch_l10n", False),
        ("kde2", False),
        ("firefox_2020", False),
        ("udhr", False),
        ("godtools", False),
        ("a source that the card does not name", False),
    ],
)
def test_clean_sources_state_a_licence_outside_the_gpl_family(source, clean):
    assert is_clean(source, stated_licences()) is clean


def test_rows_are_kept_as_they_stand(tmp_path):
    pairs = "Иә\tYes\tcldr\nЖоқ\tNo\tkde\nМүмкін\tMaybe\tcldr\n"
    (tmp_path / "a.gz").write_bytes(gzip.compress(pairs.encode()))
    assert kept_rows(tmp_path / "a.gz", tmp_path / "b.gz", keep=lambda row: row[2] == "cldr") == (2, 3)
    assert gzip.decompress((tmp_path / "b.gz").read_bytes()).decode() == "Иә\tYes\tcldr\nМүмкін\tMaybe\tcldr\n"
