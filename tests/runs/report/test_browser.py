import re
import shutil
import subprocess

import pytest

from align.runs.report import render

CHROMIUM = shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET = ["--disable-background-networking", "--disable-component-update"]


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on the PATH")
def test_curves_are_drawn_in_a_browser(alignment, tmp_path):
    page = tmp_path / "report.html"
    page.write_text(render(alignment), encoding="utf-8")
    command = [CHROMIUM, *FLAGS, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()]
    dom = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()
    drawn = re.search(r'<svg class="curves".*?</svg>', dom, re.DOTALL).group()
    keys = re.findall(r'<path[^>]*data-k="(\d+)"[^>]* d="M[-\d.]+ [-\d.]+C', drawn)
    assert sorted(keys) == ["1", "2", "3"]
