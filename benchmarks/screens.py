"""Pictures of the review for the docs, and of all its screens for whoever looks at them.

    python benchmarks/screens.py RUN                the four of docs/: a pair, a phone, the documents, the team
    python benchmarks/screens.py RUN --all FOLDER   all screens at 1440, 1024 and 390 pixels, light and dark

Works on a copy of the run, on which three people judge first. Needs chromium, playwright and the extra "review".
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from align.review.app import create_app, policy_for
from align.review.records import Decision
from align.review.store import Store

DOCS = Path(__file__).parent.parent / "docs"
PORT, TOKEN = 18765, "a token of the pictures"
NAMES = ("Айгүл", "Болат", "Saule")
TERMS = "президент\tpresident\nүкімет\tgovernment\nтеңге\ttenge\nсайлау\telection\tpolitics\nминистр\tminister\n"
SCREENS = {
    "pair": ("/", ""),
    "reject": ("/", "x"),
    "edit": ("/", "e"),
    "concordance": ("/", "w"),
    "search": ("/pairs", ""),
    "documents": ("/documents", ""),
    "unmatched": ("/unmatched", ""),
    "adjudicate": ("/adjudicate", ""),
    "agreement": ("/agreement", ""),
    "team": ("/team", ""),
    "precision": ("/precision", ""),
    "start": ("/start", ""),
    "mine": ("/mine", ""),
    "guidelines": ("/guidelines", ""),
    "glossary": ("/glossary", ""),
}


@contextmanager
def served(run: Path) -> Iterator[Store]:
    """Serve a copy of a run on which three people have judged."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(run, Path(place) / "news", ignore=shutil.ignore_patterns("workbench.db*")))
        (folder / "glossary.tsv").write_text(TERMS, encoding="utf-8")
        store = Store.open(folder, double=0.5)
        judge(store)
        server = uvicorn.Server(
            uvicorn.Config(create_app(store, policy_for("127.0.0.1", PORT, TOKEN)), port=PORT, log_level="error")
        )
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield store
        finally:
            server.should_exit = True
            thread.join()
            store.close()


def judge(store: Store) -> None:
    """Let three people judge some pairs each."""
    for person, name in enumerate(NAMES):
        for number, item in enumerate(store.next(name, count=24)):
            verdict: Any = "partial" if number % (3 + person) == 1 else "accept"
            store.decide(Decision(f"{person}-{number}", item.id, name, verdict, item.version))


def opened(browser: Any, width: int, height: int, **settings: Any) -> Any:  # noqa: ANN401  (playwright's own types)
    """Return a page of a reviewer."""
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{PORT}",
        viewport={"width": width, "height": height},
        bypass_csp=True,
        **settings,
    )
    page = context.new_page()
    page.goto(f"/?token={TOKEN}")
    page.get_by_label("Your name").fill(NAMES[0])
    page.get_by_role("button", name="Begin").click()
    again = page.get_by_role("button", name=f"Continue as {NAMES[0]}")
    page.wait_for_load_state()
    if again.count():
        again.click()
    return page


def picture(page: Any, path: str, key: str, place: Path) -> None:  # noqa: ANN401
    """Take a picture of a screen at rest."""
    page.goto(path)
    if key:
        page.keyboard.press(key)
    page.wait_for_function("document.getAnimations().every((each) => each.playState === 'finished')")
    page.screenshot(path=place)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--all", type=Path, dest="folder")
    parser.add_argument("--language", default="en")
    parser.add_argument("--only", nargs="*", default=list(SCREENS))
    asked = parser.parse_args()
    with served(asked.run) as store, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        if asked.folder is None:
            for_docs(browser, store)
        else:
            asked.folder.mkdir(parents=True, exist_ok=True)
            everything(browser, asked)
        browser.close()


def for_docs(browser: Any, store: Store) -> None:  # noqa: ANN401
    """Take the four pictures of the docs."""
    page = opened(browser, 1280, 860)
    picture(page, "/", "", DOCS / "review.png")
    picture(page, "/team", "", DOCS / "team.png")
    pairs, _total = store.document_pairs(NAMES[0], limit=1)
    picture(page, f"/document/{pairs[0].source}/{pairs[0].target}", "", DOCS / "review-documents.png")
    picture(opened(browser, 390, 844, device_scale_factor=1), "/", "", DOCS / "review-phone.png")


def everything(browser: Any, asked: argparse.Namespace) -> None:  # noqa: ANN401
    """Take pictures of all screens, at three widths, light and dark."""
    for width, scheme in ((1440, "light"), (1440, "dark"), (1024, "light"), (390, "light"), (390, "dark")):
        page = opened(browser, width, 900 if width > 400 else 844, color_scheme=scheme)
        page.context.add_cookies(
            [{"name": "align-language", "value": asked.language, "url": f"http://127.0.0.1:{PORT}"}]
        )
        for name in asked.only:
            picture(page, *SCREENS[name], asked.folder / f"{name}-{width}-{scheme}.png")


if __name__ == "__main__":
    main()
