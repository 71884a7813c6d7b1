import json
import shutil

import pytest

from align import translate
from align.pipeline import drafts
from align.storage.sealed import seal
from align.translate.draft_cache import CachedTranslator, draft_cache
from align.translate.gloss import GlossTranslator

KEPT = ("documents.jsonl", "segments.jsonl", "links.jsonl")
DRAFTED = ("unmatched.jsonl", "report.html")


def _lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _read(folder, names=KEPT + DRAFTED):
    return {name: (folder / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    """Return the folder of a run over the seeds that nobody has drafted; it is copied, not changed."""
    from align.corpus.read import read
    from align.pipeline.run import align_documents
    from align.runs.write import write_run
    from align.tools import load_tools

    folder = tmp_path_factory.mktemp("seeds")
    write_run(align_documents(read("seeds"), load_tools(cached=False)), folder)
    return folder


@pytest.fixture
def folder(seeds, tmp_path):
    return shutil.copytree(seeds, tmp_path / "run")


def test_drafts_stand_in_the_runs_files(align, folder):
    before = _read(folder)
    status, _, err = align("draft", folder, "--translator", "gloss")
    unmatched = _lines(folder / "unmatched.jsonl")
    drafts = [each["draft"] for each in unmatched if each["side"] == "source"]
    assert status == 0, err
    assert list(drafts[0]) == ["text", "model", "checks", "passed", "kind", "revision", "licence", "decoding"]
    assert all(draft["kind"] == "gloss" and draft["text"] for draft in drafts)
    assert all(each["draft"] is None for each in unmatched if each["side"] == "target")
    assert _read(folder, KEPT) == {name: before[name] for name in KEPT}
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["settings"]["translator"] == "gloss" and manifest["models"]["translator"].startswith("gloss-")
    assert sum(manifest["counts"]["drafts"].values()) == len(drafts)
    page = (folder / "report.html").read_text()
    assert page.count('<details class="draft gloss"') == len(drafts) and "gloss, word for word" in page
    assert f"{len(drafts)} drafts" in err and "draft ..." in err


def test_run_with_a_translator_gives_the_files_that_draft_gives(align, folder, tmp_path):
    align("draft", folder, "--translator", "gloss")
    status, _, err = align("run", "seeds", "--out", tmp_path / "other", "--translator", "gloss")
    assert status == 0, err
    assert _read(tmp_path / "other") == _read(folder)
    align("draft", folder)
    assert _read(tmp_path / "other") == _read(folder), "a second drafting changes nothing"


def test_a_config_file_may_name_the_translator(align, tmp_path):
    (tmp_path / "align.toml").write_text('translator = "gloss"\npivot = false\n')
    align("run", "seeds", "--out", tmp_path / "out", "--config", tmp_path / "align.toml")
    assert any(each["draft"] for each in _lines(tmp_path / "out/unmatched.jsonl"))


def test_an_interrupted_drafting_goes_on_and_gives_the_same_file(align, folder, tmp_path, monkeypatch):
    asked = []

    class Interrupted:
        """The glosser, as slow to finish as a model, and stopped by Ctrl+C after 30 texts."""

        signature = "interrupted"

        def __init__(self):
            self._gloss = GlossTranslator.load()

        def draft(self, texts, *, safer=False):
            if len(asked) + len(texts) > self.most:
                raise KeyboardInterrupt
            asked.extend(texts)
            return self._gloss.draft(texts)

    def load(*args, **kwargs):
        return CachedTranslator(Interrupted(), draft_cache())

    monkeypatch.setattr(drafts, "load_translator", load)
    monkeypatch.setattr(translate.drafting, "_AT_ONCE", 10)
    Interrupted.most = 30
    before = _read(folder)
    status, _, err = align("draft", folder, "--translator", "slow")
    assert (status, len(asked)) == (130, 30) and "start again to go on" in err
    assert _read(folder) == before
    Interrupted.most = 1000
    assert align("draft", folder, "--translator", "slow")[0] == 0
    resumed = _read(folder)
    texts = [each["text"] for each in _lines(folder / "unmatched.jsonl") if each["side"] == "source"]
    assert len(asked) == len(set(asked)) == len(texts), "what was finished is not made again"
    assert align("cache", "--clear")[0] == 0
    assert align("draft", folder, "--translator", "slow")[0] == 0
    assert _read(folder) == resumed


BAD = [
    (["--translator", "none"], 2, "nothing to draft"),
    (["--translator", "memory:none.tmx"], 2, "none.tmx: no such file"),
    (["--translator", "./no-such-model"], 2, "no-such-model"),
    (["--translator", "nobody/no-such-model"], 2, "nobody/no-such-model"),
]


@pytest.mark.parametrize(("arguments", "expected", "message"), BAD)
def test_a_translator_that_cannot_be_had_is_one_line_and_loses_nothing(align, folder, arguments, expected, message):
    before = _read(folder)
    status, _, err = align("draft", folder, *arguments)
    last = err.strip().splitlines()[-1]
    assert (status, _read(folder)) == (expected, before) and last.startswith("align: ") and message in last


def test_a_folder_without_a_run_is_one_line(align, tmp_path):
    status, _, err = align("draft", tmp_path, "--translator", "gloss")
    assert status == 2 and "holds no manifest.json" in err and len(err.splitlines()) == 1


def test_a_run_of_another_version_is_one_line(align, folder):
    (folder / "segments.jsonl").write_text('{"id": "x"}\n')
    seal(folder)
    status, _, err = align("draft", folder, "--translator", "gloss")
    assert status == 2 and "another version" in err


def test_the_drafts_can_be_had_as_json(align, folder):
    status, out, _ = align("draft", folder, "--translator", "gloss", "--json")
    printed = json.loads(out)
    assert status == 0 and printed["links_found_by_pivot"] == []
    assert {"id", "text", "draft"} == set(printed["drafts"][0])


def test_the_cache_shows_drafts_and_forgets_them(align, folder):
    align("draft", folder, "--translator", "memory")
    status, out, _ = align("cache", "--json")
    (entry,) = json.loads(out)["drafts"]["entries"]
    texts = {each["text"] for each in _lines(folder / "unmatched.jsonl") if each["side"] == "source"}
    assert status == 0 and entry["translator"].startswith("memory@") and entry["drafts"] == len(texts) > 30
    assert f"{entry['drafts']} drafts forgotten" in align("cache", "--clear")[2]
    assert json.loads(align("cache", "--json")[1])["drafts"]["entries"] == []


def test_the_models_tell_which_translators_are_there(align):
    listed = {each["name"]: each for each in json.loads(align("models", "--json")[1])["models"]}
    assert listed["gloss"]["state"] == "ready (bundled)" and listed["gloss"]["kind"] == "translator"
    assert "CC-BY-NC" in listed["facebook/nllb-200-distilled-600M"]["licence"]
    assert listed["ctranslate2:NAME"]["state"].startswith(("ready", "missing: pip install"))


@pytest.mark.parametrize("drafted", [False, True])
def test_a_run_that_is_read_back_is_written_as_it_was(align, folder, tmp_path, drafted):
    from align.runs.read import read_run
    from align.runs.write import write_run

    if drafted:
        align("draft", folder, "--translator", "gloss", "--pivot")
    write_run(read_run(folder), tmp_path / "again")
    names = (*KEPT, *DRAFTED, "manifest.json")
    assert _read(tmp_path / "again", names) == _read(folder, names)


def test_what_a_recalibration_moved_stays_as_it_is(align, folder):
    links, manifest = _lines(folder / "links.jsonl"), json.loads((folder / "manifest.json").read_text())
    links[0] |= {"probability": 0.4321, "added": "by another verb"}
    (folder / "links.jsonl").write_text("".join(json.dumps(link, ensure_ascii=False) + "\n" for link in links))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"recalibrated": [1]}))
    align("draft", folder, "--translator", "gloss")
    assert _lines(folder / "links.jsonl") == links
    assert json.loads((folder / "manifest.json").read_text())["recalibrated"] == [1]


KAZAKH = [
    "Президент Қасым-Жомарт Тоқаев 9 маусымда Алматыда министрлермен кездесті.",
    "Үкімет 2019 жылы жаңа мектептер салуға 35 миллион теңге бөлді.",
    "Дәрігерлер ауыл тұрғындарына тегін көмек көрсетті.",
    "Ол бүгежектеп тұңғиықтанған мыжырайғандар селтеңдеді-міс.",
]
ENGLISH = [
    "It rained for three days in the mountains and the river rose.",
    "Wheat is cheaper than it was a year ago, farmers complain.",
    "The old fisherman has sold his boat to a merchant from the town.",
    "The museum shows pictures of a painter whom nobody remembers.",
    "A train was late because of snow on the rails.",
    "President Kassym-Jomart Tokayev met with ministers in Almaty on June 9.",
    "In 2019 the government gave 35 million tenge to build new schools.",
    "Doctors gave free help to the people of the village.",
]
LINKED = set(zip(KAZAKH[:3], ENGLISH[5:], strict=True))
MEMORY = """<?xml version="1.0"?><tmx version="1.4"><header/><body><tu>
<tuv xml:lang="kk"><seg>Ол бүгежектеп тұңғиықтанған мыжырайғандар селтеңдеді.</seg></tuv>
<tuv xml:lang="en"><seg>The old fisherman sold his boat to a merchant.</seg></tuv></tu></body></tmx>"""


@pytest.fixture
def news(tmp_path):
    for name, lines in (("kk", KAZAKH), ("en", ENGLISH)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "old.tmx").write_text(MEMORY, encoding="utf-8")
    return tmp_path


def _pairs(folder, found_by):
    return [
        (link["source"][0]["text"], link["target"][0]["text"])
        for link in _lines(folder / "links.jsonl")
        if link["found_by"] == found_by
    ]


def test_a_draft_finds_a_counterpart_that_the_search_did_not(align, news):
    plain, pivoted = news / "plain", news / "pivoted"
    documents = (news / "kk.txt", news / "en.txt")
    align("run", *documents, "--out", plain, "--review", "0.6")
    assert set(_pairs(plain, "search")) == LINKED
    nearest = {each["text"]: each["nearest"] for each in _lines(plain / "unmatched.jsonl")}
    memory = f"memory:{news / 'old.tmx'}"
    status, _, err = align("run", *documents, "--out", pivoted, "--review", "0.6", "--translator", memory, "--pivot")
    assert status == 0, err
    assert _pairs(pivoted, "search") == _pairs(plain, "search")
    assert _pairs(pivoted, "pivot") == [(KAZAKH[3], ENGLISH[2])]
    (found,) = (link for link in _lines(pivoted / "links.jsonl") if link["found_by"] == "pivot")
    # The probability is the verifier's of the two texts, as it stood among the nearest; it stays for a reviewer.
    (same,) = (each for each in nearest[KAZAKH[3]] if each["text"] == ENGLISH[2])
    assert (found["probability"], found["status"]) == (same["probability"], "review")
    left = {each["text"] for each in _lines(pivoted / "unmatched.jsonl")}
    assert left == {*ENGLISH[:5]} - {ENGLISH[2]}
    assert "only the draft of the Kazakh led to it" in (pivoted / "report.html").read_text()


def test_a_pivot_is_undone_by_a_drafting_without_it(align, news):
    documents = (news / "kk.txt", news / "en.txt")
    memory = f"memory:{news / 'old.tmx'}"
    align("run", *documents, "--out", news / "plain", "--review", "0.6", "--translator", memory)
    align("run", *documents, "--out", news / "run", "--review", "0.6", "--translator", memory, "--pivot")
    once = _read(news / "run")
    align("draft", news / "run")
    assert _read(news / "run") == once, "the settings of the run stay, and the same links are found again"
    align("draft", news / "run", "--no-pivot")
    assert _read(news / "run") == _read(news / "plain")
    (draft,) = (each["draft"] for each in _lines(news / "run/unmatched.jsonl") if each["side"] == "source")
    assert (draft["kind"], draft["text"]) == ("memory", "The old fisherman sold his boat to a merchant.")
    assert draft["decoding"].startswith("fuzzy match, 9")
