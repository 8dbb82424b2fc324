"""The page of a town and the page of a Gemeindeverband."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from foundation.kit.pagecache import public_page
from towns.models import Association, Town
from towns.townpage import association_page, town_page


@require_safe
@public_page
def town_detail(request, slug):
    town = get_object_or_404(Town.objects.visible_to(request.user).with_page_details(), slug=slug)
    return render(request, "towns/town_detail.html", town_page(town, request.user))


@require_safe
@public_page
def association_detail(request, slug):
    association = Association.objects.with_list_details().at_address(slug)
    if association is None:
        raise Http404
    if association.slug != slug:
        return redirect(association, permanent=True)
    return render(request, "towns/association_detail.html", association_page(association, request.user))
