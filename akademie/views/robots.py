"""What search engines may visit, and the sign that browsers ask for."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def robots(request):
    # Answers of the guide and filters of the directory of towns could be combined without end.
    closed = ("/konto/", "/redaktion/", "/dateien/", "/formate/merkliste/", "/suche/")
    closed += ("/wegweiser/*?", "/staedte/?")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += [f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """Pages that are not ours (the admin, a PDF) name no icon; browsers then ask here."""
    return redirect(static("img/icon.svg"))
