"""What goes wrong, said on a page, or in one line to a page that asked in the background."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from align.errors import AlignError, InputError
from align.review.errors import StaleError, UnknownItemError
from align.review.interface_language import _
from align.review.page.services import Services
from align.review.web.context import NoNameError, is_script, page

__all__ = ["install"]


def install(app: FastAPI) -> None:
    """Answer this package's errors, and those of a wrong address or form, in one line each."""
    app.add_exception_handler(NoNameError, _ask_for_name)
    app.add_exception_handler(AlignError, _explain)
    app.add_exception_handler(RequestValidationError, _explain_form)
    app.add_exception_handler(HTTPException, _explain_address)


def _ask_for_name(request: Request, error: Exception) -> Response:
    if is_script(request):
        return JSONResponse({"status": 401, "refused": _("say who is reviewing first"), "location": "/who"}, 401)
    return RedirectResponse("/who", status_code=303)


def _explain(request: Request, error: Exception) -> Response:
    statuses = ((UnknownItemError, 404), (InputError, 400), (StaleError, 409))
    status = next((status for kind, status in statuses if isinstance(error, kind)), 500)
    return _refuse(request, str(error), status)


def _explain_form(request: Request, error: Exception) -> Response:
    wrong = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": ("?",), "msg": str(error)}
    return _refuse(request, f"{wrong['loc'][-1]}: {wrong['msg']}", 400)


def _explain_address(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = {404: _("There is no such page."), 405: _("This page is only shown, not written to.")}
    return _refuse(request, said.get(status, _("This can't be answered.")), status)


def _refuse(request: Request, message: str, status: int) -> Response:
    if is_script(request):
        return JSONResponse({"status": status, "refused": message}, status)
    services: Services = request.app.state.services
    return page(services, "refused.html.j2", {"message": message}, status=status)
