"""How far a job is, said once.

It is shown as a bar on a terminal or in a notebook, and as a line now and then in a log.
"""

from __future__ import annotations

import atexit
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias, TypeVar

__all__ = ["BarProgress", "Hearer", "LineProgress", "counted", "hearer", "step", "told"]

Item = TypeVar("Item")

Hearer: TypeAlias = Callable[[str], None]
"""Who is told the name of each stage; one that has a method `step(stage, done, total)` is told how far it is too."""

_SOON: Final = 1.0
"""Seconds that a stage may take before anything is said of how far it is."""
_NOW_AND_THEN: Final = 10.0
"""Seconds between two lines of a log."""
_COUNTED: Final = 500
"""Items between two counts."""
_REDRAWN: Final = 0.2
"""Seconds between two pictures of a notebook's bar."""


def step(hear: Hearer, stage: str, done: int, total: int | None) -> None:
    """Tell that so much of a stage is done; the total is None where nobody knows it yet.

    A plain function hears a text.

    >>> step(print, "encode", 2048, 20000)
    encode: 2,048 of 20,000
    >>> step(print, "read", 1000, None)
    read: 1,000 so far
    """
    counted = getattr(hear, "step", None)
    if counted is not None:
        counted(stage, done, total)
    else:
        hear(told(stage, done, total))


def counted(items: Iterable[Item], hear: Hearer, stage: str, total: int | None) -> Iterator[Item]:
    """Yield what there is, and tell now and then how much of a stage is done.

    >>> list(counted("ab", print, "write", 2))
    write: 2 of 2
    ['a', 'b']
    """
    done = 0
    for done, item in enumerate(items, 1):
        yield item
        if done % _COUNTED == 0 and done != total:
            step(hear, stage, done, total)
    if done == total:
        step(hear, stage, done, total)


def told(stage: str, done: int, total: int | None, seconds: float | None = None) -> str:
    """Return how far a stage is.

    `seconds` are those it has taken, from which follow those that are left.

    >>> told("encode", 2048, 20000, 3.0), told("encode", 20000, 20000, 30.0)
    ('encode: 2,048 of 20,000, 26 s left', 'encode: 20,000 of 20,000 in 30 s')
    """
    if total is None:
        return f"{stage}: {done:,} so far"
    text = f"{stage}: {done:,} of {total:,}"
    if seconds is None or not done:
        return text
    if done >= total:
        return f"{text} in {_duration(seconds)}"
    return f"{text}, {_duration(seconds * (total - done) / done)} left"


def _duration(seconds: float) -> str:
    """Return a time as a person says it.

    >>> _duration(0.4), _duration(75), _duration(7300)
    ('1 s', '1 min 15 s', '2 h 1 min')
    """
    whole = max(round(seconds), 1)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"


class LineProgress:
    """Tell a log the name of a stage as it begins, and now and then how far a long one is.

    `say` is told each line, `clock` the seconds.
    """

    def __init__(self, say: Callable[[str], None], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._clock = clock
        self._begun = self._last = clock()

    def __call__(self, stage: str) -> None:
        """Tell the name of a stage."""
        self._begun = self._last = self._clock()
        self._say(f"{stage} ...")

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Tell how far it is, if it is long since that was told, or if a long stage is at its end."""
        now = self._clock()
        ended = total is not None and done >= total
        finished = ended and now - self._begun > _SOON
        if finished or now - self._last > _NOW_AND_THEN:
            self._last = now
            self._say(told(stage, done, total, now - self._begun))
        if ended:
            # A second round of the stage begins here.
            self._begun = self._last = now


class BarProgress:
    """Draw a bar on a terminal for each stage that takes more than a second.

    It goes when the stage is done.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._begun = time.monotonic()
        self._bar: Any = None
        self._task: Any = None
        atexit.register(self._end)

    def __call__(self, stage: str) -> None:
        """Tell the name of a stage."""
        self._end()
        self._begun = time.monotonic()
        self._say(f"{stage} ...")

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Move the bar."""
        ended = total is not None and done >= total
        if self._bar is None and not ended and time.monotonic() - self._begun > _SOON:
            self._draw()
        if self._bar is not None:
            self._bar.update(self._task, description=stage, completed=done, total=total)
        if ended:
            self._end()

    def _draw(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=None)
        self._bar.start()

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


class _NotebookBar:
    """Show a bar below a cell of a notebook, one for all stages."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._drawn = 0.0
        self._shown: Any = None

    def __call__(self, stage: str) -> None:
        self._begun = time.monotonic()
        self._show(f"{stage} ...")

    def step(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if (total is None or done < total) and now - self._drawn < _REDRAWN:
            return
        self._drawn = now
        # Without a value, a page draws a bar that only moves.
        bar = f'<progress max="{total}" value="{done}"></progress> ' if total is not None else "<progress></progress> "
        self._show(told(stage, done, total, now - self._begun), bar)

    def _show(self, text: str, bar: str = "") -> None:
        from html import escape
        from importlib import import_module

        # A notebook has it; the package itself does not need it.
        notebook: Any = import_module("IPython.display")
        shown = notebook.HTML(bar + escape(text))
        if self._shown is None:
            self._shown = notebook.display(shown, display_id=True)
        else:
            self._shown.update(shown)


def hearer(say: Callable[[str], None]) -> Hearer:
    """Return who shows how far a job is, where this process is looked at.

    A log is told by `say`, line by line.
    """
    if _in_notebook():
        return _NotebookBar()
    return BarProgress(say) if sys.stderr.isatty() else LineProgress(say)


def _in_notebook() -> bool:
    """Say whether this process is the kernel of a notebook."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell is not None and "IPKernelApp" in shell.config
