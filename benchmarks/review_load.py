"""Load on the review: how soon it opens, how soon a verdict is answered, and what a crash loses.

Makes a run of 100,000 links (made-up texts in real files), lets the store take it in, starts the real server, and
lets four reviewers judge at once, each as fast as the next pair comes, with all that a page asks for besides. Then
it is killed (SIGKILL) in the middle of 2,000 verdicts, started again, and every acknowledged one looked up.

    python benchmarks/review_load.py [--links 100000] [--verdicts 2000]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from review_run import make_run

TOKEN = "load-test-token-0123456789"
REVIEWERS = ("Айгүл", "Бауыржан", "Carla", "Dana")
VERDICTS = {"accept": 60, "partial": 12, "reject:not parallel": 10, "skip": 8, "no_counterpart": 4, "edit": 6}

FEWEST = 5
"""A page asks for more pairs when this many or fewer wait in it."""


@dataclass(slots=True)
class Server:
    """The server in a process of its own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Return the seconds from the start of the process to the first page."""
        code = (
            "import sys; from pathlib import Path; from align.review.app import serve; "
            f"serve(Path({str(self.folder)!r}), host='127.0.0.1', port={self.port}, token={TOKEN!r}, note=print)"
        )
        began = time.perf_counter()
        self.process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
        while True:
            try:
                Reviewer(self.port, REVIEWERS[0]).get("/")
                return time.perf_counter() - began
            except (OSError, HTTPException):
                time.sleep(0.005)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@dataclass(slots=True)
class Reviewer:
    """A page with its pairs in waiting, and how long each answer took, in seconds."""

    port: int
    name: str
    waiting: list[tuple[str, str]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    to_next: list[float] = field(default_factory=list)
    rejections: list[float] = field(default_factory=list)
    refills: list[float] = field(default_factory=list)
    rescorings: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    behind: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    connection: HTTPConnection = field(init=False)
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connection.request("GET", f"/?token={TOKEN}")
        response = self.connection.getresponse()
        response.read()
        cookie = (response.getheader("set-cookie") or "").split(";")[0]
        origin = f"http://127.0.0.1:{self.port}"
        self.headers = {
            "Cookie": f"{cookie}; align-reviewer={quote(self.name)}",
            "Origin": origin,
        }

    def get(self, path: str) -> str:
        """Return a page."""
        self.connection.request("GET", path, headers=self.headers)
        return self._answer()[1]

    def ask(self, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Send a message as the page's script does, and return status and answer."""
        headers = self.headers | {"Content-Type": "application/json"}
        self.connection.request("POST", "/do", json.dumps(message), headers)
        status, answer = self._answer()
        return status, json.loads(answer)

    def _answer(self) -> tuple[int, str]:
        response = self.connection.getresponse()
        return response.status, response.read().decode()

    def judge(self, verdicts: int) -> None:
        """Judge pair after pair: the verdict, then what fills the queue again, as the page does it."""
        chance = random.Random(self.name)
        names, weights = list(VERDICTS), list(VERDICTS.values())
        self.waiting = _cards(self.get("/"))
        for _ in range(verdicts):
            if not self.waiting:
                self.waiting = _cards(self.ask({"do": "next"})[1]["parts"]["pair"])
            (item, version), verdict = self.waiting.pop(0), chance.choices(names, weights)[0]
            sent = {"do": "verdict", "item": item, "version": int(version), "verdict": verdict, "id": uuid4().hex}
            if verdict == "edit":
                sent |= {"source_text": "Түзетілген мәтін", "target_text": "An edited text"}
            self._save(sent)
            if len(self.waiting) <= FEWEST:
                have = [each for each, _ in self.waiting]
                began = time.perf_counter()
                self.waiting += _cards(self.ask({"do": "ahead", "have": have})[1]["parts"]["ahead"])
                self.refills.append(time.perf_counter() - began)

    def _save(self, sent: dict[str, Any]) -> None:
        began = time.perf_counter()
        status, answer = self.ask(sent)
        self.to_next.append(time.perf_counter() - began)
        if sent["verdict"].startswith("reject"):
            self.rejections.append(self.to_next[-1])
        if status == 200:
            self.acknowledged.append(sent["id"])
            if answer["rescores"]:
                self.behind.submit(self._rescore, answer["event"])
        else:
            self.refused.append(f"{status} {answer['refused'][:100]}")

    def _rescore(self, event: str) -> None:
        """Have the other pairs rescored, as a page does while its reviewer goes on."""
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = self.headers | {"Content-Type": "application/json"}
        connection.request("POST", "/do", json.dumps({"do": "rescore", "event": event}), headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        self.rescorings.append(time.perf_counter() - began)
        if response.status != 200:
            self.refused.append(f"rescoring {response.status}")


def _cards(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<section class="pair scope" data-item="([^"]+)" data-kind="link" data-version="(\d+)"', page)


def together(reviewers: list[Reviewer], verdicts: int) -> float:
    """Let all reviewers judge at once; return the seconds it took."""
    began = time.perf_counter()
    threads = [threading.Thread(target=_judge, args=(each, verdicts // len(reviewers))) for each in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    for reviewer in reviewers:
        reviewer.behind.shutdown(cancel_futures=True)
    return seconds


def _judge(reviewer: Reviewer, verdicts: int) -> None:
    try:
        reviewer.judge(verdicts)
    except (OSError, HTTPException) as error:
        reviewer.refused.append(f"connection: {type(error).__name__}")


def lost(folder: Path, reviewers: list[Reviewer]) -> int:
    """Return how many acknowledged verdicts the database does not hold."""
    with sqlite3.connect(folder / "workbench.db") as database:
        held = {row[0] for row in database.execute("SELECT id FROM events")}
    return sum(each not in held for reviewer in reviewers for each in reviewer.acknowledged)


def quantile(values: list[float], share: float) -> float:
    """Return a quantile in milliseconds."""
    ranked = sorted(values)
    return round(1000 * ranked[min(int(share * len(ranked)), len(ranked) - 1)], 1)


def take_in(folder: Path, links: int) -> float:
    """Make the run, let the store take it in, and return the seconds that the store took."""
    from align.review.store import Store

    folder.mkdir(parents=True, exist_ok=True)
    make_run(folder, links)
    began = time.perf_counter()
    Store.open(folder).close()
    return time.perf_counter() - began


def measure(folder: Path, links: int, verdicts: int) -> dict[str, object]:
    """Return all figures."""
    from align.review.store import Store

    figures: dict[str, object] = {"links": links}
    began = time.perf_counter()
    Store.open(folder).close()
    figures["opening the store, s"] = round(time.perf_counter() - began, 3)
    server = Server(folder, 8799)
    figures["server: process start to first page, s"] = round(server.start(), 2)
    try:
        began = time.perf_counter()
        Reviewer(server.port, REVIEWERS[0]).get("/")
        figures["opening the page, s"] = round(time.perf_counter() - began, 3)
        figures |= _load(folder, server, verdicts) | _crash(folder, server, verdicts)
    finally:
        server.kill()
    return figures


def _load(folder: Path, server: Server, verdicts: int) -> dict[str, object]:
    reviewers = [Reviewer(server.port, name) for name in REVIEWERS]
    seconds = together(reviewers, verdicts)
    to_next = [each for reviewer in reviewers for each in reviewer.to_next]
    rejections = [each for reviewer in reviewers for each in reviewer.rejections]
    refills = [each for reviewer in reviewers for each in reviewer.refills]
    rescorings = [each for reviewer in reviewers for each in reviewer.rescorings]
    refused = [each for reviewer in reviewers for each in reviewer.refused]
    return {
        "verdicts of 4 reviewers at once": len(to_next),
        "verdicts a second, all together": round(len(to_next) / seconds, 1),
        "verdict to next, p50, ms": quantile(to_next, 0.5),
        "verdict to next, p95, ms": quantile(to_next, 0.95),
        "verdict to next, slowest, ms": quantile(to_next, 1.0),
        "of these rejections, p50, ms": quantile(rejections, 0.5),
        "of these rejections, p95, ms": quantile(rejections, 0.95),
        "fetching three more ahead, p95, ms": quantile(refills, 0.95),
        "rescorings of the other pairs meanwhile": len(rescorings),
        "of these, p95, ms": quantile(rescorings, 0.95),
        "refused (conflict or error)": len(refused),
        "of these `database is locked`": sum("locked" in each for each in refused),
        "acknowledged but not on the disk": lost(folder, reviewers),
    }


def _crash(folder: Path, server: Server, verdicts: int) -> dict[str, object]:
    before = [Reviewer(server.port, name) for name in REVIEWERS]

    def kill_halfway() -> None:
        while sum(len(each.acknowledged) for each in before) < verdicts // 2:
            time.sleep(0.01)
        server.kill()

    killer = threading.Thread(target=kill_halfway)
    killer.start()
    together(before, verdicts)
    killer.join()
    acknowledged = sum(len(each.acknowledged) for each in before)
    gone = lost(folder, before)
    again = server.start()
    with sqlite3.connect(folder / "workbench.db") as database:
        sound = database.execute("PRAGMA integrity_check").fetchone()[0]
    return {
        "kill -9: verdicts acknowledged before it": acknowledged,
        "kill -9: of these lost": gone,
        "kill -9: integrity check": sound,
        "kill -9: start to first page after it, s": round(again, 2),
        "load of the machine in the last minute": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--verdicts", type=int, default=2_000)
    parser.add_argument("--run", type=Path, help="a folder that keeps the run for another time")
    parser.add_argument("--prepare", action="store_true", help="make the run and stop")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.run or Path(temporary)
        if not (folder / "workbench.db").is_file():
            print(f"taking the run in, once: {take_in(folder, arguments.links):.1f} s")
        if not arguments.prepare:
            figures = measure(folder, arguments.links, arguments.verdicts)
    if arguments.prepare:
        return
    print(f"{platform.python_version()}, {os.cpu_count()} cores\n\n| | |\n| --- | ---: |")
    for name, value in figures.items():
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
