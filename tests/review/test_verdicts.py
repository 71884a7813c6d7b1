"""One table of verdicts: what lists them is made from it, or held to it here."""

import re
from pathlib import Path

import pytest

from align.review.page.bar import buttons, help_rows
from align.review.page.queues import NOTEBOOK_QUEUES
from align.review.page.render import render
from align.review.verdicts import CATEGORIES, JUDGES, OUTCOMES, RULES_OUT, VERDICTS

ROOT = Path(__file__).parents[2]
FRAME = {"about": "", "pair": "", "ahead": "", "reviewer": "Ana", "queues": NOTEBOOK_QUEUES}


def row(name):
    """Return a verdict's row in docs/review.md."""
    each = VERDICTS[name]
    keys = next((button.keys for button in buttons() if button.label == each.label), "Ctrl Enter")
    taken = " and ".join({"link": "pairs", "unmatched": "unmatched segments"}[kind] for kind in each.of)
    return f"| `{keys}` | {each.label} | {each.hint} | {taken} | {each.category or 'nothing'} |"


@pytest.mark.parametrize("name", VERDICTS)
def test_the_docs_list_a_verdict_as_the_table_has_it(name):
    assert row(name) in (ROOT / "docs" / "review.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("where", ["page", "notebook"])
def test_page_and_notebook_have_the_buttons_and_the_help_of_the_table(where):
    shown = render("frame.html.j2", {**FRAME, "where": where})
    for name, each in VERDICTS.items():
        if each.key is None:
            continue
        opened = f'data-opens="{each.opens}"' if each.opens else f'data-verdict="{name}"'
        (button,) = [found for found in re.findall(r"<button[^>]*>", shown) if opened in found]
        assert f'data-key="{each.key}"' in button and f'data-of="{" ".join(each.pressed_for)}"' in button
        assert any(what == f"{each.label}: {each.hint}" for _, what in help_rows())


def test_keys_are_told_apart():
    keys = [button.attributes["data-key"] for button in buttons()]
    assert len(keys) == len(set(keys))


def test_what_is_derived_covers_every_verdict():
    for name, each in VERDICTS.items():
        assert (each.category is None) == (each.outcome is None) == (f"'{name}'" in JUDGES)
        assert (each.rules_out is not None) == (f"'{name}'" in RULES_OUT)
        assert (name in CATEGORIES) == (name in OUTCOMES) == (each.category is not None)


# files that name verdicts for what is theirs alone: the table, how a decision is kept, and its panels
NAMED_IN = {"verdicts.py", "decisions.py", "state.py", "queue.py", "event_checks.py", "statistics.py"}


PLAIN_WORDS = {"accept", "partial", "reject", "flag", "skip", "note"}


def test_no_other_module_lists_verdicts():
    names = "|".join(name for name in VERDICTS if name not in PLAIN_WORDS)
    for path in sorted((ROOT / "align" / "review").rglob("*.py")):
        said = re.findall(rf'"({names})"', path.read_text(encoding="utf-8"))
        assert not said or path.name in NAMED_IN, f"{path.name} names {said}: ask the table"
