import pytest

from align.runs.report.marks import Mark, stretches

TEXT = "2 ақпанда Помпео келді"

CASES = [
    ("nothing", [], [(TEXT, "", "")]),
    ("whole", [Mark(0, 22, "matched")], [(TEXT, "matched", "")]),
    (
        "ends together",
        [Mark(0, 9, "matched"), Mark(2, 9, word=3)],
        [("2 ", "matched", ""), ("ақпанда", "matched", "3"), (" Помпео келді", "", "")],
    ),
    (
        "two words",
        [Mark(10, 16, word=1), Mark(10, 16, word=2)],
        [("2 ақпанда ", "", ""), ("Помпео", "", "1 2"), (" келді", "", "")],
    ),
    (
        "conflict wins",
        [Mark(0, 9, "source_only"), Mark(0, 1, "conflict")],
        [("2", "conflict", ""), (" ақпанда", "source_only", ""), (" Помпео келді", "", "")],
    ),
    ("past the end", [Mark(17, 99, "matched")], [("2 ақпанда Помпео ", "", ""), ("келді", "matched", "")]),
]


@pytest.mark.parametrize(("marks", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_runs_cut_the_text_at_the_marks(marks, expected):
    found = stretches(TEXT, marks)
    assert [(run.text, run.status, run.words) for run in found] == expected
    assert "".join(run.text for run in found) == TEXT


def test_runs_of_an_empty_text_are_none():
    assert stretches("", [Mark(0, 0, "matched")]) == ()
