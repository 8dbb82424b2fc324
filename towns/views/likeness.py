"""Städte wie unsere: the nearest by structure, with weights that the reader sets in the address."""

from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation.kit.pagecache import public_page
from towns.forms.town import WeightsForm
from towns.models import RegisterImport, Town
from towns.townpage import likeness_page


@require_safe
@public_page
def town_likeness(request, slug):
    town = get_object_or_404(Town.objects.visible_to(request.user).current().with_list_details(), slug=slug)
    form = WeightsForm(request.GET)
    if not form.is_valid():
        raise BadRequest("Unknown weight")
    context = likeness_page(town, request.user, form.weights(), form.cleaned_data["nur"] == "teilnehmend")
    context |= {"form": form, "source": RegisterImport.objects.source_of_register()}
    return render(request, "towns/town_likeness.html", context)
