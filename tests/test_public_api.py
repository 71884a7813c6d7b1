import subprocess
import sys

import pytest

import align


def test_public_names_are_sorted_few_and_there():
    assert align.__all__ == sorted(align.__all__) and len(align.__all__) <= 30
    for name in align.__all__:
        assert getattr(align, name).__name__


def test_every_public_name_says_what_it_is():
    for name in align.__all__:
        assert getattr(align, name).__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        _ = align.nope


def test_python_m_align_is_the_command():
    finished = subprocess.run([sys.executable, "-m", "align", "--help"], capture_output=True, text=True, check=True)
    assert "run" in finished.stdout
