"""One Steckbrief: the page, the print sheet, the PDF and the data."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from formats.forms import PickForm
from formats.pages import find_edition, published_editions, sheet_page
from formats.pdf import render_pdf
from formats.permissions import can_edit
from foundation.kit.http import limit
from foundation.kit.pagecache import public_page

PDF_MOST = 50


@require_safe
@public_page
def format_detail(request, kind, slug):
    context = sheet_page(request.user, kind, slug) | {"may_edit": can_edit(request.user)}
    return render(request, "formats/format_detail.html", context)


@require_safe
@public_page
def sheet_print(request, kind, slug):
    return render(request, "formats/sheet_print.html", sheet_page(request.user, kind, slug))


@require_safe
@public_page
def sheet_json(request, kind, slug):
    edition = find_edition(request.user, kind, slug)
    return JsonResponse(edition.public_data(), json_dumps_params={"ensure_ascii": False})


@require_safe
@public_page
def sheet_pdf(request, kind, slug):
    return _pdf_response([find_edition(request.user, kind, slug)], f"{slug}.pdf")


@require_safe
def selection_pdf(request):
    limit(request, "selection-pdf", times=20, seconds=600)
    editions = published_editions(request.user).values()
    form = PickForm(request.GET, editions=editions, least=1, most=PDF_MOST)
    if not form.is_valid():
        raise BadRequest("Nothing sensible chosen")
    return _pdf_response(form.picked(), "steckbriefe.pdf")


def _pdf_response(editions, filename):
    response = HttpResponse(render_pdf(editions), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
