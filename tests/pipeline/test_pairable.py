import json

import pytest

import align
from align.corpus.bitext import read_bitext
from align.corpus.left_out import LeftOut
from align.errors import InputError
from align.pipeline.judge import judge_pairs
from align.pipeline.mine import mine
from align.pipeline.pairable import pairable_pairs
from align.runs.write import manifest

RIGHT = [
    ("Алматыда бес адам жарақат алды.", "Five people were injured in Almaty."),
    ("Үкімет 1,5 млрд теңге бөлді.", "The government allocated 1.5 billion tenge."),
    ("Мектепте 200 оқушы оқиды.", "The school has 200 pupils."),
]
WRONG = [
    ("Президент Казахстана подписал в Астане новый закон.", "The President of Kazakhstan signed a new law in Astana."),
    ("В Алматы пять человек получили ранения.", "Five people were injured in Almaty."),
    ("The school has 200 pupils.", "The school has 200 pupils."),
    ("Қырғызстандын президенти жаңы мыйзамга кол койду.", "The president of Kyrgyzstan signed a new law."),
    ("12345", "12345"),
    ("https://akorda.kz", "https://akorda.kz"),
    ("Сәлем", "Сәлем"),
]


@pytest.fixture(scope="module")
def tools():
    return align.load_tools(cached=False)


def test_what_is_no_pair_of_the_two_languages_is_refused_and_counted(tools):
    left_out = LeftOut()
    alignment = judge_pairs([*WRONG, *RIGHT], "a.tmx", tools, left_out=left_out)
    assert {link.source[0].text for link in alignment.links} == {kk for kk, _ in RIGHT}
    assert manifest(alignment)["counts"]["dropped"] == dict(left_out.counts)
    assert left_out.counts.total() == len(WRONG)


def test_exchanged_sides_are_put_right_and_said():
    left_out = LeftOut()
    assert list(pairable_pairs([(en, kk) for kk, en in RIGHT], left_out)) == RIGHT
    assert left_out.counts == {"the sides are exchanged": 3}


def test_a_corpus_without_a_pair_says_why(tools):
    with pytest.raises(InputError, match="a copy"):
        judge_pairs(WRONG, "a.tmx", tools)


def test_a_copy_is_no_rival_of_the_right_pair(tools):
    kk, en = RIGHT[0]
    alignment = judge_pairs([(kk, en), (en, en), (kk, kk)], "a", tools)
    assert [(link.source[0].text, link.status) for link in alignment.links] == [(kk, "accepted")]


def test_mine_leaves_out_lines_of_other_languages(tools):
    kk = [WRONG[0][0], "https://akorda.kz", RIGHT[0][0], "The school has 200 pupils.", RIGHT[1][0], "12345"]
    en = ["12345", "https://akorda.kz", RIGHT[1][1], "The school has 200 pupils.", RIGHT[0][1], RIGHT[0][0]]
    pairs = mine(kk, en, tools=tools)
    assert {(pair.source, pair.target) for pair in pairs if pair.probability > 0.5} == {(2, 4), (4, 2)}


UNIT = "<tu><tuv xml:lang='kk'><seg>{}</seg></tuv><tuv xml:lang='en'><seg>{}</seg></tuv></tu>"
TMX = "<tmx version='1.4'><header/><body>{}</body></tmx>"
LOSSES = [
    ("a.tmx", TMX.format(UNIT.format(*RIGHT[0]) + UNIT.format(RIGHT[1][0], "")), "no English text"),
    ("a.tmx", TMX.format(UNIT.format(*RIGHT[0]) + UNIT.format(RIGHT[1][0], "a\x01b")), "XML can't hold"),
    ("a.tmx", TMX.format(UNIT.format(*RIGHT[0]) + UNIT.format(RIGHT[1][0], "a&#x1;b")), "XML can't hold"),
    (
        "a.jsonl",
        "\n".join(
            json.dumps(row) for row in ({"kk": RIGHT[0][0], "en": RIGHT[0][1]}, {"kk": "Кеше келді", "en": None})
        ),
        "no English text",
    ),
    ("a.tsv", "\n".join(["kk\ten", "\t".join(RIGHT[0]), "\tAn English line alone."]), "no Kazakh text"),
]


@pytest.mark.parametrize(("name", "content", "reason"), LOSSES)
def test_what_an_import_leaves_out_is_counted(name, content, reason, tmp_path):
    (tmp_path / name).write_text(content, encoding="utf-8")
    left_out = LeftOut()
    assert list(read_bitext(tmp_path / name, left_out=left_out)) == RIGHT[:1]
    assert left_out.counts.total() == 1 and reason in next(iter(left_out.counts))


def test_a_table_without_a_heading_is_told_what_works(tmp_path):
    (tmp_path / "a.tsv").write_text("\n".join("\t".join(pair) for pair in RIGHT), encoding="utf-8")
    with pytest.raises(InputError, match="--columns kk=1,en=2"):
        list(read_bitext(tmp_path / "a.tsv"))
    assert list(read_bitext(tmp_path / "a.tsv", columns="kk=1,en=2")) == RIGHT
