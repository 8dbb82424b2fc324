"""Demo content: invented people of invented towns, so that a fresh house is not empty.

The towns do not exist: a test compares their names with the official register. Everything here is
stored as demo and says „Beispiel“. Real towns never say invented things.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from formats.actions import ask_release, record_vote, report_correction, save_draft
from formats.models import Correction, Format, Revision
from foundation.kit.text import german_slug
from foundation.people.actions import make_confirmed_user
from foundation.people.models import User
from foundation.people.roles import Role
from towns.models import Direction, Land, Offer, Seat, SeatRole, SizeClass, Town, TownKind

PASSWORD = "kleinstadt-beispiel"  # noqa: S105 (printed by `make run`, development only)


@dataclass(frozen=True)
class DemoTown:
    """Numbers and place are invented like the town; the Land is real, for laws differ by Land."""

    land: str
    inhabitants: int
    area_km2: int
    latitude: float
    longitude: float
    offers: str
    seeks: str


TOWNS = {
    "Auenlinden": DemoTown(
        "12",
        8_400,
        96,
        52.62,
        12.41,
        "Beispiel: Erfahrung mit einem Leerstandsmelder",
        "Beispiel: Wie belebt man einen Bahnhof ohne Züge?",
    ),
    "Krähenfurt": DemoTown(
        "09",
        12_700,
        58,
        49.71,
        10.62,
        "Beispiel: Bürgerhaushalt im dritten Jahr",
        "Beispiel: Ein Konzept für das alte Kaufhaus",
    ),
}


@dataclass(frozen=True)
class DemoPerson:
    label: str
    email: str
    name: str
    roles: tuple[Role, ...] = ()
    seat: tuple[str, SeatRole] | None = None


PEOPLE = [
    DemoPerson(
        "Bürgermeisterin",
        "anna.ahrens@auenlinden.example",
        "Anna Ahrens (Beispiel)",
        seat=("Auenlinden", SeatRole.MAYOR),
    ),
    DemoPerson(
        "Mitarbeiter",
        "bernd.blum@auenlinden.example",
        "Bernd Blum (Beispiel)",
        seat=("Auenlinden", SeatRole.ADMINISTRATION),
    ),
    DemoPerson(
        "Bürgermeisterin anderswo",
        "clara.conrad@kraehenfurt.example",
        "Clara Conrad (Beispiel)",
        seat=("Krähenfurt", SeatRole.MAYOR),
    ),
    DemoPerson("Redaktion", "moni.mertens@akademie.example", "Moni Mertens (Beispiel)", (Role.EDITOR,)),
    DemoPerson("Redaktion, zweite Person", "ole.ohm@akademie.example", "Ole Ohm (Beispiel)", (Role.EDITOR,)),
    DemoPerson(
        "Geschäftsstelle",
        "stefan.sommer@akademie.example",
        "Stefan Sommer (Beispiel)",
        (Role.MODERATOR, Role.GUIDE, Role.ADMINISTRATOR),
    ),
]
NOTES = [
    (
        "webinar",
        "Beispiel: Bei uns hat sich eine Dauer von 75 Minuten bewährt, weil die Rückfragen länger brauchten.",
    ),
    (
        "exkursion",
        "Beispiel: In der Checkliste fehlt aus meiner Sicht die Frage nach dem Versicherungsschutz im Bus.",
    ),
]
VOTES = {"webinar": (True, True, True, False), "exkursion": (True, True)}


@transaction.atomic
def load_demo() -> list[DemoPerson]:
    """Make the demo towns, people, seats and notes where they are missing. Safe to run twice."""
    towns = {name: _load_town(name, town) for name, town in TOWNS.items()}
    for person in PEOPLE:
        if not User.objects.filter(email=person.email).exists():
            make_confirmed_user(person.email, PASSWORD, name=person.name, roles=person.roles, is_demo=True)
        user = User.objects.get(email=person.email)
        if person.seat and not Seat.objects.of(user).exists():
            _load_seat(user, towns[person.seat[0]], person.seat[1])
    for slug, text in NOTES:
        format = Format.objects.published().with_revision().filter(slug=slug).first()
        if format and not Correction.objects.filter(text=text).exists():
            report_correction(format.published, key=uuid4(), text=text, reply_to=PEOPLE[0].email)
            for helpful in VOTES[slug]:
                record_vote(format.published, key=uuid4(), helpful=helpful)
    _load_draft()
    return PEOPLE


def _load_draft() -> None:
    """One draft that waits for a second pair of eyes, so that the desk shows how it goes."""
    format = (
        Format.objects.with_draft().filter(slug="webinar", published__origin=Revision.Origin.FILE).first()
    )
    if not format or format.draft or format.revisions.count() > 1:
        return
    author = User.objects.get(email="moni.mertens@akademie.example")
    format.tips = [
        *format.tips,
        "Beispiel: Fragen schon bei der Anmeldung sammeln und die häufigste zuerst nehmen.",
    ]
    format.save(update_fields=["tips"])
    draft = save_draft(format, author=author, reason="Beispiel: Tipp aus der Praxis ergänzt")
    ask_release(draft, by=author, note="Beispiel: Bitte lesen, ob der Tipp verständlich ist.")


def _load_town(name: str, demo: DemoTown) -> Town:
    town, is_new = Town.objects.get_or_create(
        slug=german_slug(f"{name} Beispiel"),
        defaults={
            "name": name,
            "addition": "erfundene Stadt (Beispiel)",
            "official_name": f"{name}, erfundene Stadt (Beispiel)",
            "kind": TownKind.STADT,
            "land": Land.objects.all_sixteen()[demo.land],
            "inhabitants": demo.inhabitants,
            "inhabitants_as_of": date(2021, 12, 31),
            "area_km2": demo.area_km2,
            "latitude": demo.latitude,
            "longitude": demo.longitude,
            "size_class": SizeClass.of_inhabitants(demo.inhabitants),
            "valid_from": date(2023, 3, 31),
            "participating_since": timezone.now(),
            "about": "Beispiel: Diese Stadt ist erfunden, damit Sie die Plattform ausprobieren können.",
            "is_demo": True,
        },
    )
    if is_new:
        Offer.objects.create(town=town, direction=Direction.OFFERS, text=demo.offers, position=1)
        Offer.objects.create(town=town, direction=Direction.SEEKS, text=demo.seeks, position=2)
    return town


def _load_seat(user: User, town: Town, role: SeatRole) -> None:
    Seat.objects.create(
        user=user, town=town, role=role, starts_on=date(2024, 5, 1), confirmed_at=timezone.now()
    )
