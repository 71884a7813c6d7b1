"""Eight faults in documents of 30 segments put right by keyboard: in the whole documents, and pair by pair."""

import json

import pytest

from align.storage.sealed import seal

KK = [f"{number}-сөйлем тұрғын үй құрылысына бөлінетін қаржы туралы" for number in range(30)]
EN = [f"Sentence {number} is about the money for the building of homes" for number in range(30)]
MISSING = (4, 12, 13)
WRONG = {7: (9, 0.6), 9: (7, 0.6), 17: (18, 0.95), 18: (19, 0.95), 19: (17, 0.95)}
"""English rows of wrong links, and their probabilities: of two of them the run is unsure."""

BY_ARROWS = [
    *("O", "Enter"),
    *("O", "ArrowRight", "K", "K", "Enter"),
    *("O", "ArrowRight", "J", "J", "Enter"),
    *("O", "Enter", "O", "Enter"),
    *("J", "J", "J", "J", "ArrowRight", "K", "Enter"),
    *("J", "ArrowRight", "K", "Enter"),
    *("J", "ArrowRight", "J", "J", "Enter"),
]
BY_RUNNERS_UP = [
    *("O", "Enter"),
    *("O", "R", "1", "O", "R", "1"),
    *("O", "Enter", "O", "Enter"),
    *("J", "J", "J", "J", "R", "1", "J", "R", "1", "J", "R", "1"),
]
PAIR_BY_PAIR = [
    *("J",) * 6,
    *("R", "1", "J", "J", "R", "1"),
    *("J",) * 6,
    *("R", "1", "J", "R", "1", "J", "R", "1"),
]
SEGMENT_BY_SEGMENT = ["1", "1", "1"]
"""What the missing links need after that, in the queue of segments without a counterpart."""


def write(folder, runs):
    """Write the run; the right partner is everywhere the first that the run names."""
    links = [(KK[row], EN[WRONG.get(row, (row, 0))[0]], WRONG.get(row, (0, 0.95))[1]) for row in range(30)]
    runs[0](
        folder,
        {"kk.txt": ("kk", KK), "en.txt": ("en", EN)},
        [each for row, each in enumerate(links) if row not in MISSING],
    )
    segments = {line["text"]: line for line in lines(folder / "segments.jsonl")}
    for name in ("links.jsonl", "unmatched.jsonl"):
        found = lines(folder / name)
        for line in found:
            text = line["source"][0]["text"] if "source" in line else line["text"]
            if text in KK:
                right = segments[EN[KK.index(text)]]
                near = {"text": right["text"], "probability": 0.2}
                if name == "links.jsonl":
                    line["runners_up"] = [{"target": right["id"], **near}]
                else:
                    line["nearest"] = [{"id": right["id"], **near}]
        (folder / name).write_text(
            "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in found), encoding="utf-8"
        )
    seal(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def opened(tmp_path, runs, serve, browser):
    """Serve the run, and give its store and a page of it."""
    write(tmp_path / "run", runs)
    with serve(tmp_path / "run", double=0.0) as site:
        context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)
        held = {cookie.name: cookie.value for cookie in site.client(name="Ana").cookies.jar}
        context.add_cookies([{"name": each, "value": value, "url": site.url} for each, value in held.items()])
        yield site.store, context.new_page()
        context.close()


def both(store):
    (pair,), _ = store.document_pairs("Ana")
    return store.documents(pair.source, pair.target, "Ana")


def is_right(store):
    return {(link.source, link.target) for link in both(store).links} == {((row,), (row,)) for row in range(30)}


@pytest.mark.parametrize("keys", [BY_ARROWS, BY_RUNNERS_UP], ids=["arrows", "runners-up"])
def test_eight_faults_are_put_right_in_the_whole_documents(keys, opened, press):
    store, page = opened
    shown = both(store)
    page.goto(f"/document/{shown.source.id}/{shown.target.id}")
    page.locator(".bands path").first.wait_for(state="attached")
    for key in keys:
        press(page, key)
        page.wait_for_function("() => !review.changing && !review.later && !review.saving")
    assert is_right(store)
    assert len(keys) == {"arrows": 32, "runners-up": 24}["arrows" if "ArrowRight" in keys else "runners-up"]


def test_the_page_of_a_pair_takes_more_keys(opened, press):
    store, page = opened
    queue = f"/?order=document&document={both(store).source.id}"
    for path, keys in ((queue, PAIR_BY_PAIR), ("/?kind=unmatched&side=source", SEGMENT_BY_SEGMENT)):
        page.goto(path)
        for key in keys:
            before = page.locator("[data-part=pair] [data-item]").get_attribute("data-item")
            press(page, key)
            if key != "R":
                page.locator(f'[data-part=pair] [data-item="{before}"]').wait_for(state="detached")
    assert is_right(store)
    assert len(PAIR_BY_PAIR) + len(SEGMENT_BY_SEGMENT) == 29 > len(BY_RUNNERS_UP)
