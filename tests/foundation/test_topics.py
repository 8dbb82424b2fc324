"""The vocabulary: slugs, pages, and that nobody learns of a topic through a thing they may not see."""

import pytest

from formats.actions import withdraw
from foundation.topics.models import Topic
from tests.builders import make_draft, make_format

pytestmark = pytest.mark.django_db


def test_slugs_write_umlauts_out_and_stay_unique():
    names = ["Öffentlichkeitsarbeit", "Oeffentlichkeitsarbeit", "Straße", "日本"]
    slugs = [Topic.objects.create(name=name).slug for name in names]
    assert slugs == ["oeffentlichkeitsarbeit", "oeffentlichkeitsarbeit-1", "strasse", "thema"]


def test_a_topic_leads_to_its_steckbriefe(client):
    make_format("a", title="Erster", topics=["Innenstadt"])
    make_format("b", title="Zweiter", topics=["Leerstand"])
    assert "Innenstadt" in client.get("/themen/").content.decode()
    page = client.get("/themen/innenstadt/").content.decode()
    assert "Erster" in page
    assert "Zweiter" not in page


def test_topics_of_what_one_may_not_see_do_not_show(client):
    make_draft().topics.add("Geheimes Thema")
    withdraw(make_format(topics=["Zurückgezogenes"]))
    make_format("sichtbar", topics=["Innenstadt"])
    page = client.get("/themen/").content.decode()
    assert "Innenstadt" in page
    assert "Geheimes" not in page
    assert "Zurückgezogenes" not in page
    assert client.get("/themen/geheimes-thema/").status_code == 404
    assert client.get("/themen/zurueckgezogenes/").status_code == 404


def test_one_vocabulary_in_any_case():
    make_format("a", topics=["Innenstadt"])
    make_format("b", topics=["innenstadt"])
    assert [topic.name for topic in Topic.objects.all()] == ["Innenstadt"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_a_fixed_number_of_queries(client, django_assert_num_queries, count):
    for number in range(count):
        make_format(f"f{number}", topics=["Innenstadt", f"Thema {number}"])
    client.get("/themen/innenstadt/")
    with django_assert_num_queries(1):
        client.get("/themen/")
    with django_assert_num_queries(3):  # the topic, its Steckbriefe, its towns
        client.get("/themen/innenstadt/")
