"""Builders: each makes one valid thing; tests name only what matters to them."""

from datetime import date

from django.contrib.auth.models import Group

from formats.actions import load_snapshots, publish, save_draft
from formats.models import Format
from foundation.people.models import User
from foundation.people.roles import Role

PASSWORD = "ein-langes-beispiel-passwort"


def make_user(email="anna@auenlinden.example", *, role: Role | None = None, **fields) -> User:
    """A person; with a role also staff and in the role group."""
    user = User.objects.create_user(email, PASSWORD, **{"is_staff": role is not None} | fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_snapshot(slug="runder-tisch", **values) -> dict:
    """A sound snapshot as a content file would give it."""
    return {
        "slug": slug,
        "kind": "format",
        "title": slug.replace("-", " ").title(),
        "summary": "Ein Kreis, der sich trifft.",
        "purposes": ["austauschen"],
        "goal": "Voneinander wissen.",
        "occasions": ["ein neues Thema"],
        "target_groups": ["Verwaltung"],
        "mode": "digital",
        "effort": "gering",
        "result": "Eine Notiz.",
        "provenance": "ergaenzt",
        "as_of": "2026-11-01",
    } | values


def publish_rows(format: Format, *, author=None, reason: str = ""):
    """Keep what the rows say as a revision and publish it, as one editor alone could without four eyes."""
    revision = save_draft(format, author=author, reason=reason)
    publish(revision)
    format.refresh_from_db()
    return revision


def make_format(slug="runder-tisch", **values) -> Format:
    """A published Steckbrief, loaded the way content files are."""
    load_snapshots([make_snapshot(slug, **values)])
    return Format.objects.with_revision().get(slug=slug)


def make_edited_format(slug="runder-tisch", **values) -> Format:
    """A published Steckbrief whose newest revision was made by an editor."""
    format = make_format(slug, **values)
    format.goal = "Voneinander lernen."
    format.save()
    publish_rows(format, author=None, reason="geprüft")
    return format


def make_draft(slug="entwurf", **values) -> Format:
    """A row nobody has published."""
    fields = {
        "title": "Entwurf",
        "summary": "Noch nicht fertig.",
        "purposes": ["lernen"],
        "goal": "offen",
        "occasions": ["offen"],
        "target_groups": ["offen"],
        "mode": "digital",
        "effort": "gering",
        "result": "offen",
        "provenance": "ergaenzt",
        "as_of": date(2026, 11, 1),
    }
    return Format.objects.create(slug=slug, **fields | values)
