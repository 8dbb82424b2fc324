"""The guide for visitors: list, question, result, addresses that have grown old, and who may see what."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.utils import timezone

from formats.actions import withdraw
from formats.guide import editions
from formats.guide.actions import publish_draft, save_draft, withdraw_tree
from formats.models import Format, TreeRevision
from tests.builders import make_format, make_plan, make_question, make_tree, make_tree_data

pytestmark = pytest.mark.django_db
END = {"outcome": "formate"}
RESULT = "/wegweiser/welches/?zeit=kurz&gruppe=viele&fassung=1"


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def republish(tree, **values):
    save_draft(tree, make_plan(**values), by=None)
    return publish_draft(tree, author=None)


def test_the_list_names_every_public_tree(client):
    make_tree()
    hidden = make_tree("versteckt", title="Nicht mehr da")
    withdraw_tree(hidden)
    page = text(client, "/wegweiser/")
    assert page.count('class="guide-card"') == 1
    assert 'href="/wegweiser/welches/"' in page
    assert "höchstens 2 Fragen" in page
    assert "Nicht mehr da" not in page


def test_an_empty_list_says_what_to_do_instead(client):
    assert "Zurzeit gibt es keinen Wegweiser" in text(client, "/wegweiser/")


@pytest.mark.parametrize("trees", [1, 3])
def test_the_list_costs_one_query(client, trees, django_assert_num_queries):
    for number in range(trees):
        make_tree(f"baum-{number}")
    client.get("/wegweiser/")
    with django_assert_num_queries(1):
        client.get("/wegweiser/")


def test_the_first_page_asks_the_first_question_at_once(client):
    make_tree()
    page = text(client, "/wegweiser/welches/")
    assert "Frage 1 von höchstens 2" in page
    assert "<h1>Welches Format?</h1>" in page
    assert "Weil es zählt." in page
    assert 'href="/wegweiser/welches/?zeit=kurz&amp;fassung=1"' in page
    assert "noindex" not in page


def test_the_next_page_shows_where_one_stands_and_the_way_back(client):
    make_tree()
    page = text(client, "/wegweiser/welches/?zeit=kurz&fassung=1")
    assert "Frage 2 von höchstens 2" in page
    assert 'href="/wegweiser/welches/?zeit=kurz&amp;gruppe=viele&amp;fassung=1"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="/wegweiser/welches/">' in page
    assert "ändern" in page


def test_the_result_names_reasons_and_what_spoke_against_the_rest(client):
    make_tree()
    page = text(client, "/wegweiser/welches/?zeit=kurz&gruppe=wenige&fassung=1")
    first, rest = page.split("Was gegen die anderen sprach")
    assert 'href="/formate/webinar/"' in first
    assert "ist kurz" in first
    assert "(Ihre Antwort: Kurz)" in first
    assert 'href="/formate/barcamp/"' in rest
    assert "Dauert lang." in rest
    assert "Nächster Schritt" in first
    assert 'href="mailto:?subject=' in rest
    assert "zeit%3Dkurz%26gruppe%3Dwenige%26fassung%3D1" in rest


def test_a_tie_is_said_openly(client):
    ends = {"outcome": "formate", "pro": "passt"}
    both = {"key": "beide", "text": "Beide", "weights": {"webinar": "2", "barcamp": "2"}} | ends
    make_tree(questions=[make_question("zeit", ("keins", END), both)])
    page = text(client, "/wegweiser/welches/?zeit=beide&fassung=1")
    assert "„Webinar“ und „Barcamp“ passen nach Ihren Antworten gleich gut." in page
    assert page.count('<span class="visually-hidden">Platz </span>1') == 2


def test_whoever_leaves_all_open_is_told_so(client):
    make_tree()
    page = text(client, "/wegweiser/welches/?zeit=offen&gruppe=offen&fassung=1")
    assert "sprechen für kein Format besonders" in page


def test_a_withdrawn_steckbrief_is_left_out(client):
    make_tree()
    assert "/formate/barcamp/" in text(client, RESULT)
    withdraw(Format.objects.get(slug="barcamp"))
    page = text(client, RESULT)
    assert "/formate/barcamp/" not in page
    assert "/formate/webinar/" in page


@pytest.mark.parametrize(
    ("query", "shown", "said"),
    [
        ("zeit=nie&fassung=1", "Frage 1 von", "Eine Antwort aus dieser Adresse gibt es hier nicht."),
        ("zeit=kurz&gruppe=nie&fassung=1", "Frage 2 von", "Eine Antwort aus dieser Adresse"),
        ("quatsch=1", "Frage 1 von", "Eine Frage aus dieser Adresse gibt es hier nicht."),
        ("zeit=kurz&zeit=lang", "Frage 2 von", "doppelt beantwortet"),
        ("zeit=kurz&fassung=99", "Frage 2 von", "Die Fassung aus dieser Adresse gibt es nicht."),
        ("zeit=kurz&fassung=x", "Frage 2 von", "Die Fassung aus dieser Adresse gibt es nicht."),
        ("zeit=kurz&" + "&".join(f"x{n}=1" for n in range(900)), "Frage 2 von", "zu lang"),
        ("&".join(f"a{n}" for n in range(5000)), "Frage 1 von", "zu lang"),
        ("%FF=%FE&zeit=kurz", "Frage 2 von", "Eine Frage aus dieser Adresse"),
        ("gruppe=viele&zeit=kurz&fassung=1", "Das passt", "Barcamp"),
    ],
)
def test_a_bad_address_leads_to_the_nearest_step_with_a_sentence(client, query, shown, said):
    make_tree()
    page = text(client, f"/wegweiser/welches/?{query}")
    assert shown in page
    assert said in page


def test_unknown_trees_are_404_and_withdrawn_ones_410(client):
    text(client, "/wegweiser/gibt-es-nicht/", 404)
    text(client, "/wegweiser/gibt-es-nicht.pdf", 404)
    withdraw_tree(make_tree())
    text(client, "/wegweiser/welches/", 410)
    text(client, RESULT, 410)


def test_a_draft_nobody_published_is_404(client):
    tree = make_tree()
    tree.revisions.all()
    draft = type(tree).objects.create(slug="entwurf", title="Entwurf")
    save_draft(draft, make_plan(), by=None)
    text(client, "/wegweiser/entwurf/", 404)


# Two versions.

NEW_WORDS = {"title": "Welches Format jetzt?"}


def test_whoever_is_under_way_finishes_on_the_version_they_began(client):
    tree = make_tree()
    shorter = [make_question("zeit", ("kurz", END), ("lang", END))]
    first = make_tree_data()["questions"][0]["options"][0] | {"next": "", "outcome": "formate"}
    shorter[0]["options"][0] = first
    republish(tree, questions=shorter, **NEW_WORDS)
    old = text(client, "/wegweiser/welches/?zeit=kurz&fassung=1")
    assert "Frage 2 von höchstens 2" in old
    assert "soeben überarbeitet" in old
    assert 'href="/wegweiser/welches/?zeit=kurz&amp;gruppe=viele&amp;fassung=1"' in old
    assert 'href="/wegweiser/welches/?zeit=kurz&amp;fassung=2"' in old
    assert "Das passt" in text(client, "/wegweiser/welches/?zeit=kurz&fassung=2")


def test_the_first_page_is_always_the_newest(client):
    tree = make_tree()
    republish(tree, **NEW_WORDS)
    page = text(client, "/wegweiser/welches/?fassung=1")
    assert "Frage 1" in page
    assert "soeben überarbeitet" not in page


def test_an_old_link_carries_its_answers_into_the_new_version(client):
    tree = make_tree()
    republish(tree, **NEW_WORDS)
    long_ago = timezone.now() - timedelta(days=3)
    TreeRevision.objects.filter(number=1)._moment(replaced_at=long_ago)
    page = text(client, RESULT)
    assert "Welches Format jetzt?" in page
    assert "Das passt" in page
    assert "Dieser Wegweiser wurde überarbeitet, seit Ihr Link entstanden ist." in page


def test_publishing_is_seen_at_once_in_every_process(client):
    tree = make_tree()
    text(client, "/wegweiser/welches/")
    editions._shelf.clear()
    republish(tree, **NEW_WORDS)
    assert "Welches Format jetzt?" in text(client, "/wegweiser/welches/")


# What it costs, and what it leaves behind.


def test_a_question_costs_one_query_and_a_result_three(client, django_assert_num_queries):
    make_tree()
    for address in ("/wegweiser/welches/", RESULT):
        client.get(address)
    with django_assert_num_queries(1):
        client.get("/wegweiser/welches/?zeit=kurz&fassung=1")
    with django_assert_num_queries(3):
        client.get(RESULT)


def test_no_page_starts_a_session(client):
    make_tree()
    for address in ("/wegweiser/", "/wegweiser/welches/", RESULT):
        assert not client.get(address).cookies


def test_pages_come_from_the_page_cache(client, settings, django_assert_num_queries):
    settings.PAGE_CACHE = True
    make_tree()
    cache.clear()
    first = client.get(RESULT)
    with django_assert_num_queries(0):
        again = client.get(RESULT)
    assert again.content == first.content


def test_a_steckbrief_shows_the_trees_that_want_to_stand_there(client):
    make_format("webinar", number="1")
    make_format("barcamp", number="2")
    assert "guide-card" not in text(client, "/formate/webinar/")
    make_tree(shown_in=["webinar"])
    page = text(client, "/formate/webinar/")
    assert '<a href="/wegweiser/welches/">Welches Format?</a>' in page
    assert "guide-card" not in text(client, "/formate/barcamp/")


def test_fixed_outcomes_name_contacts_and_other_trees(client):
    make_tree("anderer", title="Ein anderer Baum")
    outcome = {
        "key": "formate",
        "title": "Fragen Sie nach",
        "text": "Erster Absatz.\n\nZweiter Absatz.",
        "entries": [{"format": "webinar", "reason": "erklärt alles"}],
        "against": [{"format": "barcamp", "reason": "Zu groß."}],
        "links": [
            {"title": "Das Amt", "url": "https://amt.example/", "checked": "2026-11-01"},
            {"title": "Die Stelle", "url": "https://stelle.example/"},
        ],
        "trees": [{"tree": "anderer", "reason": "Hilft auch."}],
    }
    make_tree(outcomes=[outcome], questions=[make_question("zeit", ("kurz", END), ("lang", END))])
    page = text(client, "/wegweiser/welches/?zeit=kurz")
    assert '<p class="lead">Erster Absatz.</p>\n<p>Zweiter Absatz.</p>' in page
    assert "erklärt alles" in page
    assert "Zu groß." in page
    assert "Adresse geprüft am 01.11.2026" in page
    assert "Adresse noch nicht geprüft" in page
    assert '<a href="/wegweiser/anderer/">Ein anderer Baum</a>' in page


def test_the_sitemap_and_robots_know_the_guide(client):
    make_tree()
    sitemap = text(client, "/sitemap.xml")
    assert "/wegweiser/</loc>" in sitemap
    assert "/wegweiser/welches/</loc>" in sitemap
    assert "Disallow: /wegweiser/*?" in text(client, "/robots.txt")


def test_editions_are_made_for_guests_too():
    make_tree()
    assert list(editions.tree_editions(AnonymousUser())) == ["welches"]
