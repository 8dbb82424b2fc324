"""The counter of the post office: letters are handed in here, and brought to the worker."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from foundation.notices.models import Mail
from foundation.notices.tasks import deliver

KEEP_SENT = timedelta(days=90)


@transaction.atomic
def post(*, to: str, template: str, context: dict[str, Any], key: str | None = None) -> Mail:
    """Write a letter and hand it to the worker after the commit. The same `key` twice is one letter.

    `template` names three files: `<template>.subject.txt`, `.txt` and `.html`. In the two text files
    nothing is escaped. All three also get `site_url`.
    """
    context = {"site_url": settings.SITE_URL, **context}
    letter = {
        "recipient": to,
        "subject": " ".join(_plain(f"{template}.subject.txt", context).split())[:250],
        "text": _plain(f"{template}.txt", context).strip() + "\n",
        "html": get_template(f"{template}.html").render(context),
    }
    if key is None:
        mail, written = Mail.objects.create(**letter), True
    else:
        mail, written = Mail.objects.get_or_create(key=key, defaults=letter)
    if written:
        transaction.on_commit(partial(_enqueue, [mail.pk]), robust=True)
    return mail


def prune_sent_mails() -> None:
    """Delete letters ninety days after they were sent: they hold names and addresses."""
    Mail.objects.filter(sent_at__lt=timezone.now() - KEEP_SENT).delete()


def enqueue_due_mails() -> None:
    """Bring to the worker what waits for another try or was lost on the way (scheduled each minute)."""
    now = timezone.now()
    _enqueue(list(Mail.objects.due(now).not_in_the_queue(now).values_list("pk", flat=True)))


@transaction.atomic
def resend(mails: Iterable[Mail]) -> int:
    """Try waiting or given-up letters again at once; returns how many. Sent ones stay as they are."""
    now = timezone.now()
    pks = [mail.pk for mail in mails]
    unsent = Mail.objects.filter(pk__in=pks, sent_at__isnull=True)
    again = list(unsent.order_by("pk").values_list("pk", flat=True))
    unsent.update(due_at=now, given_up_at=None, enqueued_at=None, tries=0)
    transaction.on_commit(partial(_enqueue, again), robust=True)
    return len(again)


def _enqueue(pks: Iterable[int]) -> None:
    for pk in pks:
        Mail.objects.filter(pk=pk).update(enqueued_at=timezone.now())
        deliver.enqueue(pk)


def _plain(name: str, context: dict[str, Any]) -> str:
    return get_template(name).template.render(Context(context, autoescape=False))
