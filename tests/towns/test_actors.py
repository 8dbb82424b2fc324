"""Profiles: who sees whom, in list, page, feed and export; how one keeps one's own; organisations."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from foundation.notices.models import Mail
from tests.builders import LONG_AGO, make_actor, make_seat, make_user
from tests.towns.walks import answers, client_of, those_with
from towns.actions.actors import approve_actor, free_slug, withdraw_approval
from towns.models import Actor, ActorForm, ActorKind, Affiliation, SeatRole, Visibility, in_network

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PROFILE = {
    "form": "person",
    "name": "Nina Neu",
    "kind": "wissenschaft",
    "role": "Forscherin",
    "visibility": "oeffentlich",
    "takes_messages": "on",
}


@pytest.fixture
def ines(cast):
    """A public, approved profile with an account of its own."""
    ines = make_user("ines@institut.example", name="Ines Institut")
    actor = make_actor(account=ines, about="Forscht.", offers="Rat zu Leerstand")
    actor.expertise.add("Leerstand")
    return actor


def put(actor, **values):
    Actor.objects.filter(pk=actor.pk).update(**values)


# Who sees a profile.


@pytest.mark.parametrize(
    ("values", "seers"),
    [
        ({}, "anna bernd clara nina moni mara lou ada root gast"),
        ({"visibility": "netzwerk"}, "anna bernd clara moni mara lou ada root"),
        ({"visibility": "verborgen"}, "moni mara lou ada root"),
        ({"approved_at": None}, "moni mara lou ada root"),
        ({"hidden_at": LONG_AGO, "hidden_reason": "Werbung"}, "moni mara lou ada root"),
    ],
)
def test_who_sees_a_profile_in_page_list_feed_export_and_search(cast, ines, values, seers):
    put(ines, **values)
    assert those_with(answers(cast, "/akteure/ines-institut/"), 200) == seers
    unseen = [name for name in cast if name not in seers.split()]
    assert those_with(answers(cast, "/akteure/ines-institut/"), 404).split() == unseen
    for address in (
        "/akteure/",
        "/akteure/?thema=leerstand",
        "/akteure/?q=institut",
        "/akteure/neues/",
        "/akteure.csv",
        "/akteure.json",
    ):
        found = [
            name
            for name, user in cast.items()
            if "Ines Institut" in client_of(user).get(address).content.decode()
        ]
        assert " ".join(found) == seers, address
    for address in ("/akteure/", "/akteure/?art=wissenschaft"):
        counts = {name: "Leerstand" in client_of(cast[name]).get(address).content.decode() for name in unseen}
        assert not any(counts.values())


def test_one_always_sees_oneself(ines):
    put(ines, visibility="verborgen", approved_at=None, hidden_at=LONG_AGO, hidden_reason="Werbung")
    assert client_of(ines.account).get("/akteure/ines-institut/").status_code == 200


def test_a_hidden_profile_and_none_at_all_answer_alike(client, cast, ines):
    put(ines, visibility="verborgen")
    for visitor in (client, client_of(cast["anna"])):
        for page in ("", "nachricht/"):
            there = visitor.get(f"/akteure/ines-institut/{page}")
            never = visitor.get(f"/akteure/gibt-es-nicht/{page}")
            assert there.status_code == never.status_code
            assert there.content == never.content
    assert client_of(cast["anna"]).get("/akteure/ines-institut/nachricht/").status_code == 404


def test_a_seat_holder_needs_no_approval_and_loses_it_with_the_seat(cast, auenlinden):
    actor = make_actor("Bernd Blum", account=cast["bernd"], approved_at=None)
    guest = client_of(cast["gast"])
    assert guest.get("/akteure/bernd-blum/").status_code == 200
    page = guest.get("/akteure/bernd-blum/").content.decode()
    assert "Auenlinden</a>: Verwaltung" in page
    cast["bernd"].seats.update(ended_at=timezone.now())
    assert guest.get("/akteure/bernd-blum/").status_code == 404
    assert actor in Actor.objects.awaiting_approval()


def test_no_page_shows_an_address(cast, ines):
    for address in (
        "/akteure/",
        "/akteure/ines-institut/",
        "/akteure.json",
        "/akteure.csv",
        "/akteure/neues/",
    ):
        page = client_of(cast["anna"]).get(address).content.decode()
        assert "Ines Institut" in page
        assert "ines@institut.example" not in page


def test_the_portrait_is_sent_to_those_who_see_the_profile(cast, ines):
    upload_for(ines.account)
    ines.refresh_from_db()
    for name in (ines.portrait.name, ines.portrait_small.name):
        assert set(answers(cast, f"/dateien/{name}").values()) == {200}
    put(ines, visibility="netzwerk")
    for name in (ines.portrait.name, ines.portrait_small.name):
        found = answers(cast, f"/dateien/{name}")
        assert those_with(found, 404) == "nina gast"


# The directory.


@pytest.fixture
def many(cast, auenlinden, kraehenfurt):
    for number, (name, kind, town, topics) in enumerate(
        [
            ("Änne Ähr", ActorKind.PLANNING, auenlinden, ["Leerstand", "Bahnhof"]),
            ("Bruno Berg", ActorKind.PLANNING, kraehenfurt, ["Bahnhof"]),
            ("Verein Dorfgrün", ActorKind.CIVIL_SOCIETY, auenlinden, ["Grün"]),
        ]
    ):
        form = ActorForm.ORGANISATION if "Verein" in name else ActorForm.PERSON
        actor = make_actor(name, kind=kind, town=town, form=form, sort_name=f"{number}")
        actor.expertise.add(*topics)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Änne Ähr", "Bruno Berg", "Verein Dorfgrün"]),
        ("thema=bahnhof", ["Änne Ähr", "Bruno Berg"]),
        ("thema=gruen&thema=leerstand", ["Änne Ähr", "Verein Dorfgrün"]),
        ("thema=bahnhof&stadt=auenlinden", ["Änne Ähr"]),
        ("art=verein", ["Verein Dorfgrün"]),
        ("form=organisation", ["Verein Dorfgrün"]),
        ("land=brandenburg", ["Änne Ähr", "Bruno Berg", "Verein Dorfgrün"]),
        ("q=ähr", ["Änne Ähr"]),
        ("q=AEHR", ["Änne Ähr"]),
        ("q=grün verein", ["Verein Dorfgrün"]),
        ("q=krähenfurt", ["Bruno Berg"]),
        ("thema=gibt-es-nicht", []),
        ("land=bayern", []),
    ],
)
def test_the_directory_is_narrowed(client, many, query, names):
    response = client.get(f"/akteure/?{query}")
    assert [actor.name for actor, _ in response.context["cards"]] == names
    exported = json.loads(client.get(f"/akteure.json?{query}").content)["akteure"]
    assert [each["name"] for each in exported] == names


def test_counts_say_what_a_choice_would_leave(client, many):
    facets = {f.name: f for f in client.get("/akteure/?stadt=auenlinden").context["facets"]}
    assert [(o.value, o.count) for o in facets["thema"].options] == [
        ("bahnhof", 1),
        ("gruen", 1),
        ("leerstand", 1),
    ]
    assert [(o.value, o.count, o.chosen) for o in facets["stadt"].options] == [
        ("auenlinden", 2, True),
        ("kraehenfurt", 1, False),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "seite=0",
        "seite=x",
        "seite=99999999999999999999",
        "q=" + "a" * 10_000,
        "thema=%3Cscript%3E",
        "art=%00",
        "stadt=" + "a" * 500,
        "&".join(f"thema=t{n}" for n in range(60)),
    ],
)
def test_nonsense_in_the_filter_is_refused_with_a_page(client, many, query):
    for address in ("/akteure/", "/akteure.csv", "/akteure.json"):
        if address != "/akteure/" and query.startswith("seite=0"):
            continue
        assert client.get(f"{address}?{query}").status_code == 400


def test_a_page_that_does_not_exist_is_not_found(client, many):
    assert client.get("/akteure/?seite=2").status_code == 404


@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/akteure/", 3),
        ("/akteure.csv", 3),
        ("/akteure.json", 3),
        ("/akteure/neues/", 1),
        ("/akteure/ines-institut/", 4),
    ],
)
def test_pages_take_a_fixed_number_of_queries(
    client, ines, auenlinden, django_assert_num_queries, address, queries, others
):
    for number in range(others):
        actor = make_actor(f"Weitere {number}", town=auenlinden)
        actor.expertise.add("Leerstand", "Bahnhof")
        organisation = make_actor(f"Verein {number}", form=ActorForm.ORGANISATION)
        Affiliation.objects.create(organisation=organisation, person=ines, accepted_at=LONG_AGO)
        make_seat(ines.account, auenlinden, SeatRole.values[1:][number])
    client.get(address)  # content types are known from now on
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_the_export_is_a_sound_table_and_harmless(client, ines):
    put(ines, role="=cmd()")
    lines = client.get("/akteure.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Name;Profil;Art;Funktion;Stadt;Land;Fachthemen;Bietet;Website;Seite"
    assert lines[1].startswith(
        "Ines Institut;Person;Wissenschaft, Hochschule;'=cmd();;;Leerstand;Rat zu Leerstand;;"
    )
    assert lines[1].endswith("/akteure/ines-institut/")


def test_the_feed_is_newest_first(client, cast):
    make_actor("Früher", approved_at=datetime(2025, 1, 1, tzinfo=UTC))
    make_actor("Später", approved_at=datetime(2026, 1, 1, tzinfo=UTC))
    feed = client.get("/akteure/neues/").content.decode()
    assert feed.index("Später") < feed.index("Früher")


def test_html_in_every_field_stays_text(client, cast):
    bad = "<script>alert(1)</script>"
    actor = make_actor("Böse", role=bad, about=bad, offers=bad, website="https://x.example/?a=<b>")
    Actor.objects.filter(pk=actor.pk).update(name=f"N{bad}")
    actor.expertise.add(bad)
    for address in ("/akteure/", "/akteure/boese/"):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page


# One's own profile.


def test_a_profile_is_made_and_waits_for_approval(cast):
    nina = client_of(cast["nina"])
    assert nina.post("/konto/profil/", PROFILE | {"expertise": "Leerstand, Bahnhof"}).url == "/konto/profil/"
    actor = Actor.objects.of(cast["nina"]).get()
    assert (actor.name, actor.kind, actor.approved_at, actor.contact_closed_at) == (
        "Nina Neu",
        "wissenschaft",
        None,
        None,
    )
    assert sorted(topic.name for topic in actor.expertise.all()) == ["Bahnhof", "Leerstand"]
    assert those_with(answers(cast, actor.get_absolute_url()), 200) == "nina moni mara lou ada root"
    assert "noch nicht zugelassen" in nina.get(actor.get_absolute_url()).content.decode()
    assert not in_network(cast["nina"])


def test_a_slug_tells_nothing_about_hidden_namesakes(cast):
    first = free_slug("Nina Neu")
    make_actor("Nina Neu", visibility=Visibility.HIDDEN)
    second = free_slug("Nina Neu")
    assert first[:-4] == second[:-4] == "nina-neu-"
    assert first[-4:].isdigit()
    assert free_slug("!!!").startswith("profil-")


def test_an_account_has_one_profile(cast):
    nina = client_of(cast["nina"])
    nina.post("/konto/profil/", PROFILE)
    nina.post("/konto/profil/", PROFILE | {"name": "Nina Anders", "form": "organisation"})
    actor = Actor.objects.of(cast["nina"]).get()
    assert (actor.name, actor.form) == ("Nina Anders", "person")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"name": ""}, "Bitte geben Sie den Namen ein."),
        ({"name": "x" * 10_000}, "120"),
        ({"name": "nina@neu.example"}, "keine E-Mail-Adresse"),
        ({"name": "a\x08b"}, "unlesbare Zeichen"),
        ({"kind": "kaiser"}, "kaiser"),
        ({"kind": "buergermeister"}, "sobald Ihr Sitz als Bürgermeister:in bestätigt ist"),
        ({"about": "x" * 10_000}, "3000"),
        ({"offers": "x" * 10_000}, "1500"),
        ({"website": "javascript:alert(1)"}, "Bitte geben Sie die ganze Adresse ein"),
        ({"visibility": "alle"}, "alle"),
        ({"town": "Atlantis"}, "Diesen Ort kennen wir nicht."),
        ({"town": "x" * 10_000}, "200"),
        ({"expertise": ",".join(f"t{n}" for n in range(13))}, "höchstens 12 Themen"),
        ({"expertise": "x" * 101}, "höchstens 100 Zeichen"),
        ({"form": "verein"}, "verein"),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_kept(cast, auenlinden, data, said):
    response = client_of(cast["nina"]).post("/konto/profil/", PROFILE | data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Actor.objects.of(cast["nina"]).count() == 0


def test_only_a_mayor_calls_herself_one(cast):
    assert (
        client_of(cast["anna"]).post("/konto/profil/", PROFILE | {"kind": "buergermeister"}).status_code
        == 302
    )


def test_a_town_is_named_in_words_and_asked_back(cast, auenlinden):
    nina = client_of(cast["nina"])
    nina.post("/konto/profil/", PROFILE | {"town": "auenlinden"})
    assert Actor.objects.of(cast["nina"]).get().town == auenlinden
    assert 'value="Auenlinden"' in nina.get("/konto/profil/").content.decode()
    response = nina.post("/konto/profil/", PROFILE | {"town": "auen"})
    assert "Bitte schreiben Sie ihn genau so: Auenlinden" in response.content.decode()


def test_what_others_edit_stays_theirs(cast, ines):
    """The address holds no key: nobody can ask for the profile of somebody else."""
    client_of(cast["nina"]).post(
        "/konto/profil/",
        PROFILE
        | {
            "name": "Böse",
            "pk": ines.pk,
            "id": ines.pk,
            "account": ines.account_id,
            "approved_at": "2024-01-01",
        },
    )
    ines.refresh_from_db()
    assert ines.name == "Ines Institut"
    mine = Actor.objects.of(cast["nina"]).get()
    assert (mine.name, mine.approved_at) == ("Böse", None)


def test_a_hidden_profile_is_told_the_reason_and_not_edited(ines):
    put(ines, hidden_at=LONG_AGO, hidden_reason="Nur Werbung")
    client = client_of(ines.account)
    response = client.post("/konto/profil/", PROFILE | {"name": "Anders"})
    assert response.status_code == 403
    assert "Nur Werbung" in response.content.decode()
    assert client.post("/konto/profil/bild/", {"alt": "x"}).status_code == 403
    ines.refresh_from_db()
    assert ines.name == "Ines Institut"


def test_who_enters_the_pages_of_a_profile(cast):
    assert those_with(answers(cast, "/konto/profil/"), 401) == "gast"
    assert those_with(answers(cast, "/konto/profil/"), 200).split() == [n for n in cast if n != "gast"]
    for page in ("bild", "personen"):
        assert those_with(answers(cast, f"/konto/profil/{page}/"), 404).split() == [
            n for n in cast if n != "gast"
        ]


# Pictures.


def a_picture(size=(1200, 900), kind="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", size, "#a23f2b").save(out, kind, **options)
    return SimpleUploadedFile(f"bild.{kind.lower()}", out.getvalue())


def upload_for(user, **data):
    return client_of(user).post("/konto/profil/bild/", {"picture": a_picture(), "alt": "Ines am Pult"} | data)


def test_a_portrait_is_drawn_anew_in_two_sizes(client, ines):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "Geheimer Ort"
    assert upload_for(ines.account, picture=a_picture(exif=exif)).status_code == 302
    ines.refresh_from_db()
    for field, size in ((ines.portrait, (480, 640)), (ines.portrait_small, (180, 240))):
        with field.open() as file:
            data = file.read()
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.size) == ("WEBP", size)
        assert b"Geheimer" not in data
    page = client.get("/akteure/ines-institut/").content.decode()
    assert f"{ines.portrait_small.url} 240w, {ines.portrait.url} 640w" in page
    assert 'alt="Ines am Pult"' in page


def test_the_old_files_go_with_the_new_picture(ines, django_capture_on_commit_callbacks):
    upload_for(ines.account)
    ines.refresh_from_db()
    old = ines.portrait.name, ines.portrait_small.name
    storage = ines.portrait.storage
    with django_capture_on_commit_callbacks(execute=True):
        upload_for(ines.account)
    assert not any(storage.exists(name) for name in old)
    with django_capture_on_commit_callbacks(execute=True):
        client_of(ines.account).post("/konto/profil/bild/", {"was": "entfernen"})
    now = Actor.objects.get(pk=ines.pk)
    assert (now.portrait.name, now.portrait_small.name, now.portrait_alt) == ("", "", "")


@pytest.mark.parametrize(
    ("picture", "alt", "said"),
    [
        (lambda: a_picture(), "", "Bitte beschreiben Sie das Bild"),
        (lambda: None, "Ines", "Bitte wählen Sie ein Bild aus."),
        (lambda: SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>"), "Ines", "kein lesbares Bild"),
        (lambda: SimpleUploadedFile("x.jpg", b""), "Ines", "leer"),
        (lambda: SimpleUploadedFile("x.jpg", b"x" * (8 * 1024 * 1024 + 1)), "Ines", "größer als 8 MB"),
        (lambda: a_picture((8000, 6000), "PNG"), "Ines", "40 Millionen"),
        (lambda: a_picture(), "x" * 10_000, "250"),
    ],
)
def test_bad_pictures_are_refused_with_a_sentence(ines, picture, alt, said):
    file = picture()
    response = client_of(ines.account).post(
        "/konto/profil/bild/", ({"picture": file} if file else {}) | {"alt": alt}
    )
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Actor.objects.get(pk=ines.pk).portrait


# Organisations and their people.


@pytest.fixture
def verein(cast):
    """An organisation whose profile Nina keeps."""
    return make_actor("Verein Dorfgrün", form=ActorForm.ORGANISATION, account=cast["nina"])


def test_a_person_is_shown_once_she_agreed(client, cast, verein, ines):
    nina = client_of(cast["nina"])
    found = nina.get("/konto/profil/personen/?q=ines").content.decode()
    assert f'name="person" value="{ines.pk}"' in found
    nina.post("/konto/profil/personen/", {"person": ines.pk, "role": "Beirätin"})
    affiliation = Affiliation.objects.get()
    assert "Beirätin" not in client.get("/akteure/verein-dorfgruen/").content.decode()
    page = client_of(ines.account).get("/konto/profil/").content.decode()
    assert "wartet auf Ihre Zustimmung" in page
    client_of(ines.account).post(f"/konto/profil/zugehoerigkeit/{affiliation.pk}/annehmen/")
    assert "Beirätin" in client.get("/akteure/verein-dorfgruen/").content.decode()
    assert "Verein Dorfgrün" in client.get("/akteure/ines-institut/").content.decode()
    put(ines, visibility="netzwerk")
    assert "Beirätin" not in client.get("/akteure/verein-dorfgruen/").content.decode()
    assert "Beirätin" in client_of(cast["anna"]).get("/akteure/verein-dorfgruen/").content.decode()


def test_nobody_agrees_for_somebody_else(cast, verein, ines):
    affiliation = Affiliation.objects.create(organisation=verein, person=ines)
    address = f"/konto/profil/zugehoerigkeit/{affiliation.pk}/annehmen/"
    found = answers(cast, address, {})
    assert those_with(found, 403) == "nina"
    assert those_with(found, 401) == "gast"
    assert those_with(found, 404) == "anna bernd clara moni mara lou ada root"
    affiliation.refresh_from_db()
    assert affiliation.accepted_at is None
    assert set(answers(cast, address).values()) == {405}


@pytest.mark.parametrize("who", ["nina", "ines"])
def test_both_sides_may_part(cast, verein, ines, who):
    affiliation = Affiliation.objects.create(organisation=verein, person=ines, accepted_at=LONG_AGO)
    address = f"/konto/profil/zugehoerigkeit/{affiliation.pk}/loesen/"
    assert client_of(cast["anna"]).post(address).status_code == 404
    assert client_of(cast["nina"] if who == "nina" else ines.account).post(address).status_code == 302
    assert Affiliation.objects.count() == 0


def test_hidden_people_are_neither_found_nor_named(cast, verein, ines):
    put(ines, visibility="verborgen")
    nina = client_of(cast["nina"])
    assert "Ines" not in nina.get("/konto/profil/personen/?q=ines").content.decode().split("Suchen")[1]
    hidden = nina.post("/konto/profil/personen/", {"person": ines.pk})
    never = nina.post("/konto/profil/personen/", {"person": 999_999})
    assert hidden.status_code == never.status_code == 422
    assert "Dieses Profil gibt es nicht." in hidden.content.decode()
    assert Affiliation.objects.count() == 0


def test_naming_twice_is_once(cast, verein, ines):
    nina = client_of(cast["nina"])
    assert nina.post("/konto/profil/personen/", {"person": ines.pk}).status_code == 302
    assert nina.post("/konto/profil/personen/", {"person": ines.pk}).status_code == 422
    assert Affiliation.objects.count() == 1


def test_a_person_has_no_people(ines):
    assert client_of(ines.account).get("/konto/profil/personen/").status_code == 404


@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize(
    ("who", "address", "queries"),
    [
        ("nina", "/konto/profil/", 5),
        ("nina", "/konto/profil/personen/?q=person", 6),
        ("ines", "/konto/profil/", 5),
        ("ines", "/konto/profil/bild/", 3),
    ],
)
def test_pages_of_ones_own_profile_take_a_fixed_number_of_queries(
    cast, verein, ines, auenlinden, django_assert_num_queries, who, address, queries, others
):
    for number in range(others):
        person = make_actor(f"Person {number}", town=auenlinden)
        make_actor(f"Person Anders {number}", town=auenlinden)
        Affiliation.objects.create(organisation=verein, person=person)
        organisation = make_actor(f"Bund {number}", form=ActorForm.ORGANISATION)
        Affiliation.objects.create(organisation=organisation, person=ines)
    client = client_of(cast["nina"] if who == "nina" else ines.account)
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


# Approval.


def test_approval_lets_in_and_tells_once(cast):
    actor = make_actor("Nina Neu", account=cast["nina"], approved_at=None)
    for _ in range(2):
        approve_actor(actor, by=cast["moni"])
    assert in_network(cast["nina"])
    letter = Mail.objects.get()
    assert (letter.recipient, letter.subject) == ("nina@neu.example", "Ihr Profil ist zugelassen")
    withdraw_approval(actor, by=cast["moni"])
    assert not in_network(cast["nina"])


@pytest.mark.parametrize(
    ("name", "may"), [("moni", True), ("ada", True), ("root", True), ("mara", False), ("lou", False)]
)
def test_who_approves_at_the_desk(cast, name, may):
    actor = make_actor("Nina Neu", account=cast["nina"], approved_at=None)
    data = {"action": "approve", "_selected_action": [actor.pk]}
    client_of(cast[name]).post("/redaktion/towns/actor/", data)
    actor.refresh_from_db()
    assert (actor.approved_at is not None, actor.approved_by) == (may, cast[name] if may else None)


def test_the_desk_shows_what_waits(cast):
    make_actor("Wartet", account=cast["nina"], approved_at=None)
    make_actor("Fertig")
    page = client_of(cast["moni"]).get("/redaktion/towns/actor/?wartet=ja").content.decode()
    assert "Wartet</a>" in page
    assert "Fertig</a>" not in page


# „Heute“.


@pytest.mark.parametrize("others", [1, 3])
def test_tasks_for_staff(cast, auenlinden, django_assert_num_queries, others):
    from towns.today import tasks

    for number in range(others):
        person = make_user(f"p{number}@neu.example", name=f"Person {number}")
        moment = datetime(2026, 11, 1 + number, tzinfo=UTC)
        make_seat(person, auenlinden, SeatRole.COUNCIL, confirmed_at=None, asked_at=moment)
        make_actor(f"Profil {number}", account=person, approved_at=None)
    moni = cast["moni"]
    moni.has_perm("towns.confirm_seat")
    with django_assert_num_queries(4):
        found = {task.title: task for task in tasks(moni, NOW)}
    assert {title: task.count for title, task in found.items()} == {
        "Sitze zu bestätigen": others,
        "Profile zuzulassen": others,
    }
    seats = found["Sitze zu bestätigen"]
    assert seats.since == datetime(2026, 11, 1, tzinfo=UTC)
    assert seats.lines[0].text == "Person 0 für Auenlinden"
    assert client_of(moni).get(seats.lines[0].url).status_code == 200
    for task in found.values():
        assert client_of(moni).get(task.url).status_code == 200


def test_tasks_are_for_those_who_may_act(cast, auenlinden):
    from towns.today import tasks

    make_seat(cast["nina"], auenlinden, SeatRole.COUNCIL, confirmed_at=None)
    make_actor("Wartet", account=cast["nina"], approved_at=None)
    counts = {name: len(list(tasks(cast[name], NOW))) for name in ("moni", "mara", "lou", "ada", "root")}
    assert counts == {"moni": 2, "mara": 0, "lou": 0, "ada": 2, "root": 2}
