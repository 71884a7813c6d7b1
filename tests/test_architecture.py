import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "align"

# A module may import its own layer and those above it in this table, never one below.
LAYERS = [
    {"errors", "types", "ports", "registry", "settings", "models", "storage"},
    {"text", "facts"},
    {"search.exact", "search.margin", "search.candidates", "verify", "evaluate.metrics", "evaluate.reliability"},
    {"corpus", "encode", "search", "explain", "evaluate", "train", "translate"},
    {"models.catalogue", "runs", "pipeline"},
    {"review"},
    {"export", "review.app", "review.web", "review.widget"},
    {"cli", "__main__", "__init__"},
]


def _layer(module):
    parts = module.split(".")[1:] or ["__init__"]
    for length in (2, 1):
        for number, names in enumerate(LAYERS):
            if ".".join(parts[:length]) in names:
                return number
    raise AssertionError(f"{module} stands in no layer: put it into LAYERS")


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("align"):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("align"))


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_module_imports_no_later_layer(path):
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    own = ".".join(part for part in parts if part != "__init__")
    late = [module for module in _imports(path) if _layer(module) > _layer(own)]
    assert not late, f"{own} imports {late}"


@pytest.mark.parametrize("arguments", [["-c", "import align"], ["-m", "align", "--help"]], ids=["import", "help"])
def test_start_loads_no_heavy_library(arguments):
    finished = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True
    )
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in finished.stderr.splitlines()}
    assert "align" in loaded
    assert not loaded & {"torch", "faiss", "transformers", "datasets", "sentence_transformers", "pandas", "babel"}


def test_functions_keep_the_house_sizes():
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 300, f"{path} is too long a file"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 50, f"{path}: {node.name} is {length} lines"
