"""What waits for staff on the start page „Heute“: a task with its lines, as any room can name it.

Rooms hang a function on their `AppConfig` (`desk_tasks = "formats.today.tasks"`); the roof asks each
of them. It takes a person and a moment, and gives the tasks that this person may act on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

# Lines shown per task; the rest is a number and a link.
SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One thing to do, and the page where it is done. `when` says since or until when, in German."""

    text: str
    url: str
    when: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Task:
    """Things of one kind that wait. `lines` are the first few of `count`, the oldest first.

    `since` is the moment of the oldest and decides the place of the task; an `alarm` stands above
    all others. `quiet` tasks are only news (what is planned) and do not count as work.
    """

    title: str
    count: int
    lines: tuple[Line, ...]
    since: datetime
    url: str = ""
    alarm: bool = False
    quiet: bool = False

    @property
    def more(self) -> int:
        return self.count - len(self.lines)

    @property
    def place(self) -> tuple[bool, bool, datetime, str]:
        """Alarms first, news last, in between the oldest first."""
        return not self.alarm, self.quiet, self.since, self.title


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """Those that hold something, in the order of the page."""
    return sorted((task for task in tasks if task.count), key=lambda task: task.place)


def midnight(day: date) -> datetime:
    """The beginning of that day in German time."""
    return datetime.combine(day, time(), timezone.get_current_timezone())
