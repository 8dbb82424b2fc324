"""The editors' desk: who may enter, and that saving makes a revision and publishes it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from formats.actions import publish, withdraw
from formats.models import Correction, Format, Revision, Vote
from tests.builders import make_draft, make_format

pytestmark = pytest.mark.django_db

LIST = "/redaktion/formats/format/"
PARTS = ["steps", "variants", "relations", "materials", "sources", "trials"]


def form_data(format=None, **changes):
    """What the browser sends for an untouched form, with changes."""
    data = {
        "title": "Runder Tisch",
        "slug": "runder-tisch",
        "kind": "format",
        "summary": "Ein Kreis.",
        "purposes": ["austauschen"],
        "goal": "Voneinander wissen.",
        "occasions": "ein neues Thema\nein altes Thema",
        "target_groups": "Verwaltung",
        "mode": "digital",
        "timing": "live",
        "duration_unit": "minuten",
        "effort": "gering",
        "result": "Eine Notiz.",
        "provenance": "ergaenzt",
        "as_of": "01.11.2026",
        "draft_topics": "Innenstadt, Leerstand",
        "reason": "Anlässe ergänzt",
    }
    for part in PARTS:
        data |= {f"{part}-TOTAL_FORMS": "0", f"{part}-INITIAL_FORMS": "0"}
    return data | changes


def steps(format, *rows):
    """Formset data for steps given as (pk or "", position, title, delete?)."""
    existing = [row for row in rows if row[0]]
    data = {"steps-TOTAL_FORMS": str(len(rows)), "steps-INITIAL_FORMS": str(len(existing))}
    for index, (pk, position, title, *delete) in enumerate(existing + [row for row in rows if not row[0]]):
        data |= {
            f"steps-{index}-id": str(pk),
            f"steps-{index}-format": str(format.pk),
            f"steps-{index}-position": str(position),
            f"steps-{index}-title": title,
            f"steps-{index}-minutes": "",
            f"steps-{index}-text": "",
        }
        if delete:
            data[f"steps-{index}-DELETE"] = "on"
    return data


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


@pytest.mark.parametrize(
    ("address", "who"),
    [
        (LIST, "moni ada root"),
        (LIST + "add/", "moni root"),
        ("/redaktion/formats/correction/", "moni root"),
        ("/redaktion/topics/topic/", "moni root"),
        ("/redaktion/people/user/", "ada root"),
    ],
)
def test_who_may_enter_which_part_of_the_desk(client, cast, address, who):
    allowed = []
    for name, user in cast.items():
        client.logout()
        if name != "gast":
            client.force_login(user)
        if client.get(address).status_code == 200:
            allowed.append(name)
    assert sorted(allowed) == sorted(who.split())


def test_a_new_steckbrief_is_a_draft_that_nobody_else_sees(desk, moni):
    response = desk.post(LIST + "add/", form_data())
    assert response.status_code == 302
    revision = Revision.objects.get()
    assert (revision.author, revision.reason, revision.number) == (moni, "Anlässe ergänzt", 1)
    assert revision.snapshot["topics"] == ["Innenstadt", "Leerstand"]
    assert revision.snapshot["occasions"] == ["ein neues Thema", "ein altes Thema"]
    assert desk.get("/formate/runder-tisch/").status_code == 404
    assert "Innenstadt" not in desk.get("/themen/").content.decode()
    publish(revision)
    assert "ein altes Thema" in desk.get("/formate/runder-tisch/").content.decode()
    assert "Innenstadt" in desk.get("/themen/").content.decode()


def test_saving_makes_a_draft_beside_the_live_text_and_keeps_the_old(desk):
    format = make_format(number=3)
    desk.post(f"{LIST}{format.pk}/change/", form_data(goal="Neues Ziel", title="Neu", number="4"))
    format.refresh_from_db()
    assert (format.published.number, format.draft.number, format.live_number) == (1, 2, 3)
    assert [r.snapshot["goal"] for r in format.revisions.newest_first()] == [
        "Neues Ziel",
        "Voneinander wissen.",
    ]
    page = desk.get("/formate/runder-tisch/").content.decode()
    assert "Voneinander wissen." in page
    assert "Neues Ziel" not in page
    for address in ("/formate/", "/formate/tabelle/", "/formate.json", "/formate/neues/", "/"):
        assert "Neues Ziel" not in desk.get(address).content.decode()
        assert ">Neu<" not in desk.get(address).content.decode()


def test_a_draft_set_back_to_the_live_text_is_no_draft_any_more(desk):
    format = make_format(topics=["Innenstadt", "Leerstand"])
    live = form_data(summary="Ein Kreis, der sich trifft.", occasions="ein neues Thema")
    desk.post(f"{LIST}{format.pk}/change/", live | {"goal": "Neu"})
    assert Format.objects.get().draft.number == 2
    page = desk.post(f"{LIST}{format.pk}/change/", live, follow=True).content.decode()
    assert "gleicht wieder dem öffentlichen" in page
    assert Format.objects.get().draft is None


@pytest.mark.parametrize("typed", ["0,5", "0.5", "0,50"])
def test_numbers_are_typed_the_german_way(desk, typed):
    format = make_format()
    desk.post(f"{LIST}{format.pk}/change/", form_data(person_days_from=typed, person_days_to="1,25"))
    format.refresh_from_db()
    assert (str(format.person_days_from), str(format.person_days_to)) == ("0.50", "1.25")
    page = desk.get(f"{LIST}{format.pk}/change/").content.decode()
    assert 'value="0,5"' in page
    assert 'value="1,25"' in page


@pytest.mark.parametrize("typed", ["NaN", "1e9", "-1", "0", "viel", "1,2,3", "Infinity"])
def test_odd_numbers_are_explained(desk, typed):
    response = desk.post(LIST + "add/", form_data(duration_from=typed, duration_to=typed))
    assert response.status_code == 200
    assert not Format.objects.exists()


def test_the_address_stays_as_it_is(desk):
    format = make_format()
    desk.post(f"{LIST}{format.pk}/change/", form_data(slug="anders", kind="methode"))
    format.refresh_from_db()
    assert (format.slug, format.kind) == ("runder-tisch", "format")


def test_steps_change_places_by_their_numbers(desk):
    format = make_format(steps=[{"title": "A"}, {"title": "B"}, {"title": "C"}])
    a, b, c = format.steps.all()
    moved = steps(format, (a.pk, 3, "A"), (b.pk, 1, "B"), (c.pk, 1, "C"), ("", "", "D"), ("", 2, "E"))
    response = desk.post(f"{LIST}{format.pk}/change/", form_data(**moved))
    assert response.status_code == 302
    assert [(s.position, s.title) for s in format.steps.all()] == [
        (1, "B"),
        (2, "C"),
        (3, "E"),
        (4, "A"),
        (5, "D"),
    ]


def test_a_step_can_be_taken_out(desk):
    format = make_format(steps=[{"title": "A"}, {"title": "B"}])
    a, b = format.steps.all()
    desk.post(f"{LIST}{format.pk}/change/", form_data(**steps(format, (a.pk, 1, "A", True), (b.pk, 2, "B"))))
    assert [(s.position, s.title) for s in format.steps.all()] == [(1, "B")]
    assert Revision.objects.newest_first().first().snapshot["steps"] == [
        {"title": "B", "minutes": None, "text": ""}
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"purposes": []}, "Dieses Feld"),
        ({"purposes": ["tanzen"]}, "tanzen"),
        ({"group_from": "9", "group_to": "3"}, "Gruppe: „von“"),
        ({"duration_from": "9", "duration_to": ""}, "Dauer: „von“ und „bis“"),
        ({"person_days_from": "1", "person_days_to": "9"}, "Der Aufwand passt nicht"),
        ({"summary": "x" * 401}, "400"),
        ({"occasions": "x" * 401}, "länger als 400"),
        ({"occasions": "\n".join(str(n) for n in range(41))}, "Höchstens 40"),
        ({"as_of": "irgendwann"}, "Datum"),
        ({"slug": "tabelle"}, "schon vergeben"),
        ({"slug": "Neu_Gross"}, "Nur a–z"),
        ({"number": "0"}, "größer oder gleich 1"),
        ({"draft_topics": "x" * 150}, "höchstens 100"),
        ({"title": "a\x07b"}, "Steuerzeichen"),
        ({"tips": "a\x07b"}, "Steuerzeichen"),
        ({"title": "a\x00b"}, "Null"),
        (
            {
                "relations-TOTAL_FORMS": "1",
                "relations-0-target": "999999",
            },
            "relations",
        ),
    ],
)
def test_wrong_input_is_explained_at_the_field_and_nothing_is_saved(desk, changes, said):
    response = desk.post(LIST + "add/", form_data(**changes))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Format.objects.filter(slug="runder-tisch").exists()


def test_a_steckbrief_is_not_related_to_itself(desk):
    format = make_format()
    relation = {
        "relations-TOTAL_FORMS": "1",
        "relations-0-origin": str(format.pk),
        "relations-0-target": str(format.pk),
    }
    response = desk.post(f"{LIST}{format.pk}/change/", form_data(**relation))
    assert response.status_code == 200
    assert "nicht mit sich selbst" in response.content.decode()


def test_two_hundred_steps_are_saved(desk):
    format = make_format()
    rows = [("", number, f"Schritt {number}") for number in range(1, 201)]
    desk.post(f"{LIST}{format.pk}/change/", form_data(**steps(format, *rows)))
    assert format.steps.count() == 200


def picture(kind="JPEG", size=(3000, 10)):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def test_a_picture_is_drawn_anew_and_shown_to_others_only_while_published(desk):
    format = make_format()
    upload = SimpleUploadedFile("Foto.JPG", picture(), "image/jpeg")
    desk.post(f"{LIST}{format.pk}/change/", form_data(picture=upload, picture_alt="Ein rotes Feld"))
    format.refresh_from_db()
    assert format.picture.name.endswith(".webp")
    assert Client().get(format.picture.url).status_code == 404
    publish(format.draft)
    response = Client().get(format.picture.url)
    assert response.headers["Content-Type"] == "image/webp"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    withdraw(format)
    assert Client().get(format.picture.url).status_code == 404
    assert b"".join(desk.get(format.picture.url).streaming_content)[8:12] == b"WEBP"


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"0" * 99]
)
def test_what_is_no_picture_is_refused(desk, content):
    upload = SimpleUploadedFile("bild.png", content, "image/png")
    response = desk.post(LIST + "add/", form_data(picture=upload, picture_alt="x"))
    assert response.status_code == 200
    assert not Format.objects.exists()


def test_notes_are_settled_by_name(desk, moni):
    note = Correction.objects.create(revision=make_format().published, text="Fehler")
    desk.post("/redaktion/formats/correction/", {"action": "settle_chosen", "_selected_action": [note.pk]})
    note.refresh_from_db()
    assert note.settled_by == moni
    assert Correction.objects.open().count() == 0


def test_useless_notes_are_hidden_with_name_and_reason_and_can_come_back(desk, moni):
    note = Correction.objects.create(revision=make_format().published, text="Kaufen Sie")
    desk.post("/redaktion/formats/correction/", {"action": "hide_chosen", "_selected_action": [note.pk]})
    note.refresh_from_db()
    assert (note.hidden_by, note.hidden_reason) == (moni, "unbrauchbar")
    assert Correction.objects.open().count() == 0
    assert Correction.objects.hidden().get() == note
    note.restore()
    assert Correction.objects.open().get() == note


def test_nothing_is_hidden_without_a_reason(moni):
    note = Correction.objects.create(revision=make_format().published, text="Hinweis")
    with pytest.raises(IntegrityError), transaction.atomic():
        note.hide(by=moni, reason="")


def test_the_form_of_every_real_steckbrief_opens(desk):
    make_draft()
    format = make_format(
        steps=[{"title": "A", "minutes": 5}], variants=[{"title": "V", "duration": {"from": 1, "to": 2}}]
    )
    assert desk.get(LIST).status_code == 200
    page = desk.get(f"{LIST}{format.pk}/change/").content.decode()
    assert "Was haben Sie geändert und warum?" in page


def test_saving_over_a_newer_revision_leads_to_the_page_that_joins_both(desk):
    format = make_format()
    desk.post(f"{LIST}{format.pk}/change/", form_data(goal="Ziel der Kollegin", revision="1"))
    answer = desk.post(f"{LIST}{format.pk}/change/", form_data(goal="Mein Ziel", revision="1"))
    assert (answer.status_code, answer.url) == (302, f"{LIST}{format.pk}/zusammenfuehren/")
    assert Format.objects.get().goal == "Ziel der Kollegin"
    assert format.revisions.count() == 2


def test_an_untouched_form_makes_no_revision(desk):
    format = make_format(purposes=["lernen", "austauschen", "anregen"], estimated=["tips", "goal"])
    untouched = form_data(
        summary="Ein Kreis, der sich trifft.",
        occasions="ein neues Thema",
        purposes=["austauschen", "lernen", "anregen"],
        estimated=["goal", "tips"],
        draft_topics="",
    )
    page = desk.post(f"{LIST}{format.pk}/change/", untouched, follow=True).content.decode()
    assert "Am Text hat sich nichts geändert" in page
    assert format.revisions.count() == 1


def test_a_new_picture_puts_no_error_at_other_fields(desk):
    upload = SimpleUploadedFile("foto.jpg", picture(), "image/jpeg")
    response = desk.post(LIST + "add/", form_data(picture=upload, picture_alt="Feld", occasions=""))
    assert set(response.context["adminform"].form.errors) == {"occasions"}


def test_pictures_among_the_materials_lose_their_metadata(desk):
    format = make_format()
    material = {
        "materials-TOTAL_FORMS": "1",
        "materials-0-kind": "datei",
        "materials-0-title": "Plakat",
        "materials-0-file": SimpleUploadedFile("plakat.jpg", picture(), "image/jpeg"),
        "materials-0-licence": "CC BY 4.0",
        "materials-0-text_alternative": "Ein rotes Feld",
    }
    desk.post(f"{LIST}{format.pk}/change/", form_data(**material))
    assert format.materials.get().file.name.endswith(".webp")


def test_the_list_says_how_many_found_it_helpful(desk):
    revision = make_format().published
    for helpful in (True, True, False):
        Vote.objects.create(revision=revision, helpful=helpful)
    assert "2 von 3" in desk.get(LIST).content.decode()
