"""Small answers over HTTP: limits, tables as CSV, and where to go back to."""

from __future__ import annotations

import csv
import hashlib
import io
import time
from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme


class TooManyRequests(Exception):
    """Somebody asks too often; the house answers 429 with `Retry-After`."""

    def __init__(self, retry_after: int):
        super().__init__(f"Too many requests, retry after {retry_after} seconds")
        self.retry_after = retry_after


def visitor_address(request) -> str:
    """The address of the visitor; behind trusted proxies the one that the outermost of them saw."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(seen) >= proxies:
        return seen[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def limit(request, name: str, *, times: int, seconds: int) -> None:
    """Count this visitor's use of `name` and raise `TooManyRequests` above `times` per window.

    Windows begin at full multiples of `seconds`. Each use takes one of `times` places in the shared
    cache; taking a place is one atomic step, so two at once never share it. Counts per address,
    under a hash: no address is stored.
    """
    now = int(time.time())
    digest = hashlib.blake2b(f"{name}:{visitor_address(request)}".encode(), digest_size=12).hexdigest()
    for place in range(times):
        if cache.add(f"limit:{digest}:{now // seconds}:{place}", 1, seconds):
            return
    raise TooManyRequests(seconds - now % seconds)


def csv_response(filename: str, rows: Iterable[Iterable]) -> HttpResponse:
    """A table for German spreadsheets: semicolons, UTF-8 with mark; formulas are made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _harmless(cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def wants_fragment(request) -> bool:
    """Whether htmx asks for the changing part of a page; not when it restores its history."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def safe_next(request, default: str) -> str:
    """Where the form said it came from (`weiter`), if that is a page of this house."""
    target = request.POST.get("weiter") or request.GET.get("weiter") or ""
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if ours and target.startswith("/") else default
