"""A co-author's page: reads the newest draft with a link that ends, says something, and sees nothing else."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from formats.actions import make_coauthor_link, publish, save_draft, settle_remarks, withdraw
from formats.drafts import address_of, token_of
from formats.models import CoauthorLink, Remark
from foundation.notices.models import Mail
from tests.builders import make_draft, make_format
from tests.formats.test_admin import form_data

pytestmark = pytest.mark.django_db

KEY = "00000000-0000-4000-8000-000000000001"


def edit(format, goal):
    format.goal = goal
    format.save()
    return save_draft(format, author=None)


@pytest.fixture
def format(db):
    """A public Steckbrief with a draft beside it."""
    made = make_format()
    edit(made, "Das Ziel des Entwurfs.")
    return made


@pytest.fixture
def link(format, moni):
    return make_coauthor_link(format, name="Frau Muster", by=moni)


def page_of(link):
    return f"/entwurf/{token_of(link)}/"


def remark(**changes):
    return {"name": "Frau Muster", "text": "Das Ziel ist unklar.", "schluessel": KEY} | changes


def test_the_link_shows_the_newest_draft_and_what_is_new_in_it(client, link, format):
    page = client.get(page_of(link)).content.decode()
    assert "Das Ziel des Entwurfs." in page
    assert "Vorschau: nicht öffentlich" in page
    assert "wissen" in page[page.index("Was gegenüber dem öffentlichen Text neu ist") :]
    assert "Merken" not in page
    edit(format, "Ein noch neueres Ziel.")
    assert "Ein noch neueres Ziel." in client.get(page_of(link)).content.decode()


def test_without_a_draft_it_shows_the_public_text_and_says_so(client, link, format):
    publish(format.newest)
    page = client.get(page_of(link)).content.decode()
    assert "Das Ziel des Entwurfs." in page
    assert "Öffentlicher Text" in page
    assert "Vorschau: nicht öffentlich" not in page
    assert "gegenüber dem öffentlichen Text neu" not in page


def test_what_never_was_public_is_wholly_new(client, moni):
    format = make_draft()
    link = make_coauthor_link(format, name="Frau Muster", by=moni)
    assert client.get(page_of(link)).status_code == 404
    save_draft(format, author=moni)
    assert "Der ganze Text ist neu." in client.get(page_of(link)).content.decode()


def test_a_withdrawn_text_is_a_draft_again(client, link, format):
    withdraw(format)
    assert client.get(page_of(link)).status_code == 200
    assert client.get("/formate/runder-tisch/").status_code == 410


def test_the_address_can_be_shown_again_and_leads_to_the_page(client, link, settings):
    settings.SITE_URL = "https://akademie.example"
    again = CoauthorLink.objects.get()
    assert address_of(again) == address_of(link) == f"https://akademie.example{page_of(link)}"


def test_nothing_of_the_page_is_kept_indexed_or_told_to_other_sites(client, link):
    headers = client.get(page_of(link)).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_page_cache_never_holds_it(client, link, format, settings):
    settings.PAGE_CACHE = True
    assert "Das Ziel des Entwurfs." in client.get(page_of(link)).content.decode()
    edit(format, "Ein noch neueres Ziel.")
    assert "Ein noch neueres Ziel." in client.get(page_of(link)).content.decode()
    link.revoked_at = timezone.now()
    link.save()
    assert client.get(page_of(link)).status_code == 410


@pytest.mark.parametrize("end", ["expires_at", "revoked_at"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_has_ended_is_gone_and_says_whom_to_ask(client, link, end, method):
    setattr(link, end, timezone.now() - timedelta(seconds=1))
    link.save()
    response = getattr(client, method)(page_of(link), remark())
    assert response.status_code == 410
    assert "Moni Mertens in der Redaktion" in response.content.decode()
    assert "Runder Tisch" not in response.content.decode()
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not Remark.objects.exists()


def test_it_still_opens_in_its_last_minute(client, link):
    link.expires_at = timezone.now() + timedelta(minutes=1)
    link.save()
    assert client.get(page_of(link)).status_code == 200


def forged(link):
    """Tokens that nobody has given."""
    key, signature = token_of(link).split(".")
    return [
        key,
        f"{key}.",
        f"{key}.{'A' * len(signature)}",
        f"{key}.{signature[:-1]}",
        f"{UUID(int=1).hex}.{signature}",
        f"{key.upper()}.{signature}",
        str(link.pk),
        "x",
        "ä.ö",
        f"{token_of(link)}.{signature}",
    ]


def test_forged_tokens_are_not_found(client, link):
    assert client.get(page_of(link)).status_code == 200
    for token in forged(link):
        assert client.get(f"/entwurf/{token}/").status_code == 404, token
        assert client.post(f"/entwurf/{token}/", remark()).status_code == 404, token
    assert not Remark.objects.exists()


def test_a_deleted_link_is_not_found(client, link):
    address = page_of(link)
    link.delete()
    assert client.get(address).status_code == 404


def test_a_token_signed_with_another_secret_is_not_found(client, link, settings):
    settings.SECRET_KEY = "ein anderes Geheimnis"
    forged = page_of(link)
    settings.SECRET_KEY = "development-only-not-a-secret"
    assert client.get(forged).status_code == 404


def test_the_link_opens_one_steckbrief_and_no_other(client, link, moni):
    other = make_format("anderer")
    edit(other, "Ein geheimes Ziel.")
    mine, theirs = page_of(link), page_of(make_coauthor_link(other, name="Herr Muster", by=moni))
    assert "Ein geheimes Ziel." in client.get(theirs).content.decode()
    assert "Ein geheimes Ziel." not in client.get(mine).content.decode()
    assert "Ein geheimes Ziel." not in client.get("/formate/anderer/").content.decode()
    for address in (
        f"/redaktion/formats/format/{other.pk}/vorschau/entwurf/seite/",
        f"/redaktion/formats/format/{link.format_id}/mitautoren/",
    ):
        assert client.get(address).status_code == 302


def test_unsaved_text_of_editors_is_not_on_it(client, link, moni, format):
    desk = Client()
    desk.force_login(moni)
    desk.post(f"/redaktion/formats/format/{format.pk}/change/", form_data(goal="Nur getippt.", _preview="1"))
    assert "Nur getippt." not in client.get(page_of(link)).content.decode()


def test_a_remark_reaches_the_desk_with_its_place_and_revision(client, link, format):
    response = client.post(page_of(link), remark(stelle="goal"))
    assert (response.status_code, response.url) == (302, f"{page_of(link)}#bemerkungen")
    kept = Remark.objects.get()
    assert (kept.name, kept.text, kept.field) == ("Frau Muster", "Das Ziel ist unklar.", "goal")
    assert (kept.link, kept.author, kept.revision) == (link, None, format.newest)
    page = client.get(page_of(link)).content.decode()
    assert "Das Ziel ist unklar." in page
    assert "Stelle „Ziel“" in page


def test_a_remark_speaks_of_the_revision_that_was_read(client, link, format):
    read = format.newest
    edit(format, "Ein noch neueres Ziel.")
    client.post(page_of(link), remark(fassung=str(read.number)))
    assert Remark.objects.get().revision == read
    client.post(page_of(link), remark(fassung="999", schluessel=""))
    assert Remark.objects.latest("pk").revision == format.newest


def test_a_co_author_sees_their_own_remarks_only_and_what_became_of_them(client, link, format, moni):
    client.post(page_of(link), remark())
    theirs = make_coauthor_link(format, name="Herr Anders", by=moni)
    client.post(page_of(theirs), remark(text="Nur für die Redaktion.", schluessel=""))
    assert "Nur für die Redaktion." in client.get(page_of(theirs)).content.decode()
    settle_remarks(Remark.objects.filter(link=link), by=moni)
    page = client.get(page_of(link)).content.decode()
    assert "Nur für die Redaktion." not in page
    assert '<span class="badge">erledigt</span>' in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "was Ihnen auffällt"),
        ({"text": "x" * 2001}, "2000"),
        ({"text": "a\x00b"}, "Null"),
        ({"name": ""}, "Ihren Namen"),
        ({"name": "x" * 121}, "120"),
        ({"stelle": "ueberall"}, "ueberall"),
        ({"fassung": "viele"}, "Bemerkung senden"),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_kept(client, link, changes, said):
    response = client.post(page_of(link), remark(text="Mein langer Satz") | changes)
    assert response.status_code == 422
    assert said in response.content.decode()
    if "text" not in changes:
        assert "Mein langer Satz" in response.content.decode()
    assert not Remark.objects.exists()


def test_markup_in_a_remark_stays_text(client, link):
    client.post(page_of(link), remark(text="<script>alert(1)</script>", name="<b>Muster</b>"))
    page = client.get(page_of(link)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>Muster" not in page


def test_a_double_click_is_one_remark(client, link):
    for _ in range(2):
        client.post(page_of(link), remark())
    assert Remark.objects.count() == 1


def test_a_robot_is_thanked_and_nothing_is_kept(client, link):
    assert client.post(page_of(link), remark(website="https://spam.example")).status_code == 302
    assert not Remark.objects.exists()
    assert not Mail.objects.exists()


def test_too_many_remarks_are_refused_for_an_hour(client, link):
    for number in range(20):
        client.post(page_of(link), remark(text=f"Nummer {number}", schluessel=""))
    response = client.post(page_of(link), remark(schluessel=""))
    assert response.status_code == 429
    assert Remark.objects.count() == 20


def test_the_form_works_without_cookies(link):
    visitor = Client(enforce_csrf_checks=True)
    response = visitor.post(page_of(link), remark(), headers={"origin": "null"})
    assert response.status_code == 302
    assert Remark.objects.count() == 1


def test_the_editors_get_one_letter_an_hour_per_link(client, link, moni, format, cast):
    client.post(page_of(link), remark())
    client.post(page_of(link), remark(text="Noch etwas.", schluessel=""))
    letter = Mail.objects.get()
    assert (letter.recipient, letter.subject) == (moni.email, "Bemerkung zum Entwurf: Runder Tisch")
    assert "Das Ziel ist unklar." in letter.text
    assert f"/redaktion/formats/format/{format.pk}/mitautoren/" in letter.text
    assert token_of(link) not in letter.text + letter.html


def test_if_nobody_concerned_is_left_the_whole_redaktion_hears_of_it(client, link, cast):
    link.created_by = None
    link.save()
    client.post(page_of(link), remark())
    assert [letter.recipient for letter in Mail.objects.all()] == [cast["moni"].email]


def test_looking_changes_nothing(client, link):
    before = list(CoauthorLink.objects.values())
    client.get(page_of(link), remark())
    assert client.head(page_of(link)).status_code == 200
    assert client.put(page_of(link)).status_code == 405
    assert client.delete(page_of(link)).status_code == 405
    assert list(CoauthorLink.objects.values()) == before
    assert (Remark.objects.count(), Mail.objects.count()) == (0, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_a_fixed_number_of_times(client, link, count, django_assert_num_queries):
    for number in range(count):
        client.post(page_of(link), remark(text=f"Nummer {number}", schluessel=""))
    visitor = Client()
    visitor.get(page_of(link))
    with django_assert_num_queries(3):
        visitor.get(page_of(link))
