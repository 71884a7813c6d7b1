"""Written news: gold links from facts, and the measures of a run over them."""

import json
from pathlib import Path

import pytest

from align.errors import InputError
from align.evaluate.comparable import grade_links, measure_links, read_gold_news, write_news

NEWS = Path(__file__).parents[2] / "examples/news"

KK = "Тақырып сөйлем\tf1\n\nБірінші сөйлем осында.\tf1,f2\nЕкінші сөйлем осында\tf3\nАуа райы туралы сөйлем.\t\n"
EN = "A headline stands here\tf1\n\nThe second one stands here.\tf2,f4\nThe third one stands here.\tf3\n"
SHEET = {"facts": [{"id": "f1"}, {"id": "f2"}, {"id": "f3", "conflict": True}, {"id": "f4", "global": "shared"}]}


@pytest.fixture
def news(tmp_path):
    (tmp_path / "articles/event-1").mkdir(parents=True)
    (tmp_path / "sheets").mkdir()
    (tmp_path / "articles/event-1/kk-1.tsv").write_text(KK, encoding="utf-8")
    (tmp_path / "articles/event-1/en-1.tsv").write_text(EN, encoding="utf-8")
    (tmp_path / "sheets/event-1.json").write_text(json.dumps(SHEET), encoding="utf-8")
    (tmp_path / "neutral.tsv").write_text("Тақырып сөйлем\tA headline stands here\n", encoding="utf-8")
    return tmp_path


def test_gold_follows_from_the_facts(news):
    gold = read_gold_news(news)
    assert gold.pairs == {(0, 0): "equivalent", (1, 0): "partial", (1, 1): "partial", (2, 2): "conflict"}
    assert gold.neutral == {(0, 0)}
    assert gold.right == {(1, 0), (1, 1)}


def test_documents_are_written_as_a_site_shows_them(news, tmp_path):
    write_news(news, tmp_path / "out")
    text = (tmp_path / "out/kk/event-1-kk-1.txt").read_text(encoding="utf-8")
    assert text == "Тақырып сөйлем\n\nБірінші сөйлем осында. Екінші сөйлем осында\nАуа райы туралы сөйлем.\n"


def link(source, target, probability, status, relation):
    texts = {"source": [{"text": source}], "target": [{"text": target}]}
    return {**texts, "probability": probability, "status": status, "relation": relation}


LINKS = [
    link("Тақырып сөйлем", "A headline stands here", 0.99, "accept", "equivalent"),
    link("Бірінші сөйлем осында.", "The second one stands here.", 0.9, "accept", "partial"),
    link("Екінші сөйлем осында", "The third one stands here.", 0.6, "review", "conflict"),
    link("Екінші сөйлем осында Ауа райы туралы сөйлем.", "The second one stands here.", 0.5, "review", "partial"),
]


def test_measures_by_hand(news):
    gold = read_gold_news(news)
    graded = grade_links(gold, LINKS)
    assert [each.grade for each in graded] == ["partial", "conflict", "none"]
    scores = {score.signature.split("|n:")[0]: score.value for score in measure_links(gold, graded)}
    assert scores["precision|accepted"] == 1.0
    assert scores["recall|pairs|shown"] == 0.5
    assert scores["recall|sources|shown"] == 1.0
    assert scores["average-precision|pairs"] == 0.5
    assert scores["relation-right"] == 1.0
    assert scores["conflicts-noticed"] == 1.0
    assert scores["false-conflicts"] == 0.0


def test_a_folder_without_news_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no articles"):
        read_gold_news(tmp_path)


def test_the_news_that_ship_are_whole():
    gold = read_gold_news(NEWS)
    assert len({told.event for told in gold.kk}) == 24
    assert (len(gold.kk), len(gold.en), len(gold.right)) == (558, 525, 575)


def test_a_run_is_scored_by_command(align, news, tmp_path):
    run = tmp_path / "run"
    run.mkdir()
    (run / "links.jsonl").write_text("".join(json.dumps(each) + "\n" for each in LINKS), encoding="utf-8")
    status, out, _ = align("score", "comparable", news, run, "--json")
    assert status == 0
    assert json.loads(out)["scores"][0]["value"] == 1.0
    status, _, _ = align("score", "comparable", news, tmp_path / "site", "--write")
    assert status == 0 and (tmp_path / "site/en/event-1-en-1.txt").is_file()
