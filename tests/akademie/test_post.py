"""The development post: shows what would have been sent, in development only."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.urls import path

from akademie import urls, views

ROOT = Path(__file__).resolve().parent.parent.parent

# The house's addresses as they are with DEBUG=1; the suite itself runs without.
urlpatterns = [
    path("entwicklung/post/", views.post_list, name="post_list"),
    path("entwicklung/post/<str:name>/", views.post_detail, name="post_detail"),
    *urls.urlpatterns,
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": settings.MAIL_FOLDER},
        }
    }
    return settings.MAIL_FOLDER


def send(subject="Ihr Code", text="Ihr Code: ABCD-1234", html=None):
    letter = EmailMultiAlternatives(subject, text, to=["anna@auenlinden.example"])
    if html:
        letter.attach_alternative(html, "text/html")
    letter.send()


def shown(client):
    return client.get("/entwicklung/post/").context["mails"]


def test_without_mails_the_list_says_what_to_do(client):
    answer = client.get("/entwicklung/post/")
    assert answer.status_code == 200
    assert "Noch ist keine Mail da." in answer.content.decode()


def test_the_list_shows_the_newest_first(client, folder):
    for age, subject in enumerate(["Dritte", "Zweite", "Erste"]):
        before = set(folder.glob("*"))
        send(subject)
        [file] = set(folder.glob("*")) - before
        file = file.rename(folder / f"{age}.log")
        os.utime(file, (1_800_000_000 - age, 1_800_000_000 - age))
    assert [mail.message["Subject"] for mail in shown(client)] == ["Dritte", "Zweite", "Erste"]


def test_several_mails_in_one_file_are_shown_one_by_one(client, folder):
    send("Eins")
    send("Zwei")
    files = sorted(folder.iterdir(), key=lambda file: b"Zwei" in file.read_bytes())
    if len(files) == 2:
        files[0].write_bytes(files[0].read_bytes() + files[1].read_bytes())
        files[1].unlink()
    mails = shown(client)
    assert [mail.message["Subject"] for mail in mails] == ["Zwei", "Eins"]
    assert "Eins" in client.get(f"/entwicklung/post/{mails[1].name}/").content.decode()


def test_a_mail_is_shown_with_headers_and_text(client):
    send("Grüße & mehr", "Guten Tag,\n\nIhr Code: ABCD-1234 <b>\n", "<p>Guten Tag</p>")
    page = client.get(f"/entwicklung/post/{shown(client)[0].name}/").content.decode()
    assert "<h1>Grüße &amp; mehr</h1>" in page
    assert "anna@auenlinden.example" in page
    assert "Ihr Code: ABCD-1234 &lt;b&gt;" in page
    assert "HTML-Fassung ansehen" in page


def test_a_mail_without_html_says_so(client):
    send_mail("Nur Text", "Guten Tag", None, ["anna@auenlinden.example"])
    page = client.get(f"/entwicklung/post/{shown(client)[0].name}/").content.decode()
    assert "Diese Mail hat keine HTML-Fassung." in page


def test_the_html_letter_comes_as_it_is_and_can_do_nothing(client):
    html = '<p style="color: red">Guten Tag</p><script>alert(1)</script>'
    send(html=html)
    answer = client.get(f"/entwicklung/post/{shown(client)[0].name}/?teil=html")
    assert answer.content.decode().strip() == html
    policy = answer["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@pytest.mark.parametrize("name", ["gibt-es-nicht", "..", "%2e%2e%2fsettings", "x" * 300])
def test_an_unknown_name_is_404(client, name):
    send()
    assert client.get(f"/entwicklung/post/{name}/").status_code == 404


@pytest.mark.parametrize("address", ["/entwicklung/post/", "/entwicklung/post/eine-mail/"])
@pytest.mark.parametrize("method", ["post", "trace"])
def test_the_post_is_only_read(client, address, method):
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(("debug", "there"), [("1", "True"), ("0", "False")])
def test_the_address_exists_in_development_only(debug, there):
    env = os.environ | {
        "DEBUG": debug,
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "testserver",
        "SITE_URL": "http://testserver",
        "DJANGO_SETTINGS_MODULE": "akademie.settings",
    }
    program = (
        "import django; django.setup(); from django.urls import is_valid_path;"
        "print(bool(is_valid_path('/entwicklung/post/')), bool(is_valid_path('/gesund/')))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.stdout == f"{there} True\n"
