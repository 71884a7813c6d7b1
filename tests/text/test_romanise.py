import pytest

from align.text.romanise import romanise

CASES = [
    ("names", "Помпео Назарбаев Тоқаев", "Pompeo Nazarbaev Tokaev"),
    ("kazakh letters", "әғқңөұүһі", "agknouuhi"),
    ("russian letters", "ёжйхцчшщъыьэюя", "yozhykhtschshshchyeyuya"),
    ("case is kept", "ЖАҢА Щука", "ZhANA Shchuka"),
    ("hyphen stays", "Нұр-Сұлтан", "Nur-Sultan"),
    ("ascii stays", "The U.S. said 35,000", "The U.S. said 35,000"),
    ("diacritics go", "café Erdoğan Çavuşoğlu", "cafe Erdogan Cavusoglu"),
    ("strokes and ligatures", "Łódź Straße Ærø", "Lodz Strasse Aero"),
    ("typographic quotes", "it’s “so” «иә»", 'it\'s "so" "ia"'),
    ("decomposed short i", "и\u0306од", "yod"),
    ("stress mark", "за\u0301мок", "zamok"),
    ("soft hyphen and zero width", "ал\u00adма\u200bты", "almaty"),
    ("capital dotted i", "İzmir", "Izmir"),
    ("other scripts stay", "北京 العربية", "北京 العربية"),
    ("empty", "", ""),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_romanise(text, expected):
    assert romanise(text) == expected


def test_romanise_twice_changes_nothing_more():
    for _, text, _ in CASES:
        assert romanise(romanise(text)) == romanise(text)
