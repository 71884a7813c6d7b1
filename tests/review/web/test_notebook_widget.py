"""The notebook's widget in a real browser: its own script, a stand-in for the notebook around it, and the real kernel.

The keyboard is a Kazakh one: letters are Cyrillic, and the digits' row types letters.
"""

import json
import shutil

import pytest

pytest.importorskip("anywidget", reason="the extra 'notebook' is not installed")

import align
from align.review.records import Decision, Filter

pytestmark = pytest.mark.slow

TYPED = {
    "KeyC": "с",
    "KeyJ": "о",
    "KeyK": "л",
    "KeyA": "ф",
    "KeyS": "ы",
    "KeyX": "ч",
    "KeyZ": "я",
    "KeyE": "у",
    "KeyR": "к",
    "Digit1": '"',
    "Digit2": "ә",
}
CONTROL = 2
ON_SCREEN = """document.querySelector('[data-part="pair"] [data-item]')?.dataset.item"""

# A cell, a field of the notebook's own, and ears where notebooks have theirs: on the document, in both phases.
NOTEBOOK = """
window.heard = [];
for (const kind of ["keydown", "keypress", "keyup"])
  for (const capture of [true, false])
    document.addEventListener(kind, (event) => window.heard.push(event.code), capture);
const own = document.createElement("textarea");
own.id = "own";
const cell = document.createElement("div");
document.body.append(own, cell);
const style = document.createElement("style");
style.textContent = css;
document.head.append(style);
const ears = new Set();
const model = {
  get: (name) => state[name],
  on: (_, ear) => ears.add(ear),
  off: (_, ear) => ears.delete(ear),
  send: async (content) => {
    for (const answer of JSON.parse(await window.kernel(JSON.stringify(content))))
      for (const ear of ears) ear(answer, []);
  },
};
const blob = new Blob([esm], { type: "text/javascript" });
const { default: widget } = await import(URL.createObjectURL(blob));
window.remove = await widget.render({ model, el: cell });
"""


class Cell:
    """A page with the widget in it."""

    def __init__(self, page, folder):
        self.page = page
        self.widget = align.open_run(folder).review(reviewer="Ana")
        self.store = self.widget.store
        self.answers = []
        self.widget.send = lambda content, buffers=None: self.answers.append(content)
        page.expose_function("kernel", self.kernel)
        state = self.widget.get_state()
        values = {
            "esm": state["_esm"],
            "css": state["_css"],
            "state": {name: state[name] for name in ("reviewer", "frame", "run_key")},
        }
        page.evaluate(f"async ({{ esm, css, state }}) => {{{NOTEBOOK}}}", values)
        self.root = page.locator(".align-review")
        self.root.locator("[data-part=pair] [data-item]").wait_for()

    def kernel(self, content):
        self.answers.clear()
        self.widget._handle_custom_msg(json.loads(content), [])
        return json.dumps(self.answers)

    @property
    def shown(self):
        return self.root.locator("[data-part=pair] [data-item]").get_attribute("data-item")

    def moved_on(self, item):
        self.page.wait_for_function(f"item => {ON_SCREEN} !== item", arg=item)

    def press(self, name):
        """Press a button as the pointer does."""
        self.root.locator(".dock").get_by_role("button", name=name).click()

    def press_save(self):
        """Save what stands in the box of an unmatched segment."""
        self.root.get_by_role("button", name="Save as a pair").click()

    def strike(self, *codes):
        """Strike keys by their place; what they type is Kazakh."""
        session = self.page.context.new_cdp_session(self.page)
        for code in codes:
            name, _, control = code.rpartition("+")[::-1]
            typed = {"Space": " ", "Enter": "\r"}.get(name, TYPED.get(name, name))
            event = {"code": name, "key": "Enter" if name == "Enter" else typed, "modifiers": CONTROL if control else 0}
            if len(typed) == 1 and not control:
                event["text"] = typed
            session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
            session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
        session.detach()

    def mine(self, item):
        mine = self.store.item(item, "Ana").mine
        return (mine.verdict, mine.reason) if mine else None


@pytest.fixture
def cell(browser, finished_run, tmp_path):
    """Show the widget over a copy of the run, without a network."""
    context = browser.new_context(viewport={"width": 1100, "height": 1000}, offline=True)
    context.set_default_timeout(30_000)
    page = context.new_page()
    faults, requests = [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    shown = Cell(page, shutil.copytree(finished_run, tmp_path / "run"))
    yield shown
    context.close()
    shown.widget.close()
    assert not faults
    assert all(each.startswith("blob:") for each in requests)


def test_buttons_judge_and_the_next_pair_comes(cell):
    first = cell.shown
    cell.press("Accept")
    cell.moved_on(first)
    second = cell.shown
    cell.press("Reject")
    cell.press("wrong facts")
    cell.moved_on(second)
    assert (cell.mine(first), cell.mine(second)) == (("accept", None), ("reject", "wrong facts"))
    names = [
        "No counterpart",
        *"Accept Partial Reject Skip Flag Edit Trim Swap Merge Draft Undo Back Next Help".split(),
    ]
    assert all(cell.root.get_by_role("button", name=name).first.is_visible() for name in names)


KEYS = [
    (("KeyA",), ("accept", None)),
    (("KeyS",), ("partial", None)),
    (("KeyX", "Digit2"), ("reject", "wrong facts")),
    (("Space",), ("skip", None)),
    (("KeyR", "Digit1"), ("swap", None)),
    (("KeyE", "KeyA", "Control+Enter"), ("edit", None)),
    (("KeyX", "KeyC", "KeyS", "Enter", "Digit1"), ("reject", "not parallel")),
]


@pytest.mark.parametrize(("codes", "said"), KEYS, ids=lambda value: str(value[0]))
def test_keys_judge_by_their_place_and_the_notebook_hears_nothing(cell, codes, said):
    item = cell.shown
    cell.root.focus()
    cell.strike(*codes)
    cell.moved_on(item)
    assert cell.mine(item) == said
    assert cell.page.evaluate("window.heard") == []
    assert cell.page.evaluate("document.activeElement.className") == "align-review", "the next key finds the widget"


def test_keys_elsewhere_are_the_notebooks(cell):
    item = cell.shown
    cell.page.locator("#own").focus()
    cell.strike("KeyA", "Space", "KeyX", "Digit1")
    assert cell.page.locator("#own").input_value() == 'ф ч"'
    assert cell.shown == item and cell.store.progress("Ana").mine == 0
    assert set(cell.page.evaluate("window.heard")) == {"KeyA", "Space", "KeyX", "Digit1"}


def test_keys_are_letters_in_a_field_and_leak_from_there_no_more(cell):
    item = cell.shown
    cell.root.focus()
    cell.strike("KeyE", "KeyA", "KeyS", "Space", "KeyX", "Digit1")
    assert "фы ч" in cell.root.locator(".panel:not([hidden]) [name=target_text]").input_value()
    cell.page.keyboard.press("Escape")
    assert cell.shown == item and cell.mine(item) is None
    cell.strike("KeyA")
    cell.moved_on(item)
    assert cell.page.evaluate("window.heard") == []


def test_a_view_that_was_taken_away_listens_no_more(cell):
    item = cell.shown
    cell.page.evaluate("window.remove()")
    cell.root.focus()
    cell.strike("KeyA")
    assert cell.page.evaluate("window.heard") and cell.mine(item) is None


def test_the_card_shows_context_evidence_and_runners_up_in_the_pages_colours(cell):
    item = next(
        view
        for row in cell.store.browse(Filter(order="probability"), "Ana").rows
        for view in [cell.store.item(row.id, "Ana")]
        if view.runners_up and view.evidence.facts and view.evidence.words and view.source_document.before
    )
    while cell.shown != item.id:
        before = cell.shown
        cell.press("Next")
        cell.moved_on(before)
    assert cell.root.locator(".source .sentence").inner_text() == item.source_text
    assert cell.root.locator(".source .before p").all_inner_texts()[-1] == item.source_document.before[-1].text
    assert cell.root.locator(".neighbours li").count() == len(item.runners_up)
    assert cell.root.locator(".sentence .f").count() and cell.root.locator(".sentence .w").count()
    matched = "getComputedStyle(document.querySelector('.align-review .sign')).fontWeight"
    assert cell.page.evaluate(matched) == "600", "the page's style sheet holds inside the widget"
    colour = "(where) => getComputedStyle(document.querySelector(where)).getPropertyValue('--matched')"
    assert cell.page.evaluate(colour, ".align-review") and not cell.page.evaluate(colour, "body")
    assert cell.page.evaluate("getComputedStyle(document.querySelector('#own')).fontFamily") == "monospace", (
        "not outside"
    )
    word = cell.root.locator(".source .sentence [data-k]").first
    word.hover()
    number = word.get_attribute("data-k").split()[0]
    assert cell.root.locator(f".target .sentence [data-k~='{number}'].lit").count() >= 1


def test_swap_shows_its_ripple_and_is_undone_as_one(cell, crowded):
    def probabilities():
        return {row.id: row.probability for row in cell.store.browse(Filter(), "Ana", limit=500).rows}

    before = probabilities()
    item = crowded(cell.store)
    while (shown := cell.shown) != item:
        cell.press("Next")
        cell.moved_on(shown)
    cell.press("Swap")
    cell.root.locator(".choice:visible").first.click()
    cell.moved_on(item)
    cell.root.locator(".rescored details, .rescored p:has-text('keep')").first.wait_for(timeout=120_000)
    changed = {name for name, value in probabilities().items() if before.get(name) != value}
    assert changed and cell.root.locator(".rescored tr").count() >= 1
    cell.root.locator(".status").get_by_role("button", name="Undo").click()
    cell.page.wait_for_function(f"item => {ON_SCREEN} === item", arg=item)
    assert probabilities() == before


def test_a_counterpart_is_found_by_meaning(cell):
    item = cell.shown
    cell.press("Swap")
    field = cell.root.get_by_role("searchbox")
    field.fill("presidential election in June")
    field.press("Enter")
    found = cell.root.locator("[aria-live] .choice")
    found.first.wait_for(timeout=30_000)
    assert "election" in found.first.inner_text()
    found.last.click()
    cell.moved_on(item)
    assert cell.mine(item) == ("swap", None)


def test_a_stale_verdict_shows_both_versions(cell):
    item = cell.shown
    version = cell.store.item(item, "Ana").version
    cell.store.decide(Decision("other-tab", item, "Ana", "reject", version, reason="bad text"))
    cell.press("Accept")
    notice = cell.root.locator(".notice")
    notice.get_by_text("Not saved").wait_for()
    assert "bad text" in notice.inner_text() and "Accepted" in notice.inner_text()
    assert cell.mine(item) == ("reject", "bad text") and cell.shown == item
    cell.press("Save mine all the same")
    cell.moved_on(item)
    assert cell.mine(item) == ("accept", None)


def test_edit_trim_merge_and_a_refusal(cell):
    item = cell.shown
    text = cell.store.item(item, "Ana").target_text
    cell.press("Trim")
    cell.root.locator(".panel:not([hidden]) [name=target_text]").fill("something else")
    cell.press("Keep the shared clause")
    cell.root.get_by_text("must be one piece").wait_for()
    cell.root.locator(".panel:not([hidden]) [name=target_text]").fill(text[:12])
    cell.press("Keep the shared clause")
    cell.moved_on(item)
    assert cell.store.item(item, "Ana").target_text == text[:12].strip()
    second = cell.shown
    cell.press("Merge")
    cell.root.locator(".choice:visible").first.click()
    cell.moved_on(second)
    assert cell.mine(second) == ("merge", None)
    third = cell.shown
    cell.press("Edit")
    cell.root.locator(".panel:not([hidden]) [name=target_text]").fill("An edited text.")
    cell.press("Save the edit")
    cell.moved_on(third)
    assert cell.store.item(third, "Ana").target_text == "An edited text."


def test_verdicts_are_saved_one_after_the_other_on_every_path(cell):
    """After a conflict, an undo, a draft of one's own and a swap, the next verdict is saved as well."""
    item = cell.shown
    version = cell.store.item(item, "Ana").version
    cell.store.decide(Decision("other-tab", item, "Ana", "partial", version))
    cell.root.focus()
    cell.strike("KeyA")
    cell.press("Save mine all the same")
    cell.moved_on(item)
    second = cell.shown
    cell.root.focus()
    cell.strike("KeyS")
    cell.moved_on(second)
    cell.strike("KeyZ")
    cell.page.wait_for_function(f"item => {ON_SCREEN} === item", arg=second)
    cell.strike("KeyX", "Digit2")
    cell.moved_on(second)
    assert (cell.mine(item), cell.mine(second)) == (("accept", None), ("reject", "wrong facts"))
    before = cell.shown
    cell.root.get_by_role("button", name="Unmatched Kazakh").click()
    cell.moved_on(before)
    for number in range(2):
        item = cell.shown
        cell.root.locator(".composer textarea").fill(f"Translation {number}.")
        cell.press_save()
        cell.moved_on(item)
        assert cell.mine(item) == ("post_edit", None)


def test_what_was_typed_is_there_again_in_this_sitting(cell):
    item = cell.shown
    cell.root.focus()
    cell.strike("KeyE", "KeyA")
    typed = cell.root.locator(".panel:not([hidden]) [name=target_text]").input_value()
    cell.page.keyboard.press("Escape")
    cell.strike("KeyJ")
    cell.moved_on(item)
    cell.strike("KeyK")
    cell.page.wait_for_function(f"item => {ON_SCREEN} === item", arg=item)
    cell.strike("KeyE")
    assert cell.root.locator(".panel:not([hidden]) [name=target_text]").input_value() == typed
    assert typed.endswith("ф") or typed.startswith("ф")


def test_flag_back_and_next_judge_nothing(cell):
    first = cell.shown
    cell.press("Flag")
    cell.root.get_by_text("Flagged", exact=True).wait_for()
    cell.press("Next")
    cell.moved_on(first)
    second = cell.shown
    cell.press("Back")
    cell.moved_on(second)
    assert cell.shown == first and cell.store.item(first, "Ana").flagged
    cell.press("Next")
    cell.moved_on(first)
    assert cell.shown == second and cell.store.progress("Ana").mine == 0


def test_the_gloss_is_folded_and_made_only_when_it_is_unfolded(cell):
    assert "election" not in cell.root.locator("details.draft").inner_text()
    first = cell.store.browse(Filter(text="сайлауы"), "Ana").rows[0].id
    while cell.shown != first:
        before = cell.shown
        cell.press("Next")
        cell.moved_on(before)
    cell.press("Draft")
    gloss = cell.root.locator("details.draft blockquote")
    gloss.wait_for(timeout=30_000)
    assert "election" in gloss.inner_text() and cell.store.progress("Ana").mine == 0
    assert "not a person's work" in cell.root.locator("details.draft").inner_text()


def test_an_unmatched_segment_is_post_edited(cell):
    first = cell.shown
    cell.root.get_by_role("button", name="Unmatched Kazakh").click()
    cell.moved_on(first)
    item = cell.shown
    assert cell.store.item(item, "Ana").kind == "unmatched"
    cell.root.locator("textarea").fill("A translation by a person.")
    cell.root.get_by_role("button", name="Save as a pair").click()
    cell.moved_on(item)
    assert cell.mine(item) == ("post_edit", None)
    assert not cell.root.get_by_role("button", name="Accept").count()
    second = cell.shown
    cell.press("No counterpart")
    cell.moved_on(second)
    assert cell.mine(second) == ("no_counterpart", None)


def test_a_script_in_a_document_is_text(cell):
    rows = cell.store.browse(Filter(text="Тоқаев", kind=None), "Ana").rows
    item = next(row for row in rows if "<script>" in row.source_text)
    if item.kind == "unmatched":
        cell.root.get_by_role("button", name="Unmatched Kazakh").click()
    for _ in range(200):
        before = cell.shown
        if before == item.id:
            break
        cell.press("Next")
        cell.moved_on(before)
    assert "<script>" in cell.root.locator(".source .sentence").inner_text()
    assert cell.page.evaluate("window.hacked") is None and cell.root.locator("script").count() == 0


def test_a_kernel_that_is_busy_is_said_and_nothing_is_sent_twice(cell):
    item = cell.shown
    cell.page.clock.install()
    cell.page.evaluate(
        "() => { const kernel = window.kernel; window.sent = [];"
        " window.kernel = (content) => new Promise((done) => {"
        " window.sent.push(content); window.release = () => kernel(content).then(done); }); }"
    )
    cell.press("Accept")
    cell.press("Accept")
    cell.page.clock.fast_forward(5000)
    assert "Waiting for the kernel" in cell.root.get_by_role("status").inner_text()
    assert cell.page.evaluate("window.sent.length") == 1 and cell.mine(item) is None
    cell.page.evaluate("window.release()")
    cell.moved_on(item)
    assert cell.root.get_by_role("status").inner_text().startswith("Accepted")
    assert cell.mine(item) == ("accept", None)


def test_no_button_moves_when_the_next_pair_or_a_panel_comes(cell):
    places = []
    for name in ("Accept", "Reject", "boilerplate", "Flag", "Skip"):
        box = cell.root.locator(".bar").bounding_box()
        places.append((box["x"], box["y"], cell.root.locator(".source .sentence").bounding_box()["y"]))
        cell.press(name)
        cell.page.wait_for_timeout(150)
    assert len(set(places)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(cell, scheme, axe_faults):
    cell.page.emulate_media(color_scheme=scheme)
    for name in ("Reject", "Edit", "Swap", "Merge", "Help", "Unmatched"):
        cell.root.get_by_role("button", name=name).first.click()
        impacts = ("minor", "moderate", "serious", "critical", None)
        assert not axe_faults(cell.page, context=".align-review", impacts=impacts), name
        if name == "Help":
            cell.page.keyboard.press("Escape")
