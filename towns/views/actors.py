"""The directory of actors, their profiles, and the same as data."""

from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation.kit.http import csv_response
from foundation.kit.pagecache import public_page
from towns.actor_data import HEAD, csv_row, public_data
from towns.actor_facets import Directory, chips_of
from towns.forms.actors import ActorFilterForm
from towns.models import Actor, Affiliation, Seat
from towns.permissions import can_contact, can_edit_actor

PER_PAGE = 24


def _narrowed(request):
    """The directory of this reader, the keys that fit, the facets, the text and the page asked for."""
    form = ActorFilterForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Unknown filter value")
    directory = Directory(Actor.objects.visible_to(request.user))
    text = form.cleaned_data["q"]
    found, facets = directory.narrow(form.chosen(), text)
    return directory, found, facets, text, form.cleaned_data["seite"] or 1


@require_safe
@public_page
def actor_list(request):
    directory, found, facets, text, number = _narrowed(request)
    try:
        page = Paginator(found, PER_PAGE).page(number)
    except EmptyPage as error:
        raise Http404 from error
    actors = Actor.objects.visible_to(request.user).in_the_order_of(list(page))
    context = {
        "page": page,
        "cards": [(actor, directory.topics.get(actor.pk, [])) for actor in actors],
        "facets": facets,
        "chips": chips_of(facets, text, request.GET),
        "text": text,
        "total": len(directory.entries),
    }
    return render(request, "towns/actor_list.html", context)


@require_safe
@public_page
def actor_detail(request, slug):
    actor = get_object_or_404(Actor.objects.visible_to(request.user).with_list_details(), slug=slug)
    sides = Affiliation.objects.visible_to(request.user).with_list_details().in_order()
    context = {
        "actor": actor,
        "topics": actor.expertise.all(),
        "seats": Seat.objects.of_actor(actor).with_list_details().by_rank(),
        "affiliations": sides.of_person(actor) if actor.is_person else sides.of_organisation(actor),
        "may_contact": can_contact(request.user, actor),
        "invites": request.user.is_anonymous and actor.is_reachable,
        "may_edit": can_edit_actor(request.user, actor),
        "is_own": actor.account_id is not None and actor.account_id == request.user.pk,
    }
    return render(request, "towns/actor_detail.html", context)


@require_safe
def actor_csv(request):
    directory, found, *_ = _narrowed(request)
    actors = Actor.objects.visible_to(request.user).in_the_order_of(found)
    rows = (csv_row(actor, directory.topics.get(actor.pk, [])) for actor in actors)
    return csv_response("akteure.csv", [HEAD, *rows])


@require_safe
@public_page
def actor_json(request):
    directory, found, *_ = _narrowed(request)
    actors = Actor.objects.visible_to(request.user).in_the_order_of(found)
    data = {"akteure": [public_data(actor, directory.topics.get(actor.pk, [])) for actor in actors]}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
