"""One's own profile: text, picture, people of the organisation, and the invitation to take one over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from foundation.kit.http import limit
from towns.actions import actors as actions
from towns.forms.actors import NamePersonForm, PersonSearchForm, PortraitForm, ProfileForm
from towns.models import Actor, ActorInvitation, Affiliation
from towns.permissions import can_edit_actor, can_edit_affiliations

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@login_required
def profile_edit(request):
    actor = Actor.objects.of(request.user).first()
    if actor and not can_edit_actor(request.user, actor):
        return render(request, "towns/profile_hidden.html", {"actor": actor}, status=403)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=actor, user=request.user)
    if form.is_valid() and _save(form, request.user):
        messages.success(request, "Ihr Profil ist gespeichert.")
        return redirect("towns:profile_edit")
    sides = Affiliation.objects.concerning(request.user).with_list_details().in_order()
    context = {"actor": actor, "form": form, "affiliations": sides}
    return render(request, "towns/profile_edit.html", context, status=422 if form.is_bound else 200)


def _save(form, user) -> bool:
    """Store the profile, a new one through its action; its error goes to the form."""
    try:
        if form.instance.pk:
            form.save()
        else:
            actions.start_profile(form.save(commit=False), user=user)
            form.save_m2m()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


@form_page
@login_required
def profile_portrait(request):
    actor = _own_or_404(request)
    posted = request.method == "POST"
    if posted:
        limit(request, "portrait", times=20, seconds=3600)
    if posted and request.POST.get("was") == "entfernen":
        actions.save_portrait(actor, upload=None, alt="")
        return redirect("towns:profile_portrait")
    form = PortraitForm(*((request.POST, request.FILES) if posted else ()), actor=actor)
    if form.is_valid():
        try:
            actions.save_portrait(actor, upload=form.cleaned_data["picture"], alt=form.cleaned_data["alt"])
        except ValidationError as error:
            form.add_error("picture", error.messages)
        else:
            messages.success(request, "Ihr Bild ist gespeichert.")
            return redirect("towns:profile_edit")
    context = {"actor": actor, "form": form}
    return render(request, "towns/profile_portrait.html", context, status=422 if form.is_bound else 200)


@form_page
@login_required
def profile_people(request):
    """The people an organisation wants to show; each of them has to agree."""
    actor = _own_or_404(request)
    if not can_edit_affiliations(request.user, actor):
        raise Http404
    people = Actor.objects.visible_to(request.user).people().without_oneself(request.user).not_named_by(actor)
    form = NamePersonForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid():
        actions.name_person(actor, form.cleaned_data["person"], role=form.cleaned_data["role"])
        messages.success(request, "Wir zeigen die Person, sobald sie zugestimmt hat.")
        return redirect("towns:profile_people")
    search = PersonSearchForm(request.GET)
    if not search.is_valid():
        raise BadRequest("Search text too long")
    text = search.cleaned_data["q"]
    context = {
        "actor": actor,
        "form": form,
        "text": text,
        "found": people.named_like(text).alphabetical().with_list_details()[:20] if text else None,
        "affiliations": Affiliation.objects.concerning(request.user).with_list_details().in_order(),
    }
    return render(request, "towns/profile_people.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def affiliation_accept(request, pk):
    affiliation = _affiliation_or_404(request, pk)
    if affiliation.person.account_id != request.user.pk:
        raise PermissionDenied
    actions.accept_affiliation(affiliation)
    messages.success(request, f"{affiliation.organisation.name} zeigt jetzt Ihr Profil.")
    return redirect("towns:profile_edit")


@require_POST
@login_required
def affiliation_part(request, pk):
    affiliation = _affiliation_or_404(request, pk)
    is_person = affiliation.person.account_id == request.user.pk
    actions.part(affiliation)
    messages.success(request, "Die Zugehörigkeit ist gelöscht.")
    return redirect("towns:profile_edit" if is_person else "towns:profile_people")


@form_page
def invitation_claim(request, token):
    """The link opens a page; only the button acts. Mail scanners follow links, too."""
    invitation = get_object_or_404(ActorInvitation.objects.with_actor(), token_hash=actions.hash_of(token))
    problem = "" if ActorInvitation.objects.is_usable(invitation) else "gone"
    if not problem and request.user.is_authenticated:
        problem = "" if actions.is_invited(invitation, request.user) else "other"
    if request.method == "POST" and request.user.is_authenticated:
        try:
            actions.claim(invitation, user=request.user)
        except ValidationError as error:
            problem = error.code
        else:
            messages.success(request, "Das Profil gehört jetzt Ihnen. Bitte sehen Sie es durch.")
            return redirect("towns:profile_edit")
    context = {"invitation": invitation, "problem": problem}
    status = {"gone": 410, "": 200}.get(problem, 403)
    return render(request, "towns/invitation_claim.html", context, status=status)


def _own_or_404(request) -> Actor:
    """One's own profile that may be edited; without one there is nothing to see here."""
    actor = get_object_or_404(Actor.objects.of(request.user))
    if not can_edit_actor(request.user, actor):
        raise PermissionDenied
    return actor


def _affiliation_or_404(request, pk) -> Affiliation:
    return get_object_or_404(Affiliation.objects.concerning(request.user).with_list_details(), pk=pk)
