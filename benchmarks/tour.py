"""Make docs/tour.webp, the README's picture in motion, from real screens: run, report, review.

It needs Debian's chromium and fonts-noto-core, and `pip install pillow`; run it as `python benchmarks/tour.py` after
`make demo-news`. The terminal is what `align` prints there, set in HTML by Rich; report and review are the real pages.
"""

import io
import os
import pty
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.text import Text

OUT = Path(__file__).parents[1] / "docs" / "tour.webp"
RUN = Path("out/demo-news")
SIZE = {"width": 960, "height": 600}
PORT = 8799
LINES = [
    "align run out/news --out out/demo-news -q",
    "align run out/news --out out/demo-news",
    "align score comparable examples/news out/demo-news",
]


def printed(line: str) -> str:
    """Return what a line prints on a terminal of 110 columns."""
    main, other = pty.openpty()
    env = {**os.environ, "COLUMNS": "110", "LINES": "40", "TERM": "xterm-256color"}
    program = Path(sys.executable).parent / "align"
    child = subprocess.Popen([program, *line.split()[1:]], stdout=other, stderr=subprocess.STDOUT, env=env)
    os.close(other)
    told = b""
    try:
        while part := os.read(main, 65536):
            told += part
    except OSError:
        pass  # The terminal is closed when the program ends.
    child.wait()
    return told.decode("utf-8", "replace").replace("\r", "")


def terminal(page: Page, line: str) -> bytes:
    """Return a picture of a terminal that has just run a line."""
    console = Console(record=True, width=110, file=io.StringIO())
    console.print(Text(f"$ {line}", style="bold"))
    console.print(Text.from_ansi("\n".join(printed(line).splitlines()[:34])))
    html = console.export_html(
        code_format=(
            "<style>body{{margin:14px;background:#fff}}{stylesheet}</style>"
            '<pre style="font:12.5px/1.35 DejaVu Sans Mono,Noto Sans Mono,monospace">{code}</pre>'
        )
    )
    page.set_content(html)
    return page.screenshot()


def frames() -> list[bytes]:
    """Return the pictures in their order."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory():
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        found = [terminal(page, line) for line in LINES[1:]]
        page.goto((RUN / "report.html").resolve().as_uri())
        found.append(page.screenshot())
        page.locator(".link").nth(3).scroll_into_view_if_needed()
        page.mouse.wheel(0, 420)
        page.wait_for_timeout(300)
        found.append(page.screenshot())
        program = Path(sys.executable).parent / "align"
        server = subprocess.Popen(
            [program, "review", RUN, "--port", str(PORT), "--token", "tour"], stderr=subprocess.PIPE, text=True
        )
        try:
            assert server.stderr is not None
            address = next(word for line in server.stderr for word in line.split() if word.startswith("http"))
            time.sleep(1)
            page.goto(address)
            page.get_by_label("Your name").fill("anna")
            page.get_by_role("button", name="Begin").click()
            page.wait_for_timeout(2000)
            found.append(page.screenshot())
            page.keyboard.press("a")
            page.wait_for_timeout(1200)
            found.append(page.screenshot())
        finally:
            server.terminate()
            server.wait()
        browser.close()
    return found


def main() -> None:
    """Write the picture."""
    images = [Image.open(io.BytesIO(each)).convert("RGB") for each in frames()]
    images[0].save(OUT, save_all=True, append_images=images[1:], duration=2600, loop=0, quality=60, method=6)
    print(f"{OUT}: {OUT.stat().st_size / 1e3:.0f} kB, {len(images)} screens", file=sys.stderr)


if __name__ == "__main__":
    main()
