"""Joining two texts: what differs, what is chosen beforehand, and the page of the desk."""

import pytest

from formats.actions import save_draft
from formats.changes import readable
from formats.desk.merge import GROUPS, differences_of, merged
from formats.models import Format, OpenForm, Revision
from formats.sheets import snapshot_of
from formats.snapshots import sheet_from
from foundation.people.roles import Role
from tests.builders import make_format, make_snapshot, make_user
from tests.formats.test_admin import LIST, form_data, steps


def whole(**values):
    return snapshot_of(sheet_from(make_snapshot(**values)))


def wishes(base, theirs, mine):
    return {difference.name: difference.wish for difference in differences_of(base, theirs, mine)}


def test_every_key_of_a_snapshot_is_chosen_in_exactly_one_group():
    keys = [key for _, keys in GROUPS.values() for key in keys]
    assert sorted(keys) == sorted(set(whole()) - {"slug", "kind"})
    labels = [label for labels, _ in GROUPS.values() for label in labels]
    assert sorted(labels) == sorted(readable(whole()))


def test_equal_texts_have_no_difference():
    assert differences_of(whole(), whole(goal="Neu"), whole(goal="Neu")) == []


def test_what_only_one_side_changed_is_chosen_and_what_both_changed_is_not():
    base = whole(goal="Alt", result="Alt", tips=["Alt"])
    theirs = whole(goal="Ihres", result="Ihres", tips=["Alt"])
    mine = whole(goal="Meins", result="Alt", tips=["Meins"])
    assert wishes(base, theirs, mine) == {"goal": None, "result": "theirs", "tips": "mine"}


def test_without_a_base_nothing_is_chosen():
    assert wishes(None, whole(goal="Ihres"), whole(goal="Meins")) == {"goal": None}


def test_effort_and_person_days_go_together():
    base = whole()
    theirs = whole(effort="hoch", person_days={"from": "9", "to": "10"})
    mine = whole(effort="mittel", person_days={"from": "3", "to": "4"})
    assert wishes(base, theirs, mine) == {"effort": None}
    assert merged(theirs, mine, {"effort": "mine"})["person_days"]["to"] == "4"


def test_merging_takes_each_group_from_the_chosen_side():
    theirs, mine = whole(goal="Ihres", result="Ihres"), whole(goal="Meins", result="Meins")
    both = merged(theirs, mine, {"goal": "mine", "result": "theirs"})
    assert (both["goal"], both["result"]) == ("Meins", "Ihres")
    assert both | {"goal": "x", "result": "x"} == whole(goal="x", result="x")


def test_the_difference_is_told_word_by_word_against_the_base():
    (goal,) = differences_of(
        whole(goal="Voneinander wissen."), whole(goal="Voneinander lernen."), whole(goal="Alles wissen.")
    )
    told = [[(piece.mark.value, piece.text) for piece in line] for line in goal.theirs]
    assert told == [[("span", "Voneinander "), ("del", "wissen"), ("ins", "lernen"), ("span", ".")]]


def test_old_revisions_without_todays_keys_can_be_merged():
    old = whole()
    del old["trials"]
    assert wishes(old, whole(goal="Ihres"), whole(trials=[])) == {"goal": "theirs"}


# The page.

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


def others_save(format, **values):
    """A colleague saves the rows of a Steckbrief anew."""
    for name, value in values.items():
        setattr(format, name, value)
    format.save()
    author = make_user("ole@akademie.example", name="Ole Ohm", role=Role.EDITOR)
    return save_draft(format, author=author, reason="Oles Grund")


def page(format):
    return f"{LIST}{format.pk}/zusammenfuehren/"


@pytest.fixture
def conflict(desk):
    """Moni and Ole both began from revision 1; Ole saved first."""
    format = make_format(steps=[{"title": "A"}, {"title": "B"}])
    a, b = format.steps.all()
    mine = form_data(
        goal="Mein Ziel",
        revision="1",
        summary="Ein Kreis, der sich trifft.",
        occasions="ein neues Thema",
        draft_topics="",
        **steps(format, (a.pk, 1, "A"), (b.pk, 2, "B neu")),
    )
    others_save(format, goal="Oles Ziel", result="Oles Ergebnis")
    response = desk.post(f"{LIST}{format.pk}/change/", mine)
    assert (response.status_code, response.url) == (302, page(format))
    return format


def test_the_page_shows_both_texts_and_who_wrote_the_other(desk, conflict):
    shown = desk.get(page(conflict)).content.decode()
    for words in ("Fassung 2", "Ole Ohm", "Oles Grund", "beide geändert", "Mein", "Oles"):
        assert words in shown
    form = desk.get(page(conflict)).context["form"]
    assert {d.name: d.wish for d in form.differences} == {"goal": None, "steps": "mine", "result": "theirs"}


def test_nothing_is_saved_before_the_choice(desk, conflict):
    assert Format.objects.get().goal == "Oles Ziel"
    assert [step.title for step in conflict.steps.all()] == ["A", "B"]
    response = desk.post(page(conflict), {"theirs": "2", "steps": "mine", "result": "theirs"})
    assert "Bitte wählen Sie eine der beiden Seiten" in response.content.decode()
    assert conflict.revisions.count() == 2


def test_the_chosen_sides_become_a_draft_by_whoever_chose(desk, moni, conflict):
    choices = {"theirs": "2", "goal": "mine", "steps": "mine", "result": "theirs", "reason": "Beides"}
    assert desk.post(page(conflict), choices).status_code == 302
    newest = conflict.revisions.newest_first().first()
    assert (newest.number, newest.author, newest.reason) == (3, moni, "Beides")
    assert (newest.snapshot["goal"], newest.snapshot["result"]) == ("Mein Ziel", "Oles Ergebnis")
    assert [step.title for step in conflict.steps.all()] == ["A", "B neu"]
    assert Format.objects.get().published.number == 1
    assert not OpenForm.objects.exists()


def test_a_still_newer_revision_brings_the_page_again(desk, conflict):
    conflict.refresh_from_db()
    conflict.tips = ["Noch ein Tipp"]
    conflict.save()
    save_draft(conflict, author=None)
    choices = {"theirs": "2", "goal": "mine", "steps": "mine", "result": "theirs"}
    response = desk.post(page(conflict), choices)
    assert "Inzwischen gibt es Fassung 3" in response.content.decode()
    assert conflict.revisions.count() == 3
    assert 'name="theirs" value="3"' in response.content.decode()
    assert desk.post(page(conflict), choices | {"theirs": "3", "tips": "theirs"}).status_code == 302
    assert Format.objects.get().tips == ["Noch ein Tipp"]


def test_steps_that_a_colleague_added_are_not_taken_for_mine(desk):
    format = make_format(steps=[{"title": "A"}])
    a = format.steps.get()
    format.steps.create(title="Oles Schritt", position=2)
    others_save(format)
    desk.post(f"{LIST}{format.pk}/change/", form_data(revision="1", **steps(format, (a.pk, 1, "A geändert"))))
    assert [step["title"] for step in OpenForm.objects.get().sheet["steps"]] == ["A geändert"]
    assert [step.title for step in format.steps.all()] == ["A", "Oles Schritt"]


def test_a_discarded_draft_is_a_conflict_too(desk, moni):
    format = make_format()
    desk.post(f"{LIST}{format.pk}/change/", form_data(goal="Entwurf"))
    desk.post(f"{LIST}{format.pk}/freigabe/", {"_discard": "1", "when": "sofort"})
    response = desk.post(f"{LIST}{format.pk}/change/", form_data(goal="Entwurf, weiter", revision="2"))
    assert response.url == page(format)


def test_without_typed_text_the_page_leads_back_to_the_form(desk):
    format = make_format()
    assert desk.get(page(format)).url == f"{LIST}{format.pk}/change/"


def test_typing_on_after_the_conflict_needs_a_new_save(desk, conflict):
    desk.post(f"{LIST}{conflict.pk}/zwischenstand/", form_data(goal="Noch später", revision="1"))
    assert desk.get(page(conflict)).url == f"{LIST}{conflict.pk}/change/"
    assert OpenForm.objects.get().typed["goal"] == ["Noch später"]


@pytest.mark.parametrize(("who", "status"), [("moni", 302), ("ada", 403), ("anna", 302), ("root", 302)])
def test_who_may_merge(client, cast, who, status):
    format = make_format()
    client.force_login(cast[who])
    response = client.get(page(format))
    assert response.status_code == status
    if who == "anna":
        assert "login" in response.url
    assert Revision.objects.count() == 1
