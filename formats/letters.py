"""Letters to editors about releases, planned publications and reviews; the post office brings them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from formats.editions import Edition
from formats.models import Release
from foundation.notices.actions import post
from foundation.people.models import User
from foundation.people.roles import Role


def german_moment(moment: datetime) -> str:
    """`12.05.2027 um 08:00 Uhr`, in German time."""
    return f"{timezone.localtime(moment):%d.%m.%Y um %H:%M} Uhr"


def tell_of_request(release: Release) -> None:
    """To all editors but those who wrote on the draft: somebody asks for a second pair of eyes."""
    writers = release.revision.writers() | {release.asked_by_id}
    editors = User.objects.with_role(Role.EDITOR).exclude(pk__in=writers)
    title = release.revision.snapshot["title"]
    lines = [
        f"{release.asked_by} bittet um Ihre Freigabe für „{title}“ (Fassung {release.revision.number}).",
        f"Bemerkung: {release.note}" if release.note else "",
        f"Gewünschter Zeitpunkt: {german_moment(release.publish_at)}." if release.publish_at else "",
        "Sie sehen dort Wort für Wort, was sich ändert, und geben frei oder mit einem Satz zurück.",
    ]
    _send(editors, f"Zur Freigabe: {title}", lines, release, f"request-{release.pk}")


def tell_of_decision(release: Release) -> None:
    """To whoever asked: approved, planned or sent back, with the comment."""
    title, who = release.revision.snapshot["title"], release.decided_by
    if release.asked_by is None or release.asked_by_id == release.decided_by_id:
        return
    if release.returned_at:
        subject, said = f"Zurückgegeben: {title}", f"{who} gibt Ihren Entwurf zu „{title}“ zurück."
    elif release.published_at:
        subject, said = (
            f"Veröffentlicht: {title}",
            f"{who} hat „{title}“ freigegeben. Der Text ist öffentlich.",
        )
    else:
        moment = german_moment(release.publish_at)
        subject, said = (
            f"Geplant: {title}",
            f"{who} hat „{title}“ freigegeben. Der Text erscheint am {moment}.",
        )
    lines = [said, f"Begründung: {release.comment}" if release.comment else ""]
    _send([release.asked_by], subject, lines, release, f"decision-{release.pk}")


def tell_of_failure(release: Release, why: str) -> None:
    """To those concerned and the Administration: a planned publication could not happen."""
    title = release.revision.snapshot["title"]
    lines = [
        f"„{title}“ sollte am {german_moment(release.publish_at)} erscheinen. Das ging nicht: {why}",
        "Der bisherige Text ist weiter öffentlich. Bitte beheben Sie die Ursache und planen Sie neu.",
    ]
    _send(_concerned(release), f"Nicht veröffentlicht: {title}", lines, release, f"failure-{release.pk}")


def tell_of_late(release: Release, now: datetime) -> None:
    """To those concerned and the Administration: it was published, but late."""
    title = release.revision.snapshot["title"]
    lines = [
        f"„{title}“ sollte am {german_moment(release.publish_at)} erscheinen, erschien aber erst am "
        f"{german_moment(now)}: Der Zeitplan stand still.",
        "Der Text ist jetzt öffentlich. Bitte lassen Sie nachsehen, warum der Zeitplan nicht lief.",
    ]
    _send(_concerned(release), f"Verspätet veröffentlicht: {title}", lines, release, f"late-{release.pk}")


def tell_of_reviews(editions: list[Edition]) -> None:
    """To all editors: these Steckbriefe should be checked again, in one letter."""
    lines = ["Diese Steckbriefe sollen wieder geprüft werden:"]
    lines += [f"{edition.title}: bis {edition.format.review_due:%d.%m.%Y}" for edition in editions]
    address = reverse("admin:formats_format_changelist") + "?pruefung=faellig"
    context = {"subject": _subject(len(editions)), "lines": lines, "address": address}
    for editor in User.objects.with_role(Role.EDITOR):
        post(to=editor.email, template="formats/mail/desk", context=context)


def _subject(count: int) -> str:
    return (
        "Ein Steckbrief ist wieder zu prüfen" if count == 1 else f"{count} Steckbriefe sind wieder zu prüfen"
    )


def _concerned(release: Release) -> list[User]:
    people = {user.pk: user for user in User.objects.administrators()}
    for user in (release.asked_by, release.decided_by):
        if user and user.is_active:
            people[user.pk] = user
    return list(people.values())


def _send(people: Iterable[User], subject: str, lines: list[str], release: Release, key: str) -> None:
    address = reverse("admin:formats_release", args=[release.revision.format_id])
    context = {"subject": subject, "lines": [line for line in lines if line], "address": address}
    for person in people:
        post(
            to=person.email,
            template="formats/mail/desk",
            context=context,
            key=f"formats-{key}-{person.pk}",
        )
