"""Make docs/notebook.png: ten pairs judged in a real JupyterLab, by the buttons that a newcomer would press.

It needs Debian's chromium and fonts-noto-core, and `pip install jupyterlab pillow`; run it as
`python benchmarks/notebook_picture.py`. It prints how long each verdict took until the next pair stood there.
"""

import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PORT = 8798
ADDRESS = f"http://127.0.0.1:{PORT}"
CELLS = ['import align\n\nrun = align.run("seeds", out="runs/first")\nrun', 'run.review(reviewer="Ana")']
BUTTONS = ["Accept", "Accept", "Partial", "Accept", "No counterpart", "Accept", "Partial", "Accept", "Accept", "Accept"]
QUIET = "--LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate".split()


def notebook() -> str:
    """Return the notebook of two cells, as Jupyter keeps it."""
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": text, "outputs": [], "execution_count": None}
        for n, text in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def answering() -> None:
    """Wait for the server, a minute at most."""
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{ADDRESS}/api").close()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("JupyterLab does not answer: pip install jupyterlab")


def judge(page: Page) -> None:
    """Press a button for each of ten pairs, and print the seconds until the next one is there."""
    for name in BUTTONS:
        before = page.locator("[data-item]").first.get_attribute("data-item")
        begun = time.monotonic()
        page.get_by_role("button", name=name).first.click()
        page.wait_for_function("old => document.querySelector('[data-item]').dataset.item !== old", arg=before)
        print(f"{name}: {time.monotonic() - begun:.2f} s")


def draw() -> None:
    """Open the notebook, run its cells, judge, and take the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 820})
        page.goto(f"{ADDRESS}/doc/tree/ten.ipynb?reset", timeout=120_000)
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=120_000)
        select = page.get_by_role("button", name="Select", exact=True)
        page.wait_for_timeout(5000)
        if select.is_visible():
            # Where several kernels are installed, JupyterLab asks for one.
            select.click()
            page.wait_for_timeout(3000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.get_by_role("button", name="Accept").first.wait_for(timeout=120_000)
        judge(page)
        page.locator(".jp-CodeCell").nth(1).scroll_into_view_if_needed()
        # Sixty-four colours show all that the page has, in half the bytes.
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(64)
        picture.save(ROOT / "docs" / "notebook.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ten.ipynb").write_text(notebook(), encoding="utf-8")
        shutil.copytree(ROOT / "seeds", Path(folder, "seeds"))
        line = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port", str(PORT), *QUIET]
        unlocked = [
            "--IdentityProvider.token=",
            "--LabApp.expose_app_in_browser=True",
            f"--ServerApp.root_dir={folder}",
        ]
        server = subprocess.Popen([*line, *unlocked], stderr=subprocess.DEVNULL)
        try:
            answering()
            draw()
        finally:
            server.terminate()
            server.wait()
