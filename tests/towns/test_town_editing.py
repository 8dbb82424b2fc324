"""A town's page edited: who may, what is kept, what collides, and how it is undone."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from foundation.topics.models import Topic
from tests.builders import make_actor, make_participating_town, make_seat, make_town, make_user
from towns.actions.pages import ChangedMeanwhile, restore_page, save_part
from towns.models import Direction, Offer, SeatRole, Town, TownPicture, TownRevision
from towns.snapshots import part_of, snapshot_of, stamp_of

pytestmark = pytest.mark.django_db

TEXT = {
    "about": "Wir bauen um.",
    "website": "",
    "topics": [],
    "contact": "",
    "paused_until": "",
}
EDIT = "/staedte/auenlinden/bearbeiten/"
PARTS = ["text", "sucht-bietet", "projekte", "links", "bilder", "wappen"]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture_file(name="markt.jpg", size=(2000, 1000), kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def stamp(client, part):
    html = client.get(f"{EDIT}{part}/").content.decode()
    return re.search(r'name="stand" value="([0-9a-f]+)"', html)[1]


def rows(*entries, initial=0, prefix="eintrag"):
    """What a browser sends for a list of entries."""
    data = {f"{prefix}-TOTAL_FORMS": len(entries), f"{prefix}-INITIAL_FORMS": initial}
    for number, entry in enumerate(entries):
        data |= {f"{prefix}-{number}-{name}": value for name, value in entry.items()}
    return data


def save(town, part, value, author, seen=None):
    town = Town.objects.get(pk=town.pk)
    seen = stamp_of(part_of(town, part)) if seen is None else seen
    return save_part(town, part=part, value=value, author=author, stamp=seen)


ADDRESSES = [EDIT, *(f"{EDIT}{part}/" for part in PARTS), "/staedte/auenlinden/verlauf/"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anna", 200),
        ("bernd", 200),
        ("moni", 200),
        ("root", 200),
        ("clara", 403),
        ("nina", 403),
        ("mara", 403),
        ("lou", 403),
        ("ada", 403),
        ("gast", 302),
    ],
)
def test_who_may_edit_a_town(client, cast, who, status):
    if who != "gast":
        client.force_login(cast[who])
    assert {client.get(address).status_code for address in ADDRESSES} == {status}


@pytest.mark.parametrize("who", ["clara", "nina", "lou", "gast"])
def test_who_may_not_edit_changes_nothing(client, cast, auenlinden, who):
    revision = save(auenlinden, "text", TEXT, cast["anna"])
    before = snapshot_of(auenlinden)
    if who != "gast":
        client.force_login(cast[who])
    for part in PARTS:
        client.post(f"{EDIT}{part}/", {"about": "Hier war ich.", "stand": "x"})
    client.post(f"/staedte/auenlinden/verlauf/{revision.number - 1}/wiederherstellen/")
    assert snapshot_of(Town.objects.get(pk=auenlinden.pk)) == before | {"text": TEXT}


def test_a_seat_that_ended_edits_no_more(client, cast, auenlinden):
    client.force_login(cast["bernd"])
    assert client.get(EDIT).status_code == 200
    cast["bernd"].seats.update(ended_at="2026-01-01T00:00Z")
    assert client.get(EDIT).status_code == 403


def test_towns_that_do_not_take_part_are_not_edited(client, cast):
    town = make_town("Nebenan")
    make_seat(cast["nina"], town)
    client.force_login(cast["nina"])
    assert client.get("/staedte/nebenan/bearbeiten/").status_code == 403


def test_text_and_topics_are_saved_at_once(client, anna, auenlinden):
    Topic.objects.create(name="Innenstadt")
    actor = make_actor("Ines Institut", town=auenlinden)
    client.force_login(anna)
    sent = {
        "about": "Wir bauen um.\r\n\r\nSeit 2020.",
        "website": "www.auenlinden.example",
        "topics": "innenstadt, Bahnhof",
        "contact": actor.slug,
        "paused_until": "2027-01-31",
        "stand": stamp(client, "text"),
    }
    assert client.post(f"{EDIT}text/", sent).url == EDIT
    town = Town.objects.get(pk=auenlinden.pk)
    assert part_of(town, "text") == {
        "about": "Wir bauen um.\n\nSeit 2020.",
        "website": "https://www.auenlinden.example",
        "topics": ["Bahnhof", "Innenstadt"],
        "contact": actor.slug,
        "paused_until": "2027-01-31",
    }
    assert Topic.objects.count() == 2


def test_offers_are_added_changed_put_in_order_and_taken_away(client, anna, auenlinden):
    old = Offer.objects.create(
        town=auenlinden, direction=Direction.OFFERS, text="Leerstandsmelder", position=1
    )
    Offer.objects.create(town=auenlinden, direction=Direction.SEEKS, text="Weg damit", position=2)
    client.force_login(anna)
    sent = rows(
        {"direction": "bietet", "text": "Leerstandsmelder", "topic": "", "ORDER": 2},
        {"direction": "sucht", "text": "Weg damit", "topic": "", "ORDER": 1, "DELETE": "on"},
        {"direction": "sucht", "text": "Bahnhof ohne Züge", "topic": "", "ORDER": 1},
        {"direction": "sucht", "text": "", "topic": "", "ORDER": ""},
        initial=2,
    )
    sent["stand"] = stamp(client, "sucht-bietet")
    assert client.post(f"{EDIT}sucht-bietet/", sent).status_code == 302
    said = [(offer.direction, offer.text, offer.position) for offer in Offer.objects.in_order()]
    assert said == [("sucht", "Bahnhof ohne Züge", 1), ("bietet", "Leerstandsmelder", 2)]
    assert Offer.objects.get(text="Leerstandsmelder").pk == old.pk  # it keeps its age


def test_projects_and_links_are_saved(client, anna, auenlinden):
    client.force_login(anna)
    sent = rows({"title": "Markt", "year_from": 2021, "year_to": 2023, "source_as_of": "2023-05-01"})
    client.post(f"{EDIT}projekte/", sent | {"stand": stamp(client, "projekte")})
    sent = rows({"title": "Leitbild", "url": "auenlinden.example/leitbild"})
    client.post(f"{EDIT}links/", sent | {"stand": stamp(client, "links")})
    project, link = auenlinden.projects.get(), auenlinden.links.get()
    assert (project.title, project.period, str(project.source_as_of)) == ("Markt", "2021–2023", "2023-05-01")
    assert link.url == "https://auenlinden.example/leitbild"


@pytest.mark.parametrize(
    ("part", "sent", "sentence"),
    [
        ("text", {"website": "quatsch quatsch"}, "die ganze Adresse"),
        ("text", {"about": "a\x07b"}, "unlesbare Zeichen"),
        ("text", {"topics": ",".join(f"Thema {n}" for n in range(13))}, "höchstens 12 Themen"),
        ("text", {"about": "a" * 6001}, "6000"),
        ("text", {"contact": "fremd"}, "fremd"),
        (
            "sucht-bietet",
            rows({"direction": "sucht", "text": "", "topic": "", "ORDER": "1"}, initial=1),
            "worum es geht",
        ),
        ("sucht-bietet", rows({"direction": "will", "text": "Rat"}), "will"),
        ("projekte", rows({"title": "Markt", "year_from": 2023, "year_to": 2021}), "nicht davor"),
        ("links", rows({"title": "Leitbild", "url": "javascript:alert(1)"}), "die ganze Adresse"),
        ("wappen", {"file": SimpleUploadedFile("w.png", b"kein Bild")}, "kein lesbares Bild"),
        (
            "bilder",
            rows() | {"neu-file": SimpleUploadedFile("w.svg", b"<svg/>"), "neu-alt": "a", "neu-credit": "b"},
            "kein lesbares Bild",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(client, anna, auenlinden, part, sent, sentence):
    Offer.objects.create(town=auenlinden, direction=Direction.SEEKS, text="Rat")
    client.force_login(anna)
    before = snapshot_of(auenlinden)
    response = client.post(f"{EDIT}{part}/", sent | {"stand": stamp(client, part)})
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert "Bitte prüfen Sie Ihre Eingaben" in html
    assert snapshot_of(Town.objects.get(pk=auenlinden.pk)) == before


def test_pictures_are_drawn_anew_in_three_sizes(client, anna, auenlinden):
    client.force_login(anna)
    sent = rows() | {"neu-file": picture_file(), "neu-alt": "Der Markt", "neu-credit": "Anna Ahrens"}
    assert client.post(f"{EDIT}bilder/", sent | {"stand": stamp(client, "bilder")}).status_code == 302
    picture = TownPicture.objects.get()
    widths = {}
    for name in ("large", "medium", "small"):
        with getattr(picture, name).open() as file, Image.open(file) as image:
            widths[name] = (image.format, image.size)
    assert widths == {
        "large": ("WEBP", (1600, 800)),
        "medium": ("WEBP", (800, 400)),
        "small": ("WEBP", (400, 200)),
    }
    assert (picture.width, picture.height) == (1600, 800)
    assert picture.alt == "Der Markt"
    response = client.get(picture.large.url)
    assert response.status_code == 200
    assert b"".join(response)[8:12] == b"WEBP"


def test_a_picture_without_words_is_refused(client, anna, auenlinden):
    client.force_login(anna)
    sent = rows() | {"neu-file": picture_file(), "neu-alt": "", "neu-credit": ""}
    response = client.post(f"{EDIT}bilder/", sent | {"stand": stamp(client, "bilder")})
    assert response.status_code == 422
    assert "was zu sehen ist" in response.content.decode()
    assert not TownPicture.objects.exists()


def test_pictures_are_reworded_and_taken_away_and_never_borrowed_from_another_town(client, anna, auenlinden):
    other = make_participating_town("Fremdstadt")
    picture = {"medium": "", "small": "", "width": 1, "height": 1, "alt": "A", "credit": "B"}
    for town, letter in ((auenlinden, "a"), (auenlinden, "b"), (other, "c")):
        TownPicture.objects.create(town=town, large=f"stadtbilder/{letter * 32}.webp", **picture)
    client.force_login(anna)
    sent = rows(
        {"large": f"stadtbilder/{'a' * 32}.webp", "alt": "Der Markt", "credit": "B", "ORDER": 1},
        {"large": f"stadtbilder/{'b' * 32}.webp", "alt": "A", "credit": "B", "ORDER": 2, "DELETE": "on"},
        {"large": f"stadtbilder/{'c' * 32}.webp", "alt": "Gestohlen", "credit": "B", "ORDER": 3},
        initial=2,
    )
    assert client.post(f"{EDIT}bilder/", sent | {"stand": stamp(client, "bilder")}).status_code == 302
    assert [(p["large"], p["alt"]) for p in part_of(auenlinden, "pictures")] == [
        (f"stadtbilder/{'a' * 32}.webp", "Der Markt")
    ]
    assert part_of(other, "pictures")[0]["alt"] == "A"


def test_a_coat_of_arms_is_set_described_and_removed(client, anna, auenlinden):
    client.force_login(anna)
    sent = {"file": picture_file(size=(300, 600)), "alt": "Eine Linde", "credit": "gemeinfrei"}
    client.post(f"{EDIT}wappen/", sent | {"stand": stamp(client, "wappen")})
    town = Town.objects.get(pk=auenlinden.pk)
    with town.coat_of_arms.open() as file, Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (160, 320))
    assert 'alt="Eine Linde"' in client.get("/staedte/auenlinden/").content.decode()
    gone = {"remove": "on", "alt": "", "credit": "", "stand": stamp(client, "wappen")}
    client.post(f"{EDIT}wappen/", gone)
    assert part_of(Town.objects.get(pk=auenlinden.pk), "arms") == {"file": "", "alt": "", "credit": ""}


def test_typed_text_survives_when_somebody_was_quicker(client, anna, bernd, auenlinden):
    client.force_login(anna)
    seen = stamp(client, "text")
    save(auenlinden, "text", TEXT | {"about": "Von Bernd."}, bernd)
    sent = {"about": "Von Anna.", "website": "", "topics": "", "stand": seen}
    response = client.post(f"{EDIT}text/", sent)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Jemand war schneller" in html
    assert "Von Bernd." in html
    assert "Von Anna.</textarea>" in html
    assert Town.objects.get(pk=auenlinden.pk).about == "Von Bernd."
    again = re.search(r'name="stand" value="([0-9a-f]+)"', html)[1]
    assert client.post(f"{EDIT}text/", sent | {"stand": again}).status_code == 302
    assert Town.objects.get(pk=auenlinden.pk).about == "Von Anna."


def test_two_people_may_edit_different_parts_at_once(client, anna, bernd, auenlinden):
    client.force_login(anna)
    seen = stamp(client, "text")
    save(auenlinden, "links", [{"title": "Leitbild", "url": "https://a.example/"}], bernd)
    sent = {"about": "Von Anna.", "website": "", "topics": "", "stand": seen}
    assert client.post(f"{EDIT}text/", sent).status_code == 302
    assert auenlinden.links.count() == 1


def test_saving_what_is_there_makes_no_revision(anna, auenlinden):
    assert save(auenlinden, "text", TEXT, anna) is not None
    count = TownRevision.objects.count()
    assert save(auenlinden, "text", TEXT, anna, seen="whatever") is None
    assert TownRevision.objects.count() == count


def test_an_old_sign_is_refused_by_the_verb_too(anna, auenlinden):
    save(auenlinden, "text", TEXT, anna)
    with pytest.raises(ChangedMeanwhile) as error:
        save(auenlinden, "text", TEXT | {"about": "Anders."}, anna, seen="old")
    assert error.value.current["about"] == "Wir bauen um."


def test_revisions_name_the_person_and_the_seat_and_begin_with_what_was(bernd, moni, auenlinden):
    Town.objects.update(about="Vorher.")
    town = Town.objects.get(pk=auenlinden.pk)
    save(town, "text", TEXT, bernd)
    save(Town.objects.get(pk=town.pk), "text", TEXT | {"about": "Redigiert."}, moni)
    said = [
        (revision.number, revision.snapshot["text"]["about"], revision.author, revision.seat)
        for revision in TownRevision.objects.of_town(town).order_by("number")
    ]
    assert said == [
        (1, "Vorher.", None, None),
        (2, "Wir bauen um.", bernd, bernd.seats.get()),
        (3, "Redigiert.", moni, None),
    ]


def test_changes_made_at_the_desk_are_kept_before_the_next_one(anna, auenlinden):
    save(auenlinden, "text", TEXT, anna)
    Town.objects.update(about="Im Redaktionsbereich.")
    town = Town.objects.get(pk=auenlinden.pk)
    save(town, "text", TEXT | {"about": "Danach."}, anna)
    abouts = [r.snapshot["text"]["about"] for r in TownRevision.objects.of_town(town).order_by("number")]
    assert abouts == ["", "Wir bauen um.", "Im Redaktionsbereich.", "Danach."]


def test_undoing_brings_everything_back_as_a_new_revision(client, anna, auenlinden):
    picture = {"large": f"stadtbilder/{'a' * 32}.webp", "medium": "", "small": "", "width": 3, "height": 2}
    save(auenlinden, "pictures", [picture | {"alt": "Markt", "credit": "Anna"}], anna)
    topic = Topic.objects.create(name="Innenstadt")
    full = save(auenlinden, "offers", [{"direction": "bietet", "text": "Rat", "topic": topic.slug}], anna)
    save(auenlinden, "offers", [], anna)
    save(auenlinden, "pictures", [], anna)
    client.force_login(anna)
    response = client.post(f"/staedte/auenlinden/verlauf/{full.number}/wiederherstellen/")
    assert response.url == "/staedte/auenlinden/verlauf/"
    now = snapshot_of(Town.objects.get(pk=auenlinden.pk))
    assert now == full.snapshot
    assert TownPicture.objects.get().width == 3
    newest = TownRevision.objects.of_town(auenlinden).newest_first().first()
    assert (newest.restores, newest.author) == (full, anna)
    assert restore_page(full, author=anna) is None


def test_a_revision_cannot_be_changed(anna, auenlinden):
    revision = save(auenlinden, "text", TEXT, anna)
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        TownRevision.objects.update(number=9)


def test_the_history_says_who_changed_what_line_by_line(client, anna, auenlinden):
    save(auenlinden, "text", TEXT, anna)
    last = save(auenlinden, "text", TEXT | {"about": "Wir bauen weiter."}, anna)
    client.force_login(anna)
    listed = client.get("/staedte/auenlinden/verlauf/").content.decode()
    assert "Anna Ahrens (Bürgermeister:in)" in listed
    assert "Texte und Themen" in listed
    html = client.get(f"/staedte/auenlinden/verlauf/{last.number}/").content.decode()
    assert "entfernt: </span>Wir bauen um.</del>" in html
    assert "neu: </span>Wir bauen weiter.</ins>" in html
    assert "wiederherstellen" not in html.lower()
    assert client.get("/staedte/auenlinden/verlauf/99/").status_code == 404
    assert client.get(f"/staedte/auenlinden/verlauf/{last.number}/wiederherstellen/").status_code == 405


def test_the_page_shows_the_change_at_once_without_the_register_being_touched(client, anna, auenlinden):
    locked = Town.objects.get(pk=auenlinden.pk)
    Town.objects.filter(pk=auenlinden.pk).update(inhabitants=9_999)  # an import meanwhile
    save(locked, "text", TEXT, anna)
    assert Town.objects.get(pk=auenlinden.pk).inhabitants == 9_999
    assert "Wir bauen um." in client.get("/staedte/auenlinden/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_takes_a_fixed_number_of_queries(
    client, django_assert_num_queries, anna, auenlinden, count
):
    for number in range(count):
        author = make_user(f"rat{number}@auenlinden.example", name=f"Rat {number}")
        make_seat(author, auenlinden, SeatRole.COUNCIL)
        save(auenlinden, "text", TEXT | {"about": f"Text {number}"}, author)
    client.force_login(anna)
    with django_assert_num_queries(5):
        assert client.get("/staedte/auenlinden/verlauf/").status_code == 200


def test_stored_files_stay_so_that_undoing_finds_them(client, anna, auenlinden):
    client.force_login(anna)
    sent = rows() | {"neu-file": picture_file(), "neu-alt": "Markt", "neu-credit": "Anna"}
    client.post(f"{EDIT}bilder/", sent | {"stand": stamp(client, "bilder")})
    name = TownPicture.objects.get().large.name
    save(Town.objects.get(pk=auenlinden.pk), "pictures", [], anna)
    assert default_storage.exists(name)
    assert client.get(f"/dateien/{name}").status_code == 404
