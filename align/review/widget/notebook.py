"""The review as a widget of Jupyter, VS Code or Colab."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from align.errors import InputError, MissingExtraError
from align.review.events import check_reviewer
from align.review.records import REASONS
from align.review.store import Store
from align.review.web.finder import Finder
from align.review.web.glosser import Glosser
from align.review.web.words import NOTHING_LEFT
from align.review.widget.answers import Counter

try:
    import anywidget
    import traitlets
except ImportError as error:
    raise MissingExtraError("the review widget", "notebook") from error

__all__ = ["ReviewWidget", "review"]

_HERE: Final = Path(__file__).parent
_PAGE_STYLE: Final = _HERE.parent / "web" / "static" / "review.css"


def review(folder: str | Path, *, reviewer: str | None = None) -> ReviewWidget:
    """Return the review of a run's folder as a widget: what `align.open_run(folder).review()` shows.

    `reviewer` is the name that stands beside the decisions; it is no authentication, and yours on this machine unless
    given. Raises InputError for a folder without a run or a name that can't be shown, and MissingExtraError without
    the extra "notebook".
    """
    name = check_reviewer(_own_name() if reviewer is None else reviewer)
    return ReviewWidget(Store.open(Path(folder)), name)


def _own_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError('review: this machine knows no name of yours: give one, reviewer="..."') from error


def _style() -> str:
    """Return the page's style sheet for what stands in the widget alone, and the widget's own.

    Nested rules (CSS Nesting Module) match only inside; those for the page as a whole match nothing there.
    """
    page = _PAGE_STYLE.read_text(encoding="utf-8").replace(":root", "&")
    return f".align-review {{\n{page}\n}}\n{(_HERE / 'widget.css').read_text(encoding='utf-8')}"


class ReviewWidget(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget tells mypy nothing of its classes
    """A run's review in a notebook; `store` is the same that `align review` shows in the browser.

    The widget keeps no text of the run in the notebook's file: what it shows, it asks the kernel for.
    """

    _esm = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("pieces.js", "panels.js", "widget.js"))
    _css = _style()

    reviewer = traitlets.Unicode(read_only=True).tag(sync=True)
    reasons = traitlets.List(traitlets.Unicode(), list(REASONS), read_only=True).tag(sync=True)
    nothing = traitlets.Unicode(NOTHING_LEFT, read_only=True).tag(sync=True)

    def __init__(self, store: Store, reviewer: str) -> None:
        self.store = store
        self._counter = Counter(store, reviewer, Finder(store.segments, store.tools), Glosser())
        super().__init__()
        self.set_trait("reviewer", reviewer)
        self.on_msg(self._hear)

    def close(self) -> None:
        """Take the widget off the notebook and close its store; what is decided stays."""
        super().close()
        self.store.close()

    def _hear(self, _: object, sent: Mapping[str, Any], __: object) -> None:
        """Answer a message of the widget; several views may be open, so that an answer names its question."""
        request = sent.get("request")
        try:
            answer = self._counter.answer({name: value for name, value in sent.items() if name != "request"})
        except Exception as error:
            # The view waits for an answer whatever happens; the notebook's log gets the whole of it.
            self.send({"request": request, "refused": f"{type(error).__name__}: {error}"})
            raise
        self.send({"request": request, **answer})
