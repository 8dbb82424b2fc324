"""What editors have typed and not saved: kept on the desk, whatever becomes of their session.

The form carries a signed token that names who typed and on which Steckbrief. So a form that comes
without a session, or with an old CSRF token, can be laid into that person's `OpenForm`, where only
they find it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from formats.desk.rows import number_in
from formats.models import Format, OpenForm
from foundation.people.models import User

TOKEN = "typing_token"  # noqa: S105 (the name of a field)
TOKEN_LASTS = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)
RESUME = "?eingaben=weiter"
KEPT = (
    "Sie waren nicht mehr angemeldet. Ihre Eingaben sind aufgehoben: "
    "Melden Sie sich an, dann geht es dort weiter."
)
# Beside what was typed as long as `OpenForm.sheet` says just that and waits to be merged.
TO_MERGE = "zusammenfuehren"
# Names that say nothing about the text; buttons, tokens, and the blank rows that Django clones.
_NOT_TYPED = re.compile(r"^(csrfmiddlewaretoken|typing_token|_.*|.*__prefix__.*)$")
# PostgreSQL keeps neither in JSON.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_SALT = "formats.desk.typing"


@dataclass(frozen=True)
class Owner:
    """Whose form it is: a person and the Steckbrief, None for a new one."""

    user: int
    format: int | None

    @property
    def address(self) -> str:
        """Where this form goes on with what was typed."""
        if self.format is None:
            return reverse("admin:formats_format_add") + RESUME
        return reverse("admin:formats_format_change", args=[self.format]) + RESUME


def token_for(user, format: Format | None) -> str:
    """What the form carries so that it can be known again without a session."""
    return signing.dumps([user.pk, format.pk if format else None], salt=_SALT)


def owner_of(token: str) -> Owner | None:
    """Who typed the form with this token; None if it is forged or older than a week."""
    try:
        user, format = signing.loads(token, salt=_SALT, max_age=TOKEN_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Owner(user, format)


def typed_of(data: QueryDict) -> dict[str, list[str]]:
    """The fields of a form as they came, ready to be stored: field → list of values."""
    return {
        _UNSTORABLE.sub("", name): [_UNSTORABLE.sub("", value) for value in values]
        for name, values in data.lists()
        if not _NOT_TYPED.match(name)
    }


def as_data(typed: dict[str, list[str]]) -> QueryDict:
    """The same as a form would send it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def keep_typed(user: User, format: Format | None, data: QueryDict, *, sheet=None) -> OpenForm:
    """Lay what was typed into this person's open form, in place of what lay there.

    `sheet` is the sound snapshot made of it, if it is to be merged with a newer revision.
    """
    now = timezone.now()
    values: dict[str, Any] = {
        "typed": typed_of(data),
        "typed_at": now,
        "seen_at": now,
        "base": number_in(data, "revision"),
    }
    if sheet:
        values["sheet"] = sheet
        values["typed"][TO_MERGE] = ["1"]
    return OpenForm.objects.update_or_create(user=user, format=format, defaults=values)[0]


def seen(user: User, format: Format | None) -> OpenForm:
    """Note that this person has the form open now."""
    return OpenForm.objects.update_or_create(user=user, format=format, defaults={"seen_at": timezone.now()})[
        0
    ]


def forget(user: User, format: Format | None) -> None:
    """The form is saved or thrown away: nothing is open any more."""
    OpenForm.objects.of(user, format).delete()


def rescue(request) -> Owner | None:
    """Keep a posted form whose sender we know by its token only; None if there is nothing to keep."""
    owner = owner_of(request.POST.get(TOKEN, ""))
    if not owner or "title" not in request.POST:
        return None
    user = User.objects.filter(pk=owner.user, is_active=True).first()
    format = Format.objects.filter(pk=owner.format).first() if owner.format else None
    if not user or (owner.format and not format):
        return None
    keep_typed(user, format, request.POST)
    return owner


def rescuing(view: Callable, may_enter: Callable) -> Callable:
    """The view, but a form posted by somebody who may not enter (any more) is kept first."""

    def inner(request, *args, **kwargs):
        if request.method == "POST" and not may_enter(request):
            owner = rescue(request)
            if owner:
                messages.info(request, KEPT)
                return redirect_to_login(iri_to_uri(owner.address))
        return view(request, *args, **kwargs)

    return inner


def clear_forgotten(now: datetime | None = None) -> int:
    """Delete open forms that nobody has come back to for thirty days; returns how many."""
    before = (now or timezone.now()) - FORGOTTEN_AFTER
    return OpenForm.objects.forgotten(before).delete()[0]
