import pytest

from align.errors import InputError
from align.evaluate.beads import bead_scores, read_beads

# Worked by hand from the definitions of vecalign's score.py: strict P, R, F1, then lax. Deletions count for precision
# alone; a bead is laxly right where a source and a target of it stand together in a true bead.
CASES = {
    "all right": ([([0], [0]), ([1], []), ([2, 3], [1])], [([0], [0]), ([1], []), ([2, 3], [1])], [1, 1, 1, 1, 1, 1]),
    "one too long": ([([0], [0]), ([1], [1])], [([0], [0]), ([1], [1, 2])], [1 / 2, 1 / 2, 1 / 2, 1, 1, 1]),
    "split in two": (
        [([0], [0]), ([1, 2], [1])],
        [([0], [0]), ([1], [1]), ([2], [])],
        [1 / 3, 1 / 2, 2 / 5, 2 / 3, 1, 4 / 5],
    ),
    "a deletion found": ([([0], [0]), ([1], [])], [([0], [0]), ([1], [])], [1, 1, 1, 1, 1, 1]),
    "a deletion missed": ([([0], [0]), ([1], [])], [([0], [0]), ([1], [1])], [1 / 2, 1, 2 / 3, 1 / 2, 1, 2 / 3]),
    "crossed, read straight": ([([0], [1]), ([1], [0])], [([0], [0]), ([1], [1])], [0, 0, 0, 0, 0, 0]),
    "empty beads are none": ([([0], [0])], [([0], [0]), ([], [])], [1, 1, 1, 1, 1, 1]),
    "nothing found": ([([0], [0])], [], [0, 0, 0, 0, 0, 0]),
}


def _lines(beads):
    return {"": [(tuple(sources), tuple(targets)) for sources, targets in beads]}


@pytest.mark.parametrize(("gold", "predicted", "expected"), CASES.values(), ids=CASES)
def test_scores_are_those_of_vecalign(gold, predicted, expected):
    scores = bead_scores(_lines(gold), _lines(predicted))
    assert [score.value for score in scores] == pytest.approx(expected)


def test_documents_are_counted_together():
    gold = {"a": [((0,), (0,))], "b": [((0,), (0,)), ((1,), (1,))]}
    found = {"a": [((0,), (0,))], "b": [((0,), (1,))]}
    assert [score.value for score in bead_scores(gold, found)][:2] == pytest.approx([1 / 2, 1 / 3])


READ = [
    ('{"source": [0, 1], "target": [0]}', {"": [((0, 1), (0,))]}),
    ("[0, 1]:[0]:0.83\n[2]:[]:1.0\n", {"": [((0, 1), (0,)), ((2,), ())]}),
    ("[]:[4]", {"": [((), (4,))]}),
    ('{"source": [3], "target": [], "source_document": "a"}', {"a": [((3,), ())]}),
]


@pytest.mark.parametrize(("text", "beads"), READ)
def test_both_forms_are_read(tmp_path, text, beads):
    path = tmp_path / "beads"
    path.write_text(text)
    assert read_beads(path) == beads


@pytest.mark.parametrize("text", ["0 1", '{"source": 1, "target": [0]}', '{"source": ["a"], "target": []}', "{"])
def test_what_is_neither_is_named_with_its_line(tmp_path, text):
    path = tmp_path / "beads"
    path.write_text(f"[0]:[0]\n{text}\n")
    with pytest.raises(InputError, match="line 2"):
        read_beads(path)
