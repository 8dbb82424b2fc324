"""Files of a draft on a co-author's page: those the newest text names, and no other."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from formats.actions import make_coauthor_link, save_sheet
from formats.drafts import token_of
from tests.builders import make_format

pytestmark = pytest.mark.django_db

PLAN, OTHER, PICTURE = (f"materialien/{sign * 32}.pdf" for sign in "abc")
PICTURE = f"formatbilder/{'c' * 32}.webp"


@pytest.fixture(autouse=True)
def _stored():
    for name in (PLAN, OTHER, PICTURE):
        default_storage.save(name, ContentFile(b"%PDF inhalt"))
    yield
    for name in (PLAN, OTHER, PICTURE):
        default_storage.delete(name)


def file_material(name):
    return {"kind": "datei", "title": "Plan", "url": "", "file": name, "licence": "", "text_alternative": ""}


@pytest.fixture
def format(db, moni):
    made = make_format()
    snapshot = made.published.snapshot | {
        "materials": [file_material(PLAN)],
        "picture": {"file": PICTURE, "alt": "Ein Feld", "credit": ""},
    }
    save_sheet(made, snapshot, author=moni)
    return made


@pytest.fixture
def link(format, moni):
    return make_coauthor_link(format, name="Frau Muster", by=moni)


def status_of(client, address):
    """The status; a file that is sent with it is read to its end, which closes it."""
    response = client.get(address)
    b"".join(response)
    return response.status_code


def file_at(link, name):
    return f"/entwurf/{token_of(link)}/dateien/{name}"


def test_the_page_leads_to_files_below_its_own_address(client, link):
    page = client.get(f"/entwurf/{token_of(link)}/").content.decode()
    assert f'href="dateien/{PLAN}"' in page
    assert f'src="dateien/{PICTURE}"' in page
    assert "/dateien/materialien" not in page.replace('"dateien/materialien', "")


def test_the_files_of_the_draft_open_with_the_link_and_without_it_not(client, link):
    response = client.get(file_at(link, PLAN))
    assert b"".join(response.streaming_content) == b"%PDF inhalt"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert status_of(client, file_at(link, PICTURE)) == 200
    for name in (PLAN, PICTURE):
        assert status_of(client, f"/dateien/{name}") == 404


@pytest.mark.parametrize(
    "name",
    [
        OTHER,
        "materialien/nichts.pdf",
        "../settings.py",
        "%2e%2e/settings.py",
        "",
        f"{PLAN}/",
        PLAN.upper(),
    ],
)
def test_no_other_file_opens_with_it(client, link, name):
    assert status_of(client, file_at(link, PLAN)) == 200
    assert status_of(client, file_at(link, name)) == 404


def test_files_of_other_steckbriefe_and_of_older_texts_do_not_open(client, link, format, moni):
    other = make_format("anderer")
    save_sheet(other, other.published.snapshot | {"materials": [file_material(OTHER)]}, author=moni)
    theirs = make_coauthor_link(other, name="Herr Muster", by=moni)
    assert status_of(client, file_at(theirs, OTHER)) == 200
    assert status_of(client, file_at(theirs, PLAN)) == 404
    assert status_of(client, file_at(link, OTHER)) == 404
    save_sheet(format, make_format().published.snapshot | {"tips": ["neu"]}, author=moni)
    assert status_of(client, file_at(link, PLAN)) == 404


@pytest.mark.parametrize("end", ["expires_at", "revoked_at"])
def test_when_the_link_has_ended_its_files_have_too(client, link, end):
    setattr(link, end, timezone.now() - timedelta(seconds=1))
    link.save()
    assert status_of(client, file_at(link, PLAN)) == 410


def test_a_file_that_is_missing_in_the_storage_is_not_found(client, link):
    default_storage.delete(PLAN)
    assert status_of(client, file_at(link, PLAN)) == 404


def test_only_looking_is_possible(client, link):
    assert client.post(file_at(link, PLAN)).status_code == 405
