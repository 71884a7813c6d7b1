"""The pages in a real browser, under a Kazakh keyboard: letters are Cyrillic, and the digits' row types letters."""

import os

import pytest

from align.review.records import Decision, Filter

TYPED = {
    **dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "йцукенгшщзфывапролдячсмить", strict=True)),
    **dict(zip("123456", '"әіңғ,', strict=True)),
}
CONTROL = 2


def strike(page, *keys):
    """Press keys as a Kazakh keyboard does: `code` is the place, `key` what is typed there."""
    # A key that is struck before the page has loaded is heard by nobody.
    page.wait_for_load_state()
    session = page.context.new_cdp_session(page)
    for key in keys:
        name, _, control = key.rpartition("+")[::-1]
        code = f"Digit{name}" if name.isdigit() else f"Key{name}" if len(name) == 1 else name
        typed = {"Space": " ", "Enter": "\r", "Slash": "."}.get(name, TYPED.get(name, name))
        event = {"code": code, "key": "Enter" if name == "Enter" else typed, "modifiers": CONTROL if control else 0}
        if len(typed) == 1 and not control:
            event["text"] = typed
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
    session.detach()


ON_SCREEN = """document.querySelector('[data-part="pair"] [data-item]')?.dataset.item"""


def shown(page):
    return page.locator("[data-part=pair] [data-item]").get_attribute("data-item")


def moved_on(page, item):
    """Wait until another pair is on the screen."""
    page.wait_for_function(f"item => {ON_SCREEN} !== item", arg=item)


def came_back(page, item):
    """Wait until a pair is on the screen again."""
    page.wait_for_function(f"item => {ON_SCREEN} === item", arg=item)


def standing(site, item, name="Ana"):
    return site.store.item(item, name).mine


def decide(site, item, name, verdict, **details):
    version = site.store.item(item, name).version
    return site.store.decide(Decision(f"{name}-{verdict}-{item}", item, name, verdict, version, **details))


VERDICTS = [
    (("A",), "accept", None),
    (("S",), "partial", None),
    (("X", "1"), "reject", "not parallel"),
    (("X", "3"), "reject", "bad text"),
    (("X", "6"), "reject", "other"),
    (("N",), "no_counterpart", None),
    (("Space",), "skip", None),
    (("M", "1"), "merge", None),
    (("R", "1"), "swap", None),
]


@pytest.mark.parametrize(("keys", "verdict", "reason"), VERDICTS, ids=lambda value: "".join(value or ""))
def test_key_saves_its_verdict_and_shows_the_next_pair(keys, verdict, reason, site, open_page):
    page = open_page()
    item = shown(page)
    following = page.locator("[data-part=ahead] template").first.get_attribute("data-item")
    strike(page, *keys)
    moved_on(page, item)
    mine = standing(site, item)
    assert (mine.verdict, mine.reason) == (verdict, reason)
    if verdict not in ("merge", "swap"):
        assert shown(page) == following


def test_every_verdict_has_a_button_and_gives_the_keys_back(site, open_page):
    page = open_page()
    names = ["No counterpart", *"Accept Partial Reject Skip Flag Edit Trim Swap Merge Draft Undo Back Next".split()]
    assert all(page.locator(".bar").get_by_role("button", name=name).is_visible() for name in names)
    first = shown(page)
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("button", name="wrong facts").click()
    moved_on(page, first)
    second = shown(page)
    page.get_by_role("button", name="Accept").click()
    moved_on(page, second)
    third = shown(page)
    strike(page, "Space")
    moved_on(page, third)
    given = [standing(site, item) for item in (first, second, third)]
    assert [(mine.verdict, mine.reason) for mine in given] == [
        ("reject", "wrong facts"),
        ("accept", None),
        ("skip", None),
    ]


def test_edit_keeps_the_original(site, open_page):
    page = open_page()
    item = shown(page)
    before = site.store.item(item, "Ana")
    strike(page, "E")
    field = page.locator("[data-panel=edit] [name=target_text]")
    field.fill("An  edited\ntext.")
    strike(page, "Control+Enter")
    moved_on(page, item)
    after = site.store.item(item, "Ana")
    assert after.mine.verdict == "edit"
    assert (after.source_text, after.target_text) == (before.source_text, "An edited text.")
    page.goto(f"/pair/{item}")
    assert before.target_text in page.locator(".target .after").inner_text()


def test_trim_keeps_one_piece_and_refuses_another_text(site, open_page):
    page = open_page()
    item = shown(page)
    whole = site.store.item(item, "Ana").source_text
    field = page.locator("[data-panel=trim] [name=source_text]")
    strike(page, "T")
    field.fill("something else")
    strike(page, "Control+Enter")
    page.get_by_text("must be one piece").wait_for()
    field.fill(whole[5:20])
    strike(page, "Control+Enter")
    moved_on(page, item)
    assert standing(site, item).verdict == "trim"
    assert site.store.item(item, "Ana").source_text == whole[5:20].strip()


def test_keys_are_letters_in_a_text_field(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "E", "A", "S", "Space", "X", "1")
    assert "фы ч" in page.locator("[data-panel=edit] [name=target_text]").input_value()
    page.keyboard.press("Escape")
    assert shown(page) == item and standing(site, item) is None
    strike(page, "A")
    moved_on(page, item)


def test_space_works_the_button_that_has_the_focus(site, open_page):
    page = open_page()
    item = shown(page)
    page.get_by_role("button", name="Partial").focus()
    strike(page, "Space")
    moved_on(page, item)
    assert standing(site, item).verdict == "partial"


def test_key_held_down_gives_one_verdict(site, open_page):
    page = open_page()
    item = shown(page)
    session = page.context.new_cdp_session(page)
    for repeat in range(6):
        event = {"type": "keyDown", "code": "KeyA", "key": "ф", "text": "ф", "autoRepeat": repeat > 0}
        session.send("Input.dispatchKeyEvent", event)
    moved_on(page, item)
    page.wait_for_timeout(200)
    assert site.store.progress("Ana").mine == 1


def test_undo_shows_the_pair_again(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "A")
    moved_on(page, item)
    strike(page, "Z")
    came_back(page, item)
    assert standing(site, item) is None
    assert "Undone" in page.locator("[data-part=status]").inner_text()


def test_flag_stays_on_the_pair(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "F")
    page.get_by_text("Flagged").wait_for()
    assert shown(page) == item and site.store.item(item, "Ana").flagged
    strike(page, "A")
    moved_on(page, item)
    assert standing(site, item).verdict == "accept"


def test_walking_back_and_on_judges_nothing(site, open_page):
    page = open_page()
    first = shown(page)
    strike(page, "J")
    moved_on(page, first)
    second = shown(page)
    strike(page, "K")
    moved_on(page, second)
    assert shown(page) == first
    strike(page, "J")
    moved_on(page, first)
    assert shown(page) == second and site.store.progress("Ana").mine == 0


def probabilities(site):
    return {row.id: row.probability for row in site.store.browse(Filter(), "Ana", limit=500).rows}


def test_swap_shows_its_ripple_and_is_undone_as_one(site, open_page, crowded):
    before = probabilities(site)
    item = crowded(site.store)
    page = open_page(f"/pair/{item}")
    strike(page, "R", "1")
    moved_on(page, item)
    page.locator(".rescored details, .rescored p:has-text('keep')").first.wait_for(timeout=120_000)
    changed = {name: value for name, value in probabilities(site).items() if before.get(name) != value}
    assert len(page.locator(".rescored tr").all()) >= min(len(changed), 1)
    assert changed
    strike(page, "Z")
    came_back(page, item)
    assert probabilities(site) == before


def test_two_reviewers_are_blind_and_a_third_adjudicates(site, open_page):
    item = site.store.next("Ana", count=1)[0].id
    decide(site, item, "Ana", "accept", comment="SECRET")
    ben = open_page(f"/pair/{item}", name="Ben")
    assert "SECRET" not in ben.content()
    strike(ben, "X", "2")
    moved_on(ben, item)
    page = open_page("/adjudicate", name="Carla")
    assert shown(page) == item
    others = page.locator(".dispute").inner_text()
    assert "Ana" in others and "Accepted" in others and "Ben" in others and "wrong facts" in others
    strike(page, "S")
    moved_on(page, item)
    assert site.store.item(item, "Carla").agreed == "partial"
    ben.goto(f"/pair/{item}")
    assert "SECRET" in ben.content()


def test_stale_save_shows_both_versions_and_saves_nothing_until_told(site, open_page):
    page = open_page()
    item = shown(page)
    decide(site, item, "Ana", "reject", reason="bad text")
    strike(page, "A")
    notice = page.locator("[data-part=notice]")
    notice.get_by_text("Not saved").wait_for()
    assert "bad text" in notice.inner_text() and "Accepted" in notice.inner_text()
    assert standing(site, item).verdict == "reject" and shown(page) == item
    page.get_by_role("button", name="Save mine all the same").click()
    moved_on(page, item)
    assert standing(site, item).verdict == "accept" and notice.inner_text() == ""


def test_lost_connection_is_said_and_nothing_advances(site, open_page):
    page = open_page()
    item = shown(page)
    page.context.set_offline(True)
    strike(page, "A")
    page.get_by_text("Not saved").wait_for()
    assert shown(page) == item
    page.context.set_offline(False)
    strike(page, "A")
    moved_on(page, item)
    assert standing(site, item).verdict == "accept"


def test_nothing_moves_when_the_next_pair_comes(open_page):
    page = open_page()
    places = []
    for _ in range(3):
        item = shown(page)
        boxes = [page.locator(where).first.bounding_box() for where in (".sentence", ".bar", ".target .sentence")]
        places.append([(box["x"], box["y"]) for box in boxes])
        strike(page, "A")
        moved_on(page, item)
    assert places[0] == places[1] == places[2]


def test_words_that_correspond_light_up_together(open_page):
    page = open_page("/pairs?order=probability")
    page.locator("tbody a").first.click()
    word = page.locator(".source .sentence [data-k]").first
    word.hover()
    number = word.get_attribute("data-k").split()[0]
    assert page.locator(f".target .sentence [data-k~='{number}'].lit").count() >= 1
    page.mouse.move(0, 0)
    page.locator("summary", has_text="correspond").click()
    page.locator(f".wordlist [data-k='{number}']").focus()
    assert page.locator(f".target .sentence [data-k~='{number}'].lit").count() >= 1


def test_script_in_a_document_does_not_run(site, open_page):
    page = open_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    rows = site.store.browse(Filter(text="Тоқаев", kind=None), "Ana").rows
    for path in [*(f"/pair/{row.id}" for row in rows if "<script>" in row.source_text), "/unmatched", "/pairs"]:
        page.goto(path)
        assert page.evaluate("window.hacked") is None
    assert not complaints, "the policy had nothing to stop"


def test_gloss_stays_folded_until_asked_for(open_page):
    page = open_page("/pairs?text=сайлауы")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/pair/*")
    assert not page.locator(".draft .gloss").is_visible()
    strike(page, "D")
    page.locator(".draft blockquote").wait_for()
    assert "election" in page.locator(".draft").inner_text() and "Word for word" in page.locator(".draft").inner_text()


def test_help_opens_and_tells_the_keys(open_page):
    page = open_page()
    strike(page, "Slash")
    dialog = page.get_by_role("dialog")
    assert "Ctrl+Enter" in dialog.inner_text()
    dialog.get_by_role("button", name="Close").click()
    assert not dialog.is_visible()


def test_token_address_leads_to_the_name_and_the_first_pair(site, browser):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.url}/?token=a+token+of+the+tests")
        page.get_by_label("Your name").fill("Айгүл")
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("heading", name="Welcome, Айгүл").wait_for()
        strike(page, "1")
        page.locator("[data-part=pair] .sentence").first.wait_for()
        assert page.url == f"{site.url}/" and page.get_by_role("link", name="Айгүл").is_visible()


PAGES = ["/", "/pairs", "/unmatched", "/agreement", "/adjudicate", "/precision", "/lost", "/who"]


PANELS = [("/", "X"), ("/", "E"), ("/", "R"), ("/", "Slash")]
LOOKS = {
    "light": [*((path, "") for path in PAGES), *PANELS],
    "dark": [("/", "X"), ("/unmatched", ""), ("/precision", "")],
}


@pytest.mark.parametrize("scheme", LOOKS)
def test_axe_finds_no_serious_fault(scheme, open_page, axe_faults):
    page = open_page("/who", color_scheme=scheme, bypass_csp=True)
    for path, key in LOOKS[scheme]:
        page.goto(path)
        if key:
            strike(page, key)
        assert not axe_faults(page), key


# ---- two saves in a row, on every path by which a verdict is saved


def accept_next(site, page, item):
    """Judge the pair that came after `item`, and say that it was kept."""
    moved_on(page, item)
    second = shown(page)
    strike(page, "A")
    moved_on(page, second)
    assert standing(site, second).verdict == "accept"


def fill_and_save(page, key, panel, text):
    strike(page, key)
    page.locator(f"[data-panel={panel}] [name=target_text]").fill(text)
    strike(page, "Control+Enter")


@pytest.mark.parametrize("verdict", ["edit", "trim", "swap", "merge", "reject", "no_counterpart"])
def test_another_verdict_is_saved_after(verdict, site, open_page):
    page = open_page()
    item = shown(page)
    text = site.store.item(item, "Ana").target_text
    if verdict == "edit":
        fill_and_save(page, "E", "edit", "An edited text.")
    elif verdict == "trim":
        fill_and_save(page, "T", "trim", text[:12])
    else:
        strike(page, *{"swap": "R1", "merge": "M1", "reject": "X2", "no_counterpart": "N"}[verdict])
    accept_next(site, page, item)
    assert standing(site, item).verdict == verdict


def test_another_verdict_is_saved_after_a_conflict_that_was_overruled(site, open_page):
    page = open_page()
    item = shown(page)
    decide(site, item, "Ana", "reject", reason="bad text")
    strike(page, "A")
    page.get_by_role("button", name="Save mine all the same").click()
    accept_next(site, page, item)
    assert standing(site, item).verdict == "accept"


def test_another_verdict_is_saved_after_an_undo_and_another_undo(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "A")
    moved_on(page, item)
    second = shown(page)
    strike(page, "S")
    moved_on(page, second)
    for back in (second, item):
        strike(page, "Z")
        came_back(page, back)
    strike(page, "X", "1")
    accept_next(site, page, item)
    assert standing(site, item).verdict == "reject"


def test_what_is_pressed_while_saving_is_refused_aloud(site, open_page):
    page = open_page()
    item = shown(page)
    held = []
    page.route("**/do", lambda route: held.append(route))
    strike(page, "A")
    page.wait_for_timeout(100)
    strike(page, "S")
    page.get_by_text("not taken").wait_for()
    held[0].continue_()
    moved_on(page, item)
    page.unroute("**/do")
    second = shown(page)
    strike(page, "S")
    moved_on(page, second)
    assert (standing(site, item).verdict, standing(site, second).verdict) == ("accept", "partial")


def test_enter_in_the_note_saves_nothing_and_the_reason_saves_it(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "X", "C", "S", "A", "Enter")
    page.wait_for_timeout(300)
    assert standing(site, item) is None and shown(page) == item
    strike(page, "3")
    moved_on(page, item)
    mine = standing(site, item)
    assert (mine.verdict, mine.reason, mine.comment) == ("reject", "bad text", "ыф")


def test_a_note_left_by_escape_goes_with_no_other_verdict(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "X", "C", "S", "A")
    page.keyboard.press("Escape")
    strike(page, "A")
    moved_on(page, item)
    assert (standing(site, item).verdict, standing(site, item).comment) == ("accept", None)


# ---- what is typed and not saved


def box(page, panel="edit"):
    return page.locator(f"[data-panel={panel}] [name=target_text]")


def leave_by_walking(page, item):
    page.keyboard.press("Escape")
    strike(page, "J")
    moved_on(page, item)
    strike(page, "K")


def leave_by_reloading(page, item):
    page.goto(f"/pair/{item}")


def leave_by_a_dead_server(page, item):
    page.context.set_offline(True)
    strike(page, "Control+Enter")
    page.get_by_text("does not answer").wait_for()
    page.context.set_offline(False)
    page.goto(f"/pair/{item}")


@pytest.mark.parametrize("leave", [leave_by_walking, leave_by_reloading, leave_by_a_dead_server])
def test_what_was_typed_is_there_again(leave, site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "E")
    box(page).fill("Half a thought")
    leave(page, item)
    came_back(page, item)
    strike(page, "E")
    assert box(page).input_value() == "Half a thought" and standing(site, item) is None
    strike(page, "Control+Enter")
    moved_on(page, item)
    assert site.store.item(item, "Ana").target_text == "Half a thought"
    page.goto(f"/pair/{item}")
    assert page.evaluate("Object.keys(localStorage).length") == 0, "what was saved is kept no longer"


def test_what_was_typed_for_one_pair_or_by_one_reviewer_is_not_anothers(site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, "E")
    box(page).fill("Mine alone")
    page.keyboard.press("Escape")
    strike(page, "A")
    moved_on(page, item)
    assert box(page).input_value() == site.store.item(shown(page), "Ana").target_text
    assert "Mine alone" not in page.evaluate("JSON.stringify(localStorage)")


UNSAVED = [
    ("E", "", "is empty"),
    ("E", None, "neither text is changed"),
    ("T", None, "nothing is cut"),
    ("T", "", "must be one piece"),
]


@pytest.mark.parametrize(("key", "text", "said"), UNSAVED)
def test_an_emptied_or_unchanged_box_is_said_and_not_saved(key, text, said, site, open_page):
    page = open_page()
    item = shown(page)
    strike(page, key)
    if text is not None:
        box(page, {"E": "edit", "T": "trim"}[key]).fill(text)
    strike(page, "Control+Enter")
    page.get_by_text(said).wait_for()
    assert shown(page) == item and standing(site, item) is None


ROUND = ["A", "S", "X2", "N", "A", "Space", "R1", "M1", "A", "F"]


COUNT = int(os.environ.get("ALIGN_REVIEW_VERDICTS", "30"))
"""How many verdicts are given in one page; 300 take some minutes."""


@pytest.mark.slow
def test_verdicts_by_keyboard_alone_in_one_page_none_lost(runs, tmp_path, browser, serve):
    count = COUNT
    folder = runs[1](tmp_path / "run", count=count + 40, extra=0)
    with serve(folder, double=0.0) as site:
        context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
        jar = site.client(name="Ana").cookies.jar
        context.add_cookies([{"name": each.name, "value": each.value, "url": site.url} for each in jar])
        page = context.new_page()
        page.goto("/")
        given = [judge_by_keyboard(page, number) for number in range(count)]
        page.wait_for_function("() => !review.saving")
        context.close()
        kept = {item: standing(site, item) for item, _ in given}
    last = dict(given)
    assert len(given) == count and None not in kept.values()
    assert {item: each.verdict for item, each in kept.items()} == last
    assert {"edit", "trim", "reject", "swap", "merge", "skip"} <= set(last.values())
    assert any(each.comment for each in kept.values())


def judge_by_keyboard(page, number):
    """Give one verdict on the pair that is shown, by keys alone; return the item and the verdict."""
    # The next pair is on the screen before the last verdict is kept, and a key struck meanwhile is refused.
    page.wait_for_function("() => !review.saving")
    item = shown(page)
    if number % 25 == 3:
        strike(page, "E")
        if number % 2:
            page.keyboard.press("Shift+Tab")
        page.keyboard.type(f"Edited {number}. ")
        strike(page, "Control+Enter")
        verdict = "edit"
    elif number % 25 == 7:
        strike(page, "T")
        page.keyboard.press("Control+End")
        page.keyboard.press("Backspace")
        page.keyboard.press("Backspace")
        strike(page, "Control+Enter")
        verdict = "trim"
    elif number % 25 == 11:
        strike(page, "X", "C")
        page.keyboard.type(f"note {number}")
        strike(page, "Enter", "4")
        verdict = "reject"
    else:
        names = {"A": "accept", "S": "partial", "X2": "reject", "N": "no_counterpart", "Space": "skip"}
        names |= {"R1": "swap", "M1": "merge", "F": "accept"}
        keys = ROUND[number % len(ROUND)]
        verdict = names[keys]
        strike(page, *([keys] if keys == "Space" else keys))
        if keys == "F":
            page.get_by_text("Flagged", exact=True).wait_for()
            page.wait_for_function("() => !review.saving")
            strike(page, "A")
    moved_on(page, item)
    return item, verdict


def test_one_key_joins_what_a_segment_is_also_linked_with(forked, browser):
    page, site, pairs = forked
    first, second = pairs
    page.goto(f"/pair/{first}")
    assert "also linked with" in page.locator(".also").inner_text()
    strike(page, "B")
    moved_on(page, first)
    made = shown(page)
    view = site.store.item(made, "Ana")
    assert (view.origin, len(view.source), len(view.target), view.mine.verdict) == ("merged", 1, 2, "accept")
    assert standing(site, second).verdict == "merge"
    strike(page, "M", "1")
    moved_on(page, made)
    assert standing(site, made).verdict == "merge", "what was joined can be widened again"
    strike(page, "Z")
    came_back(page, made)
    strike(page, "Z")
    came_back(page, first)
    assert standing(site, first) is None and standing(site, second) is None


@pytest.fixture
def forked(browser, serve, runs, tmp_path):
    """Open a page on a run in which a Kazakh sentence is linked with two English ones."""
    kk, en = ["Бірінші сөйлем", "Екінші сөйлем"], ["First sentence", "Second sentence", "Third sentence"]
    documents = {"kk.txt": ("kk", kk), "en.txt": ("en", en)}
    runs[0](tmp_path / "forked", documents, [(kk[0], en[0], 0.95), (kk[0], en[1], 0.93)])
    with serve(tmp_path / "forked") as site:
        context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
        held = {cookie.name: cookie.value for cookie in site.client(name="Ana").cookies.jar}
        context.add_cookies([{"name": each, "value": value, "url": site.url} for each, value in held.items()])
        rows = site.store.browse(Filter(order="probability"), "Ana").rows
        yield (
            context.new_page(),
            site,
            sorted((row.id for row in rows), key=lambda item: -site.store.item(item, "Ana").probability),
        )
        context.close()
