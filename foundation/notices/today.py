"""What the post office lays on „Heute“: letters that do not get out."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from foundation.kit.today import SHOWN, Line, Task
from foundation.notices.models import CLAIM_LASTS, Mail


def tasks(user, now: datetime) -> Iterator[Task]:
    """Letters given up, and those that wait longer than usual; for those who may see the outbox."""
    if not user.has_perm("notices.view_mail"):
        return
    stuck = Mail.objects.waiting().filter(created_at__lt=now - CLAIM_LASTS)
    for title, mails, state, alarm in (
        ("Aufgegebene Mails", Mail.objects.given_up(), "aufgegeben", True),
        ("Wartende Mails", stuck, "wartend", False),
    ):
        yield from _task(title, mails.order_by("created_at", "pk"), state, alarm=alarm)


def _task(title: str, mails, state: str, *, alarm: bool) -> Iterator[Task]:
    """One task for letters in one state (two queries)."""
    count, first = mails.count(), list(mails[:SHOWN])
    if not first:
        return
    url = f"{reverse('admin:notices_mail_changelist')}?stand={state}"
    lines = tuple(
        Line(
            mail.subject,
            reverse("admin:notices_mail_change", args=[mail.pk]),
            when=f"seit {timezone.localtime(mail.created_at):%d.%m.%Y, %H:%M} Uhr",
            detail=mail.last_error,
        )
        for mail in first
    )
    yield Task(title, count, lines, first[0].created_at, url, alarm=alarm)
