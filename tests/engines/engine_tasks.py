"""What the engines' tests have workers do: a process of its own finds tasks in a module."""

import os
import signal
from pathlib import Path

import numpy as np


def models():
    return 10


def times(factor, block):
    return np.asarray(block) * factor


def times_after_a_death(factor, block):
    """Die at the number 3, the first time; the marker says that this was."""
    marker, numbers = block
    if 3 in numbers and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return np.asarray(numbers) * factor


def always_dies(factor, block):
    os.kill(os.getpid(), signal.SIGKILL)


def refuses(factor, block):
    raise ValueError(f"no {block}")


def adds_common(factor, given):
    common, numbers = given
    return np.asarray(numbers) * factor + common["more"][: len(numbers)]
