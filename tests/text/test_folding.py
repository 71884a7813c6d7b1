import pytest

from align.text.folding import folded

# One word in Kazakh letters, and how else people type it.
TYPED = [
    ("теңге", "тенге Tenge teñge"),
    ("қаржы", "каржы qarzhy qarjy karzhy"),
    ("Қазақстан", "казакстан Qazaqstan kazaqstan QAZAQSTAN Қaзaқстан"),
    ("үкімет", "укимет укімет ukimet"),
    ("өнеркәсіп", "онеркасип onerkasip önerkäsıp"),
    ("шешім", "шешим sheshim şeşım"),
    ("жоғары", "жогары zhogary joğary"),
    ("заңға", "занга zangga zanga zañğa"),
    ("айтса", "aitsa aytsa"),
    ("цирк", "tsirk"),
    ("Измир", "İzmir"),
]
APART = [("теңге", "теңіз"), ("қаржы", "қарсы"), ("бала", "бұла"), ("2019", "2018")]


@pytest.mark.parametrize(("word", "typed"), TYPED)
def test_a_word_folds_alike_however_it_is_typed(word, typed):
    assert {folded(each) for each in typed.split()} == {folded(word)}


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize("word", ["қаржыландыру", "маңғыстау", "qarzhylandyru", "цирк", "щётка"])
def test_a_beginning_folds_to_a_beginning(word):
    assert all(folded(word).startswith(folded(word[:end])) for end in range(1, len(word)))
