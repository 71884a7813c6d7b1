"""How far a job is, as a log, a terminal and a notebook are told."""

import io
import sys

import pytest

from align.progress import BarProgress, LineProgress, hearer, step

# Seconds at which (done, total) was told, and the lines of a log.
STEPS = [
    pytest.param([(0.2, 1, 2), (0.5, 2, 2)], ["encode ..."], id="a short stage has its name alone"),
    pytest.param(
        [(4, 1, 4), (8, 2, 4), (12, 3, 4), (16, 4, 4)],
        ["encode ...", "encode: 3 of 4, 4 s left", "encode: 4 of 4 in 16 s"],
        id="a long one is told now and then, and its end",
    ),
    pytest.param(
        [(4, 1, None), (12, 3, None)],
        ["encode ...", "encode: 3 so far"],
        id="of one without a total it is told how much is done",
    ),
    pytest.param([(70, 1, 100)], ["encode ...", "encode: 1 of 100, 1 h 55 min left"], id="a very long one at once"),
]


@pytest.mark.parametrize(("steps", "lines"), STEPS)
def test_a_log_is_told_now_and_then(steps, lines):
    said, now = [], [0.0]
    heard = LineProgress(said.append, clock=lambda: now[0])
    heard("encode")
    for now[0], done, total in steps:
        step(heard, "encode", done, total)
    assert said == lines


def test_a_plain_function_hears_every_step():
    said = []
    step(said.append, "encode", 1, 2000)
    assert said == ["encode: 1 of 2,000"]


def test_a_terminal_has_a_bar_while_a_long_stage_lasts(monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("align.progress._SOON", 0.0)
    heard = hearer(lambda line: None)
    assert isinstance(heard, BarProgress)
    heard("encode")
    step(heard, "encode", 1, 3)
    step(heard, "encode", 2, 3)
    step(heard, "encode", 3, 3)
    assert "encode" in terminal.getvalue() and "3/3" in terminal.getvalue()
    heard("read")
    step(heard, "read", 1000, None)
    heard("write")
    assert "1000/?" in terminal.getvalue()
