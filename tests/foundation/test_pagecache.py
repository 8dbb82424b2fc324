"""The page cache: fast for visitors, right within seconds, and never somebody else's page."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from formats.models import Format
from foundation.kit import pagecache
from tests.builders import make_format, publish_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def cached():
    with override_settings(PAGE_CACHE=True):
        pagecache._clock.forget()
        yield Client()


def change(goal, django_capture_on_commit_callbacks):
    """Change a published Steckbrief the way an editor's save does."""
    with django_capture_on_commit_callbacks(execute=True):
        format = Format.objects.get()
        format.goal = goal
        format.save()
        publish_rows(format, author=None)


def test_a_second_visitor_costs_no_query(cached, django_assert_num_queries):
    make_format()
    first = cached.get("/formate/")
    with django_assert_num_queries(0):
        second = cached.get("/formate/")
    assert second.content == first.content
    assert second.headers.items() == first.headers.items()


def test_a_change_is_seen_at_once_by_the_process_that_made_it(cached, django_capture_on_commit_callbacks):
    make_format()
    assert "Neues Ziel" not in cached.get("/formate/runder-tisch/").content.decode()
    change("Neues Ziel", django_capture_on_commit_callbacks)
    assert "Neues Ziel" in cached.get("/formate/runder-tisch/").content.decode()


def test_another_process_sees_it_within_five_seconds(rf, django_capture_on_commit_callbacks):
    """Two caches stand for two processes; only the shared version tells the second of the change."""
    make_format()
    clock = pagecache._VersionClock()
    before = clock.current()
    change("Neues Ziel", django_capture_on_commit_callbacks)
    assert clock.current() == before
    clock._until -= pagecache.LOOK_EVERY
    assert clock.current() != before
    assert pagecache.LOOK_EVERY < 5


def test_a_renamed_topic_renews_the_pages(cached, django_capture_on_commit_callbacks):
    format = make_format(topics=["Innenstadt"])
    assert "Innenstadt" in cached.get("/themen/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        topic = format.topics.get()
        topic.name = "Ortsmitte"
        topic.save()
    assert "Ortsmitte" in cached.get("/themen/").content.decode()


def test_nobody_gets_the_page_of_a_signed_in_reader(cached, moni):
    make_format()
    desk = Client()
    desk.force_login(moni)
    assert "Bearbeiten" in desk.get("/formate/runder-tisch/").content.decode()
    assert "Bearbeiten" not in cached.get("/formate/runder-tisch/").content.decode()
    assert "Bearbeiten" in desk.get("/formate/runder-tisch/").content.decode()


def test_fragments_and_pages_of_one_address_do_not_mix(cached):
    make_format()
    whole = cached.get("/formate/").content
    fragment = cached.get("/formate/", headers={"HX-Request": "true"}).content
    assert b"<html" in whole
    assert b"<html" not in fragment
    assert cached.get("/formate/").content == whole


def test_forms_with_a_token_are_never_kept(cached):
    make_format()
    tokens = {
        Client().get("/formate/runder-tisch/rueckmeldung/").cookies["csrftoken"].value for _ in range(2)
    }
    assert len(tokens) == 2


@pytest.mark.parametrize("address", ["/formate/?zweck=x", "/formate/fehlt/"])
def test_errors_are_not_kept(cached, address):
    response = cached.get(address)
    assert response.status_code in (400, 404)
    assert "ETag" not in response.headers


def test_an_unchanged_page_answers_304(cached):
    make_format()
    etag = cached.get("/formate/").headers["ETag"]
    for _ in range(2):
        again = cached.get("/formate/", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag
    assert cached.get("/formate/", headers={"If-None-Match": 'W/"anders"'}).status_code == 200


def test_compressed_and_plain_answers_do_not_mix(cached):
    make_format()
    plain = cached.get("/formate/")
    small = cached.get("/formate/", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in cached.get("/formate/").headers
    assert len(small.content) < len(plain.content)


def test_only_so_many_bytes_are_kept(rf, monkeypatch):
    monkeypatch.setattr(pagecache, "MAX_BYTES", 10)
    asked = []

    @pagecache.public_page
    def view(request):
        asked.append(request.get_full_path())
        return HttpResponse("Seite")

    middleware = pagecache.PageCache(view)
    with override_settings(PAGE_CACHE=True):
        for path in ("/1/", "/2/", "/2/", "/3/", "/1/"):
            middleware(rf.get(path))
    assert asked == ["/1/", "/2/", "/3/", "/1/"]
    assert [len(middleware.pages), middleware.size] == [2, 10]


def test_a_page_is_kept_only_if_its_view_says_so(rf):
    answers = iter(["eins", "zwei"])
    middleware = pagecache.PageCache(lambda request: HttpResponse(next(answers)))
    with override_settings(PAGE_CACHE=True):
        assert middleware(rf.get("/x/")).content == b"eins"
        assert middleware(rf.get("/x/")).content == b"zwei"


@pytest.mark.parametrize("header", ["1", "True", "false", ""])
def test_no_odd_header_puts_a_whole_page_in_the_place_of_a_fragment(cached, header):
    make_format()
    assert b"<html" in cached.get("/formate/?zweck=austauschen", headers={"HX-Request": header}).content
    assert b"<html" not in cached.get("/formate/?zweck=austauschen", headers={"HX-Request": "true"}).content


def test_history_restored_by_htmx_is_a_whole_page(cached):
    make_format()
    cached.get("/formate/", headers={"HX-Request": "true"})
    restore = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in cached.get("/formate/", headers=restore).content


def test_the_tag_of_a_page_does_not_depend_on_its_compression(cached):
    make_format()
    tags = {
        cached.get("/formate/", headers={"Accept-Encoding": encoding}).headers["ETag"]
        for encoding in ("gzip", "")
    }
    assert len(tags) == 1


def test_large_answers_are_not_kept(rf, monkeypatch):
    monkeypatch.setattr(pagecache, "MAX_PAGE", 4)
    middleware = pagecache.PageCache(pagecache.public_page(lambda request: HttpResponse("Seite")))
    with override_settings(PAGE_CACHE=True):
        assert middleware(rf.get("/x/")).content == b"Seite"
    assert len(middleware.pages) == 0


def test_signed_in_pages_are_kept_by_nobody_between(client, anna):
    client.force_login(anna)
    assert client.get("/formate/").headers["Cache-Control"].startswith("no-cache")
    assert client.get("/formate/merkliste/").headers["Cache-Control"] == "private, no-cache"
