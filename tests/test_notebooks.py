import ast
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
TRAINS = ("04_train_with_it",)
"""Notebooks that train a model, which takes long."""

RUNS = [pytest.param(path, marks=[pytest.mark.slow] if path.stem in TRAINS else [], id=path.stem) for path in NOTEBOOKS]


def test_there_are_notebooks():
    assert NOTEBOOKS


# The notebook client of Jupyter leaves a socket to the garbage collector, which is no fault of the notebook's.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("path", RUNS)
def test_notebook_runs_from_top_to_bottom(path, tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_kept_without_outputs_and_imports_align_and_what_trains_with_it(path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert not any(cell.outputs for cell in cells)
    trees = [node for cell in cells for node in ast.walk(ast.parse(cell.source))]
    imported = {name.name for node in trees if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in trees if isinstance(node, ast.ImportFrom)}
    allowed = {"align", "datasets", "sentence_transformers", "tokenizers"}
    assert {name.split(".")[0] for name in imported} <= allowed | set(sys.stdlib_module_names)
