"""Pages of texts that are not public: what stands around a draft, and a co-author's way to it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from formats.actions import remark_on
from formats.changes import changes_between
from formats.editions import Edition
from formats.models import CoauthorLink, Format, Remark, Revision
from formats.models.vocabulary import ESTIMABLE
from formats.pages import catalogue_name, published_editions
from formats.sheets import files_of
from foundation.kit.text import german_slug
from foundation.notices.actions import post
from foundation.people.models import User
from foundation.people.roles import Role

# What a remark may speak of.
PLACES = {
    "title": "Titel",
    **ESTIMABLE,
    "picture": "Bild",
    "materials": "Material",
    "sources": "Quellen",
}

_LEADS_AWAY = re.compile(r'<a\b(?=[^>]*\shref="(?!#))[^>]*>')
_TARGET = re.compile(r'\s(?:href|rel|target)="[^"]*"')


def draft_page(edition: Edition, *, files_at: str) -> dict[str, Any]:
    """The context of the real page for a text that is not public (one query), as a visitor would see it.

    `files_at` is the address below which the files of this text are, because `/dateien/` gives only
    the Redaktion those of drafts.
    """
    visitor = AnonymousUser()
    editions = published_editions(visitor)
    return {
        "user": visitor,
        "edition": edition,
        "format": edition.format,
        "related": [editions[other] for other in edition.sheet.related if other in editions],
        "topics": [(german_slug(name), name) for name in edition.sheet.topics],
        "catalogue": catalogue_name(edition.kind),
        "files_at": files_at,
    }


def names_file(edition: Edition, path: str) -> bool:
    """Whether this text names the stored file."""
    return path in {name for _, name in files_of(edition.sheet)}


def without_targets(html: str) -> str:
    """The page with links that lead nowhere: only jumps within it stay."""
    return _LEADS_AWAY.sub(lambda tag: _TARGET.sub("", tag[0]), html)


def _signer() -> Signer:
    return Signer(salt="formats.coauthor", sep=".")


def token_of(link: CoauthorLink) -> str:
    """What stands in the address of a link: its key, signed. Always the same, so it can be shown again."""
    return _signer().sign(link.pk.hex)


def address_of(link: CoauthorLink) -> str:
    return settings.SITE_URL + reverse("formats:draft_detail", args=[token_of(link)])


def find_link(token: str) -> CoauthorLink:
    """The link of a token, open or not; raises `Http404` for forged ones."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError) as error:
        raise Http404 from error
    links = CoauthorLink.objects.select_related("format__published", "format__draft", "created_by")
    return get_object_or_404(links, pk=key)


def is_open(link: CoauthorLink, now: datetime) -> bool:
    """Neither revoked nor expired."""
    return link.revoked_at is None and link.expires_at > now


def newest_edition(format: Format) -> Edition:
    """The newest text, public or not; raises `Http404` where none was ever saved."""
    if not format.newest:
        raise Http404
    return Edition(format.newest)


def coauthor_page(link: CoauthorLink, *, files_at: str) -> dict[str, Any]:
    """The context of a co-author's page: the newest text, what is new in it, and what they said."""
    format = link.format
    draft, live = format.draft, format.published
    return draft_page(newest_edition(format), files_at=files_at) | {
        "link": link,
        "is_public_text": draft is None,
        "changes": changes_between(live.snapshot, draft.snapshot) if draft and live else None,
        "remarks": with_places(link.remarks.with_origin()),
    }


def with_places(remarks) -> list[tuple[Remark, str]]:
    """Each remark with the word for its place; empty for the whole."""
    return [(remark, PLACES.get(remark.field, "")) for remark in remarks]


def revision_read(format: Format, number: int | None) -> Revision:
    """The revision a reader had in front of them; the newest where that is not known."""
    read = format.revisions.filter(number=number).first() if number else None
    return read or format.newest


@transaction.atomic
def take_remark(link: CoauthorLink, revision: Revision, **remark) -> Remark:
    """Keep a co-author's remark and tell the editors: one letter per link and hour at most."""
    kept = remark_on(revision, link=link, **remark)
    title = revision.snapshot["title"]
    context = {
        "subject": f"Bemerkung zum Entwurf: {title}",
        "lines": [
            f"{kept.name} schreibt über den Link für „{link.name}“ zu „{title}“:",
            f"„{kept.text}“",
            "Was in dieser Stunde noch dazukommt, finden Sie ebenfalls dort.",
        ],
        "address": reverse("admin:formats_coauthors", args=[link.format_id]),
    }
    hour = timezone.now().strftime("%Y%m%d%H")
    for editor in _editors_for(link, revision):
        key = f"formats-remark-{link.pk.hex}-{hour}-{editor.pk}"
        post(to=editor.email, template="formats/mail/desk", context=context, key=key)
    return kept


def _editors_for(link: CoauthorLink, revision: Revision) -> list[User]:
    """Who made the link and who wrote on the draft; everybody in the Redaktion if none of them is there."""
    editors = list(User.objects.with_role(Role.EDITOR))
    concerned = revision.writers() | {link.created_by_id}
    return [editor for editor in editors if editor.pk in concerned] or editors
