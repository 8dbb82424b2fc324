"""Nothing typed is lost: autosave, a session that is over, an old CSRF token, another person's window."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from formats.desk.rescue import FORGOTTEN_AFTER, TOKEN, clear_forgotten, owner_of, token_for
from formats.models import Format, OpenForm
from foundation.people.roles import Role
from tests.builders import make_format, make_user
from tests.formats.test_admin import LIST, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


@pytest.fixture
def ole(db):
    return make_user("ole@akademie.example", name="Ole Ohm", role=Role.EDITOR)


def change(format):
    return f"{LIST}{format.pk}/change/"


def beat(format):
    return f"{LIST}{format.pk}/zwischenstand/"


def typed(user, format=None, **changes):
    return form_data(**changes) | {TOKEN: token_for(user, format)}


# The token.


def test_a_token_names_person_and_steckbrief(moni):
    format = make_format()
    owner = owner_of(token_for(moni, format))
    assert (owner.user, owner.format) == (moni.pk, format.pk)
    assert owner_of(token_for(moni, None)).format is None


def test_forged_foreign_and_old_tokens_name_nobody(moni, monkeypatch):
    assert owner_of("") is None
    assert owner_of("x:y:z") is None
    assert owner_of(signing.dumps([moni.pk, 1], salt="anything")) is None
    assert owner_of(signing.dumps("odd", salt="formats.desk.typing")) is None
    monkeypatch.setattr("django.core.signing.time.time", lambda: 0)
    old = token_for(moni, None)
    monkeypatch.undo()
    assert owner_of(old) is None


# Autosave.


def test_what_is_typed_is_kept_and_nothing_of_it_is_saved(desk, moni):
    format = make_format()
    answer = desk.post(beat(format), typed(moni, format, goal="Halb getipp", summary="", revision="1"))
    assert answer.status_code == 200
    kept = OpenForm.objects.get()
    assert (kept.user, kept.format, kept.base) == (moni, format, 1)
    assert kept.typed["goal"] == ["Halb getipp"]
    assert TOKEN not in kept.typed
    assert "csrfmiddlewaretoken" not in kept.typed
    assert Format.objects.get().goal == "Voneinander wissen."
    assert format.revisions.count() == 1


def test_the_answer_tells_time_readability_others_and_newer_revisions(desk, moni, ole):
    format = make_format()
    other = Client()
    other.force_login(ole)
    other.get(change(format))
    other.post(change(format), form_data(goal="Oles Ziel", revision="1"))
    other.get(change(format))
    long = "Wir treffen uns im Rathaus und reden über den Markt."
    answer = desk.post(beat(format), typed(moni, format, goal=long, revision="1")).json()
    assert answer["reading"]["goal"] == "Gut lesbar."
    assert answer["reading"]["result"] == ""
    assert answer["others"][0].startswith("Ole Ohm (seit ")
    assert (answer["newest"], answer["newest_by"]) == (2, "Ole Ohm")
    assert answer["saved_at"] == timezone.localtime().strftime("%H:%M")


def test_a_sign_of_life_leaves_the_typed_text_alone(desk, moni):
    format = make_format()
    desk.post(beat(format), typed(moni, format, goal="Getippt"))
    answer = desk.post(beat(format), {TOKEN: token_for(moni, format)}).json()
    assert "saved_at" not in answer
    assert OpenForm.objects.get().typed["goal"] == ["Getippt"]


def test_two_new_steckbriefe_share_one_place_and_each_known_one_has_its_own(desk, moni):
    format = make_format()
    desk.post(LIST + "neu/zwischenstand/", typed(moni, title="Neu"))
    desk.post(LIST + "neu/zwischenstand/", typed(moni, title="Neuer"))
    desk.post(beat(format), typed(moni, format, title="Alt"))
    kept = {form.format_id: form.typed["title"] for form in OpenForm.objects.all()}
    assert kept == {None: ["Neuer"], format.pk: ["Alt"]}


def test_odd_input_is_kept_as_far_as_it_can_be_stored(desk, moni):
    format = make_format()
    odd = {
        "goal": "a\x00b",
        "tips": "<script>alert(1)</script>",
        "unbekannt\x00": "x",
        "steps-TOTAL_FORMS": "x",
    }
    assert desk.post(beat(format), typed(moni, format) | odd).status_code == 200
    kept = OpenForm.objects.get().typed
    assert (kept["goal"], kept["unbekannt"]) == (["ab"], ["x"])
    page = desk.get(change(format) + "?eingaben=weiter").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_two_thousand_and_a_half_fields_are_refused(desk, moni):
    format = make_format()
    many = {f"feld-{number}": "x" for number in range(2_500)}
    assert desk.post(beat(format), typed(moni, format) | many).status_code == 400
    assert not OpenForm.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("gast", 401), ("anna", 401), ("mara", 403), ("ada", 403), ("moni", 200), ("root", 200)],
)
def test_who_may_keep(client, cast, who, status):
    format = make_format()
    if who != "gast":
        client.force_login(cast[who])
    assert client.post(beat(format), form_data()).status_code == status
    assert OpenForm.objects.count() == (1 if status == 200 else 0)


def test_odd_methods_and_addresses(desk):
    format = make_format()
    assert desk.put(beat(format)).status_code == 405
    assert desk.post(f"{LIST}999/zwischenstand/").status_code == 404
    assert desk.get(f"{LIST}{format.pk}/eingaben-verwerfen/").status_code == 405


# Opening the form again.


def test_the_form_says_that_something_lies_there_and_shows_the_saved_text(desk, moni):
    format = make_format()
    desk.post(beat(format), typed(moni, format, goal="Getippt", revision="1"))
    page = desk.get(change(format)).content.decode()
    assert "Sie haben nicht gespeicherte Eingaben von " in page
    assert "Getippt" not in page
    resumed = desk.get(change(format) + "?eingaben=weiter").content.decode()
    assert "Getippt" in resumed
    assert "Sie haben nicht gespeicherte Eingaben" not in resumed
    assert format.revisions.count() == 1


def test_resuming_shows_even_what_is_wrong_and_says_nothing_of_it_yet(desk, moni):
    format = make_format(steps=[{"title": "A"}])
    wrong = {
        "duration_from": "viel",
        "as_of": "irgendwann",
        "estimated": "tanzen",
        "steps-TOTAL_FORMS": "2",
        "steps-INITIAL_FORMS": "1",
        "steps-0-id": str(format.steps.get().pk),
        "steps-0-minutes": "0",
        "steps-0-title": "Getippter Schritt",
        "steps-1-title": "Neuer Schritt",
    }
    desk.post(beat(format), typed(moni, format) | wrong)
    response = desk.get(change(format) + "?eingaben=weiter")
    page = response.content.decode()
    for words in ("viel", "irgendwann", "Getippter Schritt", "Neuer Schritt"):
        assert words in page
    assert not response.context["errors"]


def test_a_step_deleted_meanwhile_becomes_a_new_one(desk, moni):
    format = make_format(steps=[{"title": "A"}, {"title": "B"}])
    a, b = format.steps.all()
    rows = {
        "steps-TOTAL_FORMS": "2",
        "steps-INITIAL_FORMS": "2",
        "steps-0-id": str(a.pk),
        "steps-0-position": "1",
        "steps-0-title": "A getippt",
        "steps-1-id": str(b.pk),
        "steps-1-position": "2",
        "steps-1-title": "B getippt",
    }
    desk.post(beat(format), typed(moni, format) | rows)
    a.delete()
    response = desk.get(change(format) + "?eingaben=weiter")
    page = response.content.decode()
    assert page.index("A getippt") < page.index("B getippt")
    assert 'name="steps-INITIAL_FORMS" value="1"' in page
    assert desk.post(change(format), form_data(**rows)).status_code == 302
    assert [step.title for step in format.steps.all()] == ["A getippt", "B getippt"]


def test_a_new_steckbrief_is_resumed_too(desk, moni):
    desk.post(LIST + "neu/zwischenstand/", typed(moni, title="Angefangen", summary=""))
    assert "nicht gespeicherte Eingaben" in desk.get(LIST + "add/").content.decode()
    assert "Angefangen" in desk.get(LIST + "add/?eingaben=weiter").content.decode()


def test_discarding_forgets_and_nothing_to_resume_leads_to_the_form(desk, moni):
    format = make_format()
    desk.post(beat(format), typed(moni, format, goal="Getippt"))
    assert desk.post(f"{LIST}{format.pk}/eingaben-verwerfen/").url == change(format)
    assert not OpenForm.objects.exists()
    assert desk.get(change(format) + "?eingaben=weiter").url == change(format)


def test_saving_forgets_and_an_error_keeps(desk, moni):
    format = make_format()
    desk.post(change(format), typed(moni, format, goal="Mit Fehler", summary=""))
    assert OpenForm.objects.get().typed["goal"] == ["Mit Fehler"]
    assert desk.post(change(format), typed(moni, format, goal="Ohne Fehler")).status_code == 302
    assert not OpenForm.objects.exists()


def test_nobody_sees_what_another_has_typed(desk, moni, ole):
    format = make_format()
    desk.post(beat(format), typed(moni, format, goal="Nur Moni"))
    desk.force_login(ole)
    assert desk.get(change(format) + "?eingaben=weiter").url == change(format)
    page = desk.get(change(format)).content.decode()
    assert "Nur Moni" not in page
    assert "Moni Mertens (seit " in page


# Sessions that are over.


def test_a_form_sent_without_session_is_kept_and_found_again_after_the_log_in(client, moni):
    format = make_format()
    answer = client.post(change(format), typed(moni, format, goal="Lange getippt"))
    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={change(format)}%3Feingaben%3Dweiter")
    login = client.get(answer.url, follow=True).content.decode()
    assert "Ihre Eingaben sind aufgehoben" in login
    client.force_login(moni)
    assert "Lange getippt" in client.get(change(format) + "?eingaben=weiter").content.decode()
    assert Format.objects.get().goal == "Voneinander wissen."


def test_a_new_steckbrief_sent_without_session_is_kept_too(client, moni):
    answer = client.post(LIST + "add/", typed(moni, title="Neu"))
    assert "add/%3Feingaben" in answer.url
    assert OpenForm.objects.get().typed["title"] == ["Neu"]


@pytest.mark.parametrize("token", ["", "gefälscht", "a:b:c"])
def test_without_a_good_token_nothing_is_kept(client, token):
    format = make_format()
    answer = client.post(change(format), form_data() | {TOKEN: token})
    assert answer.status_code == 302
    assert "eingaben" not in answer.url
    assert not OpenForm.objects.exists()


def test_a_token_of_somebody_who_left_keeps_nothing(client, moni):
    format = make_format()
    data = typed(moni, format)
    moni.is_active = False
    moni.save()
    client.post(change(format), data)
    assert not OpenForm.objects.exists()


def test_autosave_without_session_keeps_and_says_so(client, moni):
    format = make_format()
    answer = client.post(beat(format), typed(moni, format, goal="Getippt"))
    assert answer.status_code == 401
    assert answer.json()["said"] == "Sie sind abgemeldet. Ihre Eingaben stehen noch hier und sind aufgehoben."
    assert OpenForm.objects.get().typed["goal"] == ["Getippt"]


def test_an_old_csrf_token_keeps_what_was_typed(moni):
    format = make_format()
    client = Client(enforce_csrf_checks=True)
    client.force_login(moni)
    answer = client.post(change(format), typed(moni, format, goal="Getippt"))
    assert answer.status_code == 403
    page = answer.content.decode()
    assert f'href="{change(format)}?eingaben=weiter"' in page
    assert "Ihre Eingaben sind aufgehoben" in page
    assert OpenForm.objects.get().typed["goal"] == ["Getippt"]
    assert format.revisions.count() == 1


def test_after_a_new_log_in_the_open_form_gets_a_new_csrf_token(moni):
    format = make_format()
    client = Client(enforce_csrf_checks=True)
    client.force_login(moni)
    token = token_for(moni, format)
    fresh = client.get(beat(format), headers={"X-Typing-Token": token}).json()["csrf"]
    data = typed(moni, format, goal="Getippt") | {"csrfmiddlewaretoken": fresh}
    assert client.post(beat(format), data).status_code == 200


def test_a_window_of_somebody_else_saves_nothing_under_my_name(desk, moni, ole):
    format = make_format()
    answer = desk.post(change(format), typed(ole, format, goal="Oles Ziel"), follow=True)
    assert "Dieses Formular hatte jemand anderes offen" in answer.content.decode()
    assert OpenForm.objects.with_typed().get().user == ole
    assert Format.objects.get().goal == "Voneinander wissen."
    assert desk.post(beat(format), typed(ole, format, goal="Oles Ziel")).status_code == 409


def test_a_failing_database_keeps_what_was_typed(desk, moni):
    format = make_format()

    def refuse(execute, sql, params, many, context):
        if sql.startswith('UPDATE "formats_format"'):
            raise OperationalError("disk full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        answer = desk.post(change(format), typed(moni, format, goal="Getippt"))
    assert answer.url == change(format) + "?eingaben=weiter"
    page = desk.get(answer.url).content.decode()
    assert "Getippt" in page
    assert "an der Datenbank gescheitert" in page
    assert format.revisions.count() == 1


# Tidying up.


def test_forgotten_forms_go_after_thirty_days(desk, moni, ole):
    format = make_format()
    desk.post(beat(format), typed(moni, format))
    now = timezone.now()
    assert clear_forgotten(now + FORGOTTEN_AFTER - timedelta(minutes=1)) == 0
    assert OpenForm.objects.count() == 1
    assert clear_forgotten(now + FORGOTTEN_AFTER + timedelta(minutes=1)) == 1
    assert not OpenForm.objects.exists()
