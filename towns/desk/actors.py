"""Profiles, invitations and the log of messages at the desk, by the verbs of the site."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from towns.actions.actors import approve_actor, invite, withdraw_approval
from towns.desk.readonly import ReadOnly
from towns.models import Actor, ActorInvitation, Affiliation, ContactMessage
from towns.permissions import can_approve_actor, can_invite


class AffiliationInline(admin.TabularInline):
    """What staff enter here counts as agreed: they asked the person."""

    model = Affiliation
    fk_name = "organisation"
    extra = 0
    autocomplete_fields = ["person"]


class WaitingFilter(admin.SimpleListFilter):
    title = "wartet auf Zulassung"
    parameter_name = "wartet"

    def lookups(self, request, model_admin):
        return [("ja", "ja")]

    def queryset(self, request, queryset):
        if self.value() != "ja":
            return queryset
        return queryset.filter(pk__in=Actor.objects.awaiting_approval().order_by().values("pk"))


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin):
    """Made by staff who may approve, a profile is approved at once; its owner claims it by invitation."""

    list_display = ["name", "form", "kind", "town", "visibility", "account", "approved_at"]
    list_filter = [
        WaitingFilter,
        ("approved_at", admin.EmptyFieldListFilter),
        ("account", admin.EmptyFieldListFilter),
        "form",
        "kind",
        "visibility",
    ]
    list_select_related = ["town", "account"]
    search_fields = ["name", "sort_name", "role"]
    autocomplete_fields = ["town"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = [
        "portrait",
        "account",
        "created_at",
        "created_by",
        "claimed_at",
        "approved_at",
        "approved_by",
    ]
    inlines = [AffiliationInline]
    actions = ["approve", "withdraw"]

    def has_approve_permission(self, request):
        return can_approve_actor(request.user)

    @admin.action(description="Zulassen", permissions=["approve"])
    def approve(self, request, queryset):
        for actor in queryset.order_by("pk"):
            approve_actor(actor, by=request.user)
        self.message_user(request, f"Zugelassen: {queryset.count()}. Wer ein Konto hat, bekommt eine E-Mail.")

    @admin.action(description="Zulassung zurücknehmen", permissions=["approve"])
    def withdraw(self, request, queryset):
        for actor in queryset.order_by("pk"):
            withdraw_approval(actor, by=request.user)
        self.message_user(request, f"Nicht mehr zugelassen: {queryset.count()}.")

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        if not change and can_approve_actor(request.user):
            approve_actor(obj, by=request.user)

    def save_formset(self, request, form, formset, change):
        for affiliation in formset.save(commit=False):
            affiliation.accepted_at = affiliation.accepted_at or form.instance.created_at
            affiliation.save()
        for affiliation in formset.deleted_objects:
            affiliation.delete()

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


class InvitationForm(forms.ModelForm):
    class Meta:
        model = ActorInvitation
        fields = ["actor", "email"]

    def clean_actor(self):
        actor = self.cleaned_data["actor"]
        if actor.account_id:
            raise ValidationError("Dieses Profil hat schon ein Konto.")
        return actor


@admin.register(ActorInvitation)
class ActorInvitationAdmin(admin.ModelAdmin):
    """To add one is to send it; a new one replaces those before."""

    form = InvitationForm
    list_display = ["actor", "email", "created_at", "expires_at", "used_at", "withdrawn_at"]
    list_select_related = ["actor"]
    search_fields = ["actor__name", "email"]
    autocomplete_fields = ["actor"]
    actions = ["withdraw"]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_withdraw_permission(self, request):
        return can_invite(request.user)

    @admin.action(description="Zurückziehen", permissions=["withdraw"])
    def withdraw(self, request, queryset):
        count = queryset.withdraw()
        self.message_user(request, f"Zurückgezogen: {count}.", messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        sent = invite(obj.actor, email=obj.email, by=request.user)
        obj.pk, obj.expires_at = sent.pk, sent.expires_at


@admin.register(ContactMessage)
class ContactMessageAdmin(ReadOnly, admin.ModelAdmin):
    """The log: who wrote to whom and when, never what."""

    list_display = ["created_at", "sender", "recipient", "answered_at", "refused_at"]
    list_select_related = ["sender", "recipient"]
    fields = ["created_at", "sender", "recipient", "answered_at", "refused_at"]
    date_hierarchy = "created_at"

    def get_queryset(self, request):
        return super().get_queryset(request).logged_for(request.user)
