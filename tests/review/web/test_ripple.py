"""The ripple of a rejection in a real browser: nobody waits for it."""

import threading

from align.review.records import Rescoring
from align.review.store import Store


def test_a_rescoring_under_way_delays_no_verdict(monkeypatch, tmp_path, runs, serve, browser, press):
    begun, may_end = threading.Event(), threading.Event()

    def slow(_store, event):
        begun.set()
        assert may_end.wait(120)
        return Rescoring(event, ())

    monkeypatch.setattr(Store, "rescore", slow)
    runs[1](tmp_path / "run")
    with serve(tmp_path / "run", double=0.0) as site:
        context = browser.new_context(base_url=site.url)
        held = {cookie.name: cookie.value for cookie in site.client(name="Ana").cookies.jar}
        context.add_cookies([{"name": each, "value": value, "url": site.url} for each, value in held.items()])
        page = context.new_page()
        page.goto("/")
        try:
            for number, keys in enumerate(("X1", "A", "X2", "S", "X1", "A"), 1):
                shown = page.locator("[data-part=pair] [data-item]").get_attribute("data-item")
                press(page, *keys)
                page.locator(f'[data-part=pair] [data-item="{shown}"]').wait_for(state="detached")
                assert begun.wait(60), "a pause after the first rejection lets its documents be judged again"
                assert len(site.store.history("Ana")) == number
        finally:
            may_end.set()
        assert page.locator(".rescored").count() == 0, "where nothing changed, nothing is said"
        context.close()
