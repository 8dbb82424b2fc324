"""„War das hilfreich?“ and the correction note, on an address of their own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from formats.actions import record_vote, report_correction
from formats.forms import CorrectionForm, VoteForm
from formats.pages import find_published
from foundation.kit.http import limit

FORMS = {"stimme": VoteForm, "hinweis": CorrectionForm}


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_feedback(request, kind, slug):
    format = find_published(request.user, kind, slug)
    sent = request.POST.get("was") if request.method == "POST" else None
    forms = {name: form(request.POST if name == sent else None) for name, form in FORMS.items()}
    if sent in forms:
        limit(request, "feedback", times=10, seconds=3600)
        if forms[sent].is_valid():
            if not forms[sent].is_trapped:
                act = record_vote if sent == "stimme" else report_correction
                act(format.published, **forms[sent].values())
            messages.success(request, "Danke. Ihre Rückmeldung ist bei der Redaktion angekommen.")
            return redirect(format)
    context = {"format": format, "vote_form": forms["stimme"], "correction_form": forms["hinweis"]}
    return render(request, "formats/sheet_feedback.html", context, status=422 if sent else 200)
