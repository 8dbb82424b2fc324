"""Builders: each makes one valid thing; tests name only what matters to them."""

from datetime import date

from django.contrib.auth.models import Group

from formats.actions import load_snapshots, publish, save_draft
from formats.guide import actions as guide
from formats.guide.schema import plan_from
from formats.models import Format, Tree
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


UNSURE = {"key": "offen", "text": "Weiß ich nicht", "unsure": "ja"}


def make_question(key, *options, **values) -> dict:
    """A sound question of options `(key, target)` or dicts; „Weiß ich nicht“ follows the last target."""
    made = [
        option if isinstance(option, dict) else {"key": option[0], "text": option[0].title(), **option[1]}
        for option in options
    ]
    target = {name: made[-1][name] for name in ("next", "outcome") if name in made[-1]}
    label = key.title()
    named = {"key": key, "label": label, "text": f"{label}, bitte?", "why": "Weil es zählt."}
    return named | {"options": [*made, UNSURE | target]} | values


def make_tree_data(**values) -> dict:
    """A sound tree: two questions, then the formats webinar and barcamp by their weights.

    `kurz` speaks for the webinar and against the barcamp, `viele` for the barcamp.
    """
    ends = {"outcome": "formate"}
    short = {"key": "kurz", "text": "Kurz", "next": "gruppe", "pro": "ist kurz", "contra": "dauert lang"}
    many = {"key": "viele", "text": "Viele", "pro": "trägt viele"} | ends
    return {
        "title": "Welches Format?",
        "summary": "Zwei Fragen.",
        "responsible": "Geschäftsstelle",
        "as_of": "2026-11-01",
        "review_due": "2030-11-01",
        "questions": [
            make_question(
                "zeit", short | {"weights": {"webinar": "2", "barcamp": "-1"}}, ("lang", {"next": "gruppe"})
            ),
            make_question("gruppe", ("wenige", ends), many | {"weights": {"barcamp": "2"}}),
        ],
        "outcomes": [
            {
                "key": "formate",
                "title": "Das passt",
                "ranking": "ja",
                "next_step": "Lesen Sie den Steckbrief.",
            }
        ],
    } | values


def make_plan(**values):
    return plan_from(make_tree_data(**values))


def make_tree(slug="welches", *, formats=("webinar", "barcamp"), **values) -> Tree:
    """A public tree, with the Steckbriefe its weights name."""
    for number, format in enumerate(formats, start=1):
        if not Format.objects.filter(slug=format).exists():
            make_format(format, number=str(number))
    tree, _ = Tree.objects.get_or_create(slug=slug, defaults={"title": "Neu"})
    guide.save_draft(tree, make_plan(**values), by=None)
    guide.publish_draft(tree, author=None)
    return tree
