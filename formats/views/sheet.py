"""One Steckbrief: the page, the print sheet, the PDF and the data."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.kit.pagecache import public_page
from formats.forms import PickForm
from formats.models import Format
from formats.pages import find_published, public_snapshot, sheet_page
from formats.pdf import render_pdf
from formats.permissions import can_edit

PDF_MOST = 18


@require_safe
@public_page
def format_detail(request, kind, slug):
    format = find_published(request.user, kind, slug)
    context = sheet_page(format, request.user)
    context["may_edit"] = can_edit(request.user, format)
    return render(request, "formats/format_detail.html", context)


@require_safe
@public_page
def sheet_print(request, kind, slug):
    format = find_published(request.user, kind, slug)
    return render(request, "formats/sheet_print.html", sheet_page(format, request.user))


@require_safe
@public_page
def sheet_json(request, kind, slug):
    format = find_published(request.user, kind, slug)
    return JsonResponse(public_snapshot(format), json_dumps_params={"ensure_ascii": False})


@require_safe
@public_page
def sheet_pdf(request, kind, slug):
    format = find_published(request.user, kind, slug)
    return _pdf_response([format], f"{slug}.pdf")


@require_safe
@public_page
def selection_pdf(request):
    formats = list(Format.objects.visible_to(request.user).numbered())
    form = PickForm(request.GET, formats=formats, least=1, most=PDF_MOST)
    if not form.is_valid():
        raise BadRequest("Nothing sensible chosen")
    chosen = Format.objects.visible_to(request.user).with_revision().with_slugs(form.cleaned_data["f"])
    return _pdf_response(chosen.in_order_of(form.cleaned_data["f"]), "steckbriefe.pdf")


def _pdf_response(formats, filename):
    response = HttpResponse(render_pdf(formats), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
