import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "align"

# The order of the house: a module may import its own layer and those before it, never one after it. Each stage is a
# layer of its own, in the order the data travels; a module named by its path stands apart from its folder.
LAYERS = [
    {"errors", "types", "progress", "registry", "wording"},
    {"storage"},
    {"settings", "models", "engines"},
    {"text"},
    {"facts"},
    {"runs.records"},  # How records are written is known before there is a run: memories and readers share it.
    {"corpus"},
    {"ports", "blocks", "sides", "hybrid"},  # A port speaks of sides, and a side is made through a port.
    {"encode"},
    {"models.catalogue"},
    {"search"},
    {"verify"},
    {"monotone", "pairing"},
    {"explain"},
    {"translate"},
    {"evaluate"},
    {"plots"},
    {"train"},
    {"tools"},
    {"runs"},
    {"review"},
    {"review.page"},  # What a page and a notebook share knows neither.
    {"review.app", "review.web", "review.widget"},
    {"export"},
    {"pipeline"},
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
    """Yield what a module imports, at once or on use, and what it names for `import_module` ("align.x.y:Name")."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "align":
            yield from (f"align.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("align."):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("align"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if named := re.fullmatch(r"(align(?:\.\w+)+)(?::\w*)?", node.value):
                yield named[1]


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
        assert len(text.splitlines()) < 400, f"{path} is too long a file"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 50, f"{path}: {node.name} is {length} lines"


# Rooms whose docstrings are gone through; the others follow, until this is the whole tree.
SHORT_FIRST_LINES = (
    "cli",
    "corpus",
    "encode",
    "evaluate",
    "explain",
    "export",
    "facts",
    "models",
    "monotone",
    "pairing",
    "pipeline",
    "review",
    "runs",
    "search",
    "storage",
    "text",
    "train",
    "translate",
    "verify",
)


@pytest.mark.parametrize("room", ["", *SHORT_FIRST_LINES])
def test_first_lines_of_docstrings_are_short(room):
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for path in (ROOT / room).rglob("*.py") if room else ROOT.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            first = ((isinstance(node, documented) and ast.get_docstring(node)) or "").partition("\n")[0]
            assert len(first) <= 90, f"{path}: {first}"


# Names of modules that stand in several rooms, since each is its room's part of the same thing.
ONE_THING = {
    "beads": "the job, its scores and the training of its weights",
    "document_page": "a page, its answers and its routes",
    "errors": "what is raised on purpose, in the house and in the review",
    "features": "what a fitted model sees of its case",
    "mine": "a job and its verb",
    "pair": "a job and its verb",
    "read": "what brings in a room's files",
    "records": "what a run keeps, and what its review keeps",
    "relation": "the model of relations and its training",
    "render": "what makes HTML",
    "review": "a verb and its page",
    "run": "a job and its verb",
    "score": "a job and its verb",
    "statistics": "a review's numbers and their page",
    "tmx": "a format, read and written",
    "weights": "the file of a fitted model's numbers",
    "word_lists": "the lists, kept and made",
    "write": "what puts out a room's files",
}


def _defined(path):
    """Yield a module's public classes and aliases of types, each with what an alias stands for."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, f"class in {path}"
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name) and re.fullmatch(r"[A-Z][a-z]\w*", target.id):
                yield target.id, ast.unparse(node.value)


def test_a_public_name_is_one_class():
    meanings = defaultdict(set)
    for path in ROOT.rglob("*.py"):
        for name, meaning in _defined(path):
            meanings[name].add(meaning)
    assert {name for name, found in meanings.items() if len(found) > 1} == set()


def test_a_name_of_a_module_is_one_thing():
    paths = defaultdict(list)
    for path in ROOT.rglob("[a-z]*.py"):
        paths[path.stem].append(str(path.relative_to(ROOT)))
    assert {name for name, found in paths.items() if len(found) > 1} <= ONE_THING.keys()
