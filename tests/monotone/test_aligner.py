import numpy as np
import pytest

from align.encode.ngram import NgramEncoder
from align.monotone.aligner import BeadAligner
from align.monotone.lines import Lines
from align.monotone.moves import moves_of

KK = [
    "Президент Қасым-Жомарт Тоқаев Астанада жаңа мектеп ашты.",
    "Мектепте 1200 оқушы оқиды.",
    "Ғимарат екі жылда салынды, оған 5 миллиард теңге жұмсалды.",
    "Сенбі күні Алматыда қар жауады.",
    "Жергілікті тұрғындар жаңа жолды күтіп отыр.",
    "Өткен жылы өнеркәсіп өндірісі 3,5 пайызға өсті.",
]
EN = [
    "President Kassym-Jomart Tokayev opened a new school in Astana.",
    "The school has 1,200 pupils.",
    "The building was finished in two years and cost 5 billion tenge.",
    "On Saturday it will snow in Almaty.",
    "Local residents are waiting for a new road.",
    "Last year industrial production rose by 3.5 percent.",
]


def _joined(lines, first, last):
    return [*lines[:first], " ".join(lines[first:last]), *lines[last:]]


def _one(numbers):
    return [((n,), (n,)) for n in numbers]


# What a translator may do with six sentences, and the beads of it.
CASES = {
    "line by line": (KK, EN, _one(range(6))),
    "two joined": (_joined(KK, 1, 3), EN, [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), (4,)), ((4,), (5,))]),
    "left out": (KK, EN[:3] + EN[4:], [*_one(range(3)), ((3,), ()), ((4,), (3,)), ((5,), (4,))]),
    "put in": (KK[:4] + KK[5:], EN, [*_one(range(4)), ((), (4,)), ((4,), (5,))]),
    "exchanged": (
        KK,
        [*EN[:3], EN[4], EN[3], EN[5]],
        [*_one(range(3)), ((3,), (4,)), ((4,), (3,)), ((5,), (5,))],
    ),
    "one side empty": (KK[:2], [], [((0,), ()), ((1,), ())]),
    "nothing": ([], [], []),
}


@pytest.fixture(scope="module")
def aligner():
    return BeadAligner.load()


@pytest.mark.parametrize(("kk", "en", "beads"), CASES.values(), ids=CASES)
def test_beads_are_those_a_reader_finds(aligner, kk, en, beads):
    found = aligner.align(kk, en)
    assert [(bead.source, bead.target) for bead in found] == beads
    assert all(0 <= bead.probability <= 1 and -1 <= bead.score <= 1.0001 for bead in found)


@pytest.mark.parametrize("moves", [moves_of(), moves_of(6), moves_of(one_to_many=True)], ids=["4", "6", "one"])
def test_every_line_is_in_one_bead(aligner, moves):
    kk, en = _joined(KK, 1, 3) * 9, _joined(EN, 3, 5) * 9
    found = aligner.align(kk, en, moves=moves)
    assert sorted(n for bead in found for n in bead.source) == list(range(len(kk)))
    assert sorted(n for bead in found for n in bead.target) == list(range(len(en)))


def test_no_bead_spans_sections_that_correspond(aligner):
    found = aligner.align(KK, EN, sections=([3], [3]))
    assert all((n < 3) == (bead.source[0] < 3) for bead in found if bead.pairs for n in (*bead.source, *bead.target))


class Shifted:
    """An encoder whose texts are all alike, as those of some models are, and of which merges must be encoded."""

    signature, dim = "shifted", 256

    def encode(self, texts, lang):
        rows = NgramEncoder.load().encode(texts, lang) + np.full(256, 0.1, np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_runs_of_an_encoder_that_adds_are_those_of_the_joined_texts():
    added = Lines.encode(KK, "kk", NgramEncoder.load(), longest=3)
    joined = [" ".join(KK[first : first + 3]) for first in range(4)]
    np.testing.assert_allclose(added.runs[2][1:5], NgramEncoder.load().encode(joined, "kk"), atol=1e-5)


@pytest.mark.parametrize("case", ["line by line", "two joined", "left out"])
def test_another_encoder_takes_the_place_of_the_bundled_one(aligner, case):
    kk, en, beads = CASES[case]
    found = BeadAligner(Shifted(), aligner.weights).align(kk, en)
    assert [(bead.source, bead.target) for bead in found] == beads
