import hashlib
import re
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"


def test_seeds_have_the_hashes_of_their_sources():
    stated = dict(re.findall(r"`(\S+\.txt)`.*?`([0-9a-f]{64})`", (SEEDS / "SOURCES.md").read_text(encoding="utf-8")))
    actual = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}
    assert stated == actual and len(actual) == 5
