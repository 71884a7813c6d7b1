import gzip
import json
import zipfile

import pytest

import align
from align.corpus.bitext import read_bitext
from align.errors import InputError
from align.pipeline.judge import judge_pairs

PAIRS = [
    ("Президент Алматыға 2 ақпанда келді.", "The president arrived in Almaty on February 2."),
    ("Үкімет жаңа заң қабылдады.", "The government adopted a new law."),
    ("Балалар мектепке барады.", "The children go to school."),
    ("Ауа райы бүгін суық болады.", "The weather will be cold today."),
    ("Кітапханада 35 000 кітап бар.", "The library has 35,000 books."),
    ("Дәрігер науқасты қарады.", "The doctor examined the patient."),
]


def _tmx(pairs):
    units = "".join(
        f"<tu><tuv xml:lang='en'><seg>{en}</seg></tuv><tuv xml:lang='kk-KZ'><seg>{kk}</seg></tuv></tu>"
        for kk, en in pairs
    )
    return f"<tmx version='1.4'><header/><body>{units}</body></tmx>".encode()


def _tsv(pairs):
    return "\n".join(["kk\ten", *(f"{kk}\t{en}" for kk, en in pairs)]).encode()


def _jsonl(pairs):
    return "\n".join(json.dumps({"translation": {"kk": kk, "en": en}}) for kk, en in pairs).encode()


FILES = [
    ("a.tmx", _tmx),
    ("a.tmx.gz", lambda pairs: gzip.compress(_tmx(pairs))),
    ("a.tsv", _tsv),
    ("a.jsonl", _jsonl),
]


@pytest.mark.parametrize(("name", "write"), FILES, ids=[name for name, _ in FILES])
def test_a_file_gives_its_pairs(name, write, tmp_path):
    (tmp_path / name).write_bytes(write(PAIRS))
    assert list(read_bitext(tmp_path / name)) == PAIRS


@pytest.mark.parametrize("named", ["news", "news.kk", "news.en"])
def test_moses_files_are_named_by_either_or_both(named, tmp_path):
    for side, suffix in enumerate(("kk", "en")):
        lines = [pair[side] for pair in PAIRS] + [""]
        (tmp_path / f"news.{suffix}").write_text("\n".join(lines), encoding="utf-8")
    assert list(read_bitext(tmp_path / named)) == PAIRS


def test_a_zip_of_opus(tmp_path):
    with zipfile.ZipFile(tmp_path / "corpus.zip", "w") as archive:
        for side, suffix in enumerate(("kk", "en")):
            archive.writestr(f"News.en-kk.{suffix}", "\n".join(pair[side] for pair in PAIRS))
        archive.writestr("LICENSE", "CC-BY")
    assert list(read_bitext(tmp_path / "corpus.zip")) == PAIRS


def test_a_dataset_saved_to_disk_and_an_export(tmp_path):
    import datasets

    rows = [{"translation": {"kk": kk, "en": en}} for kk, en in PAIRS]
    datasets.Dataset.from_list(rows).save_to_disk(str(tmp_path / "saved"))
    assert list(read_bitext(tmp_path / "saved")) == PAIRS


REFUSED = [
    ({"a.kk": "бір\nекі", "a.en": "one"}, "a", "they are no pair"),
    ({"a.txt": "The government adopted a new law."}, "a.txt", "no pairs found"),
    ({"a.tmx": "<tmx><body>"}, "a.tmx", "damaged XML"),
    ({}, "none", "no such file"),
]


@pytest.mark.parametrize(("files", "path", "message"), REFUSED)
def test_what_is_no_bitext_is_refused(files, path, message, tmp_path):
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(read_bitext(tmp_path / path))


def test_wrong_pairs_are_told_from_right_ones_and_none_is_lost():
    sources, targets = zip(*PAIRS, strict=True)
    swapped = [*targets[:4], targets[5], targets[4]]
    alignment = judge_pairs(zip(sources, swapped, strict=True), "a.tmx", align.load_tools(cached=False))
    assert len(alignment.links) == len(PAIRS) and {link.found_by for link in alignment.links} == {"import"}
    wrong = [link.probability for link in alignment.links if link.source[0].position >= 4]
    assert max(wrong) < 0.3 and max(wrong) < min(
        link.probability for link in alignment.links if link.source[0].position < 4
    )
    assert all(link.source[0].position == link.target[0].position for link in alignment.links)


def test_a_repeated_pair_is_judged_once_and_none_at_all_is_refused():
    tools = align.load_tools(cached=False)
    assert len(judge_pairs([*PAIRS, PAIRS[0]], "a", tools).links) == len(PAIRS)
    with pytest.raises(InputError, match="holds no pair"):
        judge_pairs([], "a", tools)
