"""The review in a browser.

`serve` is for the command line, `create_app` for whoever brings a server of their own.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import InputError, MissingExtraError, SettingsError

if TYPE_CHECKING:
    from align.review.records import Rescoring
    from align.review.store import Store
    from align.review.web.security import Application, Policy

__all__ = ["create_app", "policy_for", "serve"]

_SHORTEST_TOKEN = 16


def serve(folder: Path, *, host: str, port: int, token: str | None, note: Callable[[str], None]) -> None:
    """Serve the review of a run until it is interrupted.

    `note` hears the address with its token, and a warning.

    Port 0 takes any that is free. Raises SettingsError for an address that other machines can reach without a `token`
    of your own choice, InputError for a folder without a run or a port that is taken, and MissingExtraError without
    the extra "review".
    """
    try:
        import fastapi  # noqa: F401
        import python_multipart  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise MissingExtraError("align review", "review") from error
    from align.review.store import Store
    from align.review.web.rescoring import RescoreProcess

    policy_for(host, port, token)
    with _listening(host, port) as listener:
        policy = policy_for(host, listener.getsockname()[1], token)
        store = Store.open(folder)
        rescoring = RescoreProcess(store)
        try:
            for line in _announcement(policy, host):
                note(line)
            app = create_app(store, policy, rescore=rescoring.rescore)
            settings = uvicorn.Config(app, log_level="warning", access_log=False)
            uvicorn.Server(settings).run(sockets=[listener])
        finally:
            rescoring.close()
            store.close()


def create_app(store: Store, policy: Policy, *, rescore: Callable[[str], Rescoring] | None = None) -> Application:
    """Return the review of an open store as an ASGI application.

    It answers whom the policy allows.

    `rescore` takes the place of the store's own where another process is to do that work.
    """
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    from align.review.page.render import STATIC
    from align.review.page.services import Services
    from align.review.web import batch_page, document_page, lists, own_pages, people, review, statistics, team
    from align.review.web.context import InTheirLanguage
    from align.review.web.refusals import install
    from align.review.web.security import Guard

    # An interface description would tell a stranger what there is; nobody needs one here.
    app = FastAPI(title="align review", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.services = Services.of(store, rescore=rescore)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/assets", StaticFiles(directory=Path(__file__).parent / "web" / "assets"), name="assets")
    for router in (
        review.router,
        document_page.router,
        batch_page.router,
        lists.router,
        statistics.router,
        people.router,
        own_pages.router,
        team.router,
    ):
        app.include_router(router)
    install(app)
    return Guard(InTheirLanguage(app), policy)


def policy_for(host: str, port: int, token: str | None) -> Policy:
    """Return whom a server at this address answers.

    Raises SettingsError where that would be anybody.

    >>> policy_for("0.0.0.0", 8765, None)
    Traceback (most recent call last):
    align.errors.SettingsError: --host 0.0.0.0 is open to other machines: choose a --token of 16 characters or more
    """
    from align.review.web.security import LOOPBACK, Policy

    if host in LOOPBACK:
        return Policy(LOOPBACK, port, token or secrets.token_urlsafe(24))
    if token is None or len(token) < _SHORTEST_TOKEN:
        raise SettingsError(
            f"--host {host} is open to other machines: choose a --token of {_SHORTEST_TOKEN} characters or more"
        )
    own = {host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
    return Policy(LOOPBACK | own, port, token, literals=True)


def _listening(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done; raises InputError where somebody has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise InputError(f"{host}:{port}: can't be listened on ({error.strerror}): choose another --port") from error


def _announcement(policy: Policy, host: str) -> Iterator[str]:
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    name = f"[{name}]" if ":" in name else name
    yield f"align: the review is at http://{name}:{policy.port}/?token={policy.token} (Ctrl+C ends it)"
    if policy.literals:
        yield (
            f"align: warning: --host {host}: whoever reaches this machine and has the token can read and change the "
            "review, and what travels is not encrypted: prefer an SSH tunnel to 127.0.0.1"
        )
