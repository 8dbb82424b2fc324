"""The form of a Steckbrief: its order, what stands beside the fields, ordered parts, and odd input."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from formats.desk.rows import settle_rows
from formats.desk.sections import PLAN
from formats.models import Format, OpenForm
from formats.models.vocabulary import ESTIMABLE
from tests.builders import make_draft, make_format
from tests.formats.test_admin import LIST, form_data, picture, steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


def change(format):
    return f"{LIST}{format.pk}/change/"


def full_format():
    return make_format(
        summary="Wir treffen uns im Rathaus und reden über den Markt.",
        tips=["Früh einladen", "Kaffee kochen"],
        estimated=["goal", "steps"],
        steps=[{"title": "A", "minutes": 5}],
        variants=[{"title": "V", "duration": {"from": 1, "to": 2}}],
        sources=[{"field": "goal", "title": "Bericht"}, {"field": "goal", "title": "Noch einer"}],
        trials=[{"title": "Probe", "period": "2021", "url": "https://beispiel.example/"}],
        materials=[{"kind": "link", "title": "Blatt", "url": "https://beispiel.example/"}],
    )


# Order and neighbours.


def test_fields_stand_in_the_order_of_the_public_page(desk):
    format = full_format()
    page = desk.get(change(format)).content.decode()
    order = """purposes title summary mode group_from duration_from effort costs picture goal occasions
    target_groups steps-0-title roles tools result variants-0-title tips pitfalls checklist
    trials-0-title materials-0-title provenance as_of sources-0-title reason"""
    places = [page.index(f'name="{name}"') for name in order.split()]
    assert places == sorted(places)


def test_the_plan_names_every_field_and_part_once(desk):
    form = desk.get(LIST + "add/").context["adminform"].form
    lines = [line for plan in PLAN for line in plan.lines]
    names = [name for line in lines for name in ([line] if isinstance(line, str) else line)]
    assert sorted(names) == sorted(set(form.fields) - {"estimated"})
    parts = [prefix for plan in PLAN for prefix in plan.parts]
    assert sorted(parts) == ["materials", "relations", "sources", "steps", "trials", "variants"]


def test_each_statement_has_its_own_mark_once(desk):
    page = desk.get(change(full_format())).content.decode()
    boxes = re.findall(r'<input type="checkbox" name="estimated" value="(\w+)"[^>]*?( checked)?>', page)
    assert sorted(name for name, _ in boxes) == sorted(ESTIMABLE)
    assert sorted(name for name, checked in boxes if checked) == ["goal", "steps"]


def test_marks_are_saved_from_their_places(desk):
    format = make_format()
    desk.post(change(format), form_data(estimated=["summary", "variants"]))
    assert Format.objects.get().estimated == ["summary", "variants"]


def test_beside_a_statement_stands_how_many_sources_it_has(desk):
    page = desk.get(change(full_format())).content.decode()
    assert page.count("2 Quellen") == 1
    assert page.count("Noch keine Quelle") == len(ESTIMABLE) - 1


def test_lengths_are_counted_on_the_server_first(desk):
    page = desk.get(change(full_format())).content.decode()
    assert re.search(
        r'data-counts="id_summary" data-most="400"><span data-count>52</span> von höchstens 400', page
    )
    assert re.search(r'data-counts="id_tips" data-most="40" data-lines><span data-count>2</span>', page)


def test_readability_stands_beside_the_texts(desk):
    page = desk.get(change(full_format())).content.decode()
    assert '<span class="hint__reading" data-reading="summary">Gut lesbar.</span>' in page


def test_every_field_has_help_and_its_id_once(desk):
    page = desk.get(change(full_format())).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert [name for name in ids if ids.count(name) > 1] == []
    wanted = set(re.findall(r'aria-describedby="([^"]+)"', page))
    assert {name for value in wanted for name in value.split()} - set(ids) == set()


@pytest.mark.parametrize("who", ["ada"])
def test_whoever_may_only_look_sees_text_and_no_buttons(client, cast, who):
    format = full_format()
    client.force_login(cast[who])
    page = client.get(change(format)).content.decode()
    assert "Wir treffen uns im Rathaus" in page
    for name in ("typing_token", 'name="_save"', "data-autosave", "<textarea"):
        assert name not in page
    assert not OpenForm.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_asks_the_database_as_often_for_one_row_of_each_part_as_for_three(
    desk, count, django_assert_num_queries
):
    others = [make_format(f"anderer-{number}").slug for number in range(3)]
    format = make_format(
        steps=[{"title": f"Schritt {number}"} for number in range(count)],
        sources=[{"title": f"Quelle {number}"} for number in range(count)],
        related=others[:count],
        topics=[f"Thema {number}" for number in range(count)],
    )
    desk.get(change(format))
    with django_assert_num_queries(27):
        desk.get(change(format))


def test_a_row_without_any_revision_opens(desk):
    assert desk.get(change(make_draft())).status_code == 200


@pytest.mark.parametrize(
    ("title", "slug"), [("Straßen-Café öffnen", "strassen-cafe-oeffnen"), ("x" * 90, "x" * 60)]
)
def test_an_address_left_empty_follows_the_title(desk, title, slug):
    assert desk.post(LIST + "add/", form_data(title=title, slug="")).status_code == 302
    assert Format.objects.get().slug == slug


@pytest.mark.parametrize(("title", "said"), [("!!!", "keine Adresse"), ("Tabelle", "schon vergeben")])
def test_a_title_that_gives_no_address_is_explained(desk, title, said):
    page = desk.post(LIST + "add/", form_data(title=title, slug="")).content.decode()
    assert said in page
    assert not Format.objects.exists()


# Without scripts.


def test_more_empty_rows_come_without_scripts_and_nothing_is_saved(desk):
    format = make_format()
    response = desk.post(change(format), form_data(goal="Getippt", _more="variants"))
    page = response.content.decode()
    assert 'name="variants-TOTAL_FORMS" value="3"' in page
    assert 'name="variants-2-title"' in page
    assert "Getippt" in page
    assert not response.context["errors"]
    assert format.revisions.count() == 1


def test_an_unknown_kind_of_rows_changes_nothing(desk):
    format = make_format()
    assert desk.post(change(format), form_data(_more="unfug")).status_code == 200
    assert format.revisions.count() == 1


# Ordered parts.


def test_rows_are_shown_in_the_order_of_their_typed_numbers(desk):
    format = make_format(steps=[{"title": "A"}, {"title": "B"}])
    a, b = format.steps.all()
    wrong = form_data(summary="", **steps(format, (a.pk, 2, "Zweiter"), (b.pk, 1, "Erster")))
    page = desk.post(change(format), wrong).content.decode()
    assert page.index('value="Erster"') < page.index('value="Zweiter"')


def test_a_new_row_with_nothing_but_a_number_was_never_begun(desk):
    format = make_format(steps=[{"title": "A"}])
    a = format.steps.get()
    rows = form_data(**steps(format, (a.pk, 1, "A"), ("", 2, "")))
    assert desk.post(change(format), rows).status_code == 302
    assert format.steps.count() == 1


def rows(*parts):
    """Formset data of (key, title), all told as stored ones."""
    data = QueryDict(mutable=True)
    data["steps-TOTAL_FORMS"], data["steps-INITIAL_FORMS"] = str(len(parts)), str(len(parts))
    for place, (key, title) in enumerate(parts):
        data[f"steps-{place}-title"] = title
        if key:
            data[f"steps-{place}-id"] = str(key)
    return data


@pytest.mark.parametrize(
    ("sent", "stored", "settled"),
    [
        ([(1, "A"), (2, "B")], {1, 2}, ["1 A", "2 B"]),
        ([(1, "A"), (2, "B")], {2}, ["2 B", "- A"]),
        ([(None, "neu"), (1, "A")], {1}, ["1 A", "- neu"]),
        ([(1, "A"), (1, "A noch einmal")], {1}, ["1 A", "- A noch einmal"]),
        ([(99, "fremd")], {1}, ["- fremd"]),
        ([("x", "A")], {1}, ["- A"]),
        ([], {1}, []),
    ],
)
def test_rows_are_numbered_anew_with_stored_ones_first(sent, stored, settled):
    data = rows(*sent)
    settle_rows(data, {"steps": stored})
    total = int(data["steps-TOTAL_FORMS"])
    found = [f"{data.get(f'steps-{n}-id') or '-'} {data[f'steps-{n}-title']}" for n in range(total)]
    assert found == settled
    assert data["steps-INITIAL_FORMS"] == str(sum(not row.startswith("-") for row in settled))


def test_files_follow_their_rows(desk):
    format = make_format(
        materials=[
            {"kind": "link", "title": "Erstes", "url": "https://beispiel.example/"},
            {"kind": "link", "title": "Zweites", "url": "https://beispiel.example/"},
        ]
    )
    first, second = format.materials.all()
    data = {
        "materials-TOTAL_FORMS": "2",
        "materials-INITIAL_FORMS": "2",
        "materials-0-id": str(first.pk),
        "materials-0-kind": "datei",
        "materials-0-title": "Erstes",
        "materials-0-licence": "CC0",
        "materials-0-file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7", "application/pdf"),
        "materials-1-id": str(second.pk),
        "materials-1-kind": "link",
        "materials-1-title": "Zweites",
        "materials-1-url": "https://beispiel.example/",
    }
    first.delete()
    assert desk.post(change(format), form_data(**data)).status_code == 302
    assert {m.title: bool(m.file) for m in format.materials.all()} == {"Erstes": True, "Zweites": False}


# Materials.


def material(**values):
    data = {"materials-TOTAL_FORMS": "1", "materials-INITIAL_FORMS": "0"}
    values = {"kind": "datei", "title": "Blatt", "licence": "CC BY 4.0"} | values
    return form_data(**data, **{f"materials-0-{name}": value for name, value in values.items()})


VIDEO = {"kind": "video", "url": "https://beispiel.example/film"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"file": SimpleUploadedFile("film.mp4", b"x" * 9)}, "Videos nehmen wir nicht als Datei an"),
        ({"file": SimpleUploadedFile("skript.exe", b"MZ")}, "Diese Dateiart nehmen wir nicht an"),
        ({"file": SimpleUploadedFile("seite.html", b"<script>")}, "Diese Dateiart nehmen wir nicht an"),
        (
            {"file": SimpleUploadedFile("seite.pdf", b"<script>alert(1)</script>")},
            "heißt „.pdf“, ist aber keine",
        ),
        ({"file": SimpleUploadedFile("brief.docx", b"nur Text")}, "heißt „.docx“, ist aber keine"),
        ({"file": SimpleUploadedFile("leer.pdf", b"")}, "leer"),
        ({"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7"), "licence": ""}, "Unter welcher Lizenz"),
        ({"file": SimpleUploadedFile("bild.jpg", picture())}, "Bitte beschreiben Sie das Bild"),
        (VIDEO, "Abschrift oder Zusammenfassung"),
        (VIDEO | {"text_alternative": "Text", "licence": ""}, "Unter welcher Lizenz"),
        ({"kind": "link", "url": "javascript:alert(1)"}, "gültige"),
    ],
)
def test_what_is_wrong_with_a_material_is_said(desk, values, said):
    format = make_format()
    if "file" in values:
        values["file"].seek(0)
    response = desk.post(change(format), material(**values))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert format.materials.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "link", "url": "https://beispiel.example/", "licence": ""},
        VIDEO | {"text_alternative": "Man sieht einen Platz."},
    ],
)
def test_sound_materials_are_saved(desk, values):
    format = make_format()
    assert desk.post(change(format), material(**values)).status_code == 302
    assert format.materials.count() == 1


def test_an_old_video_without_transcript_does_not_block_other_changes(desk):
    format = make_format(materials=[VIDEO | {"title": "Film"}])
    part = format.materials.get()
    data = material(**VIDEO, id=str(part.pk)) | {"materials-INITIAL_FORMS": "1", "goal": "Neu"}
    data |= {"materials-0-title": "Film", "materials-0-licence": "", "materials-0-position": "1"}
    assert desk.post(change(format), data).status_code == 302
    assert Format.objects.get().goal == "Neu"


# Odd input.


def test_script_in_every_field_is_shown_as_text(desk):
    format = make_format(steps=[{"title": "A"}])
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    names = "title summary goal result tips roles draft_topics reason provenance_note mode effort as_of"
    data = form_data(**dict.fromkeys(names.split(), evil)) | {
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "1",
        "steps-0-id": evil,
        "steps-0-position": evil,
        "steps-0-title": evil,
        "variants-TOTAL_FORMS": evil,
    }
    response = desk.post(change(format), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("minutes", ["0", "-5", "6001", "viel", "1,5"])
def test_odd_minutes_are_explained_at_the_step(desk, minutes):
    format = make_format()
    data = form_data(**steps(format, ("", 1, "Schritt"))) | {"steps-0-minutes": minutes}
    response = desk.post(change(format), data)
    assert response.status_code == 200
    formset = next(
        g.formset for g in response.context["inline_admin_formsets"] if g.formset.prefix == "steps"
    )
    assert set(formset.errors[0]) == {"minutes"}
    assert "Ablauf <strong>(Fehler)</strong>" in response.content.decode()


def test_two_hundred_and_one_steps_are_too_many_and_none_is_lost(desk):
    format = make_format()
    many = [("", number, f"Schritt {number}") for number in range(1, 202)]
    response = desk.post(change(format), form_data(**steps(format, *many)))
    assert response.status_code == 200
    assert "höchstens 200." in response.content.decode()
    assert 'value="Schritt 201"' in response.content.decode()
    assert len([name for name in OpenForm.objects.get().typed if name.endswith("-title")]) == 201


@pytest.mark.parametrize("name", ["steps-TOTAL_FORMS", "relations-INITIAL_FORMS"])
@pytest.mark.parametrize("value", ["", "-1", "99999999999999", "x"])
def test_a_broken_management_form_is_no_crash(desk, name, value):
    format = make_format(steps=[{"title": "A"}])
    response = desk.post(change(format), form_data(**{name: value}))
    assert response.status_code in (200, 302)
    assert format.steps.count() == 1


def test_addresses_that_do_not_exist_are_no_crash(desk):
    for key in ("999", "x", "²", "9" * 30):
        assert desk.get(f"{LIST}{key}/change/").status_code == 302
        assert desk.post(f"{LIST}{key}/change/", form_data()).status_code in (302, 404)
