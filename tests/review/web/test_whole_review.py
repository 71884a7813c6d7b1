"""Sixty pairs from the first page to the exported corpus: two reviewers and a third person, by the keyboard alone."""

import json
import sys
import time
from dataclasses import dataclass, field

import pytest
from typer.testing import CliRunner

from align.cli.main import app

ON_SCREEN = """document.querySelector('[data-part="pair"] [data-item]')?.dataset.item"""
PAIRS = 60
# By the last digit of a pair's number, what a reviewer presses; everything else is accepted.
ANA = {0: ("X", "1"), 1: ("S",), 2: ("N",), 3: ("E", "F", "Control+Enter")}
BEN = {**ANA, 3: ("A",), 4: ("S",), 5: ("X", "C", "D", "Enter", "2")}
"""An edit beside a plain acceptance is no dispute; Ben differs on pairs that end with 4 and 5."""


@dataclass
class Reviewer:
    """Somebody at a page, whose keys and seconds are counted."""

    page: object
    press: object
    keys: int = 0
    seconds: list = field(default_factory=list)

    def strike(self, *keys):
        self.keys += len(keys)
        self.press(self.page, *keys)

    def begin(self, url, name):
        self.page.goto(f"{url}/?token=a+token+of+the+tests")
        # The name is typed and confirmed; what waits is chosen by its digit.
        self.page.get_by_label("Your name").wait_for()
        self.page.get_by_label("Your name").focus()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/start")

    def choose(self, what):
        step = self.page.locator(".steps a", has_text=what)
        self.strike(step.get_attribute("data-key").removeprefix("Digit"))
        self.page.locator("[data-part=pair] [data-item]").wait_for()

    def judge(self, keys_of):
        """Judge all that the queue brings, by what its keys are for each pair."""
        while item := self.page.evaluate(ON_SCREEN):
            number = int(self.page.locator(".source .sentence").inner_text().split()[0])
            began = time.perf_counter()
            self.strike(*keys_of(number))
            self.page.wait_for_function(f"item => {ON_SCREEN} !== item", arg=item)
            self.seconds.append(time.perf_counter() - began)
        assert self.page.locator(".nothing").is_visible()

    def told(self, name):
        median = sorted(self.seconds)[len(self.seconds) // 2]
        verdicts = len(self.seconds)
        return f"{name}: {verdicts} verdicts, {self.keys / verdicts:.2f} keys and {median:.3f} s each (median)"


@pytest.mark.slow
def test_sixty_pairs_from_start_to_export_by_keyboard(browser, serve, press, runs, tmp_path, capsys):
    folder = runs[1](tmp_path / "run", count=PAIRS)
    people = {}
    with serve(folder, double=1.0) as site:
        for name, keys in (("Ana", ANA), ("Ben", BEN), ("Carla", None)):
            context = browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900})
            somebody = people[name] = Reviewer(context.new_page(), press)
            somebody.begin(site.url, name)
            somebody.choose("to judge" if keys else "dispute")
            # Of each two verdicts the third person sides with the first one, then with the second.
            sides = iter(["1", "2"] * PAIRS)
            somebody.judge(lambda number, keys=keys, sides=sides: keys.get(number % 10, "A") if keys else next(sides))
        context.close()
    out = tmp_path / "corpus.jsonl"
    exported = CliRunner().invoke(app, ["export", str(folder), "--format", "jsonl", "--out", str(out)])
    assert exported.exit_code == 0, exported.output
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {name: len(each.seconds) for name, each in people.items()} == {"Ana": PAIRS, "Ben": PAIRS, "Carla": 12}
    assert [people[name].keys for name in ("Ana", "Ben")] == [1 + 60 + 6 + 12, 1 + 60 + 6 + 24]
    # Twelve of sixty are rejected by both or have no counterpart, and up to six more where Carla sided with Ben.
    assert 42 <= sum(row["status"] == "accepted" and row["reviewers"] > 1 for row in rows) <= 48
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(each.told(name) for name, each in people.items()) + "\n")
