import gzip
import json

import pytest

from align.errors import InputError
from align.ports import Translator
from align.runs.records import link_record
from align.storage.sealed import seal
from align.translate.memory import MemoryTranslator, memory_pairs
from align.types import Evidence, Link, Segment

PAIRS = [("Сайлау ертең өтеді", "The election is tomorrow"), ("Ол келді", "He came")]

# Likeness: twice the longest common subsequence over both lengths, in percent, cut to a whole number.
MATCHES = [
    ("Сайлау ертең өтеді", ("The election is tomorrow", "exact match, 100%")),
    ("Сайлау  ертең өтеді\u00ad", ("The election is tomorrow", "exact match, 100%")),
    # 18 letters, one of them another one: 2 * 17 / 36 = .944
    ("Сайлау ертең өтедә", ("The election is tomorrow", "fuzzy match, 94%: Сайлау ертең өтеді")),
    # 15 and 18 letters, 15 in common: 30 / 33 = .909
    ("Сайлау ең өтеді", ("The election is tomorrow", "fuzzy match, 90%: Сайлау ертең өтеді")),
    # 6 and 18 letters: 12 / 24 = .5
    ("Сайлау", None),
    ("", None),
]

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="kk" segtype="sentence" adminlang="en" datatype="plaintext"/><body>
<tu><tuv xml:lang="kk-KZ"><seg>Ол <bpt i="1">&lt;b&gt;</bpt>келді<ept i="1">&lt;/b&gt;</ept> &amp; кетті</seg></tuv>
    <tuv xml:lang="ru"><seg>Он пришёл</seg></tuv><tuv xml:lang="EN_us"><seg>He came &amp; <hi>left</hi></seg></tuv></tu>
<tu><tuv lang="en"><seg>The
    city</seg></tuv><tuv lang="kaz"><seg>Қала</seg></tuv></tu>
<tu><tuv xml:lang="kk"><seg>Жалғыз</seg></tuv></tu>
<tu><tuv xml:lang="kk"><seg/></tuv><tuv xml:lang="en"><seg>Nothing</seg></tuv></tu>
</body></tmx>"""

BOMB = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<tmx><body><tu><tuv xml:lang="kk"><seg>&b;</seg></tuv><tuv xml:lang="en"><seg>x</seg></tuv></tu></body></tmx>"""


def _line(status, source="Ол келді", target="He came"):
    kk, en = (Segment("0", lang, "d", 0, 0, len(text), text) for lang, text in (("kk", source), ("en", target)))
    return json.dumps(link_record(Link("l", "partial", 0.9, status, (kk,), (en,), 0.5, 1.0, Evidence(), ()))) + "\n"


@pytest.mark.parametrize(("text", "expected"), MATCHES)
def test_the_likest_text_is_offered_with_its_percentage(text, expected):
    (draft,) = MemoryTranslator(PAIRS, "memory:test").draft([text])
    assert (draft and (draft.text, draft.decoding)) == expected
    assert draft is None or (draft.kind, draft.model, draft.licence) == ("memory", "memory:test", None)


def test_safer_takes_exact_matches_alone():
    memory = MemoryTranslator(PAIRS, "memory")
    assert [draft and draft.text for draft in memory.draft(["Ол келді", "Ол келдә"], safer=True)] == ["He came", None]


def test_the_order_of_a_memory_makes_no_difference():
    twice = [*PAIRS, ("Ол келді", "He arrived"), ("Сен келді", "A")]
    one, other = MemoryTranslator(twice, "m"), MemoryTranslator(twice[::-1], "m")
    assert isinstance(one, Translator) and len(one) == 3
    assert one.signature == other.signature != MemoryTranslator(PAIRS, "m").signature
    texts = ["Ол келді", "Кел келді", "Ол келдік"]
    assert one.draft(texts) == other.draft(texts)
    assert one.draft(texts)[0].text == "He arrived"


@pytest.mark.parametrize("name", ["m.tmx", "m.TMX", "m.tmx.gz"])
def test_a_tmx_file_gives_its_pairs(tmp_path, name):
    content = TMX.encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    assert list(memory_pairs(tmp_path / name)) == [("Ол келді & кетті", "He came & left"), ("Қала", "The city")]


def test_a_run_gives_its_accepted_pairs(tmp_path):
    lines = _line("accepted") + _line("review", "Қала", "A town")
    (tmp_path / "links.jsonl").write_text(lines, encoding="utf-8")
    seal(tmp_path, {})
    assert list(memory_pairs(tmp_path)) == list(memory_pairs(tmp_path / "links.jsonl")) == [("Ол келді", "He came")]


BAD = [
    ("none.tmx", None, "no such file"),
    ("pairs.csv", b"a,b", "not a memory"),
    ("cut.tmx", TMX.encode()[:400], "damaged XML"),
    ("bomb.tmx", BOMB.encode(), "entities"),
    ("cut.tmx.gz", gzip.compress(TMX.encode(), mtime=0)[:100], "can't be read"),
    ("links.jsonl", b'{"status": "accept"}\n', "line 1: not of an"),
    ("links.jsonl", b"[1]\n", "line 1: not a JSON object"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_a_bad_memory_is_refused_in_one_line(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message) as refused:
        MemoryTranslator.load([tmp_path / name])
    assert name in str(refused.value) and "\n" not in str(refused.value)
