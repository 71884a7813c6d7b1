"""What people type before they have read anything, in Python: each call does what it looks like.

The table was written before the calls were built. `run` is a run of the seeds, `alignment` what it found, `corpus`
its documents, `folder` where it stands; `out` is an empty folder.
"""

import pydoc
from pathlib import Path

import pytest

import align

ROOT = Path(__file__).parents[1]
KK, EN = "Үкімет 2024 жылы 5 млрд теңге бөлді.", "The government allocated 5 billion tenge in 2024."

PYTHON = [
    "len(corpus) == len(corpus.documents) == 5",
    "corpus[0].title and corpus[corpus[0].id] is corpus[0] and corpus[corpus[0].path] is corpus[0]",
    "{document.lang for document in corpus} == {'kk', 'en'}",
    "len(corpus[:2]) == 2",
    "len(corpus[0]) == len(list(corpus[0])) and corpus[0][0].text",
    "set(corpus.to_pandas().columns) >= {'document', 'lang', 'text'}",
    "len(run) == len(run.links) == len(alignment)",
    "run[0].kk and run[0].en",
    "[link.probability for link in run] == [link.probability for link in run.links]",
    "run[0].documents == (run[0].source[0].document, run[0].target[0].document)",
    "run.corpus[run[0].documents[0]].lang == 'kk'",
    "run[0].facts == run[0].evidence.facts",
    "alignment[0].status in ('accepted', 'review')",
    "run.accepted == alignment.accepted",
    "run.unmatched[0].text",
    "run.documents == alignment.documents == tuple(run.corpus)",
    "list(run.to_pandas().columns[:6]) == list(alignment.to_pandas().columns[:6])",
    "set(alignment.to_pandas().columns) <= set(run.to_pandas(status='all').columns)",
    "set(alignment.to_pandas().status) <= {'accepted', 'review'}",
    "len(run.to_pandas(status='all')) == len(run)",
    "'train' in run.to_dataset() and alignment.to_dataset().column_names[:3] == ['id', 'kk', 'en']",
    "(out / 'a' / 'links.jsonl').is_file() if alignment.save(out / 'a') else False",
    "align.open_run(run.save(out / 'b').folder).links == run.links",
    "run.export(out / 'pairs.tmx').total == run.export('tsv', out / 'pairs.tsv').total",
    "run.export(out / 'a.csv', status='all', relation='partial', columns='kk,en').total",
    "[(pair.kk, pair.en) for pair in align.mine([KK], [EN])] == [(KK, EN)]",
    "align.mine([KK], [EN]).to_pandas().kk[0] == KK",
    "align.mine(write('k.txt', KK), write('e.txt', EN))[0].en == EN",
    "[fact.value for fact in align.facts(KK)] == ['2024', '5000000000']",
    "{fact.unit for fact in align.facts(EN)} >= {'KZT'}",
    "align.score(KK, EN)[0].probability > 0.3",
    "align.load_encoder().encode([KK, EN]).shape == align.load_encoder().encode([KK, EN], 'kk').shape",
    "align.load_encoder().encode(KK).shape == (1, 256)",
    "align.align_documents(corpus).links",
    "repr(alignment).startswith('Alignment: ') and 'accepted' in repr(alignment) and len(repr(alignment)) < 120",
    "repr(run).startswith('Run ') and str(run.folder) in repr(run) and 'links' in repr(run)",
    "repr(corpus) == 'Corpus: 5 documents (3 kk, 2 en), 1 skipped'",
    "len(repr(corpus[0])) < 200 and len(repr(run[0])) < 400 and run[0].kk[:20] in repr(run[0])",
    "'<table' in run._repr_html_() and '<mark' in run._repr_html_()",
    "'<table' in alignment._repr_html_() and '<table' in corpus._repr_html_()",
    "dir(align) == sorted({*align.__all__, '__version__'}) or set(dir(align)) >= {*align.__all__, '__version__'}",
    "align.__version__[0].isdigit()",
    "'align_documents' in helped(align) and 'open_run' in helped(align)",
    "align.run(ROOT / 'seeds', out=out / 'c', progress=True).links",
    "align.run(ROOT / 'seeds', out=out / 'd', review=0.5, accept=0.9).alignment.settings.review == 0.5",
    "refused(lambda: align.Settings(acept=0.9), 'acept', 'accept', 'review')",
    "refused(lambda: align.run(corpus, out=out / 'e', acept=0.9), 'acept', 'did you mean accept')",
    "refused(lambda: run.export(out / 'pairs.xyz'), 'known are')",
    "refused(lambda: run.export('xlsx', out / 'x'), 'known are')",
    "refused(lambda: corpus['nowhere'], 'nowhere')",
]


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Return the names that the calls may use."""
    folder = tmp_path_factory.mktemp("natural") / "run"
    run = align.run(ROOT / "seeds", out=folder)
    return {"run": run, "alignment": run.alignment, "corpus": run.corpus, "folder": folder}


@pytest.mark.parametrize("call", PYTHON)
def test_a_call_does_what_it_looks_like(call, given, tmp_path, capsys):
    def write(name, text):
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
        return tmp_path / name

    def refused(act, *words):
        with pytest.raises(align.AlignError) as told:
            act()
        return all(word in str(told.value) for word in words)

    def helped(thing):
        return pydoc.plain(pydoc.render_doc(thing))

    names = {**given, "align": align, "out": tmp_path, "ROOT": ROOT, "KK": KK, "EN": EN}
    assert eval(call, {**names, "write": write, "refused": refused, "helped": helped})
