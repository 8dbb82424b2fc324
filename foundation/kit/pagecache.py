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
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotModified

from foundation.kit.http import wants_fragment

VERSION_KEY = "public-pages-version"
LOOK_EVERY = 2.0  # seconds between two looks at the shared version
KEEP = 60.0  # seconds after which a page is made anew even if nothing changed
MAX_BYTES = 32_000_000  # per process; the oldest pages go first
MAX_PAGE = 500_000  # larger answers are made anew each time


def public_page(view):
    """Mark a view whose answer is the same for every visitor without a session."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.is_public_page = True
        if response.status_code == 200:
            # Of the plain text: compression adds random bytes, and processes would disagree.
            digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
            response["ETag"] = f'W/"{digest}"'
            response.headers.setdefault("Cache-Control", "no-cache")
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


@dataclass(frozen=True, slots=True)
class Page:
    """A whole answer as it was sent, and how long it may be sent again."""

    version: str
    until: float
    content: bytes
    headers: dict[str, str]
    when_sent: Callable[[], None] | None = None


class PageCache:
    """Middleware, outermost but for the log: answers from memory, and conditional requests with 304.

    A view may hang a function on its answer as `when_sent`: it is called each time a GET is answered
    with this page in full, also from memory, and must neither fail nor take time.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.pages: OrderedDict = OrderedDict()
        self.size = 0
        self.lock = threading.Lock()

    def __call__(self, request):
        response = self._answer(request)
        when_sent = getattr(response, "when_sent", None)
        if when_sent and request.method == "GET":
            when_sent()
        return response

    def _answer(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = self.get_response(request)
            # What a signed-in reader sees stays between the two of them.
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if not settings.PAGE_CACHE:
            return _conditional(request, self.get_response(request))
        key = (
            request.META.get("HTTP_HOST"),
            request.is_secure(),
            request.get_full_path(),
            "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""),
            wants_fragment(request),
        )
        version = _clock.current()
        page = self.pages.get(key)
        if page and page.version == version and page.until > time.monotonic():
            kept = HttpResponse(page.content, headers=page.headers)
            kept.when_sent = page.when_sent
            return _conditional(request, kept)
        response = self.get_response(request)
        if (
            getattr(response, "is_public_page", False)
            and response.status_code == 200
            and not response.cookies
            and len(response.content) <= MAX_PAGE
        ):
            until, when_sent = time.monotonic() + KEEP, getattr(response, "when_sent", None)
            self._keep(key, Page(version, until, response.content, dict(response.items()), when_sent))
        return _conditional(request, response)

    def _keep(self, key, page: Page) -> None:
        with self.lock:
            old = self.pages.pop(key, None)
            self.pages[key] = page
            self.size += len(page.content) - (len(old.content) if old else 0)
            while self.size > MAX_BYTES:
                _, gone = self.pages.popitem(last=False)
                self.size -= len(gone.content)


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
