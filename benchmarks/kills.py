"""Kill `align mine` with signal 9 at ten moments, let it go on, and compare the bytes with those of a run left alone.

    python benchmarks/kills.py KK.txt EN.txt [--engine local] [--workers 2] [--shard-size 256] [--kills 10]

Prints a line of JSON for each kill: the second of the kill, how many finished shards the next run found, and whether
its pairs are the same to the byte. Ends with status 1 where one differs. `benchmarks/scale.py` makes lines for it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def mined(arguments: argparse.Namespace, out: Path) -> list[str]:
    """Return the command that mines into a file by an engine."""
    work = [
        "--engine",
        arguments.engine,
        "--workers",
        str(arguments.workers),
        "--shard-size",
        str(arguments.shard_size),
    ]
    sides = [str(arguments.kk), str(arguments.en)]
    return [sys.executable, "-m", "align", "mine", *sides, "--out", str(out), *work]


def killed(command: list[str], seconds: float) -> None:
    """Run a command and kill it after so many seconds."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> int:
    """Kill, go on, compare, and return the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kk", type=Path)
    parser.add_argument("en", type=Path)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shard-size", type=int, default=256)
    parser.add_argument("--kills", type=int, default=10)
    arguments = parser.parse_args()
    same = True
    with tempfile.TemporaryDirectory() as folder:
        alone, out = Path(folder) / "alone.jsonl", Path(folder) / "pairs.jsonl"
        begun = time.perf_counter()
        subprocess.run(mined(arguments, alone), check=True, stderr=subprocess.DEVNULL)
        whole = time.perf_counter() - begun
        for number in range(arguments.kills):
            moment = whole * (number + 1) / (arguments.kills + 1)
            killed(mined(arguments, out), moment)
            found = len(list(Path(folder).rglob("*.shard")))
            subprocess.run(mined(arguments, out), check=True, stderr=subprocess.DEVNULL)
            equal = out.read_bytes() == alone.read_bytes()
            left = len(list(Path(folder).rglob("*.shard")))
            same = same and equal and not left
            print(json.dumps({"killed_after": round(moment, 1), "of": round(whole, 1), "found": found, "same": equal}))
            out.unlink()
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
