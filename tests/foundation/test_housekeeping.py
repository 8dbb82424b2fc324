"""What is forgotten after a while: sessions that ran out, letters that were sent long ago."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from foundation.notices.actions import prune_sent_mails
from foundation.notices.models import Mail
from foundation.people.actions import clear_sessions
from foundation.schedule.actions import tick
from foundation.schedule.models import Job

pytestmark = pytest.mark.django_db


def test_sessions_that_ran_out_are_forgotten():
    now = timezone.now()
    Session.objects.create(session_key="alt", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="neu", session_data="", expire_date=now + timedelta(minutes=1))
    clear_sessions()
    assert [session.pk for session in Session.objects.all()] == ["neu"]


def test_letters_are_forgotten_ninety_days_after_they_left():
    now = timezone.now()
    for subject, sent_at in (
        ("alt", now - timedelta(days=91)),
        ("neu", now - timedelta(days=89)),
        ("wartet", None),
    ):
        Mail.objects.create(recipient="anna@auenlinden.example", subject=subject, text="x", sent_at=sent_at)
    prune_sent_mails()
    assert sorted(mail.subject for mail in Mail.objects.all()) == ["neu", "wartet"]


def test_the_clock_knows_both_jobs():
    tick(timezone.now())
    jobs = {job.name: job.succeeded_at for job in Job.objects.all()}
    assert jobs["sessions"]
    assert jobs["sent_mails"]
