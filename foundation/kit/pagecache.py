"""Page cache: whole public pages, kept in each process and right within seconds.

Only views marked with `public_page` take part, and only for visitors without a session. Every
change of a model with `shown_on_public_pages = True` renews a version in the shared cache; each
process looks at it every two seconds and forgets what was made before.
"""

from __future__ import annotations

import functools
import hashlib
import threading
import time
import uuid
from collections import OrderedDict

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotModified

VERSION_KEY = "public-pages-version"
LOOK_EVERY = 2.0  # seconds between two looks at the shared version
KEEP = 60.0  # seconds after which a page is made anew even if nothing changed
MAX_PAGES = 512


def public_page(view):
    """Mark a view whose answer is the same for every visitor without a session."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.is_public_page = True
        return response

    return wrapped


def content_changed(**_signal) -> None:
    """Renew the version after the commit: from then on no process shows the old pages for long."""
    transaction.on_commit(_renew)


def _renew() -> None:
    cache.set(VERSION_KEY, uuid.uuid4().hex, None)
    _clock.forget()


class _VersionClock:
    """The shared version, looked at every `LOOK_EVERY` seconds in this process."""

    def __init__(self):
        self._value, self._until = "", 0.0

    def current(self) -> str:
        now = time.monotonic()
        if now >= self._until:
            self._until = now + LOOK_EVERY
            try:
                self._value = cache.get(VERSION_KEY, "")
            except Exception:  # the database is away: old pages are better than none
                self._until = now + LOOK_EVERY
        return self._value

    def forget(self) -> None:
        self._until = 0.0


_clock = _VersionClock()


class PageCache:
    """Middleware, outermost but for the log: answers from memory, and conditional requests with 304."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.pages: OrderedDict = OrderedDict()
        self.lock = threading.Lock()

    def __call__(self, request):
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        if not settings.PAGE_CACHE:
            return _conditional(request, _with_etag(self.get_response(request)))
        key = (
            request.META.get("HTTP_HOST"),
            request.is_secure(),
            request.get_full_path(),
            "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""),
            "HTTP_HX_REQUEST" in request.META,
        )
        version = _clock.current()
        page = self.pages.get(key)
        if page and page[0] == version and page[1] > time.monotonic():
            return _conditional(request, _copy(*page[2:]))
        response = _with_etag(self.get_response(request))
        if (
            getattr(response, "is_public_page", False)
            and response.status_code == 200
            and not response.cookies
        ):
            kept = (version, time.monotonic() + KEEP, response.content, dict(response.items()))
            with self.lock:
                self.pages[key] = kept
                self.pages.move_to_end(key)
                while len(self.pages) > MAX_PAGES:
                    self.pages.popitem(last=False)
        return _conditional(request, response)


def _with_etag(response):
    if getattr(response, "is_public_page", False) and response.status_code == 200:
        digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
        response["ETag"] = f'W/"{digest}"'
        response.headers.setdefault("Cache-Control", "no-cache")
        response["Content-Length"] = str(len(response.content))
    return response


def _copy(content: bytes, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(content, headers=headers)


def _conditional(request, response):
    etag = response.headers.get("ETag")
    if not etag or getattr(response, "streaming", False):
        return response
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if asked and etag in (tag.strip() for tag in asked.split(",")):
        short = HttpResponseNotModified()
        for name, value in response.items():
            if name != "Content-Length" and name != "Content-Type":
                short[name] = value
        return short
    return response
