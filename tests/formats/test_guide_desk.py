"""The editors' desk of the guide: nothing overwritten, nothing half published, few queries."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from formats.guide.actions import publish_draft, save_draft, withdraw_tree, working_plan
from formats.guide.files import tree_text
from formats.models import Tree, TreeCount, TreeNote, TreeRevision
from tests.builders import make_plan, make_question, make_tree, make_user

pytestmark = pytest.mark.django_db
END = {"outcome": "formate"}
BROKEN = [make_question("zeit", ("kurz", {"next": "fehlt"}), ("lang", END))]


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


def address(tree, rest="change/"):
    return f"/redaktion/formats/tree/{tree.pk}/{rest}"


def text(client, where, status=200):
    response = client.get(where)
    assert response.status_code == status
    return response.content.decode()


def form_of(response):
    """What a browser would send back: every field of the form with its value."""
    form = response.context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    for formset in (getattr(form, "options", None), getattr(form, "links", None)):
        if formset is not None:
            data |= {bound.html_name: bound.value() for bound in formset.management_form}
            for one in formset.forms:
                data |= {bound.html_name: bound.value() for bound in one}
    return {name: value for name, value in data.items() if value is not None and value is not False}


@pytest.mark.parametrize(
    ("name", "change", "post"),
    [("moni", 200, 302), ("root", 200, 302), ("ada", 200, 403), ("mara", 403, 403), ("lou", 403, 403)],
)
def test_who_may_look_and_who_may_change(client, cast, name, change, post):
    tree = make_tree()
    client.force_login(cast[name])
    assert client.get(address(tree)).status_code == change
    assert client.get(address(tree, "vorschau/")).status_code == change
    for rest in ("veroeffentlichen/", "zurueckziehen/", "verwerfen/", "einlesen/"):
        assert client.post(address(tree, rest)).status_code == post
    assert client.get(address(tree, "frage/zeit/")).status_code in ((200,) if post == 302 else (403,))


def test_without_an_account_there_is_only_the_login(client):
    tree = make_tree()
    for rest in ("change/", "frage/zeit/", "vorschau/", "datei.yaml"):
        assert client.get(address(tree, rest)).status_code == 302


def test_a_new_tree_begins_with_something_to_write_over(desk):
    response = desk.post("/redaktion/formats/tree/add/", {"title": "Leerstand", "slug": "leerstand"})
    tree = Tree.objects.get(slug="leerstand")
    assert response.url == address(tree)
    page = text(desk, address(tree))
    assert "Noch nicht öffentlich." in page
    assert "Es braucht mindestens zwei Antworten." in page
    assert desk.get("/wegweiser/leerstand/").status_code == 404


def test_the_page_of_a_tree_shows_check_outline_and_picture(desk):
    tree = make_tree()
    save_draft(tree, make_plan(questions=BROKEN), by=None)
    page = text(desk, address(tree))
    link = f'<a href="{address(tree, "frage/zeit/")}">'
    assert f"{link}Frage „Zeit“, Antwort „Kurz“: Die Frage „fehlt“ gibt es nicht.</a>" in page
    assert "Kurz → <strong" in page
    assert page.count('<svg class="tree-picture"') == 1
    assert page.count('class="tree-picture__box') == 2
    assert "Erst müssen die Fehler oben behoben sein" in page


def test_the_outline_says_everything_once_and_refers_then(desk):
    tree = make_tree()
    page = text(desk, address(tree))
    outline = page[page.index('class="tree-outline"') : page.index("<h2>Bild")]
    assert outline.count('id="question-zeit"') == 1
    assert outline.count('id="outcome-formate"') == 1
    assert outline.count('siehe <a href="#outcome-formate">') == 2


@pytest.mark.parametrize("size", [5, 500])
def test_a_tree_of_any_size_opens_in_at_most_15_queries(desk, size, django_assert_max_num_queries):
    tree = make_tree()
    many = [make_question(f"f{n}", ("ja", {"next": f"f{n + 1}"}), ("nein", END)) for n in range(size - 1)]
    save_draft(tree, make_plan(questions=[*many, make_question("ende", ("ja", END), ("nein", END))]), by=None)
    for rest in ("change/", "frage/f0/", "vorschau/"):
        with django_assert_max_num_queries(15):
            text(desk, address(tree, rest))


def test_a_question_is_written_and_checked(desk):
    tree = make_tree()
    where = address(tree, "frage/zeit/")
    data = form_of(desk.get(where)) | {"text": "Wie viel Zeit?", "antwort-1-target": "", "bleiben": "ja"}
    assert desk.post(where, data).url == where
    tree.refresh_from_db()
    assert working_plan(tree).questions["zeit"].text == "Wie viel Zeit?"
    assert "Sie führt nirgendwohin." in text(desk, where)
    assert "Zeit, bitte?" in text(desk, "/wegweiser/welches/")


def test_a_branch_is_added_without_a_developer(desk):
    tree = make_tree()
    new = address(tree, "frage/")
    data = form_of(desk.get(new)) | {"label": "Ort", "text": "Wo?", "why": "Darum."}
    data |= {"antwort-0-text": "Vor Ort", "antwort-0-target": "outcome:formate"}
    data |= {
        "antwort-1-text": "Weiß ich nicht",
        "antwort-1-unsure": "on",
        "antwort-1-target": "outcome:formate",
    }
    assert desk.post(new, data).url == address(tree)
    where = address(tree, "frage/gruppe/")
    desk.post(where, form_of(desk.get(where)) | {"antwort-0-target": "question:ort"})
    assert desk.post(address(tree, "veroeffentlichen/"), {"grund": "Ort dazu"}).status_code == 302
    page = text(desk, "/wegweiser/welches/?zeit=kurz&gruppe=wenige&fassung=2")
    assert "Frage 3 von höchstens 3" in page
    assert "Vor Ort" in page
    assert TreeRevision.objects.get(number=2).reason == "Ort dazu"


def test_answers_are_ordered_weighed_and_deleted(desk):
    tree = make_tree()
    where = address(tree, "frage/gruppe/")
    data = form_of(desk.get(where))
    data |= {"antwort-0-DELETE": "on", "antwort-2-position": "1", "antwort-1-position": "2"}
    data |= {"antwort-1-weights": "barcamp 3\nwebinar: −1", "antwort-1-contra": "ist zu klein"}
    desk.post(where, data)
    tree.refresh_from_db()
    options = working_plan(tree).questions["gruppe"].options
    assert [option.key for option in options] == ["offen", "viele"]
    assert options[1].weights == {"barcamp": 3, "webinar": -1}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"antwort-0-weights": "webinar viel"}, "Ein Gewicht ist eine Zahl von -3 bis 3"),
        ({"antwort-0-weights": "webinar"}, "Ein Gewicht ist eine Zahl"),
        ({"antwort-2-weights": "webinar 1"}, "gibt keinem Format Gewicht"),
        ({"antwort-0-text": "x" * 141}, "140"),
        ({"antwort-0-target": "question:nirgends"}, "nirgends"),
        ({"why": "a\x07b"}, "unlesbare Zeichen"),
    ],
)
def test_wrong_input_stays_in_the_form_with_its_sentence(desk, change, said):
    tree = make_tree()
    where = address(tree, "frage/zeit/")
    response = desk.post(where, form_of(desk.get(where)) | change)
    assert response.status_code == 200
    assert said in response.content.decode()
    tree.refresh_from_db()
    assert tree.draft == {}


def test_nobody_is_overwritten_silently(desk):
    tree = make_tree()
    where = address(tree, "frage/zeit/")
    mine = form_of(desk.get(where)) | {"text": "Meine Frage?"}
    desk.post(where, form_of(desk.get(where)) | {"text": "Ihre Frage?"})
    refused = desk.post(where, mine)
    page = refused.content.decode()
    assert "Inzwischen wurde dieser Teil geändert von Moni Mertens." in page
    assert "Ihre Frage?" in page
    assert "Meine Frage?" in page
    tree.refresh_from_db()
    assert working_plan(tree).questions["zeit"].text == "Ihre Frage?"
    stand = re.search(r'name="stand" value="(\w+)"', page)[1]
    assert desk.post(where, mine | {"stand": stand}).status_code == 302
    tree.refresh_from_db()
    assert working_plan(tree).questions["zeit"].text == "Meine Frage?"


def test_two_people_may_edit_two_questions(desk):
    tree = make_tree()
    first, second = address(tree, "frage/zeit/"), address(tree, "frage/gruppe/")
    opened = form_of(desk.get(second))
    desk.post(first, form_of(desk.get(first)) | {"text": "Zeit?"})
    assert desk.post(second, opened | {"text": "Gruppe?"}).status_code == 302
    tree.refresh_from_db()
    assert [q.text for q in working_plan(tree).questions.values()] == ["Zeit?", "Gruppe?"]


def test_an_outcome_is_written(desk):
    tree = make_tree()
    where = address(tree, "ergebnis/formate/")
    data = form_of(desk.get(where)) | {"text": "Neu.", "trees": "anderer: hilft auch"}
    data |= {"link-0-title": "Amt", "link-0-url": "https://amt.example/", "link-0-checked": "01.11.2026"}
    desk.post(where, data)
    tree.refresh_from_db()
    outcome = working_plan(tree).outcomes["formate"]
    assert (outcome.text, outcome.ranking, outcome.trees[0].slug) == ("Neu.", True, "anderer")
    assert (outcome.links[0].url, outcome.links[0].checked.isoformat()) == (
        "https://amt.example/",
        "2026-11-01",
    )
    assert "Einen anderen Wegweiser „anderer“ gibt es nicht." in text(desk, where)


def test_an_outcome_with_a_wrong_line_is_explained(desk):
    tree = make_tree()
    where = address(tree, "ergebnis/")
    response = desk.post(where, form_of(desk.get(where)) | {"title": "Neu", "entries": "webinar"})
    assert "Diese Angabe fehlt." in response.content.decode()


def test_a_part_is_deleted_and_the_check_says_what_it_leaves(desk):
    tree = make_tree()
    desk.post(address(tree, "frage/gruppe/"), {"loeschen": "ja"})
    assert "Die Frage „gruppe“ gibt es nicht." in text(desk, address(tree))
    assert "Frage 2" in text(desk, "/wegweiser/welches/?zeit=kurz&fassung=1")


def test_the_head_is_written(desk):
    tree = make_tree()
    data = form_of(desk.get(address(tree))) | {"title": "Neuer Titel", "shown_in": "webinar\nbarcamp"}
    assert desk.post(address(tree), data).status_code == 302
    tree.refresh_from_db()
    plan = working_plan(tree)
    assert (plan.title, plan.shown_in) == ("Neuer Titel", ("webinar", "barcamp"))
    assert tree.title == "Welches Format?"


def test_a_broken_draft_is_not_published_and_the_public_text_stays(desk):
    tree = make_tree()
    save_draft(tree, make_plan(questions=BROKEN), by=None)
    page = desk.post(address(tree, "veroeffentlichen/"), follow=True).content.decode()
    assert "Noch nicht veröffentlicht:" in page
    with pytest.raises(ValidationError):
        publish_draft(tree, author=None)
    assert TreeRevision.objects.count() == 1


def test_nobody_publishes_what_they_have_not_seen(desk):
    tree = make_tree()
    save_draft(tree, make_plan(title="Gesehen"), by=None)
    seen = desk.get(address(tree)).context["stand"]
    save_draft(tree, make_plan(title="Nicht gesehen"), by=None)
    page = desk.post(address(tree, "veroeffentlichen/"), {"stand": seen}, follow=True).content.decode()
    assert "Der Entwurf wurde inzwischen geändert." in page
    assert TreeRevision.objects.count() == 1
    now = desk.get(address(tree)).context["stand"]
    desk.post(address(tree, "veroeffentlichen/"), {"stand": now})
    assert TreeRevision.objects.count() == 2


def test_publishing_twice_makes_one_revision(desk):
    tree = make_tree()
    save_draft(tree, make_plan(title="Neu"), by=None)
    for _ in range(2):
        desk.post(address(tree, "veroeffentlichen/"))
    assert TreeRevision.objects.count() == 2


def test_a_draft_equal_to_the_public_text_is_none():
    tree = make_tree()
    save_draft(tree, make_plan(title="Anders"), by=None)
    assert tree.draft
    save_draft(tree, make_plan(), by=None)
    assert (tree.draft, tree.draft_at) == ({}, None)


def test_revisions_never_change():
    revision = make_tree().published
    revision.snapshot = {}
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        TreeRevision.objects.update(snapshot={})


def test_an_old_revision_comes_back_as_draft(desk):
    tree = make_tree()
    save_draft(tree, make_plan(title="Neu"), by=None)
    publish_draft(tree, author=None)
    desk.post(address(tree, "fassung/1/zurueckholen/"))
    tree.refresh_from_db()
    assert (working_plan(tree).title, tree.title) == ("Welches Format?", "Neu")


def test_discarding_and_withdrawing(desk):
    tree = make_tree()
    save_draft(tree, make_plan(title="Neu"), by=None)
    assert "Was der Entwurf ändert" in text(desk, address(tree))
    desk.post(address(tree, "verwerfen/"))
    tree.refresh_from_db()
    assert tree.draft == {}
    desk.post(address(tree, "zurueckziehen/"))
    assert desk.get("/wegweiser/welches/").status_code == 410
    desk.post(address(tree, "veroeffentlichen/"))
    assert desk.get("/wegweiser/welches/").status_code == 200


def test_the_file_goes_out_and_comes_in_again(desk):
    tree = make_tree()
    exported = desk.get(address(tree, "datei.yaml"))
    assert exported["Content-Disposition"] == 'attachment; filename="welches.yaml"'
    assert exported.content.decode() == tree_text(make_plan())
    assert desk.get(address(tree, "fassung/1.yaml")).content == exported.content
    changed = exported.content.replace(b"Zwei Fragen.", b"Genau zwei Fragen.")
    desk.post(address(tree, "einlesen/"), {"datei": SimpleUploadedFile("neu.yaml", changed)})
    tree.refresh_from_db()
    assert working_plan(tree).summary == "Genau zwei Fragen."


def test_a_broken_file_changes_nothing(desk):
    tree = make_tree()
    upload = SimpleUploadedFile("kaputt.yaml", b"title: A\nfarbe: rot\n")
    response = desk.post(address(tree, "einlesen/"), {"datei": upload})
    assert response.status_code == 422
    assert "kaputt.yaml, Zeile 2, Feld „farbe“" in response.content.decode()
    tree.refresh_from_db()
    assert tree.draft == {}


def test_the_preview_walks_the_draft_and_counts_nothing(desk):
    tree = make_tree()
    save_draft(tree, make_plan(title="Nur Entwurf"), by=None)
    page = text(desk, address(tree, "vorschau/"))
    assert "Vorschau des Entwurfs" in page
    assert "Nur Entwurf" in page
    assert f'href="{address(tree, "vorschau/")}?zeit=kurz"' in page
    assert "Das passt" in text(desk, address(tree, "vorschau/?zeit=kurz&gruppe=viele"))


def test_the_picture_shows_where_people_give_up(desk):
    tree = make_tree()
    today = timezone.localdate()
    for step, count in (
        ("frage:zeit", 40),
        ("antwort:zeit:kurz", 20),
        ("frage:gruppe", 20),
        ("antwort:gruppe:viele", 19),
    ):
        TreeCount.objects.create(revision=tree.published, day=today, step=step, count=count)
    page = text(desk, address(tree))
    assert '<text class="tree-picture__count tree-picture__count--high"' in page
    assert "40×, 50 % hören auf" in page
    assert "20×, 5 % hören auf" in page
    assert "40× gezeigt, 20 ohne Antwort (50 %)" in page


def test_texts_of_a_tree_act_as_text_on_the_desk(desk):
    odd = '<script>alert("x")</script>'
    question = make_question("zeit", ("kurz", END), ("lang", END)) | {"text": odd, "label": odd}
    outcome = {"key": "formate", "title": odd, "text": odd}
    tree = make_tree(questions=[question], outcomes=[outcome], title=odd)
    for rest in ("change/", "frage/zeit/", "vorschau/"):
        assert "<script>alert" not in text(desk, address(tree, rest))


def test_notes_of_readers_are_settled(desk):
    tree = make_tree()
    note = TreeNote.objects.create(revision=tree.published, text="Passt nicht.", answers="zeit=kurz")
    assert "Passt nicht." in text(desk, "/redaktion/formats/treenote/")
    chosen = {"action": "settle_chosen", "_selected_action": [note.pk]}
    desk.post("/redaktion/formats/treenote/", chosen)
    note.refresh_from_db()
    assert note.settled_by.email == "moni@akademie.example"
    assert TreeNote.objects.open().count() == 0


@pytest.mark.parametrize("trees", [1, 3])
def test_the_list_of_the_desk_has_a_fixed_number_of_queries(client, trees, django_assert_num_queries):
    client.force_login(make_user("chef@akademie.example", is_staff=True, is_superuser=True))
    for number in range(trees):
        make_tree(f"baum-{number}")
    client.get("/redaktion/formats/tree/")
    with django_assert_num_queries(5):
        client.get("/redaktion/formats/tree/")


def test_a_withdrawn_tree_keeps_its_revisions():
    tree = make_tree()
    withdraw_tree(tree)
    assert (tree.published, TreeRevision.objects.get().replaced_at is not None) == (None, True)
    publish_draft(tree, author=None)
    assert tree.published.number == 2
