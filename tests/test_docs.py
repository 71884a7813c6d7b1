"""The documentation covers what the package offers; the snippets are run elsewhere."""

import re
from pathlib import Path

import align

DOCS = Path(__file__).parents[1] / "docs"


def test_the_api_page_lists_the_public_names():
    named = re.findall(r"^::: align\.(\w+)$", (DOCS / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(set(align.__all__) - {"__version__"})
