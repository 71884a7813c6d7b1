"""Every snippet of README and docs does what it says, in a folder like a reader's."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from align.cli.main import app
from align.storage.sealed import check_run

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SNIPPET = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDS_MORE = (
    "align review runs/first",  # A server, which has tests of its own.
    "sentence-transformers/LaBSE",
    "facebook/nllb-200-distilled-600M",
    "--translator mine",
    "align score comparable",
    "align recalibrate",  # Needs a hundred decisions.
    "--engine",  # Processes of its own, which have tests of their own.
)
"""What a test can't run offline or at once: of these, the words are parsed, so that every option exists."""


def _snippets():
    for page in PAGES:
        for number, (language, text) in enumerate(SNIPPET.findall(page.read_text(encoding="utf-8")), 1):
            if language in ("python", "bash"):
                yield pytest.param(language, text, id=f"{page.relative_to(ROOT)}-{number}")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Make a folder with all that the pages name: documents, a reviewed run, corpora and gold files."""
    folder = tmp_path_factory.mktemp("reader")
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    for name, files in {"kazakh-news": seeds, "english-news": seeds[:0], "news": seeds, "seeds": seeds}.items():
        (folder / name).mkdir()
        for file in files:
            shutil.copy(file, folder / name)
    (folder / "english-news" / "a.txt").write_text("Pompeo arrived late on February 1.\nThe vote will be held today.\n")
    (folder / "align").symlink_to(ROOT / "align")
    pair = ("Үкімет 2024 жылы жаңа заң қабылдады.", "The government adopted a new law in 2024.")
    unit = "".join(
        f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in zip(("kk", "en"), pair, strict=True)
    )
    row = f'"{pair[0]} {pair[1]}","2024-03-05"\n"{pair[0]}","2024-03-05"\n'
    files = {
        "articles.csv": f"body,day\n{row}",
        "opus.tmx": f'<tmx version="1.4"><header/><body><tu>{unit}</tu></body></tmx>',
        "flores-devtest.tsv": "\t".join(pair) + "\n",
        "reference.txt": f"{pair[1]}\n",
        "hypothesis.txt": f"{pair[1]}\n",
        "gold.jsonl": '{"source": 0, "target": 0}\n',
        "pairs.jsonl": '{"source": 0, "target": 0, "probability": 0.9}\n',
        "decisions.jsonl": "",
        "terms.tsv": "заң\tlaw\n",
        "kk.txt": f"{pair[0]}\n",
        "en.txt": f"{pair[1]}\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def command(place, monkeypatch, align):
    """Return a function that runs one line of a shell in that folder."""
    monkeypatch.chdir(place)

    def run(line):
        words = shlex.split(line, comments=True)
        if not words or words[0] in ("make", "pip"):
            return
        assert words[0] == "align"
        if any(more in line for more in NEEDS_MORE):
            _parse(get_command(app), words[1:])
            return
        words, _, to = words if ">" not in words else words[: words.index(">")], ">", words[-1]
        status, out, err = align(*words[1:])
        assert status == 0, f"{line}: {err}"
        if ">" in line:
            Path(to).write_text(out, encoding="utf-8")

    return run


def _parse(group, words):
    """Parse words as a command would, and do nothing; raises what it would say of a word that is none of its own."""
    context = group.make_context("align", list(words), resilient_parsing=False)
    rest = [*context._protected_args, *context.args] if hasattr(context, "_protected_args") else context.args
    name, inner, rest = group.resolve_command(context, rest)
    if hasattr(inner, "resolve_command") and rest and rest[0] in inner.commands:
        _parse(inner, rest)
    elif not hasattr(inner, "resolve_command"):
        inner.make_context(name, rest, parent=context)


@pytest.fixture
def ready(command, place):
    """Make what earlier lines of any page make, once for all of them."""
    if not (place / "runs" / "first").exists():
        command("align run seeds --out runs/first --translator gloss")
        command("align run seeds --out runs/second")
        command("align run seeds --out out/seeds")
        command("align export runs/first --format hf --out corpus --status all")
        command("align export runs/first --format xliff --out todo.xliff")
        text = (place / "todo.xliff").read_text(encoding="utf-8")
        text = text.replace("</source>", "</source><target>A sentence of a person.</target>", 1)
        (place / "edited.xliff").write_text(text.replace('state="initial"', 'state="final"', 1), encoding="utf-8")
    return place


@pytest.mark.parametrize(("language", "text"), list(_snippets()))
def test_a_snippet_runs(language, text, ready, command, monkeypatch, capsys):
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", ready / "cache")
    if language == "python":
        exec(compile(text, "snippet", "exec"), {"__name__": "__main__"})
    else:
        for line in text.splitlines():
            command(line)
    check_run(ready / "runs" / "first")
