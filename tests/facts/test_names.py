"""Names of both languages, and which spellings are one name."""

import pytest

from align.errors import InputError
from align.facts import default_gazetteer, extract, match, read_gazetteer
from align.facts.compare.spelling import same_name, same_word

KK = {
    "Ол Қасым-Жомарт Тоқаевты көрді": ["name kasym-zhomart tokaev"],
    "ол Назарбаевпен кездесті": ["name nazarbaev"],
    "Помпеоның сапары": ["name pompeo"],
    "ол Помпеоға айтты": ["name pompeo"],
    "Қытайдағы жағдай": ["name china"],
    "қытай тілі": ["name chinese"],
    "Қытайдың шекарасы": ["name china"],
    "Шыңжаңдағы қысым": ["name xinjiang"],
    "Нұр-Сұлтанға келді": ["name nur-sultan"],
    "Нұр-Сұлтанда": ["name nur-sultan"],
    "Нью-Йорктегі жиын": ["name new york"],
    "олар Brexit-ті талқылады": ["name brexit"],
    "ол Ким Чен-ынмен кездесті": ["name kim chen-yn"],
    "деді Каннан": ["name kannan"],
    "министр Мұхтар Тілеуберді": ["name mukhtar tileuberdi"],
    "АҚШ-тың елшісі": ["name united states"],
    "Америка Құрама Штаттарының": ["name united states"],
    "БҰҰ-ның хабары": ["name united nations"],
    "Біріккен Ұлттар Ұйымының": ["name united nations"],
    "ҰҚК-нің сайты": ["name knb"],
    "Мәскеуден келді": ["name moscow"],
    "Орталық Азия елдері": ["name central asia"],
    "Қазақстандық белсенді": ["name kazakhstan"],
    "қазақстандық белсенді": ["name kazakhstan"],
    "этникалық қазақтар": ["name kazakh"],
    "орыс тілінде": ["name russian"],
    "G20 саммиті": ["name g20"],
    "MH17 ұшағы": ["name mh17"],
    "ЭКСПО-2017 көрмесі": ["name ekspo2017"],
    "ол Н.Ә.Назарбаевты қабылдады": ["name nazarbaev"],
    "Президент Нұрсұлтан Назарбаев": ["name nursultan nazarbaev"],
    # Names that are common words, capitals that make no name.
    "Еркін ел": [],
    "Бақыт деген осы": [],
    "кинорежиссер Еркін Рақышев": ["name erkin rakyshev"],
    "Еркін Рақышев келді": ["name erkin rakyshev"],
    "Олар келді. Бұл жақсы.": [],
    "Жиында сөйледі": [],
    "Ұлттық банк": [],
    "Үкімет шешті": [],
    "Бақыт Сұлтанов сөйледі": ["name bakyt sultanov"],
    "бұл Бақыт деген сөз": [],
    "Жаңа-Жаңа үйлер": [],
    "Қап-қара түн": [],
    "Қызыл-Жар ауылы": ["name kyzyl-zhar"],
    # Case endings on countries, languages, cities, currencies, abbreviations.
    "Түркиядан келді": ["name turkiye"],
    "Ресейге барды": ["name russia"],
    "Пекиндегі жиын": ["name beijing"],
    "Санкт-Петербургте": ["name saint petersburg"],
    "Лондоннан келді": ["name london"],
    "ағылшын тілінде": ["name english"],
    "теңгемен төледі": ["name kazakhstani tenge"],
    "долларға қатысты": ["name us dollar"],
    "АҚШ долларына қатысты": ["name us dollar"],
    "еуроның бағамы": ["name euro"],
    "ҚР-ның заңы": ["name kazakhstan"],
    "Назарбаевқа, Тоқаевтан": ["name nazarbaev", "name tokaev"],
}

EN = {
    "Mike Pompeo arrived": ["name mike pompeo"],
    "Pompeo's visit": ["name pompeo"],
    "President Qasym-Zhomart Toqaev": ["name qasym-zhomart toqaev"],
    "the U.S. said": ["name united states"],
    "tell us now": [],
    "the US said": ["name united states"],
    "American officials": ["name united states"],
    "the United Nations": ["name united nations"],
    "the UN said": ["name united nations"],
    "Chinese officials": ["name chinese"],
    "in Nur-Sultan": ["name nur-sultan"],
    "Kazakhstan's capital": ["name kazakhstan"],
    "the G-20 summit": ["name g20"],
    "COVID-19 cases": ["name covid19"],
    "in b2b format": ["name b2b"],
    "flight MH17": ["name mh17"],
    "Human Rights Watch": ["name human rights watch"],
    "the tenge fell against the dollar": ["name kazakhstani tenge", "name us dollar"],
    "the US dollar": ["name us dollar"],
    "in Kazakh": ["name kazakh"],
    "the KNB said": ["name knb"],
    "Well-known people": [],
    "Long-term plans": [],
    "They said so": [],
    "The State Department": [],
    "However, it may": [],
    "J.P. Morgan": ["name morgan"],
}

SAME = [
    ("tokaev", "toqaev", True),
    ("tokaev", "tokayev", True),
    ("nazarbaev", "nazarbayev", True),
    ("masimov", "massimov", True),
    ("tileuberdi", "tleuberdi", True),
    ("tileuber", "tileuberdi", True),
    ("uiler", "wheeler", True),
    ("mayk", "mike", True),
    ("dzhordzh", "george", True),
    ("tryudo", "trudeau", True),
    ("yunker", "juncker", True),
    ("sindzo", "shinzo", True),
    ("khabarov", "habarov", True),
    ("uaynrayt", "wainwright", True),
    ("tokaev", "nazarbaev", False),
    ("pompeo", "bolton", False),
    ("astana", "almaty", False),
    ("harker", "parker", False),
    ("mh17", "mh18", False),
    ("ekspo2017", "expo2017", True),
]

NAMES = [
    ("mayk pompeo", "mike pompeo", "matched"),
    ("pompeo", "mike pompeo", "compatible"),
    ("mike", "mike pompeo", "compatible"),
    ("mayk pompeo", "mike bolton", None),
    ("nur-sultan", "nursultan", "matched"),
    ("pompeo", "bolton", None),
]


@pytest.mark.parametrize(("text", "facts"), KK.items())
def test_kazakh_names(written, text, facts):
    assert written(text, "kk") == facts


@pytest.mark.parametrize(("text", "facts"), EN.items())
def test_english_names(written, text, facts):
    assert written(text, "en") == facts


@pytest.mark.parametrize(("source", "target", "same"), SAME)
def test_same_word(source, target, same):
    assert same_word(source, target) is same
    assert same_word(target, source) is same


@pytest.mark.parametrize(("source", "target", "status"), NAMES)
def test_same_name(source, target, status):
    assert same_name(source, target) == status


def test_a_gazetteer_file_extends_the_shipped_one(tmp_path):
    path = tmp_path / "names.tsv"
    path.write_text("# ours\nЖаңаөзен|Жаңа Өзен\tZhanaozen|Novy Uzen\tcity\n", encoding="utf-8")
    gazetteer = default_gazetteer().extended(read_gazetteer(path))
    kazakh = extract("Жаңа Өзенде және Қытайда", "kk", gazetteer=gazetteer)
    assert [fact.value for fact in kazakh] == ["zhanaozen", "china"]
    assert [fact.value for fact in extract("in Novy Uzen", "en", gazetteer=gazetteer)] == ["zhanaozen"]


def test_a_gazetteer_line_without_a_tab_is_told_by_its_number(tmp_path):
    path = tmp_path / "names.tsv"
    path.write_text("Алматы\tAlmaty\tcity\nАстана Astana\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"names\.tsv:2: "):
        read_gazetteer(path)


def test_a_missing_gazetteer_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        read_gazetteer(tmp_path / "nowhere.tsv")


@pytest.mark.parametrize("text", ["You're here.", "“I’ll go,” he said.", "We've seen it."])
def test_a_contracted_pronoun_is_no_name(text):
    assert not [fact for fact in extract(text, "en") if fact.kind == "name"]


@pytest.mark.parametrize(
    ("kazakh", "english"),
    [
        ("Қарағандыда болды", "It was in Karaganda"),
        ("КСРО кезінде", "in the Soviet Union"),
        ("Тынық мұхитта", "in the Pacific"),
        ("Глазгода туған", "Glasgow-born"),
        ("Түркия қолдаған", "Turkey-backed"),
        ("бұрынғы Португалия отары", "a former Portuguese colony"),
        ("мұсылмандарға", "for Muslims"),
        ("демократтар", "the Democrats"),
        ("олимпиадада", "at the Olympics"),
        ("Бас Ассамблеяда", "at the General Assembly"),
    ],
)
def test_names_that_no_spelling_connects(kazakh, english):
    assert match(extract(kazakh, "kk"), extract(english, "en")).relation() == "equivalent"
