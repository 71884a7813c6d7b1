import pytest

from align.corpus.boilerplate import furniture_reason, is_fragment
from align.corpus.read import read
from align.text.datelines import dateline_of

DATELINES = [
    ("АЛМАТЫ. 12 мамыр. Агенттік – Ол келді.", "АЛМАТЫ", "12 мамыр", "Агенттік"),
    ("Орал, 7 маусым (ҚазТАГ). Ол келді.", "Орал", "7 маусым", "ҚазТАГ"),
    ("АСТАНА. Агенттік – Бүгін ол келді.", "АСТАНА", None, "Агенттік"),
    ("Астана. 2024 жылғы 5 наурыз. ҚазАқпарат – Ол келді.", "Астана", "2024 жылғы 5 наурыз", "ҚазАқпарат"),
    ("ҚОСТАНАЙ. 3 сәуір. Ол келді.", "ҚОСТАНАЙ", "3 сәуір", None),
    ("Қостанай, 3 сәуір. Ол келді.", "Қостанай", "3 сәуір", None),
    ("ALMATY, May 12 (Kazinform) -- He came.", "ALMATY", "May 12", "Kazinform"),
    ("LIVERPOOL, England, Sept 13 (Wire) - He came.", "LIVERPOOL, England", "Sept 13", "Wire"),
    ("NUR-SULTAN (AP) — He came.", "NUR-SULTAN", None, "AP"),
]
NO_DATELINES = [
    "Алматы. Ол келді.",
    "Ол, 5 мамыр күні келді.",
    "АСТАНА. Бүгін – мереке.",
    "Біріккен Ұлттар Ұйымы (БҰҰ) – халықаралық ұйым.",
    "The United Nations (UN) – an organisation",
    "Tokayev (president) said so.",
]
FURNITURE = [
    ("Агенттіктің Telegram арнасына жазылыңыз", "subscription"),
    ("Осы мақаланы достарыңызбен бөлісіңіз", "share button"),
    ("Сурет ашық дереккөзден алынды", "photo credit"),
    ("(Photo: archive)", "photo credit"),
    ("Share this statement with your friends", "share button"),
    ("By our staff reporters", "credit"),
    ("Editing by the night desk", "credit"),
    ("Дайындаған Айгүл Серік", "credit"),
    ("By the time he arrived, the train had left.", None),
    ("Share of exports rose.", None),
    ("Ол Facebook парақшасында жазды.", None),
    ("Суреттер алынды деп хабарлады полиция.", None),
    ("Photo exhibition opens in Almaty", None),
]
FRAGMENTS = [
    ("Ербол Досаев, Алматы қаласының әкімі", True),
    ("2024 жылғы 5 наурыз", True),
    ("Түркістан облысы", True),
    ("Қасым-Жомарт Тоқаев", True),
    ("Nur-Sultan, Kazakhstan", True),
    ("Methane Blast Kills Five", False),
    ("Данияр Оразғалиев – әлем чемпионы!", False),
    ("Картоп бағасы 5 теңге", False),
    ("Ол келді", False),
]


@pytest.mark.parametrize(("line", "place", "day", "agency"), DATELINES)
def test_a_dateline_is_known_with_its_parts(line, place, day, agency):
    found = dateline_of(line)
    assert found is not None and (found.place, found.day, found.agency) == (place, day, agency)
    assert line[found.length :].startswith(("Ол", "Бүгін", "He"))


@pytest.mark.parametrize("line", NO_DATELINES)
def test_what_only_looks_like_a_dateline_is_none(line):
    assert dateline_of(line) is None


@pytest.mark.parametrize(("sentence", "reason"), FURNITURE)
def test_sentences_about_the_page_are_known(sentence, reason):
    assert furniture_reason(sentence) == reason


@pytest.mark.parametrize(("line", "fragment"), FRAGMENTS)
def test_a_lone_name_place_or_day_is_a_fragment(line, fragment):
    assert is_fragment(line) is fragment


NEWS = """Алматыда жаңа көпір ашылды

АЛМАТЫ. 12 мамыр. Агенттік – Бүгін қала әкімі жаңа көпірдің ашылу салтанатына қатысты.
Ербол Досаев, Алматы қаласының әкімі
Көпірдің құрылысы екі жылға созылды. Telegram арнамызға жазылыңыз
"""


def test_a_dateline_stays_with_its_sentence_and_fragments_take_no_part(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (document,) = read(tmp_path).documents
    assert [(each.text[:20], each.dropped, each.mark) for each in document.segments] == [
        ("Алматыда жаңа көпір ", None, "title"),
        ("АЛМАТЫ. 12 мамыр. Аг", None, None),
        ("Ербол Досаев, Алматы", "fragment", None),
        ("Көпірдің құрылысы ек", None, None),
        ("Telegram арнамызға ж", "subscription", None),
    ]
