"""The first page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.kit.pagecache import public_page


@require_safe
@public_page
def home(request):
    return render(request, "akademie/home.html")
