import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from align.cli.main import app
from align.corpus.boilerplate import LONGEST, is_menu, is_menu_item, label_of, line_reason, sentence_reason
from align.corpus.read import read
from align.corpus.segments import document_segments, without_repeats
from align.types import Document

LINES = [
    ("Accessibility links", "navigation"),
    ("Breaking News", "navigation"),
    ("Жедел жаңалық", "navigation"),
    ("ЕҢ КӨП ОҚЫЛҒАНДАР:", "navigation"),
    ("News · Politics · Economy · About us", "navigation"),
    ("Share on Facebook", "share button"),
    ("Facebook", "share button"),
    ("Достарыңызбен бөлісіңіз!", "share button"),
    ("Біздің Telegram арнамызға жазылыңыз", "subscription"),
    ("Жарнама", "advertisement"),
    ("We use cookies to make this site better for you.", "cookie notice"),
    ("With reporting by AFP and Reuters", "credit"),
    ("By Bruce Pannier", "credit"),
    ("Автор: Асан Үсенов", "credit"),
    ("Тегтер: Помпео, АҚШ", "tags"),
    ("Photo: AFP", "photo credit"),
    ("Сурет: Ақорда баспасөз қызметі", "photo credit"),
    ("Home > General > U.S. To ‘Strengthen’ Ties", "breadcrumbs"),
    ("Басты бет » Жаңалықтар » Саясат", "breadcrumbs"),
    ("Radio Free Europe:Copyright (c) 2015. RFE/RL. Reprinted with permission", "rights notice"),
    ("© 2020 Азаттық. Барлық құқықтар қорғалған", "rights notice"),
    ("Tuesday, September 17, 2019", "date line"),
    ("17 September 2019, 10:30", "date line"),
    ("2019 жылғы 17 қыркүйек, 2019", "date line"),
    ("3 сағат бұрын", "date line"),
    ("12 Comments", "counter"),
    ("Қаралды: 1 234", "counter"),
    ("https://www.azattyq.org/a/30412.html", "address"),
    ("From: Асан Үсенов <asan@example.kz>", "mail header"),
    ("Кімге: мектеп директорларына", None),
    ("Copyright 2019 Reuters", "rights notice"),
    ("Parliament has passed a new copyright law that protects photographers.", None),
    ("Ол « Нұр Отан » мен « Ақ жол » партияларының өкілдерімен кездесті .", None),
    ("Министр жауап берді деп хабарлады", None),
    ("Pompeo arrived in Nur-Sultan on February 1.", None),
    ("Мақаланы The Financial Times жазды", None),
    ("Breaking news came from the capital on Tuesday.", None),
    ("Жарнама нарығы биыл 5 пайызға өсті", None),
    ("Written by Abai in the winter of 1890, the poem was sung all over the steppe that year.", None),
    ("Суретте: Алматыдағы наразылық шарасы, 1 мамыр 2019 ж.", None),
    ("By Tuesday the water had gone.", None),
]

LABELS = [
    ("Оқи отырыңыз: Помпео келді", ("teaser", 13)),
    ("READ MORE: Pompeo has arrived", ("teaser", 10)),
    ("Суретте: Алматыдағы наразылық, 1 мамыр 2019 ж.", ("caption", 8)),
    ("Тағы оқыңыз", ("teaser", 11)),
    ("Ол айтты: кеше келді", None),
    ("Оқи отырыңыздар деді ол", None),
]

SENTENCES = [
    ("***", "no words"),
    ("12 34", "no words"),
    ("а" * (LONGEST + 1), "too long"),
    ("Біз бұған қуаныштымыз", None),
    ("Yes.", None),
]

MENU = ["Басты бет", "Саясат", "Экономика", "Қоғам", "Мәдениет", "Спорт", "Біз туралы"]
NEWS = "Шымкентте тұрғындар газ бағасының өсуіне наразылық білдіріп, әкімдіктің алдына жиналды."

PAGE = "\n".join(
    [
        *MENU,
        "17 қыркүйек 2019",
        NEWS,
        "Оқи отырыңыз: Газ неге қымбаттады?",
        "Тағы оқыңыз",
        "Помпео Шыңжаңдағы қысымды айыптады",
        "Суретте: Алматыдағы наразылық шарасы, 1 мамыр 2019 ж.",
        "Сурет: Reuters",
        "Бөлісу",
        "Это предложение написано по-русски, и оно никому здесь не нужно.",
        "The residents gathered in front of the building and asked to see the mayor.",
        NEWS,
    ]
)
EXPECTED = [
    *((item, "kk", "navigation", None) for item in MENU),
    ("17 қыркүйек 2019", "kk", "date line", None),
    (NEWS, "kk", None, None),
    ("Оқи отырыңыз:", "kk", "label", None),
    ("Газ неге қымбаттады?", "kk", None, "teaser"),
    ("Тағы оқыңыз", "kk", "label", None),
    ("Помпео Шыңжаңдағы қысымды айыптады", "kk", None, "teaser"),
    ("Суретте:", "kk", "label", None),
    ("Алматыдағы наразылық шарасы, 1 мамыр 2019 ж.", "kk", None, "caption"),
    ("Сурет: Reuters", "kk", "photo credit", None),
    ("Бөлісу", "kk", "share button", None),
    ("Это предложение написано по-русски, и оно никому здесь не нужно.", "kk", "another language", None),
    ("The residents gathered in front of the building and asked to see the mayor.", "en", None, None),
    (NEWS, "kk", "repeated in this document", None),
]

EXPECTED_TEXTS = sorted({text for text, *_ in EXPECTED})

LATIN = "Qazaqstan Respublikasynyñ Prezidentı bügın jaña zañğa qol qoidy. Ol tıl turaly.\nOqi otyryñyz: Jaña zañ turaly"


def told(segments):
    return [(each.text, each.lang, each.dropped, each.mark) for each in segments]


@pytest.mark.parametrize(("line", "reason"), LINES)
def test_line_reason(line, reason):
    assert line_reason(line) == reason


@pytest.mark.parametrize(("line", "label"), LABELS)
def test_label_of(line, label):
    assert label_of(line) == label


@pytest.mark.parametrize(("sentence", "reason"), SENTENCES)
def test_sentence_reason(sentence, reason):
    assert sentence_reason(sentence) == reason


def test_short_lines_in_a_row_are_a_menu_but_verses_are_not():
    verse = ["Қараңғы түнде тау қалғып", "Ұйқыға кетер балбырап", "Даланы жым-жырт, дел-сал қып", "Түн басады салбырап"]
    assert all(map(is_menu_item, MENU)) and is_menu(MENU)
    names = ["Асан Үсенов", "Айгүл Ким", "Mike Pompeo", "Қайрат Нұртас", "Ли Пэн", "Гүлнар Бекова"]
    assert not is_menu(MENU[:3]) and not is_menu(verse * 2) and not is_menu(names)


def test_a_page_comes_out_whole_each_line_with_its_reason():
    segments = list(document_segments(PAGE, "kk", "d"))
    assert told(segments) == EXPECTED
    assert [each.position for each in segments] == list(range(len(segments)))
    assert all(PAGE[each.start : each.end] == each.text for each in segments)


def test_boilerplate_that_is_kept_is_marked_by_the_reason_it_would_be_dropped_for():
    segments = told(document_segments(PAGE, "kk", "d", keep_boilerplate=True))
    kept = {text: mark for text, _, dropped, mark in segments if dropped is None}
    assert kept["Саясат"] == "navigation" and kept["Бөлісу"] == "share button"
    assert kept["Оқи отырыңыз: Газ неге қымбаттады?"] == "teaser" and kept[NEWS] is None
    assert {dropped for _, _, dropped, _ in segments} == {None, "another language", "repeated in this document"}


KNOWN = [
    ("By John Smith", "en", "credit"),
    ("(Reporting by John Smith; Editing by Jane Doe)", "en", "credit"),
    ("Мәтінді дайындаған: Асқар Бек", "kk", "credit"),
    ("Photo: Reuters", "en", "photo credit"),
    ("Сурет: Ерлан Омаров", "kk", "photo credit"),
    ("Share this on Facebook", "en", "share button"),
    ("Бөлісу", "kk", "share button"),
    ("Subscribe to our Telegram channel", "en", "subscription"),
    ("Telegram арнамызға жазылыңыз!", "kk", "subscription"),
    ("Түркістан облысы", "kk", "fragment"),
    ("Орал, 7 маусым (ҚазТАГ).", "kk", "dateline"),
    ("12 мамыр 2019", "kk", "date line"),
]
PROSE = {
    "kk": "Астанада бүгін үкімет отырысында жаңа бағдарлама туралы айтылды және тиісті шешім қабылданды.",
    "en": "The government approved a new programme at its meeting in Astana on Tuesday afternoon.",
}


@pytest.mark.parametrize(("line", "lang", "reason"), KNOWN)
def test_a_furniture_line_is_dropped_or_marked_by_one_reason(line, lang, reason):
    text = f"{PROSE[lang]}\n{line}"
    dropped, marked = (list(document_segments(text, lang, "d", keep_boilerplate=keep))[1:] for keep in (False, True))
    assert {(each.dropped, each.mark) for each in dropped} == {(reason, None)}
    assert {(each.dropped, each.mark) for each in marked} == {(None, reason)}


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Read also: Pompeo visits Kazakhstan for talks", "teaser"),
        ("Суретте: министр жаңа мектептің ашылуында сөйлеп тұр", "caption"),
    ],
)
def test_what_tells_facts_beside_the_text_takes_part_with_a_mark_either_way(line, mark):
    lang = "en" if line.isascii() else "kk"
    for keep in (False, True):
        last = list(document_segments(f"{PROSE[lang]}\n{line}", lang, "d", keep_boilerplate=keep))[-1]
        assert (last.dropped, last.mark) == (None, mark)


def test_a_kazakh_text_in_latin_letters_says_its_script_and_its_teasers():
    segments = list(document_segments(LATIN, "kk", "d"))
    assert [(each.script, each.dropped, each.mark) for each in segments] == [
        ("latin-2021", None, None),
        ("latin-2021", None, None),
        ("latin-2021", "label", None),
        ("latin-2021", None, "teaser"),
    ]
    assert segments[-1].text == "Jaña zañ turaly"


PIECES = st.sampled_from(
    [*EXPECTED_TEXTS, "Ол келді. Біз қалдық", ".", " ", "\u2028", "\r", "Оқи отырыңыз:", "|", "a", "ä", "ә"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES | st.just("\n"), max_size=24).map("".join), st.sampled_from(["kk", "en"]), st.booleans())
def test_nothing_is_lost_and_spans_hold_the_text(text, lang, keep):
    end = 0
    for each in document_segments(text, lang, "d", keep_boilerplate=keep):
        assert (
            not text[end : each.start].strip() and text[each.start : each.end] == each.text == each.text.strip() != ""
        )
        end = each.end
    assert not text[end:].strip()


def test_each_line_is_split_by_the_rules_of_its_language():
    text = "Президент Қ. Тоқаев 2019 ж. Қытайға барды.\nGen. John Smith of the army met him there. He left.\n"
    segments = list(document_segments(text, "kk", "d"))
    assert [(each.text, each.lang) for each in segments] == [
        ("Президент Қ. Тоқаев 2019 ж. Қытайға барды.", "kk"),
        ("Gen. John Smith of the army met him there.", "en"),
        ("He left.", "en"),
    ]


def documents(texts, url):
    for number, text in enumerate(texts):
        segments = tuple(document_segments(text, "en", f"d{number}"))
        title = segments[0].text
        yield Document(f"d{number}", f"{number}.txt", "en", title, None, url.format(number), None, "", text, segments)


TEXTS = [f"Headline number {word}\nGet all of our stories first\nOnly the {word} one says this." for word in "abcd"]


@pytest.mark.parametrize(
    ("url", "keep", "dropped"),
    [
        ("https://news.kz/{}", False, ["repeated across the source"] * 4),
        ("https://news.kz/{}", True, [None, *["repeated in another document"] * 3]),
        ("https://{}.kz/", False, [None, *["repeated in another document"] * 3]),
    ],
)
def test_lines_repeated_across_a_source_are_dropped_everywhere(url, keep, dropped):
    found = list(without_repeats(list(documents(TEXTS, url)), keep_boilerplate=keep))
    assert [document.segments[1].dropped for document in found] == dropped
    assert all(document.segments[place].dropped is None for document in found for place in (0, 2))


def test_a_title_that_other_pages_link_to_stays():
    first, *rest = documents([TEXTS[0], *(f"{text}\nHeadline number a" for text in TEXTS[1:])], "https://news.kz/{}")
    found = list(without_repeats([first, *rest]))
    assert found[0].segments[0].dropped is None
    assert {document.segments[3].dropped for document in found[1:]} == {"repeated across the source"}
    assert replace(found[0], segments=()) == replace(first, segments=())


def test_the_command_keeps_boilerplate_when_it_is_told_to(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    for flags, dropped, mark in (([], "navigation", None), (["--keep-boilerplate"], None, "navigation")):
        result = CliRunner().invoke(app, ["segment", str(path), "--json", *flags])
        first = json.loads(result.stdout)["segments"][0]
        assert (first["text"], first["dropped"], first["mark"]) == ("Басты бет", dropped, mark)
    assert read(path).documents[0].title == NEWS
    assert read(path).documents[0].published == read(path, keep_boilerplate=True).documents[0].published == "2019-09-17"
