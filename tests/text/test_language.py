import random
from pathlib import Path

import pytest
from babel import Locale
from babel.lists import format_list
from transliterate import to_arabic, to_latin

from align.text.language import detect, identify
from align.text.scripts import kazakh_script

TEXTS = [
    ("Қазақстанда президент сайлауы өтеді", "kk"),
    ("Бірақ осы күнге дейін үнсіз отыр", "kk"),
    ("The minister said that it was early in the morning of the day.", "en"),
    ("Pompeo Urges Kazakhstan", "en"),
    ("Госсекретарь США прибыл в столицу Казахстана поздно вечером", None),
    ("Der Minister sagte, dass die Wahl am Sonntag stattfinden werde, und ging.", None),
    ("Қазақстан", "kk"),
    ("12 34 ...", None),
    ("", None),
]

SEGMENTS = [
    ("Казакстандын президенти жекшембиде шайлоо өтөт деп билдирди", "other"),
    ("Татарстан президенты якшәмбе көнне сайлаулар узачагын хәбәр итте", "other"),
    ("Президент якшанба куни сайлов бўлиб ўтишини эълон қилди", "other"),
    ("Президент повідомив, що вибори відбудуться в неділю", "other"),
    ("Мен үшiн кiм үлгi болатынын бiлмеймiн.", "kk"),
    ("Қазақстан", None),
    ("Алматы", None),
    ("Nur-Sultan", None),
    ("«Qazaqstan Respublikasynyñ Prezidentı bügın jaña zañğa qol qoidy», – dep habarlady", "kk"),
    ("Prezıdent búgin jańa zańǵa qol qoıdy, dep habarlady, jáne taǵy bir qujatqa", "kk"),
    ("Prezi'dent bu'gin jan'a zan'g'a qol qoi'dy, dep habarlady, ja'ne tag'y bir qujatqa", "kk"),
    ("پرەزيدەنت بۇگىن جاڭا زاڭعا قول قويدى، دەپ حابارلادى، جانە تاعى ٴبىر قۇجاتقا", "kk"),
    ("ھەممە ئادەم زاتىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باب-باراۋەر بولۇپ تۇغۇلغان", "other"),
    ("يولد جميع الناس أحرارا متساوين في الكرامة والحقوق", "other"),
    ("Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar", "other"),
    ("Barcha odamlar erkin, qadr-qimmat va huquqlarda teng boʻlib tugʻiladilar", "other"),
]

# The Universal Declaration of Human Rights, paragraph by paragraph (unicode.org/udhr), and lists of names from CLDR.
UDHR = [
    line.split("\t")
    for line in (Path(__file__).parent / "udhr.tsv").read_text(encoding="utf-8").splitlines()
    if sum(letter.isalpha() for letter in line) > 32
]
LANGUAGES = ("kk", "en", "ru", "ky", "tt", "uz_Cyrl", "mn")


def _lists(tag):
    locale = Locale.parse(tag)
    names = [*locale.territories.values(), *locale.languages.values(), *locale.currencies.values()]
    random.Random(7).shuffle(names)
    lists = [format_list(names[start : start + 6], locale=locale) for start in range(0, 180, 6)]
    return [each for each in lists if sum(letter.isalpha() for letter in each) > 30]


@pytest.mark.parametrize(("text", "lang"), TEXTS)
def test_detect(text, lang):
    assert detect(text) == lang


@pytest.mark.parametrize(("text", "language"), SEGMENTS)
def test_identify(text, language):
    assert identify(text) == language


def test_segments_of_eight_languages():
    assert len(UDHR) >= 400
    wrong = [
        (language, text)
        for language, text in UDHR
        if identify(text) != (language if language in ("kk", "en") else "other")
    ]
    assert len(wrong) <= 0.01 * len(UDHR), wrong


def test_lists_of_names():
    segments = [(tag, text) for tag in LANGUAGES for text in _lists(tag)]
    wrong = [(tag, text) for tag, text in segments if identify(text) != (tag if tag in ("kk", "en") else "other")]
    assert len(wrong) <= 0.01 * len(segments), wrong


def test_kazakh_is_never_taken_for_a_neighbour():
    neighbours = [text for language, text in UDHR if language in ("ky", "tt")]
    assert not [text for text in (*neighbours, *_lists("ky"), *_lists("tt")) if identify(text) == "kk"]
    assert all(identify(text) == "kk" for language, text in UDHR if language == "kk")


@pytest.mark.parametrize(
    ("script", "write"),
    [
        ("latin-2021", to_latin),
        ("latin-2018", lambda text: to_latin(text, "2018")),
        ("latin-2017", lambda text: to_latin(text, "2017")),
        ("arabic", to_arabic),
    ],
)
def test_scripts_are_told_apart(script, write):
    texts = [text for language, text in UDHR if language == "kk"]
    found = [kazakh_script(write(text)) for text in texts]
    assert found.count(script) >= 0.97 * len(texts)


def test_no_script_in_other_texts():
    assert kazakh_script("Қазақстан Республикасының президенті Erdoğan мырзамен бүгін келіссөз жүргізді") is None
    assert not [text for language, text in UDHR if language in ("en", "tr") and kazakh_script(text)]
