import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.text.normalise import normalise
from align.text.wrapped import unwrap, wrap_width

MAIL = """Құрметті Айгүл Серікқызы!

Сіздің хатыңызды алдық. Байқауға қатысу үшін өтінім 1 сәуірге
дейін қабылданады. Оған Ә. Кекілбаев пен басқалар, соның ішінде
О. Бөкей қатысты. Құжаттар толық болмаса, комиссия оларды қара-
майды.

Мыналар керек:
- өмірбаян;
- сурет.

Құрметпен,
Б. Смағұлов
"""
UNWRAPPED = [
    "Құрметті Айгүл Серікқызы!",
    "",
    "Сіздің хатыңызды алдық. Байқауға қатысу үшін өтінім 1 сәуірге дейін қабылданады. Оған Ә. Кекілбаев пен"
    " басқалар, соның ішінде О. Бөкей қатысты. Құжаттар толық болмаса, комиссия оларды қарамайды.",
    "",
    "Мыналар керек:",
    "- өмірбаян;",
    "- сурет.",
    "",
    "Құрметпен,",
    "Б. Смағұлов",
    "",
]
LINES = "Ол келді деп хабарлады\nҚытай үндемеді\nПомпео 1 ақпанда түнде Нұр-Сұлтанға ұшып келген\nБіз қуаныштымыз\n"

NOT_WRAPPED = [
    "",
    "\n\n",
    "Бір жол ғана",
    LINES,
    LINES.lower(),
    "Мыналар:\n1) бірінші;\n2) екінші;\n3) үшінші.\n",
    "Home\nNews\nU.S. To Open Consulate\nabout us\n",
    "One long paragraph. " * 20 + "\nand another one. " * 20 + "\n",
]

HYPHENS = [
    ("қазақ-\nстан болды", "қазақстан болды"),
    ("сапары АҚШ-\nтың", "сапары АҚШ-тың"),
    ("күні 19-\nы еді", "күні 19-ы еді"),
    ("жаңа қыз-\nқыз", "жаңа қыз-қыз"),
    ("олардың аты-\nжөні, аты-жөні", "олардың аты-жөні, аты-жөні"),
    ("Нұр-\nСұлтанға келді", "Нұр-Сұлтанға келді"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("quote", ["", "> ", ">> "])
def test_a_wrapped_mail_is_mended(newline, quote):
    mail = newline.join(f"{quote}{line}" for line in MAIL.split("\n"))
    result = unwrap(mail, wrap_width(mail))
    assert len(result) == len(mail)
    assert [normalise(line.lstrip("> ")) for line in result.split(newline)] == [normalise(line) for line in UNWRAPPED]


@pytest.mark.parametrize("text", NOT_WRAPPED)
def test_lines_that_are_sentences_stay(text):
    assert wrap_width(text) is None and unwrap(text, None) is text


@pytest.mark.parametrize(("text", "expected"), HYPHENS)
def test_hyphens_at_line_ends(text, expected):
    result = unwrap(text, 12)
    assert len(result) == len(text) and normalise(result) == expected


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from(list("аб -\n\r>•1.)А\t\u2028")), max_size=80), st.integers(0, 20))
def test_no_character_comes_or_goes(text, width):
    result = unwrap(text, width)
    assert len(result) == len(text)
    changed = {(old, new) for old, new in zip(text, result, strict=True) if old != new}
    assert all((old in "\n\r>\t \u2028" and new in " \u200b") or (old, new) == ("-", "\u00ad") for old, new in changed)
