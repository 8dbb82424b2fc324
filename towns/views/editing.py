"""A town's page edited by its seat holders and staff: part by part, with history and undo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.kit.http import limit
from towns.actions.pages import ChangedMeanwhile, restore_page, save_part
from towns.forms.editors import EDITORS
from towns.history import changes_of, entries_of
from towns.models import Town, TownRevision
from towns.permissions import can_edit_town
from towns.snapshots import part_of, readable, stamp_of


def _own_or_403(request, slug) -> Town:
    town = get_object_or_404(Town.objects.visible_to(request.user).with_list_details(), slug=slug)
    if not can_edit_town(request.user, town):
        raise PermissionDenied
    return town


@require_safe
@login_required
def town_edit(request, slug):
    town = _own_or_403(request, slug)
    return render(request, "towns/town_edit.html", {"town": town, "editors": EDITORS.values()})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def part_edit(request, slug, part):
    town = _own_or_403(request, slug)
    if part not in EDITORS:
        raise Http404
    now = part_of(town, EDITORS[part].name)
    editor, stamp, conflict = EDITORS[part](town, now), stamp_of(now), None
    if request.method == "POST":
        limit(request, "town-edit", times=120, seconds=3600)
        editor = EDITORS[part](town, now, request.POST, request.FILES)
        stamp = request.POST.get("stand", "")
        if stamp != stamp_of(now):
            conflict, stamp = readable({editor.name: now}, editor.name), stamp_of(now)
        elif editor.is_valid() and _saved(request, editor, stamp):
            return redirect("towns:town_edit", town.slug)
    context = {"town": town, "editor": editor, "stamp": stamp, "conflict": conflict}
    status = 422 if editor.is_bound else 200
    return render(request, "towns/part_edit.html", context, status=409 if conflict is not None else status)


def _saved(request, editor, stamp) -> bool:
    """Store what the forms say and tell the reader; False where somebody was quicker by a blink."""
    try:
        made = save_part(
            editor.town, part=editor.name, value=editor.value(), author=request.user, stamp=stamp
        )
    except ChangedMeanwhile:
        messages.error(request, "Jemand hat im selben Moment gespeichert. Bitte speichern Sie noch einmal.")
        return False
    messages.success(request, f"{editor.title}: gespeichert." if made else f"{editor.title}: unverändert.")
    return True


@require_safe
@login_required
def town_history(request, slug):
    town = _own_or_403(request, slug)
    return render(request, "towns/town_history.html", {"town": town, "entries": entries_of(town)})


@require_safe
@login_required
def town_revision(request, slug, number):
    town = _own_or_403(request, slug)
    revision = get_object_or_404(TownRevision.objects.of_town(town).with_author(), number=number)
    before = TownRevision.objects.before(revision)
    newest = TownRevision.objects.of_town(town).newest_first().first()
    context = {
        "town": town,
        "revision": revision,
        "changes": changes_of(before.snapshot, revision.snapshot) if before else None,
        "since": changes_of(revision.snapshot, newest.snapshot) if newest != revision else None,
    }
    return render(request, "towns/town_revision.html", context)


@require_POST
@login_required
def town_restore(request, slug, number):
    town = _own_or_403(request, slug)
    revision = get_object_or_404(TownRevision.objects.of_town(town), number=number)
    made = restore_page(revision, author=request.user)
    said = f"Fassung {number} gilt wieder." if made else f"Die Seite sagt schon, was Fassung {number} sagt."
    messages.success(request, said)
    return redirect("towns:town_history", town.slug)
