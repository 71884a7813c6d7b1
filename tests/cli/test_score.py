import json

import pytest

PREDICTED = [(0, 0, 0.9), (1, 1, 0.8), (2, 3, 0.6), (3, 3, 0.2)]


@pytest.fixture
def files(tmp_path):
    rows = [json.dumps({"source": s, "target": t, "probability": p}) for s, t, p in PREDICTED]
    (tmp_path / "pairs.jsonl").write_text("\n".join(rows))
    (tmp_path / "gold.tsv").write_text("0\t0\n1\t1\n2\t2\n3\t3\n")
    return tmp_path / "gold.tsv", tmp_path / "pairs.jsonl"


def _scores(out):
    return {score["signature"].split("|")[0]: score["value"] for score in json.loads(out)["scores"]}


def test_score_mine_counts_all_pairs(align, files):
    status, out, _ = align("score", "mine", *files, "--json")
    assert status == 0
    assert _scores(out) == {"precision": 0.75, "recall": 0.75, "f1": 0.75}


def test_score_verify_counts_those_above_the_threshold(align, files):
    _, out, _ = align("score", "verify", *files, "--json")
    scores = _scores(out)
    # Above 0.5 stand two right ones and a wrong one; four are to be found.
    assert scores["precision"] == pytest.approx(2 / 3) and scores["recall"] == 0.5
    # Right at ranks 1, 2 and 4 of four to find.
    assert scores["average-precision"] == pytest.approx((1 + 1 + 3 / 4) / 4)
    assert scores["brier"] == pytest.approx((0.01 + 0.04 + 0.36 + 0.64) / 4)
    # Each judgement is alone in its bin.
    assert scores["ece"] == pytest.approx((0.1 + 0.2 + 0.6 + 0.8) / 4)


def test_score_verify_prints_signatures_and_draws_the_plot(align, files, tmp_path):
    _, out, _ = align("score", "verify", *files, "--plot", tmp_path / "plot.svg")
    assert "f1|strict|threshold:0.5|n:4 (higher is better)" in out
    assert (tmp_path / "plot.svg").read_text().startswith("<svg")


BAD = [("0\t0\n1 1\n", "line 2: not two tab-separated"), ("a\tb\n", "line 1: not two tab-separated")]


@pytest.mark.parametrize(("gold", "message"), BAD)
def test_bad_gold_is_named_by_line(align, files, gold, message):
    files[0].write_text(gold)
    status, _, err = align("score", "mine", *files)
    assert status == 2 and message in err


# sacreBLEU's own command says so: sacrebleu ref -i hyp -m chrf bleu --chrf-word-order 2
REFERENCES = "He came to Almaty.\nThe talks ended on February 1.\n"
DRAFTS = "He came in Almaty.\nTalks ended February 1.\n"
CHRF, BLEU = 61.642, 24.737


@pytest.fixture
def translations(tmp_path):
    (tmp_path / "ref.txt").write_text(REFERENCES)
    (tmp_path / "hyp.txt").write_text(DRAFTS)
    return tmp_path / "ref.txt", tmp_path / "hyp.txt"


def test_score_draft_prints_chrf_first_with_sacrebleus_signatures(align, translations):
    status, out, _ = align("score", "draft", *translations)
    first, second = out.splitlines()
    assert status == 0
    assert first.startswith(f"{CHRF} chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:")
    assert second.startswith(f"{BLEU} BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:")
    assert first.endswith("|n:2 (higher is better)")


def test_score_draft_prints_json(align, translations):
    _, out, _ = align("score", "draft", *translations, "--json")
    chrf, bleu = (score["value"] for score in json.loads(out)["scores"])
    assert (chrf, bleu) == (pytest.approx(CHRF, abs=5e-4), pytest.approx(BLEU, abs=5e-4))


@pytest.mark.parametrize(
    ("drafts", "message"),
    [("One line only.\n", "hyp.txt: has 1 lines, "), ("", "hyp.txt: has 0 lines, "), (None, "hyp.txt")],
)
def test_score_draft_wants_a_draft_for_each_reference(align, translations, drafts, message):
    translations[1].unlink() if drafts is None else translations[1].write_text(drafts)
    status, _, err = align("score", "draft", *translations)
    assert status == 2 and message in err and len(err.splitlines()) == 1


def test_score_draft_wants_lines(align, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    status, _, err = align("score", "draft", tmp_path / "empty.txt", tmp_path / "empty.txt")
    assert status == 2 and "no lines to score" in err
