import re

import pytest

import align
from align.errors import InputError
from align.export.joining import join_xliff
from align.export.run_pairs import RunPairs
from align.export.xliff import is_xliff, read_xliff, write_xliff
from align.pipeline.drafts import draft_unmatched
from align.runs.records import unmatched_record
from align.storage.files import read_jsonl, write_jsonl
from align.storage.sealed import seal
from align.types import Segment, Unmatched


@pytest.fixture
def drafted(tmp_path):
    """A run of the seed documents with glosses for what is unmatched."""
    tools = align.load_tools(cached=False)
    alignment = align.align_documents(align.read("seeds"), tools)
    align.write_run(draft_unmatched(alignment, align.load_translator("gloss"), tools), tmp_path / "run")
    write_xliff(tmp_path / "run", tmp_path / "run.xlf")
    return tmp_path


def _edit(folder, target, *, units=1, state="translated"):
    text = (folder / "run.xlf").read_text(encoding="utf-8")
    text = text.replace('<segment state="initial">', f'<segment state="{state}">', units)
    text = text.replace("</source></segment>", f"</source><target>{target}</target></segment>", units)
    (folder / "edited.xlf").write_text(text, encoding="utf-8")
    return folder / "edited.xlf"


def test_every_unmatched_segment_is_a_unit_with_its_gloss_in_a_note(drafted):
    unmatched = [each for each in read_jsonl(drafted / "run/unmatched.jsonl") if each["side"] == "source"]
    text = (drafted / "run.xlf").read_text(encoding="utf-8")
    assert len(re.findall("<unit ", text)) == len({each["id"] for each in unmatched})
    assert 'srcLang="kk"' in text and '<note category="gloss">' in text and "<target>" not in text
    assert is_xliff(drafted / "run.xlf") and list(read_xliff(drafted / "run.xlf")) == []


def test_finished_units_come_back_as_post_edited_pairs_once(drafted):
    edited = _edit(drafted, "R&amp;D &lt;in&gt; English", units=2)
    joined = join_xliff(edited, drafted / "run", reviewer="anna")
    assert (joined.taken, joined.repeated, joined.refused) == (2, 0, ())
    again = join_xliff(edited, drafted / "run", reviewer="anna")
    assert (again.taken, again.repeated) == (0, 2)
    made = [pair for pair in RunPairs(drafted / "run") if pair.origin == "post_edited"]
    assert {(pair.en, pair.status, pair.config, pair.reviewers) for pair in made} == {
        ("R&D <in> English", "accepted", "en-kk", 1)
    }


def test_a_changed_source_is_refused_and_the_rest_goes_on(drafted):
    edited = _edit(drafted, "English", units=2)
    text = edited.read_text(encoding="utf-8").replace("<source>", "<source>Басқа ", 1)
    edited.write_text(text, encoding="utf-8")
    joined = join_xliff(edited, drafted / "run", reviewer="anna")
    assert joined.taken == 1 and len(joined.refused) == 1
    assert "source is not the run's any more" in joined.refused[0]


def test_what_xml_cannot_hold_is_left_out_by_name(tmp_path):
    segments = [Segment(f"{n}", "kk", "d", n, 0, 3, text) for n, text in enumerate(("a\x00b", "бір"))]
    write_jsonl(tmp_path / "unmatched.jsonl", (unmatched_record(Unmatched("source", each, ())) for each in segments))
    seal(tmp_path, {})
    assert write_xliff(tmp_path, tmp_path / "a.xlf") == (1, {"a control character, which XML can't hold": 1})


REFUSED = [
    ('<xliff version="1.2"/>', "not XLIFF 2"),
    ('<xliff version="2.1" srcLang="de" trgLang="en"/>', "expected kk to en"),
    ('<xliff version="2.1"', "damaged XML"),
    ('<!DOCTYPE x [<!ENTITY a "b">]><xliff version="2.1">&a;</xliff>', "declares XML entities"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_other_files_are_refused(text, message, tmp_path):
    (tmp_path / "x.xlf").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(read_xliff(tmp_path / "x.xlf"))
