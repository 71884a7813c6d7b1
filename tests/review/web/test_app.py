"""The server as a process: its address, its end, and what it has acknowledged when it is killed."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from align.errors import AlignError
from align.review.page.cards import card
from align.review.records import Decision
from align.review.store import Store
from align.review.web.rescoring import RescoreProcess

SERVE = "import sys; from pathlib import Path; from align.review.app import serve; import functools\n"
SERVE += "serve(Path(sys.argv[1]), host='127.0.0.1', port=0, token=None, note=functools.partial(print, flush=True))"


@pytest.fixture
def server(finished_run, tmp_path):
    """Start the server in a process of its own; gives the process, its address with the token, and its folder."""
    folder = shutil.copytree(finished_run, tmp_path / "run")
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(folder)], stdout=subprocess.PIPE, text=True)
    address = re.search(r"http://\S+", process.stdout.readline()).group()
    yield process, address, folder
    process.kill()
    process.communicate()


@contextmanager
def let_in(address):
    base, _, _ = address.partition("/?")
    with httpx.Client(base_url=base, headers={"Origin": base}, timeout=90) as client:
        assert client.get(address).status_code == 200
        client.post("/who", data={"reviewer": "Ana"})
        yield client


def test_interrupt_ends_the_server_well(server):
    process, address, _ = server
    with let_in(address) as client:
        assert client.get("/").status_code == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(20) in (0, -signal.SIGINT)


def test_kill_loses_no_acknowledged_verdict_and_leaves_no_process(server):
    process, address, folder = server
    acknowledged = []
    with let_in(address) as client:
        page = client.get("/").text
        waiting = re.findall(r'data-item="(\w+)" data-kind="link" data-version="(\d+)"', page)
        for number, (item, version) in enumerate(dict(waiting).items()):
            verdict = "reject:not parallel" if number == 0 else "accept"
            sent = {"do": "verdict", "item": item, "version": int(version), "verdict": verdict, "id": f"sent-{number}"}
            answer = client.post("/do", json=sent)
            acknowledged += [item] * (answer.status_code == 200)
            if answer.json()["rescores"]:
                assert client.post("/do", json={"do": "rescore", "event": answer.json()["event"]}).status_code == 200
    children = subprocess.run(["ps", "--ppid", str(process.pid), "-o", "pid="], capture_output=True, text=True)
    process.kill()
    process.wait()
    store = Store.open(folder)
    assert len(acknowledged) > 4 and all(store.item(item, "Ana").mine for item in acknowledged)
    store.close()
    workers = [int(line) for line in children.stdout.split()]
    assert workers
    deadline = time.monotonic() + 20
    while any(map(running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(running, workers))


def running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_rescoring_process_says_what_the_store_would(finished_run, tmp_path):
    folder = shutil.copytree(finished_run, tmp_path / "run")
    store = Store.open(folder)
    rescoring = RescoreProcess(store)
    item = store.next("Ana", count=1)[0]
    saved = store.decide(Decision("one", item.id, "Ana", "reject", item.version, reason="other"))
    found = rescoring.rescore(saved.event)
    assert found == store.rescore(saved.event)
    rescoring.close()
    store.close()


def test_edited_text_has_no_marks_and_keeps_its_original(finished_run, tmp_path):
    store = Store.open(shutil.copytree(finished_run, tmp_path / "run"))
    item = next(each for each in store.next("Ana", count=6) if each.evidence.words)
    assert card(item).words
    store.decide(Decision("one", item.id, "Ana", "edit", item.version, target_text="Edited."))
    edited = card(store.item(item.id, "Ana"))
    assert not edited.words and not edited.facts
    assert (edited.columns[1].text, edited.columns[1].original) == ("Edited.", item.target_text)
    store.close()


def test_rescoring_goes_on_after_its_process_was_killed(finished_run, tmp_path):
    folder = shutil.copytree(finished_run, tmp_path / "run")
    store = Store.open(folder)
    rescoring = RescoreProcess(store)
    item = store.next("Ana", count=1)[0]
    saved = store.decide(Decision("one", item.id, "Ana", "reject", item.version, reason="other"))
    found = rescoring.rescore(saved.event)
    for process in rescoring._pool._processes.values():
        process.kill()
        process.join()
    with pytest.raises(AlignError, match="the verdict is kept"):
        for _ in range(100):
            rescoring.rescore(saved.event)
    assert rescoring.rescore(saved.event) == found
    rescoring.close()
    store.close()
