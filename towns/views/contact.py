"""Messages between people who do not know each other's address."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.kit.http import TooManyRequests, limit
from towns.actions.contact import answer_message, refuse_sender, send_message, take_sender_back
from towns.forms.contact import AnswerForm, ContactForm
from towns.models import Actor, ContactMessage
from towns.permissions import can_answer, can_contact, can_refuse_sender

form_page = require_http_methods(["GET", "HEAD", "POST"])

# Of one account, wherever it sits; the limit by address comes on top.
DAILY = 20


@form_page
@login_required
def contact_write(request, slug):
    actor = get_object_or_404(Actor.objects.visible_to(request.user), slug=slug)
    if not can_contact(request.user, actor):
        return render(request, "towns/contact_closed.html", {"actor": actor}, status=403)
    form = ContactForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound:
        _limit(request)
    if form.is_valid():
        if not form.is_trapped:
            send_message(sender=request.user, recipient=actor, **form.values())
        messages.success(request, f"Ihre Nachricht an {actor.name} ist unterwegs.")
        return redirect(actor)
    context = {"actor": actor, "form": form}
    return render(request, "towns/contact_write.html", context, status=422 if form.is_bound else 200)


def _limit(request) -> None:
    limit(request, "contact", times=10, seconds=3600)
    yesterday = timezone.now() - timedelta(days=1)
    if ContactMessage.objects.sent_by_since(request.user, yesterday).count() >= DAILY:
        raise TooManyRequests(3600)


@require_safe
@login_required
def contact_list(request):
    letters = ContactMessage.objects.visible_to(request.user).with_list_details().newest_first()[:200]
    return render(request, "towns/contact_list.html", {"letters": letters})


@form_page
@login_required
def contact_answer(request, key):
    message = _message_or_404(request, key)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not can_answer(request.user, message):
        raise PermissionDenied
    if form.is_valid():
        answer_message(message, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, "Ihre Antwort ist unterwegs.")
        return redirect("towns:contact_list")
    context = {
        "message": message,
        "form": form,
        "may_answer": can_answer(request.user, message),
        "may_refuse": can_refuse_sender(request.user, message),
    }
    return render(request, "towns/contact_answer.html", context, status=422 if form.is_bound else 200)


@form_page
@login_required
def contact_refuse(request, key):
    message = _message_or_404(request, key)
    if not can_refuse_sender(request.user, message):
        raise PermissionDenied
    if request.method == "POST":
        (take_sender_back if request.POST.get("was") == "annehmen" else refuse_sender)(
            message, by=request.user
        )
        messages.success(request, "Das ist notiert.")
        return redirect("towns:contact_list")
    return render(request, "towns/contact_refuse.html", {"message": message})


def _message_or_404(request, key) -> ContactMessage:
    return get_object_or_404(ContactMessage.objects.visible_to(request.user).with_list_details(), key=key)
