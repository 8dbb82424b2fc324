"""Around every request: one log line, and a page in our clothes for 405, 413 and 429."""

import logging
import time

from django.core.exceptions import RequestDataTooBig

from akademie.views.errors import method_not_allowed, payload_too_large, too_many_requests
from foundation.kit.http import TooManyRequests

log = logging.getLogger("akademie.request")


class RequestLog:
    """One line per request: method, path, status, milliseconds, bytes. No address, no query, no person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begun = time.perf_counter()
        response = self.get_response(request)
        if log.isEnabledFor(logging.INFO):
            spent = (time.perf_counter() - begun) * 1000
            size = response.headers.get("Content-Length", "-")
            log.info(
                "%s %s %s %.1fms %s",
                request.method,
                request.path,
                response.status_code,
                spent,
                size,
                extra={"request_line": (request.method, request.path, response.status_code, spent, size)},
            )
        return response


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
        if isinstance(exception, TooManyRequests):
            return too_many_requests(request, retry_after=exception.retry_after)
        if isinstance(exception, RequestDataTooBig):
            return payload_too_large(request)
        return None
