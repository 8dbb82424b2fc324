"""The pages of the room: what they show, for whom, in how many queries, and what they refuse."""

import json

import pytest
from django.core.management import call_command

from formats.actions import withdraw
from formats.editions import editions_of
from formats.models import Format, Revision
from tests.builders import make_draft, make_edited_format, make_format, publish_rows

pytestmark = pytest.mark.django_db

QUERIES = {
    "/formate/": 2,
    "/formate/tabelle/": 1,
    "/formate/tabelle.csv": 1,
    "/formate/vergleich/?f=a&f=b": 1,
    "/formate.json": 1,
    "/formate/a/": 3,
    "/formate/a/druck/": 2,
    "/formate/a.json": 1,
    "/formate/neues/": 2,
}


@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize(("address", "queries"), QUERIES.items())
def test_pages_take_a_fixed_number_of_queries(client, django_assert_num_queries, address, queries, others):
    make_format("a", topics=["Innenstadt"], related=[])
    make_format("b", related=["a"])
    for number in range(others):
        make_format(f"weiterer-{number}", topics=["Leerstand", "Innenstadt"])
    format = Format.objects.get(slug="a")
    format.related.set(Format.objects.exclude(slug="a"))
    publish_rows(format, author=None)
    client.get(address)  # from now on the editions are on the shelf
    with django_assert_num_queries(queries):
        response = client.get(address)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/formate/entwurf/",
        "/formate/entwurf/druck/",
        "/formate/entwurf.pdf",
        "/formate/entwurf.json",
        "/formate/entwurf/merken/",
        "/formate/entwurf/rueckmeldung/",
        "/formate/vergleich/?f=entwurf&f=runder-tisch",
        "/methoden/runder-tisch/",
    ],
)
def test_what_is_not_published_is_not_found(client, address):
    make_draft()
    make_format()
    assert client.get("/formate/runder-tisch/").status_code == 200
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/formate/", "/formate/tabelle/", "/formate.json", "/formate/neues/", "/sitemap.xml"]
)
def test_drafts_stand_in_no_list(client, address):
    make_draft(title="Geheimer Entwurf")
    make_format()
    page = client.get(address).content.decode()
    assert "runder-tisch" in page
    assert "entwurf" not in page.lower()


def test_a_withdrawn_steckbrief_is_gone(client):
    format = make_format()
    withdraw(format)
    response = client.get("/formate/runder-tisch/")
    assert response.status_code == 410
    assert "<h1" in response.content.decode()


def test_the_page_says_what_the_published_revision_says(client):
    format = make_format()
    Format.objects.filter(pk=format.pk).update(goal="Heimlich geändert.")
    page = client.get("/formate/runder-tisch/").content.decode()
    assert "Voneinander wissen." in page
    assert "Heimlich" not in page


def test_estimates_are_marked_and_facts_are_not(client):
    make_format(estimated=["goal"])
    page = client.get("/formate/runder-tisch/").content.decode()
    goal, rest = page.split('id="ziel"')[1].split("</h2>", 1)
    assert "(Schätzung)" in goal
    assert "(Schätzung)" not in rest.split("</h2>")[0]


@pytest.mark.parametrize(
    "query",
    [
        "zweck=tanzen",
        "modus=x",
        "zeit=ewig",
        "seite=0",
        "seite=x",
        "seite=99999999999999999999",
        "q=" + "a" * 10_000,
        "q=%00",
        "thema=%00",
        "thema=gibt-es-nicht",
    ],
)
def test_unknown_filter_values_are_refused_with_a_page(client, query):
    make_format()
    response = client.get(f"/formate/?{query}")
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_a_page_beyond_the_last_is_not_found(client):
    make_format()
    assert client.get("/formate/?seite=1").status_code == 200
    assert client.get("/formate/?seite=2").status_code == 404


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%zz", "q=%22%27", "q=\U0001f3d8", "unbekannt=1"])
def test_odd_but_harmless_queries_are_answered(client, query):
    make_format()
    assert client.get(f"/formate/?{query}").status_code == 200


def test_htmx_gets_the_catalogue_without_the_house(client):
    make_format()
    fragment = client.get("/formate/", headers={"HX-Request": "true"})
    whole = client.get("/formate/")
    assert "<html" not in fragment.content.decode()
    assert 'id="katalog"' in fragment.content.decode()
    assert "<html" in whole.content.decode()
    assert "HX-Request" in whole.headers["Vary"]


@pytest.mark.parametrize(
    ("order", "slugs"),
    [
        ("", "a b c"),
        ("titel", "a b c"),
        ("-titel", "c b a"),
        ("dauer", "b a c"),
        ("-dauer", "a b c"),
        ("vorbereitung", "c a b"),
    ],
)
def test_the_table_sorts_by_every_column_and_puts_unknown_last(client, order, slugs):
    make_format("a", number=1, duration={"from": 1, "to": 1, "unit": "tage"})
    make_format("b", number=2, duration={"from": 30, "to": 30, "unit": "minuten"})
    make_format("c", number=3, person_days={"from": 1, "to": 1})
    page = client.get(f"/formate/tabelle/?sortierung={order}").content.decode()
    body = page.split("<tbody>")[1]
    assert sorted(slugs.split(), key=lambda slug: body.index(f"/formate/{slug}/")) == slugs.split()


def test_every_column_of_the_real_table_sorts_both_ways(client):
    call_command("loadformats", verbosity=0)
    page = client.get("/formate/tabelle/").content.decode()
    columns = [part.split('"')[0] for part in page.split("?sortierung=")[1:] if part[0].isalpha()]
    assert len(columns) >= 13
    for column in columns[1:]:
        assert client.get(f"/formate/tabelle/?sortierung={column}").status_code == 200
        assert client.get(f"/formate/tabelle/?sortierung=-{column}").status_code == 200
    assert client.get("/formate/tabelle/?sortierung=geheim").status_code == 400


def test_the_csv_marks_estimates_and_disarms_formulas(client):
    make_format(title="=2+3", estimated=["group"], group={"from": 3, "to": 5})
    text = client.get("/formate/tabelle.csv").content.decode("utf-8-sig")
    assert "'=2+3;" in text
    assert "3–5 Personen (Schätzung)" in text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "Kreuzen Sie zwei bis vier"),
        ("?f=a", 200, "Bitte wählen Sie 2 bis 4"),
        ("?f=a&f=a", 200, "Bitte wählen Sie 2 bis 4"),
        ("?f=a&f=b&f=c&f=d&f=e", 200, "Bitte wählen Sie 2 bis 4"),
        ("?f=b&f=a", 200, "Was schiefgehen kann"),
        ("?f=a&f=fehlt", 404, "<h1"),
    ],
)
def test_comparing_two_to_four(client, query, status, said):
    for slug in "abcde":
        make_format(slug)
    response = client.get(f"/formate/vergleich/{query}")
    assert response.status_code == status
    assert said in response.content.decode()


def test_the_comparison_keeps_the_order_of_the_choice(client):
    make_format("a", title="Erster Titel")
    make_format("b", title="Zweiter Titel")
    head = client.get("/formate/vergleich/?f=b&f=a").content.decode().split("<thead>")[1].split("</thead>")[0]
    assert head.index("Zweiter Titel") < head.index("Erster Titel")


def test_json_is_the_published_snapshot_with_its_address(client):
    format = make_edited_format()
    data = client.get("/formate/runder-tisch.json").json()
    assert data == format.published.snapshot | {
        "url": "http://127.0.0.1:8000/formate/runder-tisch/",
        "revision": 2,
        "published_at": format.published_at.isoformat(timespec="seconds"),
    }
    assert json.loads(client.get("/formate.json").content)["steckbriefe"] == [data]


def test_the_feed_names_the_newest_change_first(client):
    make_format("a")
    make_format("b")
    format = Format.objects.get(slug="a")
    format.goal = "neu"
    format.save()
    publish_rows(format, author=None)
    feed = client.get("/formate/neues/").content.decode()
    assert feed.index("/formate/a/") < feed.index("/formate/b/")


def test_the_page_survives_html_in_every_field(client):
    bad = "<script>alert(1)</script>\"'{{ 7|add:7 }}"
    make_format(
        title=bad,
        summary=bad,
        goal=bad,
        occasions=[bad],
        target_groups=[bad],
        result=bad,
        roles=[bad],
        tools=[bad],
        tips=[bad],
        pitfalls=[bad],
        checklist=[bad],
        steps=[{"title": bad, "text": bad}],
        topics=[bad],
        provenance_note=bad,
        sources=[{"title": bad, "note": bad}],
    )
    for address in (
        "/formate/",
        "/formate/tabelle/",
        "/formate/runder-tisch/",
        "/formate/runder-tisch/druck/",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "alert(1)" in page
    assert client.get("/formate/runder-tisch.pdf").content.startswith(b"%PDF")


def test_staff_see_the_way_to_the_desk_and_visitors_do_not(client, moni, anna):
    make_format()
    assert "Bearbeiten" not in client.get("/formate/runder-tisch/").content.decode()
    client.force_login(anna)
    assert "Bearbeiten" not in client.get("/formate/runder-tisch/").content.decode()
    client.force_login(moni)
    assert "Bearbeiten" in client.get("/formate/runder-tisch/").content.decode()


def test_a_role_is_parted_from_its_task_at_colon_and_space():
    make_format(roles=["Impulsgeber:in: berichtet: kurz", "Moderation"])
    [edition] = editions_of(Format.objects.published())
    assert [(role.name, role.task) for role in edition.roles] == [
        ("Impulsgeber:in", "berichtet: kurz"),
        ("Moderation", ""),
    ]


def test_the_clock_runs_from_the_first_minutes_to_the_first_gap():
    make_format(
        steps=[
            {"title": "Vorbereitung"},
            {"title": "A", "minutes": 5},
            {"title": "B", "minutes": 70},
            {"title": "C"},
            {"title": "D", "minutes": 400},
        ]
    )
    [edition] = editions_of(Format.objects.published())
    assert [(timed.clock, timed.size) for timed in edition.timeline] == [
        ("", 0),
        ("0:00", 5),
        ("0:05", 70),
        ("", 0),
        ("", 120),
    ]


def test_revisions_never_change():
    revision = make_format().published
    revision.reason = "anders"
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        Revision.objects.update(reason="anders")


def test_a_cold_process_needs_one_query_more(client, django_assert_num_queries):
    make_format("kalt")
    with django_assert_num_queries(3):
        client.get("/formate/")
    with django_assert_num_queries(2):
        client.get("/formate/")


def test_a_renamed_topic_is_renamed_everywhere(client):
    format = make_format(topics=["Innenstadt"])
    client.get("/formate/runder-tisch/")
    topic = format.topics.get()
    topic.name = "Ortsmitte"
    topic.save()
    for address in ("/formate/", "/formate/runder-tisch/"):
        page = client.get(address).content.decode()
        assert "Ortsmitte" in page
        assert "Innenstadt" not in page
