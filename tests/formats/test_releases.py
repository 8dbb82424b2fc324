"""Releasing: four eyes, moments in German time, what was missed, and what readers see of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from formats.actions import (
    approve,
    ask_release,
    cancel_release,
    discard_draft,
    publish,
    publish_due,
    save_draft,
    withdraw,
)
from formats.desk.releases import german_time
from formats.models import Format, Release
from foundation.notices.models import Mail
from foundation.people.roles import Role
from tests.builders import make_format, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def mila():
    """A second editor."""
    return make_user("mila@akademie.example", name="Mila Moor", role=Role.EDITOR)


def drafted(format, author, goal="Neues Ziel"):
    format.goal = goal
    format.save(update_fields=["goal"])
    return save_draft(format, author=author)


@pytest.fixture
def draft(moni):
    return drafted(make_format(), moni)


def page(client, draft):
    return client.get(f"/redaktion/formats/format/{draft.format_id}/freigabe/").content.decode()


def press(client, draft, button, **data):
    address = f"/redaktion/formats/format/{draft.format_id}/freigabe/"
    return client.post(address, {button: "1"} | data)


def live_goal():
    return Format.objects.with_revision().get(slug="runder-tisch").published.snapshot["goal"]


def test_a_draft_goes_live_through_a_second_pair_of_eyes(client, moni, mila, draft):
    client.force_login(moni)
    press(client, draft, "_ask", note="Bitte ansehen")
    assert Mail.objects.get().recipient == "mila@akademie.example"
    assert "Bitte ansehen" in Mail.objects.get().text
    assert "Freigeben wird ihn jemand anderes" in page(client, draft)
    release = Release.objects.get()
    assert press(client, draft, "_approve", release=release.pk).status_code == 403
    client.force_login(mila)
    assert "Neues" in page(client, draft)
    assert press(client, draft, "_approve", release=release.pk, note="gut").status_code == 302
    assert live_goal() == "Neues Ziel"
    release.refresh_from_db()
    assert (release.decided_by, release.comment, release.state) == (mila, "gut", "veröffentlicht")
    assert Mail.objects.get(recipient=moni.email).subject == "Veröffentlicht: Runder Tisch"


def test_whoever_wrote_any_part_since_the_last_publication_does_not_approve(moni, mila, draft):
    newest = drafted(Format.objects.get(), mila, "Noch neuer")
    for writer in (moni, mila):
        with pytest.raises(PermissionDenied):
            approve(ask_release(newest, by=moni), by=writer)
    ole = make_user("ole@akademie.example", role=Role.EDITOR)
    approve(ask_release(newest, by=moni), by=ole)
    assert live_goal() == "Noch neuer"


def test_one_setting_lets_a_small_team_publish_alone(client, settings, moni, draft):
    client.force_login(moni)
    assert "_publish" not in page(client, draft)
    assert press(client, draft, "_publish").status_code == 403
    settings.FOUR_EYES = False
    assert "_publish" in page(client, draft)
    assert press(client, draft, "_publish").status_code == 302
    assert live_goal() == "Neues Ziel"


def test_a_draft_sent_back_says_why_and_can_be_asked_for_again(client, moni, mila, draft):
    release = ask_release(draft, by=moni)
    client.force_login(mila)
    refused = press(client, draft, "_return", release=release.pk)
    assert "Bitte schreiben Sie, was noch fehlt." in refused.content.decode()
    press(client, draft, "_return", release=release.pk, note="Quelle fehlt")
    release.refresh_from_db()
    assert release.state == "zurückgegeben"
    assert "Quelle fehlt" in Mail.objects.get(recipient=moni.email).text
    assert live_goal() == "Voneinander wissen."
    again = ask_release(draft, by=moni)
    assert again.pk != release.pk


def test_asking_twice_is_one_request(moni, mila, draft):
    assert ask_release(draft, by=moni).pk == ask_release(draft, by=moni).pk
    assert Mail.objects.count() == 1


def test_a_newer_draft_takes_the_request_for_the_older_back(moni, mila, draft):
    release = ask_release(draft, by=moni)
    drafted(Format.objects.get(), moni, "Noch neuer")
    release.refresh_from_db()
    assert release.state == "aufgehoben"
    with pytest.raises(ValidationError):
        approve(release, by=mila)


def test_a_decision_on_an_outdated_page_is_refused(client, moni, mila, draft):
    old = ask_release(draft, by=moni)
    cancel_release(old)
    new = ask_release(draft, by=moni)
    client.force_login(mila)
    answer = press(client, draft, "_approve", release=old.pk)
    assert "Inzwischen hat sich etwas geändert" in answer.content.decode()
    new.refresh_from_db()
    assert new.state == "zur Freigabe"


def test_a_planned_text_appears_at_its_moment_in_german_time(client, moni, mila, draft):
    release = ask_release(draft, by=moni)
    client.force_login(mila)
    chosen = {"when": "am", "day": "2027-05-12", "clock": "08:00", "release": release.pk}
    press(client, draft, "_approve", **chosen)
    release.refresh_from_db()
    assert release.publish_at == datetime(2027, 5, 12, 6, 0, tzinfo=UTC)
    assert "Geplant für 12.05.2027, 08:00 Uhr" in page(client, draft)
    publish_due()
    assert live_goal() == "Voneinander wissen."
    Release.objects.update(publish_at=timezone.now() - timedelta(seconds=20))
    publish_due()
    assert live_goal() == "Neues Ziel"
    release.refresh_from_db()
    assert release.state == "veröffentlicht"
    assert not Mail.objects.filter(subject__startswith="Verspätet").exists()


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"day": "2020-01-01", "clock": "08:00"}, "schon vorbei"),
        ({"day": "", "clock": "08:00"}, "Bitte nennen Sie den Tag."),
        ({"day": "2027-05-12", "clock": ""}, "Bitte nennen Sie die Uhrzeit."),
        ({"day": "2027-02-30", "clock": "08:00"}, "gültiges Datum"),
        ({"day": "2027-05-12", "clock": "25:00"}, "gültige Uhrzeit"),
        ({"day": "2027-03-28", "clock": "02:30"}, "Uhr auf Sommerzeit springt"),
    ],
)
def test_impossible_moments_are_explained(client, moni, mila, draft, chosen, said):
    release = ask_release(draft, by=moni)
    client.force_login(mila)
    answer = press(client, draft, "_approve", release=release.pk, **(chosen | {"when": "am"}))
    assert said in answer.content.decode()
    release.refresh_from_db()
    assert release.state == "zur Freigabe"


def test_german_time_knows_summer_and_winter():
    winter = german_time(datetime(2027, 1, 12).date(), datetime(2027, 1, 12, 8).time())
    assert winter == datetime(2027, 1, 12, 7, tzinfo=UTC)
    twice = german_time(datetime(2027, 10, 31).date(), datetime(2027, 10, 31, 2, 30).time())
    assert twice == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def planned(draft, moni, mila, ago):
    moment = timezone.now() + timedelta(days=1)
    release = approve(ask_release(draft, by=moni), by=mila, publish_at=moment)
    Release.objects.update(publish_at=timezone.now() - ago)
    return release


def test_a_missed_publication_is_made_up_for_and_told(moni, mila, draft):
    ada = make_user("ada@akademie.example", role=Role.ADMINISTRATOR)
    planned(draft, moni, mila, timedelta(hours=3))
    publish_due()
    assert live_goal() == "Neues Ziel"
    told = Mail.objects.filter(subject="Verspätet veröffentlicht: Runder Tisch")
    assert {mail.recipient for mail in told} == {moni.email, mila.email, ada.email}
    publish_due()
    assert told.count() == 3


def test_what_cannot_be_published_is_marked_and_told_and_stops_nothing_else(moni, mila, draft):
    other = drafted(make_format("zweites"), moni, "Zweites Ziel")
    Format.objects.filter(slug="runder-tisch").update(number=7)
    numbered = save_draft(Format.objects.get(slug="runder-tisch"), author=moni)
    release = planned(numbered, moni, mila, timedelta(minutes=2))
    planned(other, moni, mila, timedelta(minutes=1))
    make_format("schneller", number=7)
    publish_due()
    release.refresh_from_db()
    assert release.state == "gescheitert"
    assert release.failure == "Diese Nummer trägt schon ein veröffentlichter Steckbrief."
    assert (
        Mail.objects.filter(subject="Nicht veröffentlicht: Runder Tisch", recipient=moni.email).count() == 1
    )
    assert Format.objects.get(slug="zweites").published == other
    publish_due()
    assert Mail.objects.filter(subject__startswith="Nicht veröffentlicht", recipient=moni.email).count() == 1


def test_a_plan_never_overwrites_a_newer_text(moni, mila, draft):
    release = planned(draft, moni, mila, -timedelta(hours=1))
    publish(drafted(Format.objects.get(), moni, "Schneller öffentlich"))
    release.refresh_from_db()
    assert release.state == "aufgehoben"
    with pytest.raises(ValidationError, match="neuere Fassung"):
        publish(draft)
    assert live_goal() == "Schneller öffentlich"


def test_a_plan_can_be_taken_back(client, moni, mila, draft):
    release = planned(draft, moni, mila, -timedelta(hours=1))
    client.force_login(moni)
    press(client, draft, "_cancel", release=release.pk)
    Release.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    publish_due()
    assert live_goal() == "Voneinander wissen."


def test_a_draft_can_be_given_up_and_stays_in_the_history(client, moni, mila, draft):
    client.force_login(moni)
    release = planned(draft, moni, mila, -timedelta(hours=1))
    press(client, draft, "_discard", release=release.pk)
    release.refresh_from_db()
    assert release.state == "aufgehoben"
    format = Format.objects.get()
    assert (format.goal, format.draft) == ("Voneinander wissen.", None)
    assert [r.number for r in format.revisions.newest_first()] == [2, 1]


def test_the_only_text_there_is_cannot_be_given_up(moni, draft):
    withdraw(draft.format)
    with pytest.raises(ValidationError):
        discard_draft(Format.objects.get(), by=moni)


def test_publishing_ends_an_earlier_withdrawal(draft):
    withdraw(draft.format, note="Wird überarbeitet.", successor=make_format("anderes"))
    publish(draft)
    format = Format.objects.get(slug="runder-tisch")
    assert (format.successor, format.withdrawal_note, format.published) == (None, "", draft)


def test_who_may_open_the_page_and_who_may_press(client, cast, draft):
    answers = {}
    for name, user in cast.items():
        client.logout()
        if name != "gast":
            client.force_login(user)
        got = client.get(f"/redaktion/formats/format/{draft.format_id}/freigabe/").status_code
        answers[name] = (got, press(client, draft, "_cancel").status_code)
    allowed = {name for name, (got, _) in answers.items() if got == 200}
    assert allowed == {"moni", "ada", "root"}
    assert answers["gast"] == answers["anna"] == (302, 302)
    assert answers["mara"] == answers["lou"] == (403, 403)
    assert answers["ada"] == (200, 403)
