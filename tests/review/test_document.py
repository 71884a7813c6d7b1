"""Two whole documents, as one reviewer may see the links between them."""

import pytest

from align.review.errors import UnknownDocumentError
from align.review.store import Store

KK = [f"{number}-сөйлем туралы" for number in range(6)]
EN = [f"Sentence {number} about it" for number in range(6)]
LINKS = [(KK[0], EN[0], 0.95), (KK[1], EN[3], 0.9), (KK[3], EN[2], 0.5), (KK[3], EN[4], 0.4)]


@pytest.fixture
def documents(tmp_path, runs):
    """Give a store of two documents, and the function that reads both as a reviewer."""
    write_run, _ = runs
    texts = {"kk.txt": ("kk", KK), "en.txt": ("en", EN), "other.txt": ("en", ["Elsewhere", "Another"])}
    store = Store.open(write_run(tmp_path / "run", texts, [*LINKS, (KK[5], "Elsewhere", 0.9)]), double=1.0)
    names = [name for name, _ in sorted(store.run().documents.items(), key=lambda each: each[1][1].path)]

    def read(reviewer="Ana"):
        english, kazakh, _ = names
        return store.documents(kazakh, english, reviewer)

    yield store, read
    store.close()


def drawn(both):
    return [(link.source, link.target, link.said) for link in both.links]


def test_every_segment_and_link_of_the_two_is_there(documents):
    _, read = documents
    both = read()
    assert [place.text for place in both.source.rows] == KK and [place.text for place in both.target.rows] == EN
    assert drawn(both) == [((0,), (0,), None), ((1,), (3,), None), ((3,), (2,), None), ((3,), (4,), None)]
    assert both.unlinked == (3, 2)
    assert both.source.elsewhere == {5} and both.target.elsewhere == frozenset()


def test_what_the_reviewer_ruled_out_is_no_link_to_them_alone(documents, judge):
    store, read = documents
    first, second = read().links[:2]
    judge(store, first.id, "reject", "Ana", reason="not parallel")
    judge(store, second.id, "accept", "Ana")
    assert drawn(read())[0] == ((1,), (3,), "accept")
    assert drawn(read("Bek"))[:2] == [((0,), (0,), None), ((1,), (3,), None)]


def test_a_pair_that_another_made_is_told_once_both_have_judged(documents, judge):
    store, read = documents
    first = read().links[0]
    made = judge(store, first.id, "merge", "Ana", neighbour="source_after").created
    assert ((0, 1), (0,), "accept") in drawn(read())
    assert made not in [link.id for link in read("Bek").links]
    judge(store, made, "accept", "Bek")
    assert ((0, 1), (0,), "accept") in drawn(read("Bek"))


def test_a_document_of_the_other_language_is_none(documents):
    store, read = documents
    both = read()
    with pytest.raises(UnknownDocumentError, match="no document"):
        store.documents(both.target.id, both.source.id, "Ana")


def test_documents_are_listed_with_what_the_reviewer_judged(documents, judge):
    store, read = documents
    judge(store, read().links[0].id, "accept", "Ana")
    pairs, total = store.document_pairs("Ana")
    assert total == 2 and [(pair.links, pair.judged) for pair in pairs] == [(4, 1), (1, 0)]
    assert store.document_pairs("Ana", limit=1, offset=1)[0] == pairs[1:]
