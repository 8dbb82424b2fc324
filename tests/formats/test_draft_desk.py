"""The page „Mitautor:innen“ on the desk: links, remarks, and who may do what with them."""

import pytest
from django.utils import timezone

from formats.actions import make_coauthor_link, remark_on, save_draft
from formats.drafts import address_of
from formats.models import CoauthorLink, Remark
from tests.builders import make_draft, make_format

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


@pytest.fixture
def format(db):
    return make_format()


def page_of(format):
    return f"/redaktion/formats/format/{format.pk}/mitautoren/"


def remark_of(format, **values):
    values = {
        "key": "00000000-0000-4000-8000-000000000001",
        "name": "Frau Muster",
        "text": "Unklar.",
    } | values
    return remark_on(format.newest, **values)


@pytest.mark.parametrize("days", [1, 14, 60])
def test_a_link_is_made_for_some_days_and_shown_to_be_copied(desk, moni, format, days):
    before = timezone.now()
    page = desk.post(page_of(format), {"_make": "1", "name": "Frau Muster", "days": days}, follow=True)
    link = CoauthorLink.objects.get()
    assert (link.name, link.format, link.created_by) == ("Frau Muster", format, moni)
    assert (link.expires_at - before).days == days
    assert f'value="{address_of(link)}"' in page.content.decode()


def test_fourteen_days_are_proposed(desk, format):
    assert 'name="days" value="14"' in desk.get(page_of(format)).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "für wen der Link ist"),
        ({"name": "x" * 121}, "120"),
        ({"days": "0"}, "größer oder gleich 1"),
        ({"days": "61"}, "kleiner oder gleich 60"),
        ({"days": "immer"}, "ganze Zahl"),
        ({"days": ""}, "zwingend"),
    ],
)
def test_a_wrong_link_is_explained_and_not_made(desk, format, typed, said):
    response = desk.post(page_of(format), {"_make": "1", "name": "Frau Muster", "days": "14"} | typed)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not CoauthorLink.objects.exists()


def test_without_a_saved_text_there_is_no_link(desk):
    format = make_draft()
    assert "Speichern Sie den Steckbrief zuerst" in desk.get(page_of(format)).content.decode()
    assert desk.post(page_of(format), {"_make": "1", "name": "x", "days": "1"}).status_code == 404
    assert not CoauthorLink.objects.exists()


def test_a_link_is_revoked_once_and_its_address_is_no_longer_shown(desk, client, moni, format):
    link = make_coauthor_link(format, name="Frau Muster", by=moni)
    page = desk.post(page_of(format), {"_revoke": "1", "link": link.pk}, follow=True).content.decode()
    link.refresh_from_db()
    first = link.revoked_at
    assert first is not None
    assert "widerrufen am" in page
    assert address_of(link) not in page
    desk.post(page_of(format), {"_revoke": "1", "link": link.pk})
    link.refresh_from_db()
    assert link.revoked_at == first


def test_remarks_are_settled_one_by_one(desk, moni, format):
    one = remark_of(format)
    two = remark_of(format, key="00000000-0000-4000-8000-000000000002", text="Zu lang.")
    desk.post(page_of(format), {"_settle": "1", "remark": one.pk})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.settled_by, two.settled_at) == (moni, None)
    page = desk.get(page_of(format)).content.decode()
    assert "erledigt, Moni Mertens" in page
    assert page.count('name="_settle"') == 1


def test_editors_remark_under_their_own_name(desk, moni, format):
    data = {"_remark": "1", "text": "Bitte kürzen.", "stelle": "summary", "name": "Jemand anders"}
    page = desk.post(page_of(format), data, follow=True).content.decode()
    remark = Remark.objects.get()
    assert (remark.author, remark.name, remark.field) == (moni, "Moni Mertens", "summary")
    assert (remark.revision, remark.link) == (format.newest, None)
    assert "Stelle „Kurztext“" in page


def test_an_empty_remark_is_explained(desk, format):
    response = desk.post(page_of(format), {"_remark": "1", "text": ""})
    assert response.status_code == 200
    assert "was Ihnen auffällt" in response.content.decode()
    assert not Remark.objects.exists()


def test_things_of_another_steckbrief_cannot_be_touched_from_here(desk, moni, format):
    other = make_format("anderer")
    link = make_coauthor_link(other, name="Herr Muster", by=moni)
    remark = remark_of(other)
    assert desk.post(page_of(format), {"_revoke": "1", "link": link.pk}).status_code == 404
    assert desk.post(page_of(format), {"_settle": "1", "remark": remark.pk}).status_code == 404
    assert CoauthorLink.objects.get().revoked_at is None
    assert Remark.objects.get().settled_at is None
    page = desk.get(page_of(format)).content.decode()
    assert "Herr Muster" not in page
    assert "Unklar." not in page


@pytest.mark.parametrize(
    "data", [{}, {"_revoke": "1", "link": "x"}, {"_settle": "1", "remark": "x"}, {"_x": "1"}]
)
def test_buttons_that_do_not_exist_do_nothing(desk, format, data):
    assert desk.post(page_of(format), data).status_code == 404


def walk(client, cast, visit):
    allowed = []
    for name, user in cast.items():
        client.logout()
        if name != "gast":
            client.force_login(user)
        if visit():
            allowed.append(name)
    return sorted(allowed)


def test_who_may_look(client, cast, format):
    assert walk(client, cast, lambda: client.get(page_of(format)).status_code == 200) == [
        "ada",
        "moni",
        "root",
    ]


def test_who_may_copy_the_address(client, cast, moni, format):
    address = address_of(make_coauthor_link(format, name="Frau Muster", by=moni))
    visit = lambda: address in client.get(page_of(format)).content.decode()  # noqa: E731
    assert walk(client, cast, visit) == ["moni", "root"]


@pytest.mark.parametrize("button", ["_make", "_revoke", "_settle", "_remark"])
def test_who_may_act(client, cast, moni, format, button):
    link, remark = make_coauthor_link(format, name="Frau Muster", by=moni), remark_of(format)
    data = {button: "1", "name": "Neu", "days": "3", "link": link.pk, "remark": remark.pk, "text": "Gut."}

    def visit():
        before = CoauthorLink.objects.count(), Remark.objects.count()
        CoauthorLink.objects.update(revoked_at=None)
        Remark.objects.update(settled_at=None)
        answer = client.post(page_of(format), data)
        changed = before != (CoauthorLink.objects.count(), Remark.objects.count())
        changed |= CoauthorLink.objects.filter(revoked_at__isnull=False).exists()
        changed |= Remark.objects.filter(settled_at__isnull=False).exists()
        assert changed == (answer.headers.get("Location") == page_of(format))
        return changed

    assert walk(client, cast, visit) == ["moni", "root"]


def test_looking_changes_nothing(desk, moni, format):
    link, remark = make_coauthor_link(format, name="Frau Muster", by=moni), remark_of(format)
    for data in ({"_revoke": "1", "link": link.pk}, {"_settle": "1", "remark": remark.pk}, {"_make": "1"}):
        assert desk.get(page_of(format), data).status_code == 200
    assert (CoauthorLink.objects.get().revoked_at, Remark.objects.get().settled_at) == (None, None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_a_fixed_number_of_times(
    desk, moni, format, count, django_assert_num_queries
):
    save_draft(format, author=moni)
    for number in range(count):
        make_coauthor_link(format, name=f"Nummer {number}", by=moni)
        remark_of(format, key=f"00000000-0000-4000-8000-00000000000{number}", author=moni)
    desk.get(page_of(format))
    with django_assert_num_queries(7):
        desk.get(page_of(format))
