"""Limits per visitor, tables as CSV, and answers to wrong requests."""

import pytest
from django.test import Client, override_settings

from foundation.kit.http import TooManyRequests, csv_response, limit, safe_next, visitor_address
from tests.builders import make_format


def test_the_limit_counts_per_visitor_and_per_name(rf):
    here, there = rf.post("/", REMOTE_ADDR="192.0.2.1"), rf.post("/", REMOTE_ADDR="192.0.2.2")
    for _ in range(2):
        limit(here, "a", times=2, seconds=60)
    with pytest.raises(TooManyRequests) as caught:
        limit(here, "a", times=2, seconds=60)
    assert 1 <= caught.value.retry_after <= 60
    limit(there, "a", times=2, seconds=60)
    limit(here, "b", times=2, seconds=60)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_trusted_proxies_name_the_visitor(rf, proxies, forwarded, address):
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        assert visitor_address(request) == address


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\tx"])
def test_formulas_become_text(cell):
    text = csv_response("x.csv", [[cell, "gut"]]).content.decode("utf-8-sig")
    assert text.lstrip('"').startswith("'" + cell)


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        ("/formate/", "/formate/"),
        ("https://boese.example/", "/"),
        ("//boese.example", "/"),
        ("javascript:x", "/"),
        ("", "/"),
    ],
)
def test_the_way_on_stays_in_the_house(rf, target, answer):
    assert safe_next(rf.post("/", {"weiter": target}), "/") == answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("post", "/formate/", 405),
        ("delete", "/formate/webinar/merken/", 405),
        ("get", "/%", 404),
        ("get", "/%ff%fe/", 404),
        ("get", "/formate/%00/", 404),
        ("get", "/formate/" + "a" * 5000 + "/", 404),
        ("get", "/themen/%00/", 404),
        ("get", "/themen/gibt-es-nicht/", 404),
    ],
)
def test_wrong_requests_get_a_german_page(client, method, path, status):
    response = getattr(client, method)(path)
    assert response.status_code == status
    page = response.content.decode()
    assert '<html lang="de">' in page
    assert "<h1" in page


@pytest.mark.django_db
@pytest.mark.parametrize("key", ['"\\000abcdefghij"', "a b", "ä", "'; DROP", "x" * 5000])
def test_an_odd_session_cookie_is_no_server_error(key):
    client = Client(headers={"Cookie": f"sessionid={key}"})
    assert client.get("/formate/merkliste/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/formate/?unbekannt=%00", "/redaktion/formats/format/?kind__exact=%00"])
def test_a_nul_in_the_query_is_a_bad_request(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"])
def test_methods_no_form_uses_are_not_allowed(method):
    response = Client(enforce_csrf_checks=True).generic(method, "/formate/")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.django_db
def test_head_sends_the_length_but_no_body(client):
    make_format()
    whole, head = client.get("/formate/"), client.head("/formate/")
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(whole.content))


@pytest.mark.django_db
def test_a_line_end_in_an_address_writes_no_line_of_its_own(client, caplog):
    caplog.set_level("INFO", logger="akademie.request")
    client.get("/x%0aINFO%20gefälscht/")
    [record] = [record for record in caplog.records if record.name == "akademie.request"]
    assert "\n" not in record.getMessage()


@pytest.mark.django_db
def test_a_huge_body_is_refused_as_too_large(client):
    response = client.post(
        "/konto/anmelden/", data="a=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 413
    assert "<h1" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\nkaputt", "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data"),
        (b"&".join(b"a=1" for _ in range(2500)), "application/x-www-form-urlencoded"),
    ],
)
def test_malformed_bodies_are_no_server_error(client, body, kind):
    response = client.post("/konto/anmelden/", data=body, content_type=kind)
    assert response.status_code in (200, 400)
    assert "<h1" in response.content.decode()


@pytest.mark.django_db
@override_settings(ALLOWED_HOSTS=["akademie.example"])
def test_a_forged_host_is_refused(client):
    assert client.get("/formate/", headers={"Host": "boese.example"}).status_code == 400


def test_a_key_in_an_address_does_not_reach_the_log(client, caplog):
    with caplog.at_level("INFO", logger="akademie.request"):
        client.get("/entwurf/geheim:abc/")
        client.get("/entwurf/geheim:abc/dateien/x.webp")
    assert [record.request_line[1] for record in caplog.records if hasattr(record, "request_line")] == [
        "/entwurf/…/",
        "/entwurf/…/dateien/x.webp",
    ]
