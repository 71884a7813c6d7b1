"""Who asks for a page, which queue it walks through, and how it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, cast
from urllib.parse import quote, unquote, urlsplit

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse
from starlette.requests import HTTPConnection

from align.errors import InputError
from align.review.events import check_reviewer
from align.review.interface_language import LANGUAGES, InterfaceLanguage, asked, speaking
from align.review.page.queues import Queue, document_named
from align.review.page.render import render
from align.review.page.services import Services, progress_of
from align.review.web.security import Application, Message, Receive, Send

__all__ = [
    "LANGUAGE_COOKIE",
    "NAME_COOKIE",
    "InTheirLanguage",
    "NoNameError",
    "PageNumber",
    "QueueDep",
    "ReviewerDep",
    "ServicesDep",
    "frame",
    "is_script",
    "name_of",
    "named",
    "page",
    "speaking_to",
]

NAME_COOKIE = "align-reviewer"
LANGUAGE_COOKIE = "align-language"
_YEAR = 365 * 24 * 3600


class InTheirLanguage:
    """Stand before an ASGI application and choose the language it speaks.

    That of the cookie, or the one a browser asks for.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        with speaking(_language(scope)):
            await self._application(scope, receive, send)


def _language(scope: Message) -> InterfaceLanguage:
    if scope["type"] != "http":
        return "en"
    request = HTTPConnection(scope)
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return cast(InterfaceLanguage, chosen) if chosen in LANGUAGES else asked(request.headers.get("accept-language", ""))


class NoNameError(Exception):
    """Nobody has said yet who is reviewing."""


# These three are coroutines for speed alone: FastAPI would send each plain function through a thread of its own.
async def _services(request: Request) -> Services:
    return cast(Services, request.app.state.services)


async def _queue(request: Request) -> Queue:
    """Read a queue from the address; raises InputError for a filter that is none of its choices."""
    queue = Queue.of(request.query_params)
    if not queue.filter.document:
        return queue
    services: Services = request.app.state.services
    return queue.but({"document": document_named(queue.filter.document, services.store.run().documents)})


async def _reviewer(request: Request) -> str:
    """Return the name in the cookie; raises NoNameError where there is none."""
    name = name_of(request)
    if name is None:
        raise NoNameError
    services: Services = request.app.state.services
    # A verdict comes from the page that asks for more pairs in between, and so says nothing of where its reviewer is.
    services.presence.note(
        name, urlsplit(request.headers.get("referer", "")).path if is_script(request) else request.url.path
    )
    return name


def name_of(request: Request) -> str | None:
    """Return the name in the cookie, None where there is none that is one."""
    try:
        return check_reviewer(unquote(request.cookies[NAME_COOKIE]))
    except (KeyError, InputError):
        return None


def is_script(request: Request) -> bool:
    """Say whether a page's script asks, and not the browser for a page."""
    return request.url.path.endswith("/do")


ServicesDep = Annotated[Services, Depends(_services)]
QueueDep = Annotated[Queue, Depends(_queue)]
ReviewerDep = Annotated[str, Depends(_reviewer)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]
"""Which page of a list is asked for, from 1."""


def page(services: Services, template: str, values: Mapping[str, object], *, status: int = 200) -> HTMLResponse:
    """Return a template set with these values, and with what every page has."""
    common = {
        "run_key": services.run_key,
        "query": "",
        "here": "",
        "reviewer": None,
        "progress": None,
        "segments": None,
    }
    return HTMLResponse(render(template, {**common, **values}), status)


def frame(services: Services, reviewer: str, here: str, queue: Queue | None = None) -> dict[str, object]:
    """Return what the head of a page shows; `here` is the page's path."""
    return {"here": here, "reviewer": reviewer, **progress_of(services.store, reviewer, queue or Queue())}


def named(response: HTMLResponse, name: str) -> HTMLResponse:
    """Let a response's cookie keep the reviewer's name for a year.

    Raises InputError for what is no name.
    """
    response.set_cookie(NAME_COOKIE, quote(check_reviewer(name)), max_age=_YEAR, httponly=True, samesite="strict")
    return response


def speaking_to(response: HTMLResponse, language: str) -> HTMLResponse:
    """Let a response's cookie keep the interface's language for a year.

    Raises InputError for one it has not.
    """
    if language not in LANGUAGES:
        raise InputError(f"language = {language!r}: choose one of {', '.join(LANGUAGES)}")
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, httponly=True, samesite="strict")
    return response
