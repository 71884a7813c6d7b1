"""What is seen of a pair: its words, its facts, its likeness, its documents."""

import numpy as np
import pytest

from align.engines.shards import Here, Shards
from align.search.rows import gap_to_rival, rank_in
from align.search.word_numbers import word_side
from align.verify.decoys import Decoys
from align.verify.document_likeness import DOCUMENTS, documents
from align.verify.evidence import EVIDENCE, FACTS, evidence, fact_features
from align.verify.likeness import LIKENESS, RIVALS, Likeness
from align.verify.word_comparison import (
    INTERACTION,
    interaction,
    usual_bests,
    word_bests_exact,
    word_shares_exact,
)
from align.verify.word_comparison_compiled import word_bests_compiled, word_shares_compiled

KK = ["Президент Қытайға келді", "Ол 16 үйлендi"]
EN = ["The president arrived in China", "He married 17 in 2016", "!?"]


def named(columns, row):
    return dict(zip(columns, row.tolist(), strict=True))


@pytest.fixture
def seen_of(encoder):
    """Return the columns of all pairs of some texts, of which some are company, and others asked about."""

    def seen(kk, en, pairs=None):
        words = word_side(kk, "kk", encoder), word_side(en, "en", encoder)
        every = np.indices((len(kk), len(en))).reshape(2, -1) if pairs is None else np.array(pairs).T
        return interaction(words, every, usual_bests(*words, *every))

    return seen


@pytest.fixture
def decoys(encoder):
    return Decoys(encoder.encode(["бір", "екі"], "kk"), encoder.encode(["one", "two"], "en"))


def test_words_by_hand(encoder, seen_of):
    values = named(INTERACTION, seen_of(KK[:1], EN[:1])[0])
    # Two of the three Kazakh words stand in the dictionary; the third, inflected, is like nothing but by chance.
    english = encoder.word_vectors(["the", "president", "arrived", "in", "china"])
    chance = max(float((encoder.word_vectors(["kytayga"]) @ english.T).max()), 0)
    assert values["source_covered"] == pytest.approx((2 + chance) / 3, abs=0.03)
    back = np.maximum(english @ encoder.word_vectors(["prezident", "kytayga", "keldi"]).T, 0).max(axis=1)
    assert values["target_covered"] == pytest.approx(back @ [0.1, 1, 1, 0.1, 1] / 3.2, abs=0.03)
    assert values["late"] == pytest.approx((2 + chance + back @ [0.1, 1, 1, 0.1, 1]) / 6.2, abs=0.03)
    assert values["source_worst"] > 0.5
    assert values["told"] == pytest.approx(np.log(4), abs=0.03)


def test_wordless_text_gives_a_row_of_zeros(seen_of):
    made = seen_of(KK, EN)
    assert not made[2].any()
    assert made[0].any()


def test_only_what_is_special_depends_on_the_company(seen_of):
    together, alone = seen_of(KK, EN), seen_of(KK, EN, [(1, 1)])
    assert alone[0, :-4].tolist() == together[4, :-4].tolist()


def test_a_word_that_all_candidates_have_is_not_special(seen_of):
    made = seen_of(["Президент келді"], ["president", "president arrived", "president spoke", "president left"])
    special = made[:, INTERACTION.index("source_special")]
    assert special.argmax() == 1
    assert abs(special[0]) < 0.5 * special[1]


def test_compiled_kernels_give_the_twins_numbers_to_the_last_bit_in_any_blocks(encoder):
    words = word_side([*KK, "...", "а " * 300], "kk", encoder), word_side(EN, "en", encoder)
    rows, columns = np.random.default_rng(5).integers(0, (4, 3), (200, 2)).T
    sums = word_bests_exact(*words, rows, columns)
    parts = [word_bests_compiled(*words, rows[part::3], columns[part::3]) for part in range(3)]
    assert all(np.array_equal(sum(each), whole) for each, whole in zip(zip(*parts, strict=True), sums, strict=True))
    usual = usual_bests(*words, rows, columns)
    shares = word_shares_exact(*words, rows, columns, usual)
    assert np.array_equal(word_shares_compiled(*words, rows, columns, usual), shares)
    assert np.array_equal(word_shares_exact(*words, rows[7:9], columns[7:9], usual), shares[7:9])
    engine = Shards(lambda: Here(lambda: None), size=1)
    by_blocks = usual_bests(*words, rows, columns, engine=engine)
    assert np.array_equal(by_blocks.source, usual.source) and np.array_equal(by_blocks.target, usual.target)
    pairs = rows, columns
    assert np.array_equal(interaction(words, pairs, usual, engine=engine), interaction(words, pairs, usual))


def test_numbers_and_facts_by_hand(encoder, make_side, all_pairs):
    source, target = make_side(KK, "kk"), make_side(EN, "en")
    words = word_side(KK, "kk", encoder), word_side(EN, "en", encoder)
    seen = evidence(all_pairs(source, target), (source, target), words)
    assert seen.shape == (6, len(EVIDENCE))
    assert seen[4, :3].tolist() == [0, 1, 2]
    assert seen[0, :3].tolist() == [0, 0, 0]


def test_facts_by_kind(make_side):
    source, target = make_side(["1 ақпанда 16 адам келді", "жоқ"], "kk"), make_side(["17 people, February 1"], "en")
    rows = fact_features(np.array([0, 1]), np.array([0, 0]), source, target)
    first, second = (named(FACTS, row) for row in rows)
    assert first["dates_matched"] > 0
    assert first["amounts_conflicting"] > 0
    assert first["dates_conflicting"] == first["amounts_matched"] == 0
    assert second["dates_target_alone"] > 0
    assert second["dates_matched"] == 0


def test_rare_fact_counts_more_than_a_frequent_one(make_side):
    kk = ["2011 жылы 57 адам", *["2011 жылы"] * 9]
    source, target = make_side(kk, "kk"), make_side(["in 2011", "57 people"], "en")
    rows = fact_features(np.r_[0, 0, np.arange(1, 10)], np.r_[0, 1, np.zeros(9, int)], source, target)
    assert 0 < rows[0][FACTS.index("dates_matched")] < rows[1][FACTS.index("amounts_matched")] <= 1


def test_ranks_and_gaps_by_hand():
    rows = np.array([3, 1, 3, 1, 3])
    scores = np.array([0.5, 0.9, 0.75, -0.1, 0.5])
    assert rank_in(rows, scores).tolist() == [1, 0, 0, 1, 2]
    assert gap_to_rival(rows, scores, most=6).tolist() == pytest.approx([-0.25, 1.0, 0.25, -1.0, -0.25])
    assert gap_to_rival(np.array([5]), np.array([100.0]), most=6).tolist() == [6]


def test_likeness_alone_knows_nothing_of_the_run(make_side, all_pairs, decoys):
    few = make_side(KK[:1], "kk"), make_side(EN[:1], "en")
    many = make_side(KK, "kk"), make_side(EN, "en")
    one, other = (Likeness.of(all_pairs(*sides), *sides, decoys) for sides in (few, many))
    assert one.alone().shape == (1, len(LIKENESS))
    assert one.alone()[0].tolist() == pytest.approx(other.alone()[0].tolist(), abs=1e-6)


def test_a_pair_by_itself_has_the_decoys_as_rivals(make_side, all_pairs, decoys):
    sides = make_side(KK[:1], "kk"), make_side(EN[:1], "en")
    found = all_pairs(*sides)
    likeness = Likeness.of(found, *sides, decoys)
    values = named(RIVALS, likeness.among_rivals(found, np.ones(1, np.float32))[0])
    assert values["gap_to_source_rival"] == pytest.approx(
        min(0.5, likeness.cosine[0] - likeness.source_decoys[0, 0]), abs=1e-6
    )
    assert 0 < values["margin"] <= 3


def test_decoys_come_back_from_their_file(decoys, tmp_path):
    decoys.write(tmp_path / "decoys.safetensors")
    again, rounded = Decoys.read(tmp_path / "decoys.safetensors"), decoys.rounded()
    assert np.array_equal(again.kk, rounded.kk)
    assert np.abs(again.en - decoys.en).max() < 0.01


# documents of three sources and three targets, best score beside the pair (1, 1)
SURROUNDINGS = [
    ([0, 0, 0], [0, 0, 0], 0.9),
    ([0, 0, 1], [0, 0, 0], 0.2),
    ([0, 1, 2], [0, 0, 0], 0.0),
]


@pytest.mark.parametrize(("left", "right", "expected"), SURROUNDINGS)
def test_support_comes_from_other_sentences_of_the_documents(make_side, all_pairs, left, right, expected):
    source, target = make_side(["а", "ә", "б"], "kk", left), make_side(["a", "b", "c"], "en", right)
    scores = np.full((3, 3), 0.01, np.float32)
    scores[0, 0], scores[2, 2], scores[1, 0], scores[1, 1] = 0.2, 0.9, 0.99, 0.5
    seen = documents(all_pairs(source, target), scores.ravel(), source, target)
    assert seen.shape == (9, len(DOCUMENTS))
    assert named(DOCUMENTS, seen[4])["best_beside"] == pytest.approx(expected, abs=1e-6)


def test_the_first_text_of_a_document_is_its_title(make_side, all_pairs):
    source, target = make_side(["а", "ә", "б"], "kk", [0, 0, 1]), make_side(["a"], "en", [0])
    seen = documents(all_pairs(source, target), np.zeros(3, np.float32), source, target)
    assert seen[:, DOCUMENTS.index("source_title")].tolist() == [1, 0, 1]


def test_lines_have_no_documents(make_side, all_pairs):
    source, target = make_side(["а"], "kk", [0]), make_side(["a"], "en")
    assert documents(all_pairs(source, target), np.zeros(1, np.float32), source, target) is None
