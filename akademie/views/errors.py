"""Error pages in the same house. None knows who is reading; only a refused form is kept in the database."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template import loader

from formats.desk.rescue import rescue
from formats.pages import Gone


def _page(status: int, **context) -> HttpResponse:
    # Without a request no context processor runs, so nothing can touch session or database.
    return HttpResponse(loader.render_to_string(f"errors/{status}.html", context), status=status)


def bad_request(request, exception=None):
    """400; bodies over the limit reach this handler too and are answered 413."""
    return _page(413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request, exception=None):
    return _page(403)


def csrf_failure(request, reason=""):
    """The form's token is missing or old: mostly a page left open overnight.

    Methods that no form of ours uses are asked for a token too; they are answered 405. What editors
    typed into a Steckbrief is kept for them.
    """
    if request.method != "POST":
        return method_not_allowed(request, allow="GET, HEAD")
    owner = rescue(request)
    page = loader.render_to_string("errors/403_csrf.html", {"kept_at": owner and owner.address})
    return HttpResponse(page, status=403)


def page_not_found(request, exception=None):
    """404; what was public once leads to its successor or answers 410 with the editors' sentence."""
    if not isinstance(exception, Gone):
        return _page(404)
    if exception.successor:
        address = exception.successor.get_absolute_url()
        # Not to be kept: what is published again must be found at its old address.
        return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "no-cache"})
    return _page(410, note=exception.note)


def method_not_allowed(request, *, allow: str):
    response = _page(405)
    response["Allow"] = allow
    return response


def payload_too_large(request):
    return _page(413)


def too_many_requests(request, *, retry_after: int):
    response = _page(429)
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request):
    """500, or 503 where the database is away: only here the reason can still be seen."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = _page(503)
        response["Retry-After"] = "30"
        return response
    return _page(500)
