"""The post office: letters leave once, wait while the mail server is away, and are never lost."""

import logging
import socket
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as mailbox
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from foundation.notices.actions import enqueue_due_mails, post, resend
from foundation.notices.models import BACK_OFF, CLAIM_LASTS, Mail
from foundation.notices.tasks import deliver

pytestmark = pytest.mark.django_db

only_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="needs a database that several threads write at once"
)


class DyingMailServer(BaseEmailBackend):
    """Takes the worker down with it, as `kill -9` or a lack of memory would."""

    def send_messages(self, letters):
        raise SystemExit(9)


@pytest.fixture(autouse=True)
def letters(settings, tmp_path):
    """The templates of one letter."""
    (tmp_path / "probe.subject.txt").write_text("Ihr Hinweis zu\n{{ title }}")
    (tmp_path / "probe.txt").write_text("Guten Tag,\n\nzu {{ title }}: {{ site_url }}/\n")
    (tmp_path / "probe.html").write_text(
        '{% extends "notices/mail_base.html" %}{% block content %}<p>Zu {{ title }}.</p>{% endblock %}'
    )
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]


@pytest.fixture
def no_mail_server(settings):
    """A mail server that does not answer: nobody listens on its port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 2},
        }
    }


def make_mail(**fields) -> Mail:
    return Mail.objects.create(
        **{"recipient": "anna@auenlinden.example", "subject": "Hinweis", "text": "Guten Tag.\n"} | fields
    )


def post_probe(**values):
    return post(
        **{"to": "anna@auenlinden.example", "template": "probe", "context": {"title": "Märkte & Plätze"}}
        | values
    )


def together(number: int, work) -> None:
    """Run `work` in so many threads that begin at the same moment."""
    begin = threading.Barrier(number)

    def run():
        try:
            begin.wait()
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_letter_leaves_after_the_commit_in_text_and_html(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        written = post_probe()
        assert mailoutbox == []
    [letter] = mailoutbox
    assert letter.to == ["anna@auenlinden.example"]
    assert letter.subject == "Ihr Hinweis zu Märkte & Plätze"
    assert letter.body == "Guten Tag,\n\nzu Märkte & Plätze: http://127.0.0.1:8000/\n"
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    assert "<p>Zu Märkte &amp; Plätze.</p>" in html
    written.refresh_from_db()
    assert written.sent_at is not None
    assert (written.tries, written.last_error) == (1, "")


def test_a_letter_says_that_a_machine_wrote_it_and_keeps_its_message_id(mailoutbox):
    mail = make_mail(created_at=datetime(2026, 5, 12, 8, 0, tzinfo=UTC))
    deliver.call(mail.pk)
    headers = mailoutbox[0].message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == f"<mail-{mail.pk}-20260512080000@127.0.0.1>"


def test_a_subject_stays_one_short_line():
    mail = post_probe(context={"title": "Markt\r\nBcc: alle@example.org " + "x" * 300})
    assert "\n" not in mail.subject
    assert mail.subject.startswith("Ihr Hinweis zu Markt Bcc: alle@example.org xxx")
    assert len(mail.subject) == 250


def test_the_same_key_twice_is_one_letter(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        first = post_probe(key="hinweis-7")
        second = post_probe(key="hinweis-7", to="bernd@auenlinden.example")
        post_probe(key="hinweis-8")
    assert first == second
    assert [letter.to for letter in mailoutbox] == [["anna@auenlinden.example"]] * 2
    assert Mail.objects.count() == 2


def test_letters_without_a_key_are_all_written():
    post_probe()
    post_probe()
    assert Mail.objects.count() == 2


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_eight_threads_at_once_is_one_letter(mailoutbox):
    together(8, lambda: post_probe(key="hinweis-7"))
    assert Mail.objects.count() == 1
    assert len(mailoutbox) == 1


def test_what_is_rolled_back_leaves_no_letter(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True), suppress(LookupError), transaction.atomic():
        post_probe()
        assert Mail.objects.count() == 1
        raise LookupError
    assert Mail.objects.count() == 0
    assert mailoutbox == []


def test_a_sent_letter_is_never_sent_again(mailoutbox):
    mail = make_mail()
    deliver.call(mail.pk)
    deliver.call(mail.pk)
    enqueue_due_mails()
    assert len(mailoutbox) == 1


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_send_a_letter_once(mailoutbox):
    mail = make_mail()
    together(8, lambda: deliver.call(mail.pk))
    assert len(mailoutbox) == 1
    mail.refresh_from_db()
    assert mail.tries == 1


def test_while_the_mail_server_is_away_the_letter_waits(no_mail_server):
    mail = make_mail()
    begun = timezone.now()
    deliver.call(mail.pk)
    mail.refresh_from_db()
    assert (mail.sent_at, mail.given_up_at, mail.claimed_at, mail.tries) == (None, None, None, 1)
    assert mail.last_error.startswith("ConnectionRefusedError")
    assert begun + BACK_OFF[0] <= mail.due_at <= timezone.now() + BACK_OFF[0]


@pytest.mark.parametrize("tries", range(len(BACK_OFF)))
def test_each_failure_makes_the_pause_longer(no_mail_server, tries):
    mail = make_mail(tries=tries)
    begun = timezone.now()
    deliver.call(mail.pk)
    mail.refresh_from_db()
    assert begun + BACK_OFF[tries] <= mail.due_at <= timezone.now() + BACK_OFF[tries]
    assert sorted(BACK_OFF) == BACK_OFF


def test_a_waiting_letter_leaves_once_the_mail_server_is_back(no_mail_server, settings, mailoutbox):
    mail = make_mail()
    deliver.call(mail.pk)
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    enqueue_due_mails()
    assert mailoutbox == []
    Mail.objects.update(due_at=timezone.now())
    enqueue_due_mails()
    assert len(mailoutbox) == 1
    mail.refresh_from_db()
    assert mail.sent_at is not None
    assert (mail.tries, mail.last_error) == (2, "")


def test_after_the_last_try_the_letter_is_given_up_and_the_log_says_so(no_mail_server, caplog):
    mail = make_mail(tries=len(BACK_OFF))
    with caplog.at_level(logging.ERROR, "foundation.notices"):
        deliver.call(mail.pk)
    mail.refresh_from_db()
    assert mail.given_up_at is not None
    assert [record.getMessage() for record in caplog.records] == [
        f"Mail {mail.pk} was given up after 7 tries: ConnectionRefusedError"
    ]
    assert list(Mail.objects.given_up()) == [mail]
    assert not Mail.objects.due(timezone.now() + timedelta(days=30)).exists()


def test_an_impossible_address_harms_nobody_else(mailoutbox):
    broken = make_mail(recipient="anna@\nauenlinden.example")
    sound = make_mail(recipient="bernd@auenlinden.example")
    enqueue_due_mails()
    assert [letter.to for letter in mailoutbox] == [["bernd@auenlinden.example"]]
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert broken.last_error.startswith("ValueError")
    assert sound.sent_at is not None


def test_a_letter_whose_worker_died_leaves_later_and_once(settings, mailoutbox):
    mail = make_mail()
    working = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.DyingMailServer"}}
    with pytest.raises(SystemExit):
        deliver.call(mail.pk)
    settings.MAILERS = working
    enqueue_due_mails()
    deliver.call(mail.pk)
    assert mailoutbox == []  # for all we know, that worker is still busy

    Mail.objects.update(claimed_at=timezone.now() - CLAIM_LASTS - timedelta(seconds=1))
    enqueue_due_mails()
    enqueue_due_mails()
    assert len(mailoutbox) == 1
    mail.refresh_from_db()
    assert (mail.tries, mail.claimed_at) == (2, None)
    assert mail.sent_at is not None


def test_while_no_worker_runs_the_queue_does_not_grow(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    make_mail()
    enqueue_due_mails()
    enqueue_due_mails()
    assert DBTaskResult.objects.count() == 1
    Mail.objects.update(enqueued_at=timezone.now() - CLAIM_LASTS - timedelta(seconds=1))
    enqueue_due_mails()
    assert DBTaskResult.objects.count() == 2


def test_resending_takes_up_what_was_given_up_and_leaves_what_was_sent(
    django_capture_on_commit_callbacks, mailoutbox
):
    now = timezone.now()
    given_up = make_mail(given_up_at=now, tries=7, recipient="anna@auenlinden.example")
    waiting = make_mail(due_at=now + timedelta(hours=8), tries=5, recipient="bernd@auenlinden.example")
    sent = make_mail(sent_at=now, recipient="clara@weidenbrueck.example")
    with django_capture_on_commit_callbacks(execute=True):
        assert resend(Mail.objects.all()) == 2
    assert sorted(letter.to[0] for letter in mailoutbox) == [given_up.recipient, waiting.recipient]
    sent.refresh_from_db()
    assert (sent.sent_at, sent.tries) == (now, 0)


def test_a_letter_cannot_be_both_sent_and_given_up():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_mail(sent_at=timezone.now(), given_up_at=timezone.now())


@pytest.mark.parametrize(
    ("name", "status"),
    [("ada", 200), ("root", 200), ("moni", 403), ("mara", 403), ("anna", 302), ("gast", 302)],
)
def test_who_may_look_into_the_outbox(client, cast, name, status):
    if name != "gast":
        client.force_login(cast[name])
    assert client.get("/redaktion/notices/mail/").status_code == status


@pytest.mark.parametrize(
    ("state", "subjects"),
    [
        ("", "Alt Neu Weg"),
        ("?stand=wartend", "Neu"),
        ("?stand=versandt", "Weg"),
        ("?stand=aufgegeben", "Alt"),
    ],
)
def test_the_outbox_filters_by_state(client, cast, state, subjects):
    make_mail(subject="Neu")
    make_mail(subject="Weg", sent_at=timezone.now())
    make_mail(subject="Alt", given_up_at=timezone.now())
    client.force_login(cast["ada"])
    shown = client.get(f"/redaktion/notices/mail/{state}").context["cl"].result_list
    assert sorted(mail.subject for mail in shown) == subjects.split()


def test_the_outbox_shows_the_envelope_but_not_the_letter(client, cast):
    mail = make_mail(subject="Umschlag", text="Nur für Anna bestimmt.", html="<p>Nur für Anna bestimmt.</p>")
    client.force_login(cast["ada"])
    page = client.get(f"/redaktion/notices/mail/{mail.pk}/change/").content.decode()
    assert "Umschlag" in page
    assert "bestimmt" not in page


def test_the_administration_sends_again_from_the_outbox(
    client, cast, django_capture_on_commit_callbacks, mailoutbox
):
    mail = make_mail(given_up_at=timezone.now(), tries=7)
    client.force_login(cast["ada"])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            "/redaktion/notices/mail/", {"action": "resend", "_selected_action": [mail.pk]}, follow=True
        )
    assert "Eine Mail wird erneut versandt." in answer.content.decode()
    assert len(mailoutbox) == 1
    assert mailbox.outbox == mailoutbox


def test_nothing_in_the_outbox_is_written_or_deleted_by_hand(client, cast):
    mail = make_mail()
    client.force_login(cast["root"])
    assert client.get("/redaktion/notices/mail/add/").status_code == 403
    assert client.post(f"/redaktion/notices/mail/{mail.pk}/change/", {"subject": "anders"}).status_code == 403
    assert client.post(f"/redaktion/notices/mail/{mail.pk}/delete/", {"post": "yes"}).status_code == 403
    mail.refresh_from_db()
    assert mail.subject == "Hinweis"
