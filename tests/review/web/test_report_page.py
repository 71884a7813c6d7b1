"""The run's report.html once people have judged: what was decided, a search, an order, and the way to each pair."""

from align.review.records import Decision, Filter
from align.review.sync import is_current
from align.runs.report.render import REVIEW_ADDRESS
from align.storage.sealed import check_run


def decide(site, item, name, verdict, **details):
    version = site.store.item(item, name).version
    return site.store.decide(Decision(f"{name}-{verdict}-{item}", item, name, verdict, version, **details))


def test_the_report_shows_decisions_and_leads_to_each_pair(site, open_page):
    rows = site.store.browse(Filter(order="probability"), "Ana").rows
    first, second, third, fourth = (row.id for row in rows[:4])
    for name in ("Ana", "Ben"):
        decide(site, first, name, "accept")
        decide(site, second, name, "reject", reason="wrong facts")
    edited = site.store.item(third, "Ana").target_text + " Edited."
    decide(site, third, "Ana", "edit", target_text=edited)
    decide(site, third, "Ben", "accept")
    decide(site, fourth, "Ana", "accept", comment="Half of a blind pair")
    site.store.write_report_page()
    assert check_run(site.folder)
    with site.store.database.reading() as reading:
        assert is_current(reading, site.folder), "a new report is no new run"
    page = open_page("/")
    policy = page.locator("[data-part=pair] [data-item]")
    policy.wait_for()
    report = page.context.new_page()
    report.goto((site.folder / "report.html").as_uri())
    said = report.locator(".link .said")
    assert said.all_inner_texts()[:2] == ["Accepted by Ana, Ben", "Rejected by Ana, Ben"]
    assert said.count() == 3 and edited in said.nth(2).inner_text()
    assert "1 Rejected" in report.locator(".run").inner_text()
    report.get_by_label("judged", exact=True).check()
    assert report.locator(".link:visible").count() == 3
    report.get_by_label("Search").fill("edited.")
    assert report.locator(".link:visible").count() == 1
    report.get_by_label("Search").fill("")
    report.get_by_label("Sort by").select_option("said")
    assert report.locator(".link").nth(2).get_attribute("data-said") == "Rejected"
    link = report.locator(".judge").nth(2)
    assert link.get_attribute("href") == f"{REVIEW_ADDRESS}/pair/{second}"
    link.evaluate("(link, url) => link.href = url", f"{site.url}/pair/{second}")
    link.click()
    report.locator("[data-part=pair] .sentence").first.wait_for()
    assert report.url == f"{site.url}/pair/{second}"


def test_a_followed_link_without_the_cookie_is_let_in_no_further(site):
    stranger = site.client(token=None, **{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    answer = stranger.get('/pair/x"><script>?a=<b>')
    assert answer.status_code == 200 and "<script>" not in answer.text and "refresh" in answer.text
    assert site.client(token=None, **{"Sec-Fetch-Site": "same-origin"}).get("/pair/x").status_code == 401
    assert stranger.post("/do").status_code in (401, 403)
