"""Preview: the real page of drafts and of unsaved text, only for the desk, and nothing of it is saved."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from formats.actions import save_draft
from formats.models import Format, Material, OpenForm, Revision, Step
from foundation.topics.models import Topic
from tests.builders import make_format, make_snapshot, make_user
from tests.formats.test_admin import form_data, steps

pytestmark = pytest.mark.django_db

LIST = "/redaktion/formats/format/"
TYPED = "Ein Ziel, das niemand gespeichert hat."


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


@pytest.fixture
def format(db):
    """A public Steckbrief with a draft beside it."""
    made = make_format()
    made.goal = "Das Ziel des Entwurfs."
    made.save()
    save_draft(made, author=None)
    return made


def preview_of(format):
    return f"{LIST}{format.pk}/vorschau/"


def status_of(client, address):
    """The status; a file that is sent with it is read to its end, which closes it."""
    response = client.get(address)
    b"".join(response)
    return response.status_code


def everything():
    """What the database and the storage know of Steckbriefe."""
    folders = [folder for folder in ("materialien", "formatbilder") if default_storage.exists(folder)]
    return (
        list(Format.objects.order_by("pk").values()),
        list(Step.objects.order_by("pk").values()),
        list(Material.objects.order_by("pk").values()),
        Revision.objects.count(),
        Topic.objects.count(),
        {folder: sorted(default_storage.listdir(folder)[1]) for folder in folders},
    )


def picture():
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    return SimpleUploadedFile("bild.png", out.getvalue(), "image/png")


def test_unsaved_text_is_shown_as_the_real_page_and_nothing_is_saved(desk, moni, format):
    before = everything()
    data = form_data(goal=TYPED, draft_topics="Ganz neues Thema, Leerstand", _preview="1")
    response = desk.post(f"{LIST}{format.pk}/change/", data | steps(format, ("", 1, "Neuer Schritt")))
    assert response.status_code == 303
    assert response.headers["Location"] == f"{preview_of(format)}?text=ungespeichert"
    assert everything() == before
    assert OpenForm.objects.get().user == moni
    page = desk.get(f"{preview_of(format)}ungespeichert/seite/").content.decode()
    assert TYPED in page
    assert "Neuer Schritt" in page
    assert "Ganz neues Thema" in page
    assert "Vorschau: nicht öffentlich" in page
    assert "Fassung 3" in page
    assert TYPED in desk.get(f"{preview_of(format)}ungespeichert/druck/").content.decode()
    assert TYPED not in desk.get(f"{preview_of(format)}entwurf/seite/").content.decode()
    assert TYPED not in desk.get("/formate/runder-tisch/").content.decode()


def test_a_new_steckbrief_has_a_preview_before_it_exists(desk, moni):
    before = everything()
    response = desk.post(f"{LIST}add/", form_data(goal=TYPED, _preview="1"))
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"{LIST}neu/vorschau/?text=ungespeichert",
    )
    assert everything() == before
    assert OpenForm.objects.get().format is None
    assert desk.get(f"{LIST}neu/vorschau/").status_code == 200
    page = desk.get(f"{LIST}neu/vorschau/ungespeichert/seite/").content.decode()
    assert TYPED in page
    assert "Fassung 1" in page


def test_a_second_preview_takes_the_place_of_the_first(desk, format):
    for goal in ("Erstes Ziel", "Zweites Ziel"):
        desk.post(f"{LIST}{format.pk}/change/", form_data(goal=goal, _preview="1"))
    assert OpenForm.objects.get().sheet["goal"] == "Zweites Ziel"


def test_wrong_input_comes_back_with_its_error_and_what_was_typed(desk, format):
    response = desk.post(
        f"{LIST}{format.pk}/change/", form_data(goal=TYPED, as_of="irgendwann", _preview="1")
    )
    assert response.status_code == 200
    assert TYPED in response.content.decode()
    assert set(response.context["adminform"].form.errors) == {"as_of"}
    assert not OpenForm.objects.filter(sheet__isnull=False).exists()


def test_a_newer_revision_of_a_colleague_does_not_stand_in_the_way_of_looking(desk, format):
    data = form_data(goal=TYPED, revision="1", _preview="1")
    assert desk.post(f"{LIST}{format.pk}/change/", data).status_code == 303
    assert TYPED in desk.get(f"{preview_of(format)}ungespeichert/seite/").content.decode()
    assert format.revisions.count() == 2


def test_after_saving_there_is_nothing_unsaved_to_look_at(desk, format):
    data = form_data(goal=TYPED, revision="2")
    desk.post(f"{LIST}{format.pk}/change/", data | {"_preview": "1"})
    assert desk.get(f"{preview_of(format)}ungespeichert/seite/").status_code == 200
    assert desk.post(f"{LIST}{format.pk}/change/", data).status_code == 302
    assert desk.get(f"{preview_of(format)}ungespeichert/seite/").status_code == 404
    assert TYPED in desk.get(f"{preview_of(format)}entwurf/seite/").content.decode()
    assert "Noch nicht gespeicherter Text" not in desk.get(preview_of(format)).content.decode()


def test_the_frame_shows_the_page_as_visitors_see_it_and_takes_no_message(desk, format):
    desk.post("/formate/runder-tisch/merken/")
    page = desk.get(f"{preview_of(format)}entwurf/seite/").content.decode()
    assert "Anmelden" in page
    assert "Abmelden" not in page
    assert "steht auf Ihrer Merkliste" not in page
    assert "steht auf Ihrer Merkliste" in desk.get("/formate/").content.decode()


def test_files_of_a_preview_are_not_stored_and_the_editor_is_told(desk, format):
    before = everything()
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan", "application/pdf")
    material = {
        "materials-TOTAL_FORMS": "1",
        "materials-0-kind": "datei",
        "materials-0-title": "Ein Plan",
        "materials-0-file": upload,
        "materials-0-licence": "CC BY 4.0",
    }
    data = form_data(picture=picture(), picture_alt="Ein Feld", _preview="1") | material
    page = desk.post(f"{LIST}{format.pk}/change/", data, follow=True)
    assert page.status_code == 200
    assert "Neue Dateien erscheinen erst nach dem Speichern." in page.content.decode()
    assert everything() == before
    kept = OpenForm.objects.get().sheet
    assert (kept["materials"], kept["picture"]["file"]) == ([], "")


def test_a_replaced_picture_stays_the_old_one_in_the_preview(desk, format):
    desk.post(f"{LIST}{format.pk}/change/", form_data(picture=picture(), picture_alt="Altes Feld"))
    old = Format.objects.get().picture.name
    desk.post(
        f"{LIST}{format.pk}/change/", form_data(picture=picture(), picture_alt="Neues Feld", _preview="1")
    )
    assert OpenForm.objects.get(sheet__isnull=False).sheet["picture"]["file"] == old
    assert Format.objects.get().picture.name == old
    page = desk.get(f"{preview_of(format)}ungespeichert/seite/").content.decode()
    assert f'src="../dateien/{old}"' in page
    assert status_of(desk, f"{preview_of(format)}ungespeichert/dateien/{old}") == 200


def test_a_preview_serves_only_files_that_its_text_names(desk, format):
    other = make_format("anderer")
    desk.post(
        f"{LIST}{other.pk}/change/",
        form_data(slug="anderer", title="Anderer", picture=picture(), picture_alt="Feld"),
    )
    name = Format.objects.get(slug="anderer").picture.name
    assert status_of(desk, f"{preview_of(other)}entwurf/dateien/{name}") == 200
    assert status_of(desk, f"{preview_of(format)}entwurf/dateien/{name}") == 404


def test_every_revision_has_a_preview(desk, format):
    assert "Voneinander wissen." in desk.get(f"{preview_of(format)}1/seite/").content.decode()
    assert "Das Ziel des Entwurfs." in desk.get(f"{preview_of(format)}2/seite/").content.decode()
    assert "Fassung 1" in desk.get(f"{preview_of(format)}?text=1").content.decode()


@pytest.mark.parametrize("device", ["schreibtisch", "telefon", "druck"])
def test_the_frame_shows_each_device(desk, format, device):
    page = desk.get(f"{preview_of(format)}?ansicht={device}").content.decode()
    assert f'src="entwurf/{"druck" if device == "druck" else "seite"}/"' in page
    assert f"preview__device--{device}" in page


@pytest.mark.parametrize(
    "address",
    [
        "?text=9",
        "?text=ungespeichert",
        "?text=anders",
        "?text=²",
        "?ansicht=fernseher",
        "9/seite/",
        "ungespeichert/seite/",
        "99999999999/druck/",
        "entwurf/dateien/materialien/nichts.pdf",
        "entwurf/dateien/../../settings.py",
    ],
)
def test_what_does_not_exist_is_not_found(desk, format, address):
    assert desk.get(preview_of(format) + address).status_code == 404


def test_the_pdf_says_on_every_page_that_it_is_not_public(desk, format):
    response = desk.get(f"{preview_of(format)}entwurf/steckbrief.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    assert all("Vorschau: nicht öffentlich" in page.extract_text() for page in pages)
    assert "Das Ziel des Entwurfs." in pages[0].extract_text()
    public = PdfReader(io.BytesIO(desk.get("/formate/runder-tisch.pdf").content))
    assert "Vorschau" not in public.pages[0].extract_text()
    assert response.headers["Content-Disposition"] == 'inline; filename="vorschau-runder-tisch.pdf"'


def test_links_in_the_frame_lead_nowhere_but_within_the_page(desk, format):
    page = desk.get(f"{preview_of(format)}entwurf/seite/").content.decode()
    assert '<a class="skip-link" href="#inhalt">' in page
    assert page.count("<a") > 10
    assert page.count(' href="/') == page.count('<link rel="preload" href="/') + page.count(
        '<link rel="stylesheet" href="/'
    ) + page.count('<link rel="icon" href="/') + page.count('<use href="/')
    assert "<script" not in page


def test_only_the_frames_may_be_framed_and_only_by_this_house(desk, format):
    framed = desk.get(f"{preview_of(format)}entwurf/seite/").headers
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "frame-src" not in framed["Content-Security-Policy"]
    outer = desk.get(preview_of(format)).headers
    assert outer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in outer["Content-Security-Policy"]
    assert "frame-src 'self'" in outer["Content-Security-Policy"]
    for headers in (framed, outer):
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "no-store" in headers["Cache-Control"]
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "frame-ancestors 'none'" in desk.get("/redaktion/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("", "moni ada root"),
        ("entwurf/seite/", "moni ada root"),
        ("entwurf/druck/", "moni ada root"),
        ("entwurf/steckbrief.pdf", "moni ada root"),
        ("1/seite/", "moni ada root"),
    ],
)
def test_who_may_look_at_a_preview(client, cast, format, address, who):
    allowed = []
    for name, user in cast.items():
        client.logout()
        if name != "gast":
            client.force_login(user)
        if client.get(preview_of(format) + address).status_code == 200:
            allowed.append(name)
    assert sorted(allowed) == sorted(who.split())


@pytest.mark.parametrize("address", ["neu/vorschau/", "neu/vorschau/ungespeichert/seite/"])
def test_who_may_look_at_a_new_steckbrief_of_their_own(client, cast, address):
    allowed = []
    for name, user in cast.items():
        if name == "gast":
            client.logout()
        else:
            client.force_login(user)
            OpenForm.objects.create(user=user, sheet=make_snapshot("neu"), seen_at=timezone.now())
        if client.get(LIST + address).status_code == 200:
            allowed.append(name)
    assert sorted(allowed) == ["moni", "root"]


def test_who_may_make_a_preview(client, cast, format):
    allowed = []
    for name, user in cast.items():
        client.logout()
        if name != "gast":
            client.force_login(user)
        if client.post(f"{LIST}{format.pk}/change/", form_data(_preview="1")).status_code == 303:
            allowed.append(name)
    assert sorted(allowed) == ["moni", "root"]


def test_nobody_sees_what_a_colleague_has_typed(desk, client, cast, format):
    desk.post(f"{LIST}{format.pk}/change/", form_data(goal=TYPED, _preview="1"))
    desk.post(f"{LIST}add/", form_data(slug="neu-1", goal=TYPED, _preview="1"))
    assert desk.get(f"{preview_of(format)}ungespeichert/seite/").status_code == 200
    colleague = make_user("mika@akademie.example", role="Redaktion")
    for user in (colleague, cast["ada"], cast["root"]):
        client.force_login(user)
        assert client.get(f"{preview_of(format)}ungespeichert/seite/").status_code == 404
        assert client.get(f"{LIST}neu/vorschau/ungespeichert/seite/").status_code in (403, 404)


def test_looking_changes_nothing(desk, format):
    desk.post(f"{LIST}{format.pk}/change/", form_data(goal=TYPED, _preview="1"))
    before = everything(), list(OpenForm.objects.values())
    for address in ("", "ungespeichert/seite/", "entwurf/druck/", "entwurf/steckbrief.pdf"):
        assert desk.get(preview_of(format) + address).status_code == 200
        assert desk.post(preview_of(format) + address).status_code == 405
    assert (everything(), list(OpenForm.objects.values())) == before
