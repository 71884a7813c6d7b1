import inspect
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


def test_every_path_may_be_a_text():
    for name in align.__all__:
        found = getattr(align, name)
        # What a class takes is asked of what it is made by, and of its methods.
        functions = (
            [getattr(found, each) for each in dir(found) if each[0] != "_"] if isinstance(found, type) else [found]
        )
        for function in filter(inspect.isfunction, functions):
            for argument, kind in function.__annotations__.items():
                if argument != "return" and "Path" in str(kind):
                    assert "str" in str(kind), f"{name}: {function.__name__}({argument}: {kind})"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        _ = align.nope


def test_python_m_align_is_the_command():
    finished = subprocess.run([sys.executable, "-m", "align", "--help"], capture_output=True, text=True, check=True)
    assert "run" in finished.stdout
