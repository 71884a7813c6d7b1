"""The pages in Kazakh and Russian: by the browser's language, by the reader's choice, and in a real browser."""

import pytest

from align.review.records import Filter

PAGES = [
    "/",
    "/pairs",
    "/unmatched",
    "/agreement",
    "/team",
    "/precision",
    "/lost",
    "/who",
    "/start",
    "/mine",
    "/guidelines",
    "/glossary",
]
HEADINGS = [("kk", "Қабылдамау"), ("ru", "Отклонить"), ("en", "Reject")]


@pytest.mark.parametrize(("language", "label"), HEADINGS)
def test_a_page_speaks_the_browsers_language(language, label, still_site):
    client = still_site.client(name="Ana", **{"Accept-Language": language})
    page = client.get("/").text
    assert f'<html lang="{language}"' in page
    assert f">{label}<" in page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_page_is_shown(path, language, still_site):
    response = still_site.client(name="Ana", **{"Accept-Language": language}).get(path)
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text


def test_the_chosen_language_is_kept_and_leads_back_to_the_page(still_site):
    client = still_site.client(name="Ana", **{"Accept-Language": "en"})
    moved = client.post("/language", data={"language": "kk"}, headers={"Referer": f"{still_site.url}/pairs?text=a"})
    assert (moved.status_code, moved.headers["location"]) == (303, "/pairs?text=a")
    assert 'lang="kk"' in client.get("/").text.partition("<head>")[0]
    assert client.post("/language", data={"language": "xx"}).status_code == 400


@pytest.mark.parametrize(
    "referer", ["https://evil.example//evil.example/x", "javascript:alert(1)", "//evil.example/", ""]
)
def test_a_choice_of_language_leads_nowhere_else(referer, still_site):
    client = still_site.client(name="Ana")
    moved = client.post("/language", data={"language": "ru"}, headers={"Referer": referer})
    assert moved.headers["location"].startswith("/") and not moved.headers["location"].startswith("//")


def test_what_goes_wrong_is_said_in_their_language(site):
    client = site.client(name="Ana", **{"Accept-Language": "kk"})
    assert client.post("/do", json={"do": "undo"}).json()["refused"] == "қайтаратын шешіміңіз жоқ"


def test_a_kazakh_reviewer_judges_in_kazakh(site, open_page):
    page = open_page(locale="kk-KZ")
    item = page.locator("[data-part=pair] [data-item]").get_attribute("data-item")
    page.get_by_role("button", name="Қабылдамау").click()
    page.get_by_role("button", name="деректері қате").click()
    page.get_by_text("Қабылданбады: деректері қате").wait_for()
    assert site.store.item(item, "Ana").mine.reason == "wrong facts"
    page.context.set_offline(True)
    page.get_by_role("button", name="Ішінара").click()
    page.get_by_text("Сақталмады: сервер жауап бермейді.").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Русский").click()
    page.get_by_role("button", name="Отклонить").wait_for()
    assert site.store.browse(Filter(state="judged"), "Ana").total == 1
