"""The review as a widget of Jupyter, VS Code or Colab."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, Final

from align.errors import InputError, MissingExtraError
from align.review.events import check_reviewer
from align.review.interface_language import LANGUAGES, InterfaceLanguage, speaking
from align.review.page.actions import Reviewing
from align.review.page.queues import NOTEBOOK_QUEUES
from align.review.page.render import STATIC, render
from align.review.page.services import Services
from align.review.store import Store

try:
    import anywidget
    import traitlets
except ImportError as error:
    raise MissingExtraError("the review widget", "notebook") from error

__all__ = ["MISSING", "ReviewWidget", "review"]

MISSING: Final = "Review: pip install anywidget where the notebook's server runs, restart it and reload this page."
"""What is said where the widget can't be shown."""

_HERE: Final = Path(__file__).parent


def review(folder: str | Path, *, reviewer: str | None = None, language: InterfaceLanguage = "en") -> ReviewWidget:
    """Return the review of a run's folder as a widget.

    What `align.open_run(folder).review()` shows.

    `reviewer` is the name that stands beside the decisions; it is no authentication, and yours on this machine unless
    given. `language` is that of the interface: en, kk or ru. Raises InputError for a folder without a run, a name that
    can't be shown or another language, and MissingExtraError without the extra "notebook".
    """
    name = check_reviewer(_own_name() if reviewer is None else reviewer)
    if language not in LANGUAGES:
        raise InputError(f"language {language!r}: choose one of {', '.join(LANGUAGES)}")
    return ReviewWidget(Store.open(Path(folder)), name, language)


def _own_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError('review: this machine knows no name of yours: give one, reviewer="..."') from error


def _style() -> str:
    """Return the page's style sheet for what stands in the widget alone, and the widget's own.

    Nested rules (CSS Nesting Module) match only inside; those for the page as a whole match nothing there.
    """
    sheets = [(STATIC / name).read_text(encoding="utf-8") for name in ("review.css", "people.css")]
    page = "\n".join(sheets).replace(":root", "&")
    return f".align-review {{\n{page}\n}}\n{(_HERE / 'widget.css').read_text(encoding='utf-8')}"


def _script() -> str:
    """Return the page's script and the widget's own.

    The latter carries messages and keeps the keys to itself.
    """
    paths = (STATIC / "typed.js", STATIC / "review.js", _HERE / "widget.js")
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def _frame(reviewer: str) -> str:
    """Return the page around the pairs as HTML.

    It holds no text of the run, so that the notebook's file has none.
    """
    shown = {"about": "", "pair": "", "ahead": "", "where": "notebook"}
    return render("notebook.html.j2", {**shown, "reviewer": reviewer, "queues": NOTEBOOK_QUEUES})


class ReviewWidget(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget tells mypy nothing of its classes
    """A run's review in a notebook.

    `store` is the same that `align review` shows in the browser.

    The widget keeps no text of the run in the notebook's file: what it shows, it asks the kernel for.
    """

    _esm = _script()
    _css = _style()

    frame = traitlets.Unicode(read_only=True).tag(sync=True)
    reviewer = traitlets.Unicode(read_only=True).tag(sync=True)
    run_key = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, store: Store, reviewer: str, language: InterfaceLanguage = "en") -> None:
        self.store = store
        self._language = language
        services = Services.of(store)
        self._reviewing = Reviewing(services, reviewer, "notebook")
        super().__init__()
        self.set_trait("reviewer", reviewer)
        with speaking(language):
            self.set_trait("frame", _frame(reviewer))
        self.set_trait("run_key", services.run_key)
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        # What a notebook shows that has no widgets; ipywidgets cuts it after 110 characters.
        return MISSING

    def _ipython_display_(self) -> None:
        """Show the widget below a line that says what to do where it can't be shown.

        A JupyterLab with ipywidgets and without anywidget says only that a script has failed. Once the widget is
        shown, its style sheet hides the line.
        """
        from IPython.display import display

        display({"text/html": f'<p class="align-review-missing">{escape(MISSING)}</p>'}, raw=True)  # type: ignore[no-untyped-call]
        display(self._repr_mimebundle_()[0], raw=True)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Take the widget off the notebook and close its store; what is decided stays."""
        super().close()
        self.store.close()

    def _hear(self, _: object, sent: Mapping[str, Any], __: object) -> None:
        """Answer a message of the widget.

        Several views may be open, so that an answer names its question.
        """
        request = sent.get("request")
        try:
            with speaking(self._language):
                answer = self._reviewing.answer({name: value for name, value in sent.items() if name != "request"})
        except Exception as error:
            # The view waits for an answer whatever happens; the notebook's log gets the whole of it.
            self.send({"request": request, "status": 500, "refused": f"{type(error).__name__}: {error}"})
            raise
        self.send({"request": request, **answer.plain()})
