import pytest

from align.corpus.boilerplate import LONGEST, line_reason, sentence_reason

LINES = [
    ("Accessibility links", "en", "page furniture"),
    ("Breaking News", "en", "page furniture"),
    ("With reporting by AFP and Reuters", "en", "page furniture"),
    ("Оқи отырыңыз: Қытайға \"кіріптар\" Астананың \"сақ\" дипломатиясы", "kk", "page furniture"),
    ("Жедел жаңалық", "kk", "page furniture"),
    ("Home > General > U.S. To ‘Strengthen’ Ties", "en", "breadcrumbs"),
    ("Басты бет » Жаңалықтар » Саясат", "kk", "breadcrumbs"),
    ("Radio Free Europe:Copyright (c) 2015. RFE/RL. Reprinted with permission", "en", "rights notice"),
    ("© 2020 Азаттық. Барлық құқықтар қорғалған", "kk", "rights notice"),
    ("Tuesday, September 17, 2019", "en", "date line"),
    ("17 September 2019, 10:30", "en", "date line"),
    ("2019 жылғы 17 қыркүйек, 2019", "kk", "date line"),
    ("Министр жауап берді деп хабарлады", "kk", None),
    ("Это предложение написано по-русски, а не иначе.", "kk", None),
    ("The minister answered the questions of the press.", "kk", "other language"),
    ("Қазақстанда президент сайлауы 9 маусымда өтеді", "en", "other language"),
    ("Pompeo arrived in Nur-Sultan on February 1.", "en", None),
    ("Мақаланы The Financial Times жазды", "kk", None),
    ("Breaking news came from the capital on Tuesday.", "en", None),
]  # fmt: skip

SENTENCES = [
    ("***", "kk", "no words"),
    ("12 34", "en", "no words"),
    ("а" * (LONGEST + 1), "kk", "too long"),
    ("Біз бұған қуаныштымыз", "kk", None),
    ("Yes.", "en", None),
]


@pytest.mark.parametrize(("line", "lang", "reason"), LINES)
def test_line_reason(line, lang, reason):
    assert line_reason(line, lang) == reason


@pytest.mark.parametrize(("sentence", "lang", "reason"), SENTENCES)
def test_sentence_reason(sentence, lang, reason):
    assert sentence_reason(sentence, lang) == reason
