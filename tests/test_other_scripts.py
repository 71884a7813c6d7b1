from pathlib import Path

import pytest
from transliterate import to_arabic, to_latin

import align

SEEDS = Path(__file__).parents[1] / "seeds"


def _places(links):
    return {(link.source[0].position, link.target[0].position) for link in links}


@pytest.fixture(scope="module")
def tools():
    return align.load_tools(cached=False)


@pytest.fixture(scope="module")
def cyrillic(tools):
    return align.align_documents(align.read(SEEDS), tools)


@pytest.mark.parametrize(("script", "write"), [("latin-2021", to_latin), ("arabic", to_arabic)])
def test_documents_in_another_alphabet_give_the_links_of_the_cyrillic_ones(script, write, tools, cyrillic, tmp_path):
    kazakh = [document.path for document in cyrillic.corpus.documents if document.lang == "kk"]
    for path in SEEDS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(write(text) if str(path) in kazakh else text, encoding="utf-8")
    result = align.align_documents(align.read(tmp_path), tools)
    # Without capitals, names are harder to see: what is barely accepted in Cyrillic is at least shown.
    assert _places(cyrillic.accepted) <= _places(result.links)
    assert _places(link for link in cyrillic.accepted if link.probability >= 0.9) <= _places(result.accepted)
    first = result.links[0]
    assert first.source[0].script == script
    text, words = first.source[0].text, first.evidence.words
    assert words and all(0 <= match.source[0] < match.source[1] <= len(text) for match in words)
    # A person is shown the text as it was written, and its spans begin and end with words of it.
    assert all(not text[start:end].isspace() and text[start] != " " for start, end in (match.source for match in words))
