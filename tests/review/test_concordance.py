"""The concordance: which pairs have a word under any ending, what answers it, and whose verdicts are told."""

import pytest

from align.review.store import Store

A, B = "Айгүл", "Болат"
PAIRS = [
    ("Теңгенің бағамы өсті.", "The rate of the tenge rose.", 0.95),
    ("Ол теңгемен төледі.", "He paid in tenge.", 0.9),
    ("Теңіз тасыды.", "The sea rose.", 0.9),
    ("Бағам теңге үшін маңызды.", "The tenge rates matter.", 0.5),
    ("Кітабы шықты.", "Her book is out.", 0.85),
    ("Кітап оқыды.", "He read books.", 0.9),
]


@pytest.fixture
def words_run(runs, tmp_path):
    write_run, _ = runs
    documents = {"kk.txt": ("kk", [each[0] for each in PAIRS]), "en.txt": ("en", [each[1] for each in PAIRS])}
    return write_run(tmp_path / "words", documents, PAIRS)


@pytest.fixture
def store(words_run):
    with_db = Store.open(words_run, double=0.0)
    yield with_db
    with_db.close()


def texts(found):
    return [each.source.before + each.source.hit + each.source.after for each in found.lines]


def test_a_word_is_found_under_any_ending_and_people_come_first(store, words_run, links_of, judge):
    items = links_of(words_run)
    judge(store, items[3], "accept", A)
    found = store.concordance("теңгенің", B)
    assert (found.base, found.lang, found.total) == ("теңге", "kk", 3)
    assert [each.judged for each in found.lines] == [True, False, False]
    assert texts(found)[0] == PAIRS[3][0] and PAIRS[2][0] not in texts(found)
    assert {each.source.hit for each in found.lines} == {"теңге", "Теңгенің", "теңгемен"}


@pytest.mark.parametrize(("word", "hits"), [("Кітабымыз", 2), ("book", 2), ("books", 2), ("sea", 1), ("ы", 0), ("", 0)])
def test_words_of_either_language_are_found(word, hits, store):
    assert store.concordance(word, A).total == hits


def test_what_others_said_of_an_open_pair_is_not_told(store, words_run, links_of, judge):
    store.set_double(1.0)
    item = links_of(words_run)[3]
    judge(store, item, "accept", A)
    assert PAIRS[3][0] not in texts(store.concordance("теңге", B))
    judge(store, item, "accept", B)
    assert PAIRS[3][0] in texts(store.concordance("теңге", B))
    judge(store, links_of(words_run)[0], "reject", A, reason="wrong facts")
    assert PAIRS[0][0] not in texts(store.concordance("теңге", A))


def test_the_answer_is_what_the_evidence_says(store, words_run, links_of, judge):
    judge(store, links_of(words_run)[0], "accept", A)
    found = store.concordance("теңгенің", A)
    # The run's evidence says that the first two letters of both texts correspond.
    assert found.lines[0].target.hit == "Th" and found.renderings == (("th", 1),)
