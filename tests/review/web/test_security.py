import http.client
import re

import pytest

from align.errors import InputError, SettingsError
from align.review.app import policy_for, serve
from align.review.records import Filter

TOKEN = "a token of the tests"
SCRIPT = "<script>window.hacked = true</script>"

# What a stranger tries, with the cookie of an open review already in the browser: method, path, headers, answer.
ATTACKS = {
    "a name that points here": ("GET", "/", {"Host": "evil.example"}, 403),
    "such a name with our port": ("GET", "/", {"Host": "evil.example:{port}"}, 403),
    "our address as part of a name": ("GET", "/", {"Host": "127.0.0.1.evil.example:{port}"}, 403),
    "our name with another port": ("GET", "/", {"Host": "127.0.0.1:1"}, 403),
    "another address in figures": ("GET", "/", {"Host": "192.0.2.1:{port}"}, 403),
    "no name": ("GET", "/", {"Host": ""}, 403),
    "a form of another site": ("POST", "/do", {"Origin": "http://evil.example"}, 403),
    "a form of another port": ("POST", "/do", {"Origin": "http://127.0.0.1:1"}, 403),
    "a form without a home": ("POST", "/do", {"Origin": "null"}, 403),
    "a form that hides its home": ("POST", "/do", {"Origin": ""}, 403),
    "another method": ("DELETE", "/do", {"Origin": "http://evil.example"}, 403),
    "up out of the static files": ("GET", "/static/../security.py", {}, 404),
    "the same, escaped": ("GET", "/static/..%2fsecurity.py", {}, 404),
    "the same, escaped twice": ("GET", "/static/..%252fsecurity.py", {}, 404),
    "the same, all of it": ("GET", "/static/%2e%2e/%2e%2e/store.py", {}, 404),
    "an absolute path": ("GET", "/static//etc/passwd", {}, 404),
    "a path for an item": ("GET", "/pair/..%2f..%2fworkbench.db", {}, 404),
    "a byte that ends strings": ("GET", "/pair/%00", {}, 404),
    "the interface description": ("GET", "/openapi.json", {}, 404),
    "its pages": ("GET", "/docs", {}, 404),
    "its other pages": ("GET", "/redoc", {}, 404),
    "a filter that is none": ("GET", "/pairs?state=any%27", {}, 400),
    "a threshold that is none": ("GET", "/precision?threshold=nan", {}, 400),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_is_refused(attack, still_site):
    method, path, headers, status = ATTACKS[attack]
    client = still_site.client(name="Ana")
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    given = {"Host": f"127.0.0.1:{still_site.port}", "Origin": still_site.url, "Cookie": cookies}
    given |= {name: value.format(port=still_site.port) for name, value in headers.items()}
    # A client that thinks for itself would mend these paths and hosts.
    connection = http.client.HTTPConnection("127.0.0.1", still_site.port)
    connection.putrequest(method, path, skip_host=True)
    for name, value in given.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read().decode()
    assert response.status == status
    assert "import" not in body and "root:" not in body
    connection.close()


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x"])
@pytest.mark.parametrize("path", ["/", "/pairs", "/static/review.js"])
def test_without_the_token_nothing_is_shown(token, path, still_site):
    client = still_site.client(token=None)
    response = client.get(path, params={} if token is None else {"token": token})
    assert response.status_code == 401 and "set-cookie" not in response.headers


def test_token_is_exchanged_for_a_strict_cookie_and_leaves_the_address(still_site):
    response = still_site.client(token=None).get("/pairs", params={"token": TOKEN, "text": "x"})
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and TOKEN not in cookie
    assert TOKEN not in response.text and 'content="0; url=/pairs"' in response.text


@pytest.mark.parametrize("cookie", ["x=1", "align-review-{port}=wrong", "align-review-1={value}", '"', "a[b]=c"])
def test_other_cookie_opens_nothing(cookie, still_site):
    value = policy_for("127.0.0.1", still_site.port, "another token of a server").cookie_value
    headers = {"Cookie": cookie.format(port=still_site.port, value=value)}
    assert still_site.client(token=None).get("/", headers=headers).status_code == 401


# What other servers of this machine may have set, before and after ours.
ODD_COOKIES = [
    'prefs={"theme": "dark", "tabs": [1, 2]}',
    "prefs={a:1}",
    "a[b]=c",
    "a b=c",
    '"',
    'x="unfinished',
    "naïve=é",
    "=",
    "noequals",
    "$Version=1",
    "a=(1,2)@x; b=<c>",
]


@pytest.mark.parametrize("odd", ODD_COOKIES)
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_odd_cookie_of_another_server_locks_nobody_out(odd, first, still_site):
    held = "; ".join(f"{each.name}={each.value}" for each in still_site.client(name="Ana").cookies.jar)
    header = f"{odd}; {held}" if first else f"{held}; {odd}"
    response = still_site.client(token=None).get("/", headers={"Cookie": header.encode("latin-1")})
    assert response.status_code == 200 and "Ana" in response.text


PAGES = ["/", "/pairs", "/unmatched", "/agreement", "/adjudicate", "/precision", "/lost", "/who", "/nothing"]


@pytest.mark.parametrize("path", PAGES)
def test_page_allows_and_has_no_script_or_style_of_its_own(path, still_site):
    response = still_site.client(name="Ana").get(path)
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy and "script-src 'self'" in policy and "default-src 'none'" in policy
    assert not re.search(r"<style|\sstyle=|<script(?! src=\"/(static|assets)/)|\son\w+=|javascript:", response.text)
    assert not re.search(r'(src|href|action)="(?!/|#)', response.text), "everything comes from this server"


def test_script_in_title_and_segment_is_text(still_site):
    client = still_site.client(name="Ana")
    rows = still_site.store.browse(Filter(text="сайлауы", kind=None), "Ana").rows
    item = next(row for row in rows if SCRIPT in row.source_text)
    for path in ("/", f"/pair/{item.id}", "/pairs", "/unmatched", "/unmatched?side=target"):
        page = client.get(path).text
        assert SCRIPT not in page
    for message in ({"do": "find"}, {"do": "item"}, {"do": "open"}, {"do": "gloss"}):
        answer = client.post("/do", json={**message, "item": item.id}).json()
        assert answer["status"] == 200 and SCRIPT not in str(answer["parts"])
    assert "&lt;script&gt;window.hacked" in client.get(f"/pair/{item.id}").text


def test_edit_of_ten_megabytes_is_refused_and_nothing_kept(still_site):
    item = still_site.store.next("Ana", count=1)[0]
    sent = {"do": "verdict", "item": item.id, "verdict": "edit", "source_text": "ә" * 5_000_000}
    response = still_site.client(name="Ana").post("/do", json=sent)
    assert response.status_code == 413
    assert still_site.store.item(item.id, "Ana").mine is None


def test_long_edit_below_the_limit_is_refused_by_the_store(still_site):
    item = still_site.store.next("Ana", count=1)[0]
    sent = {"do": "verdict", "item": item.id, "verdict": "edit", "source_text": "a" * 30_000}
    response = still_site.client(name="Ana").post("/do", json=sent)
    assert response.status_code == 400 and "30000 characters" in response.json()["refused"]
    assert still_site.store.item(item.id, "Ana").mine is None


SEARCHES = [
    "' OR 1=1 --",
    '"; DROP TABLE events; --',
    'a" NEAR(',
    "*",
    "AND OR NOT",
    "%_\\",
    "-x",
    "(",
    "kk:а",
    "\u0000",
]


@pytest.mark.parametrize("text", SEARCHES)
def test_sql_in_search_is_text(text, still_site):
    client = still_site.client(name="Ana")
    before = still_site.store.browse(Filter(), "Ana").total
    response = client.get("/pairs", params={"text": text})
    assert response.status_code == 200
    assert still_site.store.browse(Filter(), "Ana").total == before
    assert still_site.store.browse(Filter(text=text), "Ana").total < before


@pytest.mark.parametrize("name", ["", " ", "a" * 65, "a\nb", "\u202eana"])
def test_what_is_no_name_is_refused(name, still_site):
    response = still_site.client().post("/who", data={"reviewer": name})
    assert response.status_code == 400 and "align-reviewer" not in response.cookies


def test_name_is_said_to_be_no_password(still_site):
    assert "A name is no password" in still_site.client().get("/who").text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
@pytest.mark.parametrize("token", [None, "", "short"])
def test_open_address_demands_a_token(host, token, tmp_path):
    with pytest.raises(SettingsError, match="--token"):
        serve(tmp_path, host=host, port=0, token=token, note=print)


def test_taken_port_is_said_in_a_line(still_site):
    with pytest.raises(InputError, match=f"127.0.0.1:{still_site.port}"):
        serve(still_site.folder, host="127.0.0.1", port=still_site.port, token=None, note=print)


HOSTS = [
    ("192.0.2.1:8765", True),
    ("[2001:db8::1]:8765", True),
    ("localhost:8765", True),
    ("evil.example:8765", False),
    ("192.0.2.1.evil.example:8765", False),
    ("192.0.2.1", False),
]


@pytest.mark.parametrize(("host", "allowed"), HOSTS)
def test_open_address_answers_to_figures_but_not_to_strange_names(host, allowed):
    assert policy_for("0.0.0.0", 8765, "a token long enough").allows_host(host) is allowed
