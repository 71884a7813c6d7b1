"""A glossary: its files, its terms in texts under any ending, and drafts that are to keep to it."""

import pytest

from align.errors import InputError
from align.translate.checks import glossary
from align.translate.term_base import Term, TermBase, keep_terms, read_terms, terms_of_run
from align.translate.term_forms import english_form, kazakh_form

FORMS = [
    ("теңгенің", "теңге", True),
    ("теңгеміздің", "теңге", True),
    ("теңіз", "теңге", False),
    ("банкі", "банк", True),
    ("банкіміздің", "банк", True),
    ("кітабымыздан", "кітап", True),
    ("мектебіндегі", "мектеп", True),
    ("халқының", "халық", True),
    ("орнында", "орын", True),
    ("мемлекеттегі", "мемлекет", True),
    ("қалалардағы", "қала", True),
    ("президентіміздің", "президент", True),
    ("ата", "ат", False),
    ("бала", "бал", False),
    ("елшілік", "ел", False),
    ("келісімшарт", "келісім", False),
    ("мемлекетаралық", "мемлекет", False),
]


@pytest.mark.parametrize(("word", "term", "found"), FORMS)
def test_kazakh_words_are_found_by_their_stem(word, term, found):
    assert kazakh_form(word, term) == found


ENGLISH = [
    ("ministers", "minister", True),
    ("countries", "country", True),
    ("taxes", "tax", True),
    ("houses", "house", True),
    ("spokesmen", "spokesman", True),
    ("ministry", "minister", False),
    ("us", "u", False),
]


@pytest.mark.parametrize(("word", "term", "found"), ENGLISH)
def test_english_words_are_found_in_the_plural(word, term, found):
    assert english_form(word, term) == found


BASE = TermBase(
    [
        Term(("Ұлттық банк",), ("National Bank", "central bank")),
        Term(("банк",), ("bank",)),
        Term(("қаржы министрі",), ("finance minister",), discouraged=("treasurer",)),
        Term(("теңге",), ("tenge",)),
        Term(("АҚШ",), ("US", "United States")),
    ]
)
PAIRS = [
    (
        "Ұлттық банкіміз теңгені сақтады.",
        "The Central Bank kept the tenge.",
        {"Ұлттық банкіміз": True, "теңгені": True},
    ),
    ("Ұлттық банк пен банктер", "The National Bank and banks", {"Ұлттық банк": True, "банктер": True}),
    ("Қаржы министрлері келді.", "Finance ministers came.", {"Қаржы министрлері": True}),
    ("Қаржы министрі келді.", "The finance minister, a treasurer, came.", {"Қаржы министрі": False}),
    ("АҚШ-тың теңгесі", "He told us of the tenge.", {"АҚШ": False, "теңгесі": True}),
    ("Қаржы. Министрі келді.", "The finance minister came.", {}),
    ("Теңіз", "The sea", {}),
]


@pytest.mark.parametrize(("source", "target", "found"), PAIRS)
def test_terms_are_found_in_both_texts(source, target, found):
    kazakh, english = BASE.in_both(source, target)
    assert {source[each.start : each.end]: each.kept for each in kazakh} == found
    assert all(target[each.start : each.end] for each in english)
    assert {each.term for each in BASE.broken(source, target)} == {each.term for each in kazakh if not each.kept}


TBX_2008 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX"><text><body>
<termEntry id="1"><descrip type="subjectField">money</descrip>
<langSet xml:lang="kk-KZ"><tig><term>теңге</term></tig></langSet>
<langSet xml:lang="en"><tig><term>tenge</term></tig><ntig><termGrp><term>tugrik</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig></langSet></termEntry>
<termEntry id="2"><langSet xml:lang="ru"><tig><term>тенге</term></tig></langSet></termEntry></body></text></martif>"""
TBX_2019 = """<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1"><langSec xml:lang="kk"><termSec><term>теңге</term></termSec></langSec>
<langSec xml:lang="en-GB"><termSec><term>tenge</term></termSec></langSec></conceptEntry></body></text></tbx>"""
TENGE = Term(("теңге",), ("tenge",))
FILES = [
    ("a.tbx", TBX_2008, [Term(("теңге",), ("tenge",), "money", ("tugrik",))]),
    ("b.tbx", TBX_2019, [TENGE]),
    ("c.tsv", "теңге\ttenge\n", [TENGE]),
    ("d.tsv", "\ufefftenge\tтеңге\r\n\r\n# a remark\r\n", [TENGE]),
    (
        "e.tsv",
        "English\tNote\tKazakh\ntenge | KZT\tmoney\tтеңге\n",
        [Term(("теңге",), ("tenge", "KZT"), "money")],
    ),
]


@pytest.mark.parametrize(("name", "text", "terms"), FILES)
def test_a_file_of_terms_is_read(name, text, terms, tmp_path):
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert list(read_terms(path).terms) == terms


FAULTS = [
    ("a.tsv", "теңге\ttenge\nақша\n", "a.tsv:2: needs a Kazakh and an English term"),
    ("b.tsv", "", "no term in both"),
    ("c.tsv", "бұл " * 13 + "\tthis\n", "over 12 words"),
    ("d.tbx", "<martif><text>", "damaged XML"),
    ("e.tbx", '<!DOCTYPE m [<!ENTITY a "b">]><m>&a;</m>', "entities"),
    ("f.tbx", "<martif/>", "no term in both"),
]


@pytest.mark.parametrize(("name", "text", "said"), FAULTS)
def test_a_file_that_holds_no_terms_is_said(name, text, said, tmp_path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_terms(path)


def test_a_run_keeps_one_glossary(tmp_path):
    assert terms_of_run(tmp_path) is None
    (tmp_path / "terms.tsv").write_text("теңге\ttenge\n", encoding="utf-8")
    (tmp_path / "terms.tbx").write_text(TBX_2019, encoding="utf-8")
    assert keep_terms(tmp_path / "terms.tsv", tmp_path) == (tmp_path / "glossary.tsv", 1)
    assert keep_terms(tmp_path / "terms.tbx", tmp_path) == (tmp_path / "glossary.tbx", 1)
    assert not (tmp_path / "glossary.tsv").exists() and list(terms_of_run(tmp_path).terms) == [TENGE]


DRAFTS = [
    ("Теңгенің бағамы", "The rate of the tenge", BASE, [True]),
    ("Теңгенің бағамы", "The rate of the money", BASE, [False]),
    ("Сайлау өтті", "The vote was held", BASE, []),
    ("Теңгенің бағамы", "The rate", None, []),
]


@pytest.mark.parametrize(("source", "draft", "terms", "passed"), DRAFTS)
def test_a_draft_is_checked_against_the_glossary(source, draft, terms, passed):
    assert [each.passed for each in glossary(source, draft, terms)] == passed
