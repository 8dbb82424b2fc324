"""Around every request: one log line, and a page in our clothes for 405, 413 and 429."""

import logging
import re
import time

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.encoding import escape_uri_path

from akademie.views.errors import (
    bad_request,
    method_not_allowed,
    page_not_found,
    payload_too_large,
    too_many_requests,
)
from formats.pages import Gone
from foundation.kit.http import TooManyRequests

log = logging.getLogger("akademie.request")

# Addresses whose next part is a key that opens something: it must not stand in a log.
SECRET = re.compile(r"^(/entwurf/)[^/]+/")


class RequestLog:
    """One line per request: method, path, status, milliseconds, bytes. No address, no query, no person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begun = time.perf_counter()
        response = self.get_response(request)
        size = response.headers.get("Content-Length", "-")
        if request.method == "HEAD" and not response.streaming:
            response.content = b""  # the length stays, the body must not leave
            response.headers["Content-Length"] = size
        if log.isEnabledFor(logging.INFO):
            spent = (time.perf_counter() - begun) * 1000
            # Escaped: a line end in an address must not write a line of its own.
            path = SECRET.sub(r"\1…/", escape_uri_path(request.path))
            line = (request.method, path, response.status_code, spent, size)
            log.info("%s %s %s %.1fms %s", *line, extra={"request_line": line})
        return response


class OddInput:
    """Stops what no browser sends and PostgreSQL cannot store, before a session or a view sees it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if key and not (key.isascii() and key.isalnum()):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        if "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        return self.get_response(request)


class FriendlyErrors:
    """Gives the answers that Django leaves empty a German page that says what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b"."):
            return method_not_allowed(request, allow=response.headers.get("Allow", ""))
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, Gone):  # in development, too, where Django shows its own 404
            return page_not_found(request, exception)
        if isinstance(exception, TooManyRequests):
            return too_many_requests(request, retry_after=exception.retry_after)
        if isinstance(exception, RequestDataTooBig):
            return payload_too_large(request)
        return None
