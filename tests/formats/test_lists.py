"""The list on the desk, work on several at once, and copying, withdrawing, deleting one."""

import io
import zipfile
from datetime import datetime, timedelta

import pytest
import yaml
from django.test import Client, override_settings
from django.utils import timezone

from formats.actions import approve, ask_release, publish_due, record_vote, save_draft, withdraw
from formats.models import Correction, Format, Relation, Release, Remark
from formats.standing import Standing, with_standing
from foundation.kit import pagecache
from foundation.notices.models import Mail
from foundation.people.roles import Role
from tests.builders import make_draft, make_format, make_user
from tests.formats.test_completeness import FULL

pytestmark = pytest.mark.django_db

LIST = "/redaktion/formats/format/"
NEXT_YEAR = timezone.localdate().year + 1
MOMENT = datetime(NEXT_YEAR, 5, 12, 8, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


@pytest.fixture
def mia(db):
    """Another editor: the second pair of eyes."""
    return make_user("mia@akademie.example", name="Mia Maurer", role=Role.EDITOR)


def edited(format, *, author, goal="Voneinander lernen."):
    """The draft of a Steckbrief that somebody has changed."""
    format.goal = goal
    format.save()
    return save_draft(format, author=author)


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def one_of_each_standing(moni, mia):
    """A Steckbrief in every state; the slug is the state."""
    save_draft(make_draft("entwurf", title="Entwurf"), author=moni)
    make_format("oeffentlich")
    edited(make_format("entwurf-liegt-vor"), author=moni)
    ask_release(edited(make_format("zur-freigabe"), author=moni), by=moni)
    release = ask_release(edited(make_format("geplant"), author=moni), by=moni)
    approve(release, by=mia, publish_at=MOMENT)
    failed = ask_release(edited(make_format("gescheitert"), author=moni), by=moni)
    approve(failed, by=mia, publish_at=MOMENT)
    Release.objects.filter(pk=failed.pk).update(failed_at=timezone.now(), failure="Die Nummer ist vergeben.")
    withdraw(make_format("zurueckgezogen"))


def slugs(response):
    return sorted(format.slug for format in response.context["cl"].result_list)


# The list ---------------------------------------------------------------------------------------------


def test_each_standing_is_said_in_a_word_and_a_shape(desk, moni, mia):
    one_of_each_standing(moni, mia)
    page = desk.get(LIST).content.decode()
    for shape, word in (
        ("○", "Entwurf"),
        ("◔", "zur Freigabe"),
        ("◕", f"geplant für 12.05.{NEXT_YEAR}, 08:00"),
        ("●", "öffentlich"),
        ("◐", "öffentlich, Entwurf liegt vor"),
        ("⊗", "zurückgezogen"),
        ("▲", "Veröffentlichung gescheitert"),
    ):
        assert f'<span class="standing"><span aria-hidden="true">{shape}</span> {word}</span>' in page
    assert page.count("öffentlich ist die bisherige Fassung") == 3


def test_the_filter_by_standing_parts_all_steckbriefe(desk, moni, mia):
    one_of_each_standing(moni, mia)
    found = {value: slugs(desk.get(LIST, {"stand": value})) for value in Standing.values}
    assert found == {value: [value] for value in Standing.values}
    assert Format.objects.count() == len(Standing.values)


def test_a_plan_is_said_also_where_another_request_came_after_it(desk, moni, mia):
    format = make_format()
    approve(ask_release(edited(format, author=moni), by=moni), by=mia, publish_at=MOMENT)
    format.refresh_from_db()
    ask_release(edited(format, author=moni, goal="Noch ein Ziel"), by=moni)
    page = desk.get(LIST).content.decode()
    assert "zur Freigabe</span>" in page
    assert f"geplant für 12.05.{NEXT_YEAR}, 08:00; öffentlich ist die bisherige Fassung" in page


def test_a_plan_of_this_year_needs_no_year(moni, mia):
    format = make_format()
    release = ask_release(edited(format, author=moni), by=moni)
    soon = timezone.now() + timedelta(minutes=1)
    approve(release, by=mia, publish_at=soon)
    assert with_standing(Format.objects.all()).get().planned_at == soon


@pytest.mark.parametrize(
    ("days", "where", "said"),
    [
        (-1, "faellig", "<strong>überfällig</strong>"),
        (0, "faellig", "(bald)"),
        (14, "faellig", "(bald)"),
        (15, "bald", ""),
        (90, "bald", ""),
        (91, "spaeter", ""),
        (None, "ohne", "kein Termin"),
    ],
)
def test_the_review_date_is_marked_by_a_word_and_found_by_the_filter(desk, days, where, said):
    make_format(review_due=None if days is None else in_days(days))
    found = [
        value
        for value in ("faellig", "bald", "spaeter", "ohne")
        if slugs(desk.get(LIST, {"pruefung": value}))
    ]
    assert found == [where]
    page = desk.get(LIST).content.decode()
    assert said in page
    assert ("überfällig</strong>" in page) == (days == -1)


def test_the_public_review_date_counts_until_the_draft_is_released(desk, moni):
    format = make_format(review_due=in_days(-5))
    format.review_due = timezone.localdate() + timedelta(days=300)
    format.save()
    save_draft(format, author=moni)
    assert slugs(desk.get(LIST, {"pruefung": "faellig"})) == ["runder-tisch"]
    assert slugs(desk.get(LIST, {"pruefung": "spaeter"})) == []


def test_the_review_date_of_what_is_not_public_is_that_of_the_draft(desk, moni):
    due = timezone.localdate() + timedelta(days=3)
    save_draft(make_draft(review_due=due), author=moni)
    assert slugs(desk.get(LIST, {"pruefung": "faellig"})) == ["entwurf"]


def test_completeness_is_told_with_what_is_missing(desk):
    make_format("anderer")
    make_format("fast", **FULL | {"tips": [], "sources": []})
    page = desk.get(LIST).content.decode()
    assert '12 von 14<br><span class="desk-quiet">Es fehlt: Tipps, Quellen</span>' in page


def test_completeness_speaks_of_the_newest_text(desk, moni):
    make_format("anderer")
    format = make_format("voll", **FULL)
    assert slugs(desk.get(LIST, {"vollstaendig": "ja"})) == ["voll"]
    format.tips = []
    format.save()
    save_draft(format, author=moni)
    assert slugs(desk.get(LIST, {"vollstaendig": "ja"})) == []
    assert slugs(desk.get(LIST, {"vollstaendig": "nein"})) == ["anderer", "voll"]


def test_filters_work_together(desk, moni):
    make_format("anderer")
    make_format("a", **FULL | {"review_due": in_days(3)})
    make_format("b", **FULL | {"review_due": in_days(3)}, kind="methode")
    make_format("c", review_due=in_days(3), effort="hoch")
    edited(make_format("d", **FULL | {"review_due": in_days(3)}), author=moni)
    chosen = {"pruefung": "faellig", "stand": "oeffentlich"}
    assert slugs(desk.get(LIST, chosen)) == ["a", "b", "c"]
    assert slugs(desk.get(LIST, chosen | {"vollstaendig": "ja"})) == ["a", "b"]
    assert slugs(desk.get(LIST, chosen | {"vollstaendig": "ja", "kind__exact": "methode"})) == ["b"]
    assert slugs(desk.get(LIST, chosen | {"effort__exact": "hoch"})) == ["c"]
    assert slugs(desk.get(LIST, chosen | {"provenance__exact": "dokumentiert"})) == []


@pytest.mark.parametrize("name", ["stand", "pruefung", "vollstaendig"])
def test_an_unknown_filter_value_is_no_error(desk, name):
    make_format()
    assert slugs(desk.get(LIST, {name: "gestern"})) == ([] if name == "stand" else ["runder-tisch"])


def test_filters_can_show_how_many_each_choice_finds(desk, moni, mia):
    one_of_each_standing(moni, mia)
    page = desk.get(LIST, {"_facets": "True", "vollstaendig": "nein"}).content.decode()
    assert "zurückgezogen (1)" in page
    assert "unvollständig (7)" in page


def test_the_list_counts_voices_of_readers_once_each(desk):
    revision = make_format().published
    for key, helpful in (("1" * 32, True), ("2" * 32, True), ("3" * 32, False)):
        record_vote(revision, key=key, helpful=helpful)
    Correction.objects.create(revision=revision, text="Fehler")
    Correction.objects.create(revision=revision, text="Noch einer")
    Correction.objects.create(revision=revision, text="Erledigt", settled_at=timezone.now())
    row = desk.get(LIST).context["cl"].result_list[0]
    assert (row.votes, row.helpful_votes, row.open_corrections) == (3, 2, 2)
    page = desk.get(LIST).content.decode()
    assert '<td class="field-helpful">2 von 3</td><td class="field-corrections">2</td>' in page


@pytest.mark.parametrize("order", ["1", "2", "4", "-5", "7", "8"])
def test_the_list_can_be_sorted(desk, moni, mia, order):
    one_of_each_standing(moni, mia)
    assert len(slugs(desk.get(LIST, {"o": order}))) == 7


@pytest.mark.parametrize(
    ("query", "count"), [({}, 7), ({"stand": "oeffentlich", "pruefung": "ohne", "vollstaendig": "nein"}, 8)]
)
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(desk, django_assert_num_queries, number, query, count):
    for index in range(number):
        make_format(f"runde-{index}")
    with django_assert_num_queries(count):
        assert len(slugs(desk.get(LIST, query))) == number


# Work on several --------------------------------------------------------------------------------------


def on_chosen(client, action, *formats, **data):
    chosen = {"action": action, "_selected_action": [format.pk for format in formats]}
    return client.post(LIST, chosen | data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_chosen_drafts_are_given_to_release(desk, moni, mia):
    changed, same = make_format("geaendert"), make_format("gleich")
    draft = edited(changed, author=moni)
    response = on_chosen(desk, "ask_chosen", changed, same)
    assert said(response) == [
        "Zur Freigabe gegeben: Geaendert.",
        "Ohne Entwurf, also nichts freizugeben: Gleich.",
    ]
    assert list(Release.objects.open().values_list("revision", "asked_by")) == [(draft.pk, moni.pk)]
    assert [mail.recipient for mail in Mail.objects.all()] == ["mia@akademie.example"]


def test_what_cannot_be_published_is_not_given_to_release(desk, moni):
    taken = make_format("belegt", number=7)
    other = make_format("anderer")
    other.number = 7
    other.save()
    save_draft(other, author=moni)
    response = on_chosen(desk, "ask_chosen", other, taken)
    assert said(response)[-1].startswith("So nicht freizugeben: Anderer: Diese Nummer trägt schon")
    assert Release.objects.count() == 0


def test_chosen_ones_are_marked_as_reviewed_as_drafts(desk, moni):
    one, two = make_format("eins", as_of="2025-01-01"), make_format("zwei", as_of="2025-01-01")
    response = on_chosen(desk, "review_chosen", one, two)
    assert said(response) == [
        "Als geprüft gekennzeichnet, als Entwurf; öffentlich wird das Datum mit der Freigabe: Eins, Zwei."
    ]
    today = timezone.localdate().isoformat()
    drafts = Format.objects.with_draft().order_by("slug")
    assert [f.draft.snapshot["as_of"] for f in drafts] == [today, today]
    assert [f.published.snapshot["as_of"] for f in drafts] == ["2025-01-01", "2025-01-01"]


def test_withdrawing_several_asks_first_and_leaves_one_sentence(desk, moni):
    one, two, draft = make_format("eins"), make_format("zwei"), make_draft("drei", title="Drei")
    page = on_chosen(desk, "withdraw_chosen", one, two, draft).content.decode()
    assert "Von der Seite nehmen?" in page
    assert "Nicht öffentlich, also unverändert: Drei." in page
    assert Format.objects.published().count() == 2
    response = on_chosen(desk, "withdraw_chosen", one, two, _confirmed="1", note="Gibt es nicht mehr.")
    assert said(response) == ["Von der Seite genommen: Eins, Zwei."]
    assert {f.draft.author for f in Format.objects.withdrawn().with_draft()} == {moni}
    for slug in ("eins", "zwei"):
        answer = Client().get(f"/formate/{slug}/")
        assert answer.status_code == 410
        assert "Gibt es nicht mehr." in answer.content.decode()


def test_withdrawing_several_refuses_an_endless_sentence(desk):
    page = on_chosen(desk, "withdraw_chosen", make_format(), _confirmed="1", note="x" * 251)
    assert "höchstens 250" in page.content.decode()
    assert Format.objects.published().count() == 1


def test_there_is_no_deleting_of_several(desk, cast):
    format = make_format()
    desk.force_login(cast["root"])
    on_chosen(desk, "delete_selected", format, post="yes")
    assert Format.objects.count() == 1


def test_one_chosen_is_a_yaml_file_with_the_newest_text(desk, moni):
    edited(make_format(tips=["Früh anfangen"]), author=moni, goal="Neues Ziel")
    response = on_chosen(desk, "download_chosen", Format.objects.get())
    assert response.headers["Content-Disposition"] == 'attachment; filename="runder-tisch.yaml"'
    content = yaml.safe_load(response.content)
    assert (content["goal"], content["tips"]) == ("Neues Ziel", ["Früh anfangen"])


def test_several_chosen_are_a_zip_of_content_files(desk):
    response = on_chosen(desk, "download_chosen", make_format("eins"), make_format("zwei", kind="methode"))
    assert response.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert sorted(archive.namelist()) == ["formate/eins.yaml", "methoden/zwei.yaml"]


# Copying ----------------------------------------------------------------------------------------------


def address(format, rest):
    return f"{LIST}{format.pk}/{rest}/"


def test_a_copy_asks_for_title_and_address_and_is_a_draft(desk, moni):
    format = make_format("straenden", title="Straße & Märkte", number=7, steps=[{"title": "Reden"}])
    page = desk.get(address(format, "kopieren")).content.decode()
    assert 'value="Straße &amp; Märkte (Kopie)"' in page
    assert 'value="strasse-maerkte-kopie"' in page
    data = {"title": "Markttag", "slug": "markttag-neu"}
    response = desk.post(address(format, "kopieren"), data)
    copy = Format.objects.with_draft().get(slug="markttag-neu")
    assert response.headers["Location"] == f"{LIST}{copy.pk}/change/"
    assert (copy.title, copy.number, copy.published, copy.draft.author) == ("Markttag", None, None, moni)
    assert copy.draft.snapshot["steps"] == format.published.snapshot["steps"]
    assert desk.get("/formate/markttag-neu/").status_code == 404


@pytest.mark.parametrize("slug", ["", "runder-tisch-kopie"])
def test_an_address_left_alone_follows_the_title(desk, slug):
    format = make_format()
    desk.post(address(format, "kopieren"), {"title": "Großer Ärger", "slug": slug})
    assert sorted(Format.objects.values_list("slug", flat=True)) == ["grosser-aerger", "runder-tisch"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"title": "", "slug": "neu"}, "Titel"),
        ({"title": "Neu", "slug": "runder-tisch"}, "existiert bereits"),
        ({"title": "Runder Tisch", "slug": ""}, "existiert bereits"),
        ({"title": "Neu", "slug": "tabelle"}, "schon vergeben"),
        ({"title": "Neu", "slug": "Groß_und"}, "Buchstaben"),
        ({"title": "Neu", "slug": "a--b"}, "Nur a–z"),
        ({"title": "!!!", "slug": ""}, "keine Adresse"),
        ({"title": "x" * 121, "slug": "neu"}, "120"),
        ({"title": "a\x07b", "slug": "neu"}, "Steuerzeichen"),
    ],
)
def test_a_copy_that_cannot_be_is_explained(desk, data, sentence):
    format = make_format()
    response = desk.post(address(format, "kopieren"), data)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Format.objects.count() == 1


# Withdrawing ------------------------------------------------------------------------------------------


PLACES = ["", "druck/"]
FILES = ["/formate/runder-tisch.pdf", "/formate/runder-tisch.json"]
ALL = [f"/formate/runder-tisch/{rest}" for rest in PLACES] + FILES


def test_withdrawing_asks_first(desk):
    format = make_format()
    page = desk.get(address(format, "zurueckziehen")).content.decode()
    assert "auch als Druckfassung, PDF und Daten" in page
    assert desk.get("/formate/runder-tisch/").status_code == 200


@pytest.mark.parametrize("place", ALL)
def test_a_withdrawn_address_answers_gone_with_the_sentence(desk, moni, place):
    format = make_format()
    visitor = Client()
    assert visitor.get(place).status_code == 200
    desk.post(address(format, "zurueckziehen"), {"note": "Den Kreis gibt es <nicht> mehr."})
    assert Format.objects.with_draft().get().draft.author == moni
    response = visitor.get(place)
    assert response.status_code == 410
    assert "Den Kreis gibt es &lt;nicht&gt; mehr." in response.content.decode()


@pytest.mark.parametrize("place", ALL)
def test_a_withdrawn_address_leads_to_the_successor(desk, place):
    format, successor = make_format(), make_format("nachfolger", kind="methode")
    desk.post(address(format, "zurueckziehen"), {"successor": successor.pk, "note": "Besser dort."})
    response = Client().get(place)
    assert (response.status_code, response.headers["Location"]) == (301, "/methoden/nachfolger/")


@pytest.mark.parametrize("place", ALL)
def test_the_page_cache_keeps_nothing_of_a_withdrawn_one(desk, place, django_capture_on_commit_callbacks):
    format = make_format()
    with override_settings(PAGE_CACHE=True):
        pagecache._clock.forget()
        visitor = Client()
        assert [visitor.get(place).status_code for _ in range(2)] == [200, 200]
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(address(format, "zurueckziehen"), {"note": "Weg."})
        assert visitor.get(place).status_code == 410


def test_the_lists_know_nothing_more_of_a_withdrawn_one(desk):
    format = make_format()
    make_format("anderer", related=["runder-tisch"])
    places = ["/formate/", "/formate/tabelle/", "/formate.json", "/sitemap.xml", "/formate/neues/"]
    assert all("/formate/runder-tisch" in desk.get(place).content.decode() for place in places)
    desk.post(address(format, "zurueckziehen"), {})
    seen = [place for place in places if "/formate/runder-tisch" in desk.get(place).content.decode()]
    assert seen == []
    assert "runder-tisch" not in desk.get("/formate/anderer/").content.decode()


@pytest.mark.parametrize("kind", ["itself", "a draft", "a withdrawn one", "nothing"])
def test_only_another_public_one_can_be_the_successor(desk, kind):
    format = make_format()
    gone = make_format("weg")
    withdraw(gone)
    wrong = {"itself": format, "a draft": make_draft(), "a withdrawn one": gone}
    key = wrong[kind].pk if kind in wrong else 999_999
    response = desk.post(address(format, "zurueckziehen"), {"successor": key})
    assert "Nachfolger kann nur ein anderer, öffentlicher Steckbrief sein." in response.content.decode()
    assert desk.get("/formate/runder-tisch/").status_code == 200


def test_successors_never_run_in_a_circle(desk):
    one, two = make_format("eins"), make_format("zwei")
    desk.post(address(one, "zurueckziehen"), {"successor": two.pk})
    response = desk.post(address(two, "zurueckziehen"), {"successor": one.pk})
    assert "Nachfolger kann nur" in response.content.decode()
    desk.post(address(two, "zurueckziehen"), {"note": "Auch dieses nicht."})
    assert [Client().get(f"/formate/{slug}/").status_code for slug in ("eins", "zwei")] == [410, 410]
    # Even rows that point at each other lead nobody around for ever.
    Format.objects.filter(slug="zwei").update(successor=one)
    assert [Client().get(f"/formate/{slug}/").status_code for slug in ("eins", "zwei")] == [410, 410]


def test_withdrawing_cancels_what_was_planned(desk, moni, mia):
    format = make_format()
    release = ask_release(edited(format, author=moni), by=moni)
    approve(release, by=mia, publish_at=MOMENT)
    desk.post(address(format, "zurueckziehen"), {})
    Release.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    publish_due()
    assert Client().get("/formate/runder-tisch/").status_code == 410


def test_a_draft_cannot_be_withdrawn(desk):
    draft = make_draft()
    page = desk.post(address(draft, "zurueckziehen"), {"note": "Weg."}).content.decode()
    assert "ist nicht öffentlich" in page
    assert Format.objects.get().withdrawal_note == ""


# Deleting ---------------------------------------------------------------------------------------------


def test_what_never_was_public_can_be_deleted_after_a_question(desk, moni):
    draft = make_draft()
    revision = save_draft(draft, author=moni)
    Remark.objects.create(revision=revision, name="Frau Muster", text="Fehlt noch etwas.")
    Relation.objects.create(origin=make_format("anderer"), target=draft)
    page = desk.get(address(draft, "delete")).content.decode()
    for goes in ("1 Fassung im Verlauf", "1 Bemerkung von", "der Verweis „Verwandt“ in: Anderer"):
        assert goes in page
    assert Format.objects.count() == 2
    assert desk.post(address(draft, "delete")).headers["Location"] == LIST
    assert list(Format.objects.values_list("slug", flat=True)) == ["anderer"]


@pytest.mark.parametrize("state", ["public", "withdrawn"])
def test_what_was_public_is_never_deleted(desk, state):
    format = make_format()
    if state == "withdrawn":
        withdraw(format)
    page = desk.get(address(format, "delete")).content.decode()
    assert "war öffentlich und wird nicht gelöscht" in page
    assert (f"{LIST}{format.pk}/zurueckziehen/" in page) == (state == "public")
    assert desk.post(address(format, "delete")).status_code == 200
    assert Format.objects.count() == 1


@pytest.mark.parametrize(
    ("rest", "who"),
    [("delete", "moni root"), ("kopieren", "moni root"), ("zurueckziehen", "moni root")],
)
def test_who_may_do_what(client, cast, rest, who):
    draft = make_draft()
    allowed = []
    for name, user in cast.items():
        client.logout()
        if name != "gast":
            client.force_login(user)
        if client.get(address(draft, rest)).status_code == 200:
            allowed.append(name)
    assert sorted(allowed) == sorted(who.split())


@pytest.mark.parametrize("key", ["0", "999999999999999999999"])
@pytest.mark.parametrize("rest", ["delete", "kopieren", "zurueckziehen"])
def test_what_does_not_exist_is_not_found(desk, key, rest):
    assert desk.get(f"{LIST}{key}/{rest}/").status_code == 404


# Beside -----------------------------------------------------------------------------------------------


def test_one_note_is_settled_and_leads_back(desk, moni):
    format = make_format()
    note = Correction.objects.create(revision=format.published, text="Fehler")
    other = Correction.objects.create(revision=format.published, text="Noch einer")
    settle = address(format, f"hinweis/{note.pk}/erledigt")
    assert desk.get(settle).status_code == 405
    response = desk.post(settle, {"weiter": f"{LIST}?stand=oeffentlich"})
    assert response.headers["Location"] == f"{LIST}?stand=oeffentlich"
    assert list(Correction.objects.open()) == [other]
    assert Correction.objects.get(pk=note.pk).settled_by == moni
    assert desk.post(settle, {"weiter": "//anderswo.example"}).headers["Location"].startswith(LIST)


def test_a_note_is_settled_only_at_its_own_steckbrief(desk):
    note = Correction.objects.create(revision=make_format().published, text="Fehler")
    assert desk.post(address(make_format("anderer"), f"hinweis/{note.pk}/erledigt")).status_code == 404
    assert Correction.objects.open().count() == 1


def test_beside_the_form_lies_what_readers_say_and_where_it_stands(desk, moni, mia):
    format = make_format(**FULL | {"review_due": in_days(-2), "related": []})
    record_vote(format.published, key="1" * 32, helpful=True)
    ask_release(edited(format, author=moni), by=moni)
    approve(Release.objects.get(), by=mia)
    format.refresh_from_db()
    record_vote(format.published, key="2" * 32, helpful=False)
    note = Correction.objects.create(revision=format.published, text="Die Dauer <b>stimmt</b> nicht.")
    Remark.objects.create(revision=format.published, name="Frau Muster", text="Fehlt noch etwas.")
    page = desk.get(address(format, "change")).content.decode()
    for piece in (
        "<strong>überfällig</strong> seit",
        "13 von 14. Es fehlt: Verwandte",
        "0 von 1 sagen ja; frühere Fassungen: 1 von 1",
        f'<a href="{LIST}{format.pk}/mitautoren/">1 offen</a>',
        "Die Dauer &lt;b&gt;stimmt&lt;/b&gt; nicht.",
        f'action="{LIST}{format.pk}/hinweis/{note.pk}/erledigt/"',
        f'href="{LIST}{format.pk}/zurueckziehen/"',
        f'href="{LIST}{format.pk}/kopieren/"',
    ):
        assert piece in page
    assert f'href="{LIST}{format.pk}/delete/"' not in page.partition('id="daneben"')[2]


def test_who_may_not_act_sees_no_buttons_beside(client, cast):
    format = make_format()
    Correction.objects.create(revision=format.published, text="Fehler")
    client.force_login(cast["ada"])
    page = client.get(address(format, "change")).content.decode().partition('id="daneben"')[2]
    assert "Fehler" in page
    assert "<form" not in page
    assert "zurueckziehen" not in page
