import pytest

from align.translate.checks import DraftChecker, better
from align.types import Check, Draft

SOURCE = "26 сәуірде АҚШ мемлекеттік хатшысы Майк Помпео Вашингтонда 3 адаммен кездесті"
GOOD = "On April 26 U.S. Secretary of State Mike Pompeo met with 3 people in Washington"
ALL = ["empty", "script", "copy", "repetition", "length", "numbers", "dates", "names", "untranslated", "back-score"]

# A source, a draft, and the checks that it must fail, no others.
CASES = [
    (SOURCE, GOOD, set()),
    (SOURCE, GOOD.replace("3 people", "4 people"), {"numbers"}),
    (SOURCE, GOOD.replace("April 26", "April 27"), {"dates"}),
    (SOURCE, GOOD.replace("Mike Pompeo", "the minister"), {"names"}),
    (SOURCE, GOOD + " and spoke and spoke and spoke", {"repetition"}),
    (SOURCE, GOOD + " aaaaaaa", {"repetition"}),
    ("Оқушылар мен ұстаздар кеше мектепте жаңа кітаптар туралы ұзақ сөйлесті", "They spoke yesterday", {"length"}),
    (SOURCE, f"{GOOD} {' '.join(GOOD.split()[::-1])} {GOOD.lower()}", {"length"}),
    (SOURCE, GOOD.replace("met with", "met мен"), {"untranslated"}),
    ("Оқушылар мектепке ерте келді", "Оқушылар мектепке ерте келді", {"script", "copy", "untranslated"}),
    ("Оқушылар мектепке ерте келді", "Okushylar mektepke erte keldi", {"copy", "untranslated"}),
    ("Оқушылар мектепке ерте келді", "وقۋشىلار مەكتەپكە ەرتە كەلدى", {"script"}),
    ("Оқушылар мектепке ерте келді", "The pupils came to school early", set()),
    # Names alone are the same in both languages, and a short text may be half or twice as long.
    ("Майк Помпео", "Mike Pompeo", set()),
    ("Иә", "Yes, of course", set()),
    # The source may say things three times, too.
    ("Жоқ, жоқ, жоқ, деді ол кеше", "No, no, no, he said yesterday", set()),
    # Abbreviations that the gazetteer does not know have another form in English.
    ("«Арайстрой» ЖШС зауытында болды", "He visited the plant of Arayistroy LLP", set()),
    ("Ол интернет пен банк туралы айтты", "He spoke about the internet and the bank", set()),
]


def _draft(text, kind="translation"):
    return Draft(text, kind, "model", "r1", "MIT", "greedy")


@pytest.fixture(scope="module")
def checker():
    return DraftChecker(lambda source, target: 0.9)


@pytest.mark.parametrize(("source", "text", "failing"), CASES)
@pytest.mark.parametrize("kind", ["translation", "memory"])
def test_a_draft_fails_the_checks_that_it_should(checker, source, text, failing, kind):
    checked = checker.checked(source, _draft(text, kind))
    assert [check.name for check in checked.checks] == ALL
    assert {check.name for check in checked.checks if not check.passed} == failing
    assert checked.passed == (not failing)
    assert all(check.detail for check in checked.checks if not check.passed)


@pytest.mark.parametrize("kind", ["translation", "memory", "gloss"])
@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_draft_undergoes_no_further_check(checker, kind, text):
    assert checker.checked(SOURCE, _draft(text, kind)).checks == (Check("empty", False, "nothing was said"),)


@pytest.mark.parametrize(("text", "passed"), [("met/meets | [olke] | June 9", True), ("[a] | [b] | June 9", False)])
def test_a_gloss_undergoes_only_what_makes_sense_for_it(checker, text, passed):
    checked = checker.checked(SOURCE, _draft(text, "gloss"))
    assert [(check.name, check.passed) for check in checked.checks] == [("empty", True), ("untranslated", passed)]


@pytest.mark.parametrize(("probability", "passed"), [(0.49, False), (0.5, True)])
def test_the_back_score_is_the_verifiers(probability, passed):
    asked = []
    checker = DraftChecker(lambda *pair: asked.append(pair) or probability)
    check = checker.checked(SOURCE, _draft(GOOD)).checks[-1]
    assert check == Check("back-score", passed, f"probability {probability:.2f}") and asked == [(SOURCE, GOOD)]


def test_the_real_verifier_tells_a_translation_from_another_text():
    from align.tools import load_tools

    checker = load_tools(cached=False).checker
    assert checker.checked(SOURCE, _draft(GOOD)).passed
    other = "Farmers of the region have sold less wheat this year than they had hoped for"
    failing = {check.name for check in checker.checked(SOURCE, _draft(other)).checks if not check.passed}
    assert "back-score" in failing


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "🙂" * 50, "a" * 10_000, "é" * 30, "١٢٣", " | ", "[", "%1$s {0} \\n"]
)
def test_any_text_can_be_checked(checker, text):
    assert checker.checked(text, _draft(text)).checks
    assert checker.checked(SOURCE, _draft(text)).checks


def test_a_draft_of_5000_words_is_checked_in_no_time(checker):
    source, text = "Үкімет Алматыда 3 адамға көмек берді. " * 833, "In Almaty the government gave 3 people help. " * 833
    failing = {check.name for check in checker.checked(source, _draft(text)).checks if not check.passed}
    assert failing == set()


PASSED, FAILED = Check("script", True), Check("length", False, "long")


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ((FAILED, FAILED), (PASSED, FAILED), "second"),
        ((PASSED, FAILED), (PASSED, FAILED), "first"),
        ((PASSED, FAILED), (FAILED,), "first"),
        ((FAILED,), None, "first"),
    ],
)
def test_the_draft_that_passes_more_checks_is_kept(first, second, kept):
    drafts = [checks and Draft(name, "translation", "m", None, None, "", checks) for name, checks in
              (("first", first), ("second", second))]  # fmt: skip
    assert better(*drafts).text == kept
