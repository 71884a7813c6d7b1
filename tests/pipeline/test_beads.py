import json
from uuid import uuid4

import pytest

import align
from align.errors import InputError, UnknownNameError
from align.pipeline.bead_files import paired_by_name
from align.pipeline.of_lines import has_sentence_lines
from align.review.records import Decision
from align.review.store import Store

KK = ["Президент бүгін Астанада жаңа мектеп ашты.", "Мектепте 1200 оқушы оқиды.", "Сенбі күні Алматыда қар жауады."]
EN = ["Today the president opened a new school in Astana.", "The school has 1,200 pupils.", "On Saturday it will snow."]


def test_lines_become_beads_with_their_texts():
    found = align.beads(KK, EN)
    assert [found.texts(bead) for bead in found] == list(zip(KK, EN, strict=True))
    assert len(found) == 3 and set(found.signatures) == {"encoder", "verifier"}


def test_improbable_pairs_are_taken_apart():
    found = align.beads(KK, EN).at_least(1.01)
    assert [bead.kind for bead in found] == ["1-0", "0-1"] * 3


def test_an_empty_line_is_a_bead_of_its_own():
    found = align.beads([KK[0], "", KK[1]], [EN[0], EN[1]])
    assert [(bead.source, bead.target) for bead in found] == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_sections_that_correspond_are_not_crossed():
    found = align.beads([*KK[:2], "", KK[2]], [*EN[:2], "", EN[2]])
    assert all(len({line < 2 for line in (*bead.source, *bead.target)}) == 1 for bead in found)


@pytest.mark.parametrize("name", ["b.jsonl", "b.ladder", "b.tsv", "b.tmx"])
def test_beads_are_written_as_their_file_is_named(tmp_path, name):
    align.beads(KK, EN).write(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 0


def test_an_unknown_format_is_named(tmp_path):
    with pytest.raises(UnknownNameError, match="ladder"):
        align.beads(KK, EN).write(tmp_path / "b", format="csv")


def test_a_run_of_beads_is_read_again(tmp_path):
    align.beads([KK[0], f"{KK[1]} {KK[2]}"], EN).write(tmp_path / "run")
    run = align.open_run(tmp_path / "run")
    assert sorted(len(link.target) for link in run.links) == [1, 2]
    assert {link.found_by for link in run.links} == {"beads"}


LINES = [
    ("a sentence a line", "\n".join(EN), True),
    ("paragraphs", " ".join(EN), False),
    ("wrapped", "\n".join("One day the king went out\nto hunt and came to the\nend of a wood.".split("\n") * 4), False),
    ("empty", "", False),
]


@pytest.mark.parametrize(("name", "text", "answer"), LINES, ids=[case[0] for case in LINES])
def test_files_of_lines_are_told_from_documents(tmp_path, name, text, answer):
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert has_sentence_lines(path, "en") is answer


def test_files_are_paired_by_their_names(tmp_path):
    for name in ("k/a.kk.txt", "k/b_kk.txt", "k/c.txt", "e/a.en.txt", "e/b_en.docx", "e/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    paired, lone = paired_by_name(tmp_path / "k", tmp_path / "e")
    assert [kk.name for kk, _ in paired] == ["a.kk.txt", "b_kk.txt"]
    assert [path.rsplit("/")[-1] for path in lone] == ["c.txt", "d.txt"]


def test_corpus_is_paired_in_python(tmp_path):
    for number, (kk, en) in enumerate(zip(KK, EN, strict=True)):
        (tmp_path / f"k{number}.md").write_text(kk, encoding="utf-8")
        (tmp_path / f"e{9 - number}.md").write_text(en, encoding="utf-8")
    found = align.pair(align.read(tmp_path), min_probability=0)
    best = {(each.source.path[-5:], each.target.path[-5:]) for each in found[:3]}
    assert best == {(f"k{number}.md", f"e{9 - number}.md") for number in range(3)}
    with pytest.raises(InputError, match="both languages"):
        align.pair(align.read(tmp_path / "k0.md"))


def test_review_and_export_keep_the_sentences_of_a_bead_together(tmp_path):
    align.beads([KK[0], f"{KK[1]} {KK[2]}"], EN).write(tmp_path / "run")
    links = [json.loads(line) for line in (tmp_path / "run" / "links.jsonl").read_text("utf-8").splitlines()]
    (wide,) = [link["id"] for link in links if len(link["target"]) == 2]
    store = Store.open(tmp_path / "run")
    shown = store.item(wide, "anna")
    assert (shown.source_text, shown.target_text) == (f"{KK[1]} {KK[2]}", f"{EN[1]} {EN[2]}")
    store.decide(Decision(item=wide, reviewer="anna", verdict="accept", id=uuid4().hex, version=shown.version))
    store.close()
    table = align.open_run(tmp_path / "run").to_pandas()
    assert table[table["label"] == "accept"]["en"].tolist() == [f"{EN[1]} {EN[2]}"]
