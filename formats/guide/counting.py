"""Counting: how often each step was reached, by day. Noted in memory, written in batches.

A page that is sent adds to numbers in this process; nobody's request waits for the database. After
an answer has left, and at most once a minute, the numbers are added to the table. What a process
that dies at once had not written is lost: at most a minute of counts, never a page.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import Counter
from datetime import date
from uuid import UUID

from django.db import Error, transaction
from django.db.models import F
from django.utils import timezone

from formats.guide.walk import State
from formats.models import TreeCount

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds between two writes of one process
MOST = 5_000  # different steps kept in memory; more are not counted

_waiting: Counter[tuple[UUID, date, str]] = Counter()
_lock = threading.Lock()
_written = time.monotonic()


def steps_of(state: State) -> list[str]:
    """What one page adds to: what it shows, and the answer that led there."""
    found = []
    if state.question:
        found.append(question_step(state.question.key))
    if state.outcome:
        found.append(outcome_step(state.outcome.key))
    if found and state.steps:
        last = state.steps[-1]
        found.append(answer_step(last.question.key, last.option.key))
    return found


def question_step(key: str) -> str:
    return f"frage:{key}"


def answer_step(question: str, option: str) -> str:
    return f"antwort:{question}:{option}"


def outcome_step(key: str) -> str:
    return f"ergebnis:{key}"


def note(revision: UUID, steps: list[str]) -> None:
    """Remember that these steps were reached today. No database, no person."""
    today = timezone.localdate()
    with _lock:
        for step in steps:
            if len(_waiting) < MOST or (revision, today, step) in _waiting:
                _waiting[revision, today, step] += 1


def write_if_due(**_signal) -> None:
    """Write what waits, if the last write of this process is a while ago. Hears `request_finished`."""
    if _waiting and time.monotonic() - _written >= EVERY:
        write()


def write() -> int:
    """Add everything that waits to the table; returns how many numbers were written.

    If the database is away the numbers go on waiting.
    """
    global _written
    with _lock:
        batch = dict(_waiting)
        _waiting.clear()
        _written = time.monotonic()
    try:
        with transaction.atomic():
            # One order for all processes, so that two of them never wait for each other.
            for (revision, day, step), count in sorted(batch.items(), key=str):
                _add(revision, day, step, count)
    except Error as error:
        log.warning("The counts of the guide could not be written yet: %s", error)
        with _lock:
            _waiting.update(batch)
        return 0
    return len(batch)


def _add(revision: UUID, day: date, step: str, count: int) -> None:
    TreeCount.objects.bulk_create(
        [TreeCount(revision_id=revision, day=day, step=step)], ignore_conflicts=True
    )
    TreeCount.objects.filter(revision=revision, day=day, step=step).update(count=F("count") + count)


def forget() -> None:
    """Throw away what waits: between tests."""
    with _lock:
        _waiting.clear()


@atexit.register
def _write_last() -> None:
    """A worker that is told to end writes what it still has, if it can."""
    if _waiting:
        try:
            write()
        except Exception:  # the process is ending, nobody could act on it
            log.warning("The last counts of the guide were lost")
