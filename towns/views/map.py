"""The map of Germany: teilnehmende Städte as links, all others as quiet dots, and the same as a list."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.kit.pagecache import public_page
from towns.directory import shelf
from towns.listing import all_dots, land_marks
from towns.models import RegisterImport, Town
from towns.svg import outlines, points_of


@require_safe
@public_page
def town_map(request):
    kept = shelf()
    towns = Town.objects.visible_to(request.user).participating().with_list_details().alphabetical()
    context = {
        "towns": towns,
        "points": points_of(towns),
        "dots": all_dots(kept),
        "laender": land_marks(kept, towns, outlines()),
        "outlines": outlines(),
        "source": RegisterImport.objects.source_of_register(),
    }
    return render(request, "towns/town_map.html", context)
