import pytest

from align.text.language import detect

TEXTS = [
    ("Қазақстанда президент сайлауы өтеді", "kk"),
    ("Бірақ осы күнге дейін үнсіз отыр", "kk"),
    ("The minister said that it was early in the morning of the day.", "en"),
    ("Pompeo Urges Kazakhstan", "en"),
    ("Госсекретарь США прибыл в столицу Казахстана поздно вечером", None),
    ("Der Minister sagte, dass die Wahl am Sonntag stattfinden werde, und ging.", None),
    ("12 34 ...", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_detect(text, lang):
    assert detect(text) == lang
