import importlib.util
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.text.sentences import line_spans, sentence_spans

LINES = [
    ("kk", ["Сайлау 9 маусымда өтеді"]),
    ("kk", ["Ол келді.", "Біз қалдық."]),
    ("kk", ["Қ. Тоқаев та бар.", "Н.Ә. Назарбаев кетті."]),
    ("kk", ["«Б.Т. Сұлтановты тағайындау туралы» Жарлыққа А. Байтұрсынұлы қол қойды.", "Дж. Смит те."]),
    ("kk", ["Не дейсіз?", "Иә!", "Жоқ..."]),
    ("kk", ["«Келдім.", "Көрдім», - деді ол.", "Кетті."]),
    ("kk", ["Ол 3.5 пайыз өсті.", "Бұл аз."]),
    ("kk", ["Ол кеше келді.", "5 млн. теңге әкелді."]),
    ("kk", ["Халқы 18 млн.", "Астанасы – Астана."]),
    ("kk", ["Құны 3 млрд. АҚШ доллары.", "Бұл көп."]),
    ("kk", ["Сақтар б.з.д. VIII ғ. Қазақстан жерінде болған.", "Олар 1711–1781 жж. емес."]),
    ("kk", ["Ол 2019 ж. 5 мамырда, 26.04.2019 күнгі қаулы бойынша, 19-ы күні келді.", "Сол ж. кетті."]),
    ("kk", ["Тары, бидай т.б. бар.", "Арпа, сұлы, т. б.", "Олар кейін шықты."]),
    ("kk", ["Ән, күй, т.с.с.", "Бұл да өнер."]),
    ("kk", ["Ал ол жақта [Шыңжаң - ред.] мүлде басқа.", "Олар [үкімет – ред.] Қытайда."]),
    ("kk", ["– Қайда барасың? – деді ол.", "– Үйге, – деп Асан күлді.", "– Қашан?!"]),
    ("kk", ["– Рақмет! – Асан деді ақырын.", "– Оқасы жоқ."]),
    ("kk", ["«Неге?» деп сұрады.", "«Білмеймін…»", "Үнсіздік..."]),
    ("kk", ["1. Тұзды салыңыз.", "2. Қайнатыңыз.", "Суытыңыз."]),
    ("kk", ["3-бап. Еңбек туралы заңнама"]),
    ("kk", ["Сәуле (Асанның қызы.) үйде отыр.", "Ол (келді ме?) білмейді."]),
    ("kk", ["Алматы қ. Абай көш. 5-үй.", "Тел. 25-10."]),
    ("kk", ["Сайты egemen.kz, есебі 2:1.", "26. 04. 2019 күні."]),
    ("kk", ["астана салқын.", "ол б. смағұлов үшін 5 млн. теңге."]),
    ("kk", ["Ertis özeni.", "Ol 2019 j. qañtarda keldi."]),
    ("kk", ["ول كەلدى.", "سىز قايدا؟", "مەن كەتتىم."]),
    ("en", ["U.S. Secretary Mike Pompeo spoke.", "He left."]),
    ("en", ["U.S. To ‘Strengthen’ Ties With Astana"]),
    ("en", ["It is in the U.S.", "It is big."]),
    ("en", ["Mr. J. Smith came.", "Dr. Brown did not."]),
    ("en", ['"Go," he said.', '"Why?" she asked.', '"Why?" Tom asked.', '"Never!"']),
    ("en", ["It began at 10 a.m. Eastern time.", "It ended at 8 p.m.", "Tickets were cheap."]),
    ("en", ["See No. 5 and pp. 2–3.", "She said no.", "Then she left."]),
    ("en", ["It was plan B.", "Everybody knew.", "J. R. R. Tolkien too."]),
    ("en", ["This is known.[1]", "That isn't.[2][3]", "Use Yahoo! or Bing."]),
    ("en", ["He holds a Ph.D. from M.I.T. in physics, math, etc.", "Students love him."]),
    ("en", ["Bread, milk, etc. were sold.", "Apple Inc. Chief Tim Cook came.", "The end"]),
    ("en", ["eBay is a shop.", "iPhones are sold there.", "(See below.)", "Good."]),
    ("en", []),
]  # fmt: skip
"""Sentences of one line, as they must come out; they are joined by spaces."""

APART = [
    ("kk", "Ол айтты.Бұл рас. Egemen.kz жазды", ["Ол айтты.", "Бұл рас.", "Egemen.kz жазды"]),
    ("kk", "« Иә . » Ол келді .", ["« Иә . »", "Ол келді ."]),
    ("kk", "  Шетінде бос орын бар  ", ["Шетінде бос орын бар"]),
    ("en", 'He said : " Yes . " She left . . Then', ['He said : " Yes . "', "She left . .", "Then"]),
    ("en", "Police detain a man. (Reuters)", ["Police detain a man. (Reuters)"]),
    ("en", " . ? ", [". ?"]),
    ("en", "", []),
]

LINEAR = ["а", ".", "(а.) ", "а.) ", "А. ", "т. ", '" . ', "([{", "«Ол?» Асан ", "?! – Асан ", " "]


def load_benchmark():
    path = Path(__file__).parents[2] / "benchmarks" / "sentences.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_sentences", path)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCHMARK = load_benchmark()


def split(line, lang):
    return [line[start:end] for start, end in sentence_spans(line, lang)]


@pytest.mark.parametrize(("lang", "sentences"), LINES)
def test_sentences_of_a_line(lang, sentences):
    assert split(" ".join(sentences), lang) == sentences


@pytest.mark.parametrize(("lang", "line", "expected"), APART)
def test_sentences_that_no_space_joins(lang, line, expected):
    assert split(line, lang) == expected


@pytest.mark.parametrize("lang", ["kk", "en"])
@pytest.mark.parametrize("name", ["dev", "held"])
def test_boundaries_of_running_passages(name, lang):
    passages = list(BENCHMARK.read_passages(BENCHMARK.PASSAGES / f"{name}-{lang}.txt"))
    counts = BENCHMARK.measure(BENCHMARK.ours, passages, lang)
    assert name == "dev" or sum(len(passage.ends) + 1 for passage in passages) >= 300
    assert counts.precision >= 0.98 and counts.recall >= 0.98, list(BENCHMARK.errors(passages, lang))


@pytest.mark.parametrize("piece", LINEAR)
def test_long_lines_of_marks_come_to_an_end(piece):
    line = piece * (100_000 // len(piece))
    spans = sentence_spans(line, "kk")
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


TEXT = st.text(st.sampled_from(list(' \n\t.!?…"«»()[]–-,:5аАбБтмaAbМr\u00a0\u2028ә؟')), max_size=60) | st.text(
    max_size=60
)


@settings(deadline=None, max_examples=300)
@given(TEXT, st.sampled_from(["kk", "en"]))
def test_spans_cut_nothing_off_but_white_space(text, lang):
    lines = list(line_spans(text))
    spans = [
        (first + start, first + end) for first, last in lines for start, end in sentence_spans(text[first:last], lang)
    ]
    end = 0
    for start, stop in spans:
        assert not text[end:start].strip() and text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert not text[end:].strip()
