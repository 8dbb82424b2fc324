"""Demo content: invented people of invented towns, so that a fresh house is not empty.

The towns do not exist: a test compares their names with the official register. Everything here is
stored as demo and says „Beispiel“. Real towns never say invented things.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction

from formats.actions import ask_release, record_vote, report_correction, save_draft
from formats.models import Correction, Format, Revision
from foundation.people.actions import make_confirmed_user
from foundation.people.models import User
from foundation.people.roles import Role

PASSWORD = "kleinstadt-beispiel"  # noqa: S105 (printed by `make run`, development only)
TOWNS = ["Auenlinden", "Krähenfurt"]


@dataclass(frozen=True)
class DemoPerson:
    label: str
    email: str
    name: str
    roles: tuple[Role, ...] = ()


PEOPLE = [
    DemoPerson("Bürgermeisterin", "anna.ahrens@auenlinden.example", "Anna Ahrens (Beispiel)"),
    DemoPerson("Mitarbeiter", "bernd.blum@auenlinden.example", "Bernd Blum (Beispiel)"),
    DemoPerson("Bürgermeisterin anderswo", "clara.conrad@kraehenfurt.example", "Clara Conrad (Beispiel)"),
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
    """Make the demo people and their notes where they are missing. Safe to run twice."""
    for person in PEOPLE:
        if not User.objects.filter(email=person.email).exists():
            make_confirmed_user(person.email, PASSWORD, name=person.name, roles=person.roles, is_demo=True)
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
