"""What machines ask for at the door: robots.txt, the icon, the sitemap."""

import pytest

from tests.builders import make_format


def test_robots_stay_out_of_the_private_rooms(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /redaktion/\n" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in text


def test_the_icon_is_found_from_every_page(client):
    assert client.get("/favicon.ico").url == "/static/img/icon.svg"


@pytest.mark.django_db
def test_the_sitemap_names_what_is_published(client):
    make_format()
    text = client.get("/sitemap.xml").content.decode()
    assert "/formate/runder-tisch/</loc>" in text
    assert "<lastmod>" in text
