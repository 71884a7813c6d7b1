"""Whatever the text: no exception, spans inside it and in order, time in proportion to its length."""

import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.facts import extract, match

# Pieces that recognisers look for, so that random texts reach deep into them.
PIECES = (
    "26 сәуірде|наурыздың 19-ы|2017 жылдың|жылғы|көктемінде|мың|млн|пайыз|теңге|$|%|-|–|.|,|1,5|1 234|үш|бір|осы|бүгін|"
    "жиырма бес|жуық|астам|дейін|АҚШ-тың|Тоқаев|XXI|ғасыр|сағат|11|:|30|July|1-2|2019|March|the|of|million|and|a|half|"
    "two|hundred|third|nearly|more than|U.S.|Mike|last|year|am|٣٥|२०|½|²|İ|\u0301|емес|жоқ|бармады|-сыз|"
    "Ресей|Қытайға|did not|without|by|to|sold|18.30-да|16.XII.1991|минус|°C|10⁶|½|doubled|екі есе|+7 701 234 56 78|both"
).split("|")
LONG = (
    "9|1 |123 |1,|а|А |Абв-|Абв Гдә |a'|a\u0301|\u0301|zero |бір |тоқсан-|two hundred and |5-|July 5 and |"
    '2019 жылғы 5 |"|$|1/2/|1:|U.|«А|2018-19 |fifth of |бесінші |1.2m |теңге |last Friday |'
    "Askar, |Askar beat Bolat |did not |Асқар Болатты жеңді емес |визасыз |both one |18.30-да |+7 701 |rose "
).split("|")
# A scan that goes back over the line for each of its characters would not end in this time; a linear one needs a tenth.
CHARACTERS, SECONDS = 12_000, 5.0


def _check(text: str, lang: str) -> None:
    facts = extract(text, lang)
    assert all(0 <= fact.start < fact.end <= len(text) for fact in facts)
    assert all(one.end <= other.start for one, other in pairwise(facts))
    assert extract(text, lang) == facts
    match(facts, facts)


@given(st.text(max_size=200), st.sampled_from(["kk", "en"]))
@settings(max_examples=100, deadline=None)
def test_any_unicode(text, lang):
    _check(text, lang)


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["", " "]), st.sampled_from(["kk", "en"]))
@settings(max_examples=150, deadline=None)
def test_any_order_of_pieces(pieces, joint, lang):
    _check(joint.join(pieces), lang)


@given(st.text(alphabet=st.characters(categories=["Nd", "Nl", "No"]), max_size=30), st.sampled_from(["kk", "en"]))
@settings(max_examples=100, deadline=None)
def test_digits_of_any_script(text, lang):
    _check(text, lang)


@pytest.mark.parametrize("piece", LONG, ids=repr)
def test_a_long_line_takes_no_quadratic_time(piece):
    line = piece * (CHARACTERS // len(piece))
    start = time.process_time()
    for lang in ("kk", "en"):
        assert all(0 <= fact.start < fact.end <= len(line) for fact in extract(line, lang))
    assert time.process_time() - start < SECONDS


def test_no_digit_string_is_too_long_for_python():
    assert extract("9" * (sys.int_info.str_digits_check_threshold * 10), "en") == ()
