"""Who may talk to the review.

Host first, then Origin on writes, then the token, then the size of what is sent.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from ipaddress import ip_address
from typing import Any, TypeAlias
from urllib.parse import parse_qs, quote

__all__ = ["LOOPBACK", "Guard", "Policy"]

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names under which a machine speaks to itself alone."""

_LARGEST_BODY = 256 * 1024
"""Bytes of a request's body that are read; the longest edit of two sentences needs a hundredth of it."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # With "no-referrer" a browser would send `Origin: null` along with our own forms.
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom a server answers.

    `hosts` are the names it may be called by, `port` where it listens, `token` the secret.

    Where it listens to other machines (`literals`), an address in figures is a fair name for it, too: only a name can
    be made to point here by a stranger (DNS rebinding).
    """

    hosts: frozenset[str]
    port: int
    token: str
    literals: bool = False

    @property
    def cookie_name(self) -> str:
        """Return the cookie's name, which holds the port: cookies are shared by all ports of a host."""
        return f"align-review-{self.port}"

    @property
    def cookie_value(self) -> str:
        """Return what the cookie holds.

        It is made from the token, so that it lasts as long, and does not give it away.
        """
        return hmac.new(self.token.encode(), b"align review", sha256).hexdigest()

    def allows_host(self, host: str) -> bool:
        """Say whether a Host header names this server.

        >>> policy = Policy(LOOPBACK, 8765, "secret")
        >>> [policy.allows_host(host) for host in ("127.0.0.1:8765", "[::1]:8765", "localhost:80", "evil.example:8765")]
        [True, True, False, False]
        """
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if not name:
            name, port = host, ""
        bare = name.strip("[]").lower()
        return (port or "80") == str(self.port) and (bare in self.hosts or (self.literals and _is_address(bare)))

    def allows_origin(self, origin: str, host: str) -> bool:
        """Say whether a write comes from a page of this very server.

        >>> Policy(LOOPBACK, 80, "x").allows_origin("http://evil.example", "localhost")
        False
        """
        return origin.lower() == f"http://{host}".lower()

    def knows(self, token: str) -> bool:
        """Say whether a token is the one, in a time that tells nothing about it."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def admits(self, cookies: str) -> bool:
        """Say whether a Cookie header holds what the token once was given for."""
        held = _values(cookies, self.cookie_name)
        return any(hmac.compare_digest(value.encode(), self.cookie_value.encode()) for value in held)


def _values(cookies: str, name: str) -> list[str]:
    """Return the values that a Cookie header has for one name.

    Cookies of other servers on this machine come along, in any form; the standard library's parser drops ours too.

    >>> _values('a={"b": 1}; name=x; name="y"; z', "name")
    ['x', 'y']
    """
    pairs = (part.partition("=") for part in cookies.split(";"))
    return [value.strip().strip('"') for key, _, value in pairs if key.strip() == name]


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """Stand before an ASGI application and let through what the policy allows.

    Every answer gets the safe headers.
    """

    def __init__(self, application: Application, policy: Policy) -> None:
        self._application = application
        self._policy = policy

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send))

    async def _http(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        refused = self._refusal(scope, headers)
        if refused is not None:
            await _answer(send, *refused)
        elif (token := _token(scope)) is not None:
            await self._let_in(scope, token, send)
        elif not self._policy.admits(headers.get("cookie", "")) and _followed(scope, headers):
            await _answer(send, 200, _onward(scope), kind="text/html")
        elif not self._policy.admits(headers.get("cookie", "")):
            await _answer(send, 401, "This address needs its token: open the one that `align review` printed.")
        elif scope["method"] in ("GET", "HEAD"):
            await self._application(scope, receive, send)
        else:
            await self._write(scope, receive, send)

    def _refusal(self, scope: Message, headers: dict[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not self._policy.allows_host(host):
            return 403, "Refused: this server does not go by the name in the Host header."
        if scope["method"] not in ("GET", "HEAD") and not self._policy.allows_origin(headers.get("origin", ""), host):
            return 403, "Refused: what changes the review must come from its own pages."
        return None

    async def _let_in(self, scope: Message, token: str, send: Send) -> None:
        """Exchange a right token for the cookie, and leave the token out of the address."""
        if not self._policy.knows(token):
            await _answer(send, 401, "This token is not the one that `align review` printed.")
            return
        cookie = f"{self._policy.cookie_name}={self._policy.cookie_value}; Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, 200, _onward({**scope, "query_string": b""}), kind="text/html", cookie=cookie)

    async def _write(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        if body is None:
            await _answer(send, 413, f"Refused: more than {_LARGEST_BODY // 1024} KiB were sent.")
            return
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        await self._application(scope, replay, send)


def _followed(scope: Message, headers: Mapping[str, str]) -> bool:
    """Say whether somebody follows a link of another page.

    Of another site's, or of a report.html on the disk.
    """
    asks = (headers.get("sec-fetch-site"), headers.get("sec-fetch-mode"))
    return scope["method"] == "GET" and asks == ("cross-site", "navigate")


def _onward(scope: Message) -> str:
    """Return a page that leads to the address itself.

    A strict cookie comes along only from a page of ours.
    """
    query = scope.get("query_string", b"").decode("latin-1")
    path = escape("/" + quote(scope["path"].lstrip("/")) + (f"?{query}" if query else ""))
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>align review</title>'
        '<link rel="icon" href="/static/icon.svg">'
        f'<meta http-equiv="refresh" content="0; url={path}"><p><a href="{path}">Go on to the review</a></p></html>'
    )


def _headers(scope: Message) -> dict[str, str]:
    """Return the headers by lower-case name; a Host that is named twice is none."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = "" if key == "host" and key in found else value.decode("latin-1")
    return found


def _token(scope: Message) -> str | None:
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    return query["token"][0] if "token" in query and scope["method"] == "GET" else None


async def _body(receive: Receive) -> bytes | None:
    """Return a request's body, or None as soon as it is too large, or breaks off."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > _LARGEST_BODY or message["type"] == "http.disconnect":
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message["headers"]}
            safe = [(name.encode(), value.encode()) for name, value in _HEADERS.items() if name.encode() not in own]
            message = {**message, "headers": [*message["headers"], *safe]}
        await send(message)

    return sending


async def _answer(send: Send, status: int, text: str, *, kind: str = "text/plain", cookie: str | None = None) -> None:
    body = text.encode()
    headers = [(b"content-type", f"{kind}; charset=utf-8".encode()), (b"content-length", str(len(body)).encode())]
    if cookie is not None:
        headers.append((b"set-cookie", cookie.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
