import pytest

from align.storage.keyed import KeyedCache
from align.storage.sealed import seal
from align.translate import drafting, load_translator
from align.translate.checks import DraftChecker
from align.translate.draft_cache import CachedTranslator, draft_cache
from align.types import Draft

TEXTS = [f"Бұл {number} сөйлем" for number in range(7)] + ["Бұл 3 сөйлем", "", "Бұл жаман сөйлем"]


class EchoTranslator:
    """A deterministic translator that says what it was asked for, and stops with an interruption after `most` texts.

    It has nothing to offer for a blank text; of a text with "жаман" (bad) its first draft is the source itself, and the
    safer one as good as the others.
    """

    def __init__(self, *, signature="echo-1", most=None, hopeless=False):
        self.signature = signature
        self.asked = []
        self._most = most
        self._hopeless = hopeless

    def draft(self, texts, *, safer=False):
        drafts = []
        for text in texts:
            if self._most is not None and len(self.asked) >= self._most:
                raise KeyboardInterrupt
            self.asked.append((text, safer))
            bad = "жаман" in text and (self._hopeless or not safer)
            number = "".join(letter for letter in text if letter.isdigit())
            said = text if bad else f"This is a sentence {number}".strip()
            made = Draft(said, "translation", "echo", "r1", "MIT", "safer" if safer else "greedy")
            drafts.append(made if text.strip() else None)
        return drafts


@pytest.fixture
def checker():
    return DraftChecker(lambda source, target: 1.0)


@pytest.fixture
def cache(tmp_path):
    return draft_cache(tmp_path / "drafts.db")


@pytest.mark.parametrize("at_once", [1, 2, 3, 64])
def test_the_drafts_are_the_same_however_many_are_made_at_once(checker, monkeypatch, at_once):
    monkeypatch.setattr(drafting, "_AT_ONCE", at_once)
    drafts = drafting.make_drafts(TEXTS, EchoTranslator(), checker)
    alone = [drafting.make_drafts([text], EchoTranslator(), checker)[0] for text in TEXTS]
    assert drafts == alone
    assert [draft and draft.text for draft in drafts[5:]] == [
        "This is a sentence 5", "This is a sentence 6", "This is a sentence 3", None, "This is a sentence"
    ]  # fmt: skip


def test_each_text_is_drafted_once_and_a_failing_draft_once_more(checker):
    translator = EchoTranslator()
    seen = []
    drafts = drafting.make_drafts(TEXTS, translator, checker, progress=lambda *count: seen.append(count))
    assert translator.asked == [*((text, False) for text in dict.fromkeys(TEXTS)), ("Бұл жаман сөйлем", True)]
    assert (drafts[-1].decoding, drafts[-1].passed) == ("safer", True)
    assert seen == [(9, 9)]


def test_a_draft_that_fails_twice_is_kept_and_marked(checker):
    (draft,) = drafting.make_drafts(["Бұл жаман сөйлем"], EchoTranslator(hopeless=True), checker)
    assert (draft.text, draft.decoding, draft.passed) == ("Бұл жаман сөйлем", "greedy", False)
    assert {check.name for check in draft.checks if not check.passed} == {"script", "copy", "untranslated"}


@pytest.mark.parametrize("most", [0, 1, 4, 8, 9])
def test_an_interrupted_drafting_goes_on_where_it_was(checker, cache, monkeypatch, most):
    monkeypatch.setattr(drafting, "_AT_ONCE", 2)
    whole = drafting.make_drafts(TEXTS, EchoTranslator(), checker)
    first, second = EchoTranslator(most=most), EchoTranslator()
    with pytest.raises(KeyboardInterrupt):
        drafting.make_drafts(TEXTS, CachedTranslator(first, cache), checker)
    assert drafting.make_drafts(TEXTS, CachedTranslator(second, cache), checker) == whole
    # Nothing that was finished is made again: at most the pair that the interruption fell into.
    assert len(set(first.asked) & set(second.asked)) <= 1
    assert set(first.asked) | set(second.asked) == {*((text, False) for text in TEXTS), ("Бұл жаман сөйлем", True)}


def test_a_cached_draft_is_made_once_for_each_translator_and_decoding(cache):
    translator = EchoTranslator()
    cached = CachedTranslator(translator, cache)
    made = cached.draft(["Ол", "", "Ол"])
    assert cached.draft(["", "Ол"]) == [made[1], made[0]] == [None, made[2]]
    assert translator.asked == [("Ол", False), ("", False)]
    assert cached.draft(["Ол"], safer=True)[0].decoding == "safer"
    other = EchoTranslator(signature="echo-2")
    CachedTranslator(other, cache).draft(["Ол"])
    assert other.asked == [("Ол", False)]
    assert [(entry.model, entry.values) for entry in cache.entries()] == [("echo-1", 3), ("echo-2", 1)]


def test_a_cache_forgets_on_demand(cache):
    CachedTranslator(EchoTranslator(), cache).draft(["Ол", "Сен"])
    assert isinstance(cache, KeyedCache) and cache.clear() == 2 and cache.entries() == []


def test_a_gloss_needs_no_cache_and_a_memory_uses_it(tmp_path):
    assert not isinstance(load_translator("gloss"), CachedTranslator)
    seal(tmp_path, {})
    assert isinstance(load_translator(f"memory:{tmp_path}"), CachedTranslator)
    assert not isinstance(load_translator("memory", run=tmp_path, cached=False), CachedTranslator)


@pytest.mark.parametrize("prefix", ["", "seq2seq:", "ctranslate2:"])
def test_a_model_in_a_folder_is_a_translator_by_its_path(built_model, pairs, checker, prefix):
    if prefix == "ctranslate2:":
        pytest.importorskip("ctranslate2", reason="the extra is not installed")
    translator = load_translator(f"{prefix}{built_model('marian')}", device="cpu")
    drafts = drafting.make_drafts([source for source, _ in pairs], translator, checker)
    assert [draft.text for draft in drafts] == [target for _, target in pairs]
    assert {draft.kind for draft in drafts} == {"translation"} and {draft.model for draft in drafts} == {"marian"}
    assert all(len(draft.checks) == 10 and draft.revision and draft.decoding for draft in drafts)
    assert [entry.values for entry in draft_cache().entries()] >= [len(pairs)]
