"""Seats: find the place, ask, and for those beside: confirm, refuse, end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.kit.http import limit, safe_next
from towns.acting import acting_seat, acting_seats, choose_seat
from towns.actions.seats import ask_for_seat, confirm_seat, end_seat, refuse_seat
from towns.finding import find_places
from towns.forms.seats import ConfirmForm, EndForm, PlaceSearchForm, RefuseForm, SeatForm
from towns.hints import known_by_domain
from towns.models import Association, Seat, Town
from towns.permissions import can_confirm_seat, can_end_seat

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def seat_find(request):
    form = PlaceSearchForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Search text too long")
    text = form.cleaned_data["q"]
    seats = Seat.objects.of(request.user).open().with_list_details().by_rank()
    context = {"form": form, "text": text, "found": find_places(text) if text else None, "seats": seats}
    return render(request, "towns/seat_find.html", context)


@form_page
@login_required
def seat_ask(request, slug="", key=""):
    place = (
        get_object_or_404(Town.objects.visible_to(request.user).current(), slug=slug)
        if slug
        else get_object_or_404(Association.objects.current(), key=key)
    )
    posted = request.method == "POST"
    if posted:
        limit(request, "seat", times=20, seconds=3600)
    form = SeatForm(request.POST if posted else None, initial={"name": request.user.name})
    if form.is_valid() and _ask(request.user, place, form):
        messages.success(
            request, "Ihre Anfrage ist angekommen. Sie bekommen eine E-Mail, sobald jemand entschieden hat."
        )
        return redirect("towns:seat_list")
    status = 422 if form.is_bound else 200
    return render(request, "towns/seat_ask.html", {"place": place, "form": form}, status=status)


def _ask(user, place, form) -> bool:
    """Store the request; the errors of the action go to the form."""
    try:
        ask_for_seat(user=user, place=place, **form.values())
    except ValidationError as error:
        _add_errors(form, error)
        return False
    return True


def _add_errors(form, error: ValidationError) -> None:
    for name, errors in error.update_error_dict({}).items():
        form.add_error(name if name in form.fields else None, errors)


@require_safe
@login_required
def seat_list(request):
    """One's own seats, those one may answer, and those who speak beside one."""
    user = request.user
    waiting = list(Seat.objects.answerable_by(user).with_list_details().waiting_longest_first()[:200])
    context = {
        "own": Seat.objects.of(user).with_list_details().newest_first(),
        "waiting": waiting,
        "known": known_by_domain(waiting) if waiting else set(),
        "beside": Seat.objects.beside(user).with_list_details().by_rank(),
        "acting": acting_seat(request),
        "can_act": set(acting_seats(user).values_list("pk", flat=True)),
    }
    return render(request, "towns/seat_list.html", context)


@form_page
@login_required
def seat_confirm(request, pk):
    seat = _seat_or_404(request, pk)
    if not can_confirm_seat(request.user, seat):
        return _answered(request, seat)
    principals = Seat.objects.principals_for(seat, request.user)
    form = ConfirmForm(request.POST if request.method == "POST" else None, principals=principals)
    if form.is_valid():
        try:
            confirm_seat(
                seat, by=request.user, on_behalf_of=form.cleaned_data["auftrag"] or seat.on_behalf_of
            )
        except ValidationError as error:
            _add_errors(form, error)
        else:
            messages.success(request, f"{seat.person_name} spricht jetzt für {seat.place.label}.")
            return redirect("towns:seat_list")
    context = {"seat": seat, "form": form, "is_known": bool(known_by_domain([seat]))}
    return render(request, "towns/seat_confirm.html", context, status=422 if form.is_bound else 200)


@form_page
@login_required
def seat_refuse(request, pk):
    seat = _seat_or_404(request, pk)
    if not can_confirm_seat(request.user, seat):
        return _answered(request, seat)
    form = RefuseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_seat(seat, by=request.user, reason=form.cleaned_data["grund"])
        messages.success(request, "Die Anfrage ist abgelehnt. Die Person bekommt den Grund per E-Mail.")
        return redirect("towns:seat_list")
    context = {"seat": seat, "form": form}
    return render(request, "towns/seat_refuse.html", context, status=422 if form.is_bound else 200)


@form_page
@login_required
def seat_end(request, pk):
    seat = _seat_or_404(request, pk)
    if not seat.is_open:
        return _answered(request, seat)
    if not can_end_seat(request.user, seat):
        raise PermissionDenied
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            end_seat(seat, by=request.user, last_day=form.cleaned_data["letzter_tag"])
        except ValidationError as error:
            form.add_error("letzter_tag", error.messages)
        else:
            messages.success(
                request, "Die Anfrage ist zurückgenommen." if seat.is_requested else "Der Sitz ist beendet."
            )
            return redirect("towns:seat_list")
    context = {"seat": seat, "form": form}
    return render(request, "towns/seat_end.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def seat_act(request, pk):
    """Act with this seat in the rest of the session."""
    seat = get_object_or_404(acting_seats(request.user), pk=pk)
    choose_seat(request, seat)
    messages.success(request, f"Sie handeln jetzt für {seat.place.label}.")
    return redirect(safe_next(request, "/konto/sitze/"))


def _seat_or_404(request, pk) -> Seat:
    return get_object_or_404(Seat.objects.visible_to(request.user).with_list_details(), pk=pk)


def _answered(request, seat):
    """A click that came too late is no mistake; without the right it is."""
    if seat.is_requested or request.method == "POST":
        raise PermissionDenied
    messages.info(
        request,
        "Diese Anfrage ist schon beantwortet." if not seat.ended_at else "Dieser Sitz ist schon beendet.",
    )
    return redirect("towns:seat_list")
