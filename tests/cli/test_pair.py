import json

import pytest

EVENTS = [
    ("Астанада жаңа мектеп ашылды. Мектепте 1200 оқушы оқиды.", "A new school opened in Astana. It has 1,200 pupils."),
    ("Сенбі күні Алматыда қар жауады. Жол жабылуы мүмкін.", "On Saturday it will snow in Almaty. Roads may be closed."),
    ("Мұнай бағасы 3 пайызға өсті. Теңге де нығайды.", "The oil price rose by 3 percent. The tenge gained too."),
]


@pytest.fixture
def folders(tmp_path):
    for number, texts in enumerate(EVENTS):
        for folder, text in zip(("k", "e"), texts, strict=True):
            (tmp_path / folder).mkdir(exist_ok=True)
            # The names tell nothing: the numbers of the English ones run the other way.
            name = number if folder == "k" else 10 - number
            (tmp_path / folder / f"{folder}{name}.md").write_text(text, encoding="utf-8")
    return tmp_path / "k", tmp_path / "e"


def test_documents_are_paired_by_what_they_say(align, folders, tmp_path):
    status, _, told = align("pair", *folders, "--out", tmp_path / "pairs.jsonl")
    pairs = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text("utf-8").splitlines()]
    assert status == 0 and "3 pairs of 6 documents" in told
    names = {(pair["source"].rsplit("/")[-1], pair["target"].rsplit("/")[-1]) for pair in pairs}
    assert names == {(f"k{number}.md", f"e{10 - number}.md") for number in range(3)}
    assert all(0.5 <= pair["probability"] <= 1 for pair in pairs)


def test_beads_of_folders_pair_what_has_no_common_name(align, folders, tmp_path):
    status, _, told = align("beads", *folders, "--out", tmp_path / "b.jsonl")
    assert status == 0 and "3 documents: 6 pairs" in told


def test_one_language_alone_is_named(align, folders, tmp_path):
    status, _, told = align("pair", folders[0], folders[0], "--out", tmp_path / "p.jsonl")
    assert status == 2 and "both languages" in told
