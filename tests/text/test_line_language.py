import pytest

from align.text.language import line_language
from align.text.matched import as_matched
from align.text.pair_language import wrong_language
from align.text.scripts import kazakh_script, line_scripts

# Kazakh as people type it, and what must not be taken for it or for English: text, expected, language, script.
LINES = [
    ("Казакстан Президенты бугин Алматыда жиналыс откизди.", None, "kk", "russian-letters"),
    ("Ауыл шаруашылыгына биыл бес миллиард тенге болинеди.", None, "kk", "russian-letters"),
    ("Qazaqstan prezidenti Astanada jana zanga qol qoydy.", None, "kk", "ascii-latin"),
    ("Almatyda bes adam jaraqat aldy.", None, "kk", "ascii-latin"),
    ("Bul turaly ministrlik habarlady.", "en", "kk", "ascii-latin"),
    ("Франция Батыс Еуропада орналасады.", "kk", "kk", None),
    ("Мен шаршадым.", "kk", None, None),
    ("Это важный закон для страны.", "kk", "other", None),
    ("Президент Казахстана подписал в Астане новый закон.", "kk", "other", None),
    ("Кыргызстандын президенти жаңы мыйзамга кол койду.", "kk", "other", None),
    ("Президент якшанба куни сайлов бўлиб ўтишини эълон қилди", "kk", "other", None),
    ("Cumhurbaskani yeni yasayi imzaladi ve yururluge girdi", "en", "other", None),
    ("Presiden menandatangani undang-undang baru di ibu kota pada hari Senin.", "en", "other", None),
    ("Prezident yeni qanunu imzaladi ve o barede melumat verildi", "en", "other", None),
    ("Der Minister sagte, dass die Wahl am Sonntag stattfinden werde.", "en", "other", None),
    ("I don't know him.", None, "en", None),
    ("The school has 200 pupils.", "kk", "en", None),
    ("Алматы", None, None, None),
]

PAIRS = [
    ("Президент Казахстана подписал в Астане новый закон.", "The President of Kazakhstan signed a new law.", "Kazakh"),
    ("В Алматы пять человек получили ранения.", "Five people were injured in Almaty.", "Kazakh"),
    ("The school has 200 pupils.", "The school has 200 pupils.", "copy"),
    ("Қырғызстандын президенти жаңы мыйзамга кол койду.", "The president of Kyrgyzstan signed a new law.", "Kazakh"),
    ("12345", "12345", "copy"),
    ("12 345", "12,345", "no words"),
    ("https://akorda.kz", "https://akorda.kz/en", "no words"),
    ("Five people were injured in Almaty.", "Алматыда бес адам жарақат алды.", "exchanged"),
    ("Алматыда бес адам жарақат алды.", "Алматыда адам жарақат алды, деп хабарлады.", "English"),
]


@pytest.mark.parametrize(("text", "expected", "language", "script"), LINES)
def test_line_language(text, expected, language, script):
    found = line_language(text, expected=expected)
    assert (found.language, found.script) == (language, script)
    assert (found.certainty > 0) == (language is not None)


@pytest.mark.parametrize(("source", "target", "reason"), PAIRS)
def test_wrong_language(source, target, reason):
    assert reason in (wrong_language(source, target) or "")


@pytest.mark.parametrize(
    ("typed", "script", "restored"),
    [
        (
            "Казакстан Президенты бугин Алматыда жиналыс откизди.",
            "russian-letters",
            "Қазақстан Президенті бүгін Алматыда жиналыс өткізді.",
        ),
        (
            "Qazaqstan prezidenti Astanada jana zanga qol qoydy.",
            "ascii-latin",
            "Қазақстан президенті Астанада жаңа заңға қол қойды.",
        ),
        (
            "Qazaqstannyng prezidenti zhanga zanggha qol qoydy.",
            "ascii-latin",
            "Қазақстанның президенті жаңа заңға қол қойды.",
        ),
    ],
)
def test_letters_are_restored_and_lead_back(typed, script, restored):
    assert kazakh_script(typed) == script
    reading = as_matched(typed, script)
    assert reading is not None and reading.text == restored
    for place, letter in enumerate(reading.text):
        start, end = reading.original(place, place + 1)
        assert 0 <= start < end <= len(typed)
        assert letter.isspace() == typed[start:end].isspace()


def test_a_file_tells_for_its_short_lines():
    lines = ["Казакстан Президенты бугин жиналыс откизди.", "Бул туралы айтты", "The end"]
    assert line_scripts(lines) == ["russian-letters", "russian-letters", None]
