"""„Heute“: everybody sees what they may act on, the oldest first, in a fixed number of queries."""

import re
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from formats.actions import approve, ask_release, cancel_release, save_draft, send_back, withdraw
from formats.models import Correction, Format, Release, Remark
from formats.permissions import can_release
from formats.today import released_by_others
from foundation.notices.models import Mail
from foundation.people.roles import Role
from foundation.schedule.models import Job
from tests.builders import make_draft, make_format, make_user
from tests.formats.test_completeness import FULL

pytestmark = pytest.mark.django_db

TODAY = "/redaktion/"


@pytest.fixture(autouse=True)
def _clock_runs(db):
    """The clock has run: otherwise everything is late."""
    Job.objects.create(name="sweep", label="Fegen", minutes=1, due_at=timezone.now(), late_at=ago(hours=-1))


@pytest.fixture
def mia(db):
    """Another editor: the second pair of eyes."""
    return make_user("mia@akademie.example", name="Mia Maurer", role=Role.EDITOR)


@pytest.fixture
def sound(db):
    """A Steckbrief with which nothing is to be done."""
    make_format("anderer", **FULL | {"related": []})
    due = (timezone.localdate() + timedelta(days=200)).isoformat()
    values = FULL | {"review_due": due, "as_of": timezone.localdate().isoformat()}
    format = make_format("runder-tisch", **values)
    withdraw(Format.objects.get(slug="anderer"))
    return format


def ago(**span):
    return timezone.now() - timedelta(**span)


def edited(format, *, author, goal="Voneinander lernen."):
    format.goal = goal
    format.save()
    return save_draft(format, author=author)


def seen(client, user) -> list[str]:
    """Titles with counts of the tasks on this person's page, in order."""
    client.force_login(user)
    page = client.get(TODAY).content.decode()
    found = re.findall(r'<h2 class="task__title">(.*?)</h2>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", title).replace("▲ Alarm: ", "! ") for title in found]


def test_when_nothing_waits_the_page_says_so_and_the_desk_is_beside_it(client, sound, moni):
    assert seen(client, moni) == []
    page = client.get(TODAY).content.decode()
    assert "<h1>Heute</h1>" in page
    assert "Alles erledigt." in page
    assert 'href="/redaktion/formats/format/"' in page


def test_a_draft_waits_for_those_who_did_not_write_on_it(client, sound, cast, mia):
    ask_release(edited(sound, author=cast["moni"]), by=cast["moni"])
    found = {name: seen(client, cast[name]) for name in ("moni", "mara", "lou", "ada", "root")}
    waiting = ["Entwürfe zur Freigabe (1)"]
    assert found == {"moni": [], "mara": [], "lou": [], "ada": waiting, "root": waiting}
    assert seen(client, mia) == waiting
    page = client.get(TODAY).content.decode()
    assert f'<a href="/redaktion/formats/format/{sound.pk}/freigabe/">Runder Tisch</a>' in page
    assert "von Moni Mertens" in page


@pytest.mark.parametrize("four_eyes", [True, False])
def test_the_page_and_the_button_agree_on_who_may_release(cast, mia, four_eyes):
    """`released_by_others` asks for many what `can_release` asks for one."""
    moni, ada = cast["moni"], cast["ada"]
    first = make_format("eins")
    ask_release(edited(first, author=moni), by=moni)
    second = make_format("zwei")
    edited(second, author=mia)
    ask_release(edited(second, author=ada, goal="Noch anders"), by=moni)
    new = make_draft("drei")
    ask_release(save_draft(new, author=mia), by=moni)
    later = make_format("vier")
    asked = edited(later, author=ada)
    ask_release(asked, by=ada)
    with override_settings(FOUR_EYES=four_eyes):
        for user in (moni, mia, ada, cast["root"]):
            listed = set(released_by_others(Release.objects.open(), user))
            single = {r for r in Release.objects.open() if can_release(user, r.revision)}
            assert listed == single
            assert len(single) in ((1, 2, 3, 4) if four_eyes else (4,))


def test_who_wrote_before_the_last_publication_may_release_the_next(client, sound, moni, mia):
    approve(ask_release(edited(sound, author=moni), by=moni), by=mia)
    sound.refresh_from_db()
    ask_release(edited(sound, author=mia, goal="Noch ein Ziel"), by=mia)
    assert seen(client, moni) == ["Entwürfe zur Freigabe (1)"]


def test_a_draft_sent_back_waits_for_who_asked_until_it_goes_on(client, sound, moni, mia):
    release = ask_release(edited(sound, author=moni), by=moni)
    send_back(release, by=mia, comment="Bitte mit Quelle.")
    assert (seen(client, moni), seen(client, mia)) == (["Zurückgegebene Entwürfe von Ihnen (1)"], [])
    client.force_login(moni)
    assert "Bitte mit Quelle." in client.get(TODAY).content.decode()
    sound.refresh_from_db()
    ask_release(edited(sound, author=moni, goal="Mit Quelle"), by=moni)
    assert seen(client, moni) == []


def test_a_draft_asked_for_again_is_sent_back_no_longer(client, sound, moni, mia):
    draft = edited(sound, author=moni)
    send_back(ask_release(draft, by=moni), by=mia, comment="Noch nicht.")
    again = ask_release(draft, by=moni)
    assert seen(client, moni) == []
    cancel_release(again)
    assert seen(client, moni) == ["Zurückgegebene Entwürfe von Ihnen (1)"]


def planned(format, *, by, approver, **fields):
    release = ask_release(edited(format, author=by), by=by)
    approve(release, by=approver, publish_at=timezone.now() + timedelta(days=1))
    Release.objects.filter(pk=release.pk).update(**fields)


def test_what_is_planned_is_news_and_no_work(client, sound, moni, mia):
    planned(sound, by=moni, approver=mia)
    assert seen(client, moni) == ["Nächste Veröffentlichungen (1)"]
    assert "Alles erledigt." in client.get(TODAY).content.decode()


def test_a_publication_that_failed_is_an_alarm_with_its_reason(client, sound, cast, mia):
    planned(sound, by=cast["moni"], approver=mia, failed_at=ago(minutes=3), failure="Nummer vergeben.")
    found = {name: seen(client, cast[name]) for name in ("moni", "mara", "lou", "ada")}
    alarm = ["! Gescheiterte Veröffentlichungen (1)"]
    assert found == {"moni": alarm, "mara": [], "lou": [], "ada": alarm}
    assert "Nummer vergeben." in client.get(TODAY).content.decode()


@pytest.mark.parametrize(
    ("minutes", "task"), [(14, "Nächste Veröffentlichungen (1)"), (16, "! Verpasste Veröffentlichungen (1)")]
)
def test_a_publication_is_missed_a_quarter_of_an_hour_later(client, sound, moni, mia, minutes, task):
    planned(sound, by=moni, approver=mia, publish_at=ago(minutes=minutes))
    assert seen(client, moni) == [task]


def test_late_jobs_are_an_alarm_for_those_who_may_see_the_clock(client, sound, cast):
    Job.objects.update(late_at=ago(minutes=1), last_error="OSError: voll")
    found = {name: seen(client, cast[name]) for name in ("moni", "mara", "lou", "ada", "root")}
    alarm = ["! Nicht gelaufene Aufgaben (1)"]
    assert found == {"moni": [], "mara": [], "lou": [], "ada": alarm, "root": alarm}
    assert "OSError: voll" in client.get(TODAY).content.decode()


def test_a_clock_that_never_ran_is_an_alarm_too(client, sound, cast):
    Job.objects.all().delete()
    assert seen(client, cast["ada"])[0].startswith("! Nicht gelaufene Aufgaben")
    assert "noch nie gelaufen" in client.get(TODAY).content.decode()


def letter(**fields):
    return Mail.objects.create(recipient="anna@auenlinden.example", subject="Brief", text="x", **fields)


def test_letters_that_do_not_get_out_are_told_to_the_administration(client, sound, cast):
    letter(created_at=ago(hours=2), given_up_at=ago(hours=1), last_error="SMTP: abgelehnt")
    letter(created_at=ago(minutes=11))
    letter(created_at=ago(minutes=9))
    letter(created_at=ago(hours=3), sent_at=ago(hours=3))
    assert seen(client, cast["ada"]) == ["! Aufgegebene Mails (1)", "Wartende Mails (1)"]
    page = client.get(TODAY).content.decode()
    assert "/redaktion/notices/mail/?stand=aufgegeben" in page
    assert "SMTP: abgelehnt" in page
    assert seen(client, cast["moni"]) == []


def test_notes_of_readers_and_remarks_wait_for_editors(client, sound, cast):
    note = Correction.objects.create(revision=sound.published, text="Die Dauer <b>stimmt</b> nicht.")
    Correction.objects.filter(pk=note.pk).update(created_at=ago(days=2))
    Correction.objects.create(revision=sound.published, text="Erledigt", settled_at=timezone.now())
    Remark.objects.create(revision=sound.published, name="Frau Muster", text="Fehlt noch etwas.")
    found = {name: seen(client, cast[name]) for name in ("moni", "mara", "lou", "ada")}
    both = ["Korrekturhinweise (1)", "Bemerkungen zu Entwürfen (1)"]
    assert found == {"moni": both, "mara": [], "lou": [], "ada": []}
    client.force_login(cast["moni"])
    page = client.get(TODAY).content.decode()
    assert "Die Dauer &lt;b&gt;stimmt&lt;/b&gt; nicht." in page
    assert f"/redaktion/formats/format/{sound.pk}/change/#daneben" in page
    assert f"/redaktion/formats/format/{sound.pk}/mitautoren/" in page


def test_reviews_and_gaps_wait_for_editors(client, cast):
    today = timezone.localdate()
    make_format("faellig", review_due=(today - timedelta(days=3)).isoformat())
    make_format("alt", as_of=(today - timedelta(days=400)).isoformat())
    save_draft(make_draft("neu", title="Neu"), author=cast["moni"])
    withdraw(make_format("weg"))
    assert sorted(seen(client, cast["moni"])) == [
        "Prüfung fällig (1)",
        "Seit zwölf Monaten ungeprüft (1)",
        "Unvollständige Steckbriefe (3)",
    ]
    page = client.get(TODAY).content.decode()
    assert f"überfällig seit {today - timedelta(days=3):%d.%m.%Y}" in page
    assert "Es fehlt: Gruppengröße, Dauer" in page
    assert [seen(client, cast[name]) for name in ("mara", "lou", "ada")] == [[], [], []]


def test_a_gap_closed_in_the_draft_is_no_task(client, cast, sound):
    make_format("anderer-2", **FULL | {"related": ["runder-tisch"], "tips": []})
    format = Format.objects.get(slug="anderer-2")
    assert "Unvollständige Steckbriefe (1)" in seen(client, cast["moni"])
    format.tips = ["Früh anfangen"]
    format.save()
    save_draft(format, author=cast["moni"])
    assert "Unvollständige Steckbriefe (1)" not in seen(client, cast["moni"])


def test_alarms_stand_above_the_oldest_and_news_below(client, sound, moni, mia):
    other = make_format("zwei", **FULL | {"review_due": "2020-01-01"})
    note = Correction.objects.create(revision=other.published, text="Fehler")
    Correction.objects.filter(pk=note.pk).update(created_at=ago(days=1))
    planned(sound, by=moni, approver=mia)
    third = make_format("drei", **FULL | {"review_due": "2099-01-01"})
    planned(third, by=moni, approver=mia, failed_at=ago(minutes=1), failure="Vergeben.")
    titles = [title for title in seen(client, moni) if not title.startswith("Unvoll")]
    assert titles[0] == "! Gescheiterte Veröffentlichungen (1)"
    assert titles[-1] == "Nächste Veröffentlichungen (1)"
    assert titles.index("Prüfung fällig (1)") < titles.index("Korrekturhinweise (1)")


def test_long_tasks_show_five_and_how_many_more(client, sound, moni):
    for number in range(8):
        note = Correction.objects.create(revision=sound.published, text=f"Hinweis {number}")
        Correction.objects.filter(pk=note.pk).update(created_at=ago(days=number))
    assert seen(client, moni) == ["Korrekturhinweise (8)"]
    page = client.get(TODAY).content.decode()
    assert re.findall(r"Hinweis \d", page) == [f"Hinweis {number}" for number in (7, 6, 5, 4, 3)]
    assert "und 3 weitere" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, cast, mia, django_assert_num_queries, number):
    moni = cast["moni"]
    for index in range(number):
        format = make_format(f"runde-{index}", review_due="2026-01-01", as_of="2020-01-01")
        Correction.objects.create(revision=format.published, text="Fehler")
        Remark.objects.create(revision=format.published, name="Frau Muster", text="Fehlt.")
        make_format(f"alt-{index}", as_of="2020-01-01")
        ask_release(edited(format, author=moni), by=moni)
        planned(make_format(f"plan-{index}"), by=moni, approver=mia)
        planned(make_format(f"fehl-{index}"), by=moni, approver=mia, failed_at=ago(minutes=1))
        planned(make_format(f"verpasst-{index}"), by=moni, approver=mia, publish_at=ago(hours=1))
        back = edited(make_format(f"zurueck-{index}"), author=moni)
        send_back(ask_release(back, by=cast["root"]), by=mia, comment="Noch nicht.")
        letter(created_at=ago(hours=2), given_up_at=ago(hours=1))
        letter(created_at=ago(hours=2))
    Job.objects.update(late_at=ago(minutes=1))
    client.force_login(cast["root"])
    client.get(TODAY)
    with django_assert_num_queries(28):
        page = client.get(TODAY).content.decode()
    assert page.count('class="task__title"') == 13


@pytest.mark.parametrize(("name", "status"), [("gast", 302), ("anna", 302), ("lou", 200)])
def test_only_staff_see_the_page(client, cast, name, status):
    if name != "gast":
        client.force_login(cast[name])
    assert client.get(TODAY).status_code == status


def test_the_page_only_shows(client, moni):
    client.force_login(moni)
    assert client.post(TODAY).status_code == 405
