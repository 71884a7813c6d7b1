import shutil
import socket
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

pytest.importorskip("fastapi", reason="the extra 'review' is not installed")
uvicorn = pytest.importorskip("uvicorn", reason="the extra 'review' is not installed")

from align.corpus.read import read  # noqa: E402
from align.pipeline.run import align_documents  # noqa: E402
from align.review.app import create_app, policy_for  # noqa: E402
from align.review.records import Filter  # noqa: E402
from align.review.store import Store  # noqa: E402
from align.runs.write import write_run  # noqa: E402
from align.tools import load_tools  # noqa: E402

SEEDS = Path(__file__).parents[3] / "seeds"
TOKEN = "a token of the tests"
SCRIPT = "<script>window.hacked = true</script>"
HOSTILE = {
    "kk.txt": f"{SCRIPT} Қазақстанда сайлау\n\nҚазақстанда президент сайлауы {SCRIPT} 9 маусымда өтеді, деді Тоқаев.\n",
    "en.txt": f"{SCRIPT} Vote\n\nThe presidential election in Kazakhstan {SCRIPT} will be on June 9, Toqaev said.\n",
}


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory):
    """Align the seeds and two documents that hold a script, once."""
    folder = tmp_path_factory.mktemp("run")
    hostile = tmp_path_factory.mktemp("hostile")
    for name, text in HOSTILE.items():
        (hostile / name).write_text(text, encoding="utf-8")
    write_run(align_documents(read(SEEDS, hostile), load_tools(cached=False)), folder)
    return folder


@dataclass
class Site:
    """A server that runs, its store, and clients as browsers would be."""

    url: str
    port: int
    store: Store
    folder: Path
    open_clients: ExitStack

    def client(self, *, name=None, token=TOKEN, **headers):
        """Return a client that has been let in, and has given its name."""
        client = self.open_clients.enter_context(
            httpx.Client(base_url=self.url, headers={"Origin": self.url, **headers})
        )
        if token:
            client.get("/", params={"token": token})
        if name:
            client.post("/who", data={"reviewer": name, "sure": "yes"})
        return client


@contextmanager
def served(folder, *, double=1.0):
    """Serve a run on a free port, in a thread; `double` is the share of pairs that two reviewers judge."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    store = Store.open(folder, double=double)
    app = create_app(store, policy_for("127.0.0.1", port, TOKEN))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        with ExitStack() as clients:
            yield Site(f"http://127.0.0.1:{port}", port, store, folder, clients)
    finally:
        # A test that fails must not leave a thread behind, on which the whole run would wait without end.
        server.should_exit = True
        thread.join()
        listener.close()
        store.close()


@pytest.fixture(scope="session")
def serve():
    """Give the context manager that serves a run."""
    return served


@pytest.fixture(scope="session")
def crowded():
    """Return a function that names a link with rivals, of the two documents that share most: a verdict moves others."""

    def named(store):
        views = [store.item(row.id, "Ana") for row in store.browse(Filter(order="probability"), "Ana").rows]
        pairs = [(view.source_document.id, view.target_document.id) for view in views]
        ranked = sorted(range(len(views)), key=lambda row: (not views[row].runners_up, -pairs.count(pairs[row])))
        return views[ranked[0]].id

    return named


TYPED = {
    **dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "йцукенгшщзфывапролдячсмить", strict=True)),
    **dict(zip("123456", '"әіңғ,', strict=True)),
    **{"Space": " ", "Enter": "\r", "Slash": ".", "BracketLeft": "х", "BracketRight": "ъ"},
}
MODIFIERS = {"Control": 2, "Shift": 8}


@pytest.fixture(scope="session")
def press():
    """Return a function that presses keys as a Kazakh keyboard does, "Shift+J" too: `code` is the place."""

    def pressed(page, *keys):
        # A key that is struck before the page has loaded is heard by nobody.
        page.wait_for_load_state()
        session = page.context.new_cdp_session(page)
        for each in keys:
            *held, name = each.split("+")
            code = f"Digit{name}" if name.isdigit() else f"Key{name}" if len(name) == 1 else name
            typed = TYPED.get(name, name)
            event = {"code": code, "key": "Enter" if name == "Enter" else typed}
            event["modifiers"] = sum(MODIFIERS[modifier] for modifier in held)
            if len(typed) == 1 and "Control" not in held:
                event["text"] = typed
            session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
            session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
        session.detach()

    return pressed


@pytest.fixture(scope="session")
def axe_faults():
    """Return a function that names the faults that axe-core finds on a page at rest, of the impacts one asks for."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    library = axe.Axe()

    def found(page, *, context=None, impacts=("serious", "critical")):
        # A pair fades in: half of the way its colours have too little contrast, for a tenth of a second.
        page.wait_for_function("document.getAnimations().every((each) => each.playState === 'finished')")
        return [
            (page.url, each["id"], [node["html"][:120] for node in each["nodes"]])
            for each in library.run(page, context=context).response["violations"]
            if each["impact"] in impacts
        ]

    return found


@pytest.fixture
def site(finished_run, tmp_path):
    """Serve a fresh copy of the run."""
    with served(shutil.copytree(finished_run, tmp_path / "run")) as running:
        yield running


@pytest.fixture(scope="module")
def still_site(finished_run, tmp_path_factory):
    """Serve one copy to all tests of a module that change nothing."""
    with served(shutil.copytree(finished_run, tmp_path_factory.mktemp("still") / "run")) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    """Start Chromium; without it, or without playwright, the tests that need it are skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not on the PATH")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens a page as a reviewer, each in a browser of their own."""
    contexts = []

    def opened(path="/", *, name="Ana", **settings):
        context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, **settings)
        context.set_default_timeout(30_000)
        contexts.append(context)
        held = {cookie.name: cookie.value for cookie in site.client(name=name).cookies.jar}
        context.add_cookies([{"name": each, "value": value, "url": site.url} for each, value in held.items()])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
