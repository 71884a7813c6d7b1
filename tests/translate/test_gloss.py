import pytest

from align.ports import Translator
from align.train.pairs import Pair
from align.train.vocabulary import count_vocabulary, write_vocabulary
from align.translate.english_words import EnglishVocabulary
from align.translate.gloss import GlossTranslator
from align.translate.telling import tell
from align.types import Fact

# What a reader of Kazakh expects to see of each sentence, in the sentence's order.
GLOSSES = [
    ("1 ақпанда Майк Помпео Нұр-Сұлтанға келді", ["February 1", "Mayk Pompeo", "Nur-Sultan", "arrived"]),
    ("АҚШ мемлекеттік хатшысы", ["United States", "state", "secretary"]),
    ("Үш мың адам қатысты", ["3,000", "person"]),
    ("Баға 15 пайызға өсті", ["price", "15%"]),
    ("Былтыр үкімет 35 мың теңге бөлді", ["last year", "government", "35,000 KZT"]),
    ("Сайлау 2019 жылғы 9 маусымда өтеді", ["election", "June 9, 2019"]),
    (
        "Шыңжаң аймағындағы лагерьлер жайлы алғаш рет 2017 жылдың көктемінде айтыла бастаған",
        ["Xinjiang", "area", "camp", "about", "1st", "spring 2017", "started"],
    ),
]

FACTS = [
    (Fact("number", "35000", 0, 1, precision="approximate"), "about 35,000"),
    (Fact("number", "5/7", 0, 1, precision="range"), "5-7"),
    (Fact("ordinal", "21", 0, 1, "century"), "21st century"),
    (Fact("age", "66", 0, 1, "year"), "66 years old"),
    (Fact("quantity", "6", 0, 1, "foot", "at_most"), "up to 6 feet"),
    (Fact("quantity", "1", 0, 1, "square-kilometer"), "1 square kilometer"),
    (Fact("money", "1.5", 0, 1, "USD", "at_least"), "more than 1.5 USD"),
    (Fact("percent", "0.25", 0, 1, "percent"), "0.25%"),
    (Fact("time", "20:30", 0, 1), "20:30"),
    (Fact("date", "2019-03", 0, 1), "March 2019"),
    (Fact("date", "--05-17/--05-19", 0, 1, precision="range"), "May 17 to May 19"),
    (Fact("date", "2008/2018", 0, 1, precision="range"), "2008 to 2018"),
    (Fact("date", "--SU", 0, 1), "summer"),
    (Fact("date", "W-2", 0, 1), "2 weeks ago"),
    (Fact("name", "kasym-zhomart tokaev", 0, 1), "Kasym-Zhomart Tokaev"),
    (Fact("name", "expo2017", 0, 1), "EXPO2017"),
]


@pytest.fixture(scope="module")
def gloss():
    return GlossTranslator.load()


@pytest.mark.parametrize(("text", "expected"), GLOSSES)
def test_a_gloss_tells_words_facts_and_names_in_their_order(gloss, text, expected):
    (draft,) = gloss.draft([text])
    pieces = [piece.split("/") for piece in draft.text.split(" | ")]
    places = [next((n for n, each in enumerate(pieces) if word in each), None) for word in expected]
    assert None not in places and places == sorted(places), draft.text


def test_a_gloss_says_what_it_is(gloss):
    (draft,) = gloss.draft(["Сайлау өтеді"])
    assert isinstance(gloss, Translator)
    assert (draft.kind, draft.revision, draft.checks) == ("gloss", gloss.signature, ())
    assert "word for word" in draft.decoding


def test_what_no_english_word_is_near_to_is_romanised_in_brackets(gloss):
    (draft,) = gloss.draft(["шүйкебас"])
    assert draft.text == "[shuykebas]"


@pytest.mark.parametrize("text", ["", "   ", "... !?", "—"])
def test_there_is_no_gloss_of_nothing(gloss, text):
    assert gloss.draft([text]) == [None]


def test_an_ending_after_a_number_is_no_word(gloss):
    (draft,) = gloss.draft(["G20-дан кейін"])
    assert [piece.split("/")[0] for piece in draft.text.split(" | ")] == ["G20", "after"]


def test_a_gloss_hangs_on_its_text_alone(gloss):
    texts = [text for text, _ in GLOSSES]
    alone = [gloss.draft([text])[0] for text in reversed(texts)]
    assert GlossTranslator.load().draft(texts) == alone[::-1]


@pytest.mark.parametrize(
    "text", ["\x00 ол", "\ud800 ол", "🙂 ол", "ол\u0301", "О" * 5000, "1" * 5000, "ол | ол [ол]", "🇰🇿%s{0}"]
)
def test_any_text_can_be_glossed(gloss, text):
    (draft,) = gloss.draft([text])
    assert draft is None or draft.text


def test_a_sentence_of_5000_words_is_glossed_to_its_end(gloss):
    (draft,) = gloss.draft(["үкімет көмек берді, " * 1666 + "сайлау 9 маусымда"])
    pieces = draft.text.split(" | ")
    assert len(pieces) == 1666 * 3 + 2
    assert pieces[-1] == "June 9" and len(set(pieces[:30:3])) == 1


@pytest.mark.parametrize(("fact", "expected"), FACTS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_fact_is_told_in_english(fact, expected):
    assert tell(fact) == expected


def test_a_name_is_told_as_the_gazetteer_writes_it():
    assert tell(Fact("name", "united states", 0, 1), "United States") == "United States"


PAIRS = [
    Pair("Ол Almaty қаласында IT маманы", "An IT specialist in Almaty, a big city"),
    Pair("Ол келді auyl auyl auyl auyl auyl auyl auyl", "He is an it in auyl Almaty"),
    Pair("үлкен", "an it of auyl and auyl almaty in 2019"),
]


def test_the_vocabulary_counts_words_shows_names_and_leaves_kazakh_out():
    # "it" is written IT once of the two times that a text with capitals has it, so it is no name; auyl is Kazakh.
    assert count_vocabulary(PAIRS) == [("Almaty", 3), ("an", 3), ("in", 3), ("it", 3)]


def test_the_same_pairs_give_the_same_vocabulary(tmp_path):
    table = tmp_path / "pairs.tsv"
    table.write_text("".join(f"{pair.source}\t{pair.target}\n" for pair in PAIRS), encoding="utf-8")
    first = write_vocabulary(table, tmp_path / "one")
    table.write_text("".join(f"{pair.source}\t{pair.target}\n" for pair in reversed(PAIRS)), encoding="utf-8")
    second = write_vocabulary(table, tmp_path / "two")
    assert first.words == ("Almaty", "an", "in", "it") and first.signature == second.signature
    assert (tmp_path / "one/english.tsv").read_bytes() == (tmp_path / "two/english.tsv").read_bytes()


def test_the_bundled_vocabulary_is_small_and_has_its_words_once():
    vocabulary = EnglishVocabulary.read()
    assert 10_000 < len(vocabulary.words) == len({word.lower() for word in vocabulary.words}) < 20_000
    assert list(vocabulary.counts) == sorted(vocabulary.counts, reverse=True)
