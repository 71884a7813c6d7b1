import pytest

from align.text.sentences import sentence_spans

LINES = [
    ("kk", "Сайлау 9 маусымда өтеді", ["Сайлау 9 маусымда өтеді"]),
    ("kk", "Ол келді. Біз қалдық.", ["Ол келді.", "Біз қалдық."]),
    ("kk", "Қ. Тоқаев та бар. Н.Ә. Назарбаев кетті.", ["Қ. Тоқаев та бар.", "Н.Ә. Назарбаев кетті."]),
    ("kk", "Не дейсіз? Иә! Жоқ...", ["Не дейсіз?", "Иә!", "Жоқ..."]),
    ("kk", "«Келдім. Көрдім», - деді ол. Кетті.", ["«Келдім.", "Көрдім», - деді ол.", "Кетті."]),
    ("kk", "Ол 3.5 пайыз өсті. Бұл аз.", ["Ол 3.5 пайыз өсті.", "Бұл аз."]),
    ("kk", "  Шетінде бос орын бар  ", ["Шетінде бос орын бар"]),
    ("en", "U.S. Secretary Mike Pompeo spoke. He left.", ["U.S. Secretary Mike Pompeo spoke.", "He left."]),
    ("en", "U.S. To ‘Strengthen’ Ties With Astana", ["U.S. To ‘Strengthen’ Ties With Astana"]),
    ("en", "Mr. J. Smith came. Dr. Brown did not.", ["Mr. J. Smith came.", "Dr. Brown did not."]),
    ("en", "\"Go,\" he said. \"Why?\" she asked.", ["\"Go,\" he said.", "\"Why?\" she asked."]),
    ("en", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "line", "expected"), LINES)
def test_sentence_spans(lang, line, expected):
    assert [line[start:end] for start, end in sentence_spans(line, lang)] == expected


def test_a_line_of_a_hundred_thousand_letters_is_one_sentence():
    assert sentence_spans("а" * 100_000, "kk") == ((0, 100_000),)
