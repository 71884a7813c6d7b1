"""Sets templates; everything in them is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from align.review.interface_language import LANGUAGES, _, ngettext, number, script_words, spoken
from align.review.page.bar import buttons, help_rows
from align.review.page.ground_terms import ground_said
from align.review.page.messages import ago, duration, percent, when
from align.review.verdicts import REASONS, VERDICTS, outcome_said
from align.wording import probability

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["STATIC", "render"]

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
"""The style sheet and the script that page and notebook share."""


def render(template: str, values: Mapping[str, object]) -> str:
    """Return a template set with these values, as HTML."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader([_HERE / "templates", _HERE.parent / "web" / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Both ask for the language at each call, so that one environment speaks all.
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    # Jinja's own would look for holes in each of the hundreds of texts on a page, which took a third of its time.
    environment.globals["_"] = lambda text: Markup(_(text))
    environment.filters.update(probability=probability, ago=ago, duration=duration, percent=percent, when=when)
    environment.filters.update(number=number, outcome_said=outcome_said, ground_said=ground_said)
    environment.globals.update(reasons=REASONS, verdicts=VERDICTS, buttons=buttons, help_rows=help_rows)
    environment.globals.update(languages=LANGUAGES, spoken=spoken, script_words=script_words)
    return environment
