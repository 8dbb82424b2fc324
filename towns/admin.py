"""The editors' desk: what the register says is read only; what people say is edited here or on the site."""

from django.contrib import admin
from django.utils import timezone

from towns.models import (
    Actor,
    ActorInvitation,
    Affiliation,
    Association,
    ContactMessage,
    District,
    Figures,
    Land,
    MailDomain,
    Offer,
    Project,
    RegisterImport,
    Seat,
    Succession,
    Town,
    TownLink,
    TownPicture,
    TownRevision,
)


class ReadOnly:
    """Rows that nobody writes by hand; the rights of the role groups decide who looks."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Land)
class LandAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "short", "key"]


@admin.register(District)
class DistrictAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "kind", "key", "land", "valid_until"]
    list_filter = ["land", "kind", ("valid_until", admin.EmptyFieldListFilter)]
    list_select_related = ["land"]
    search_fields = ["name", "key"]


@admin.register(Association)
class AssociationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "kind", "key", "district", "inhabitants", "valid_until"]
    list_filter = ["district__land", "kind", ("valid_until", admin.EmptyFieldListFilter)]
    list_select_related = ["district"]
    search_fields = ["name", "key"]


@admin.register(RegisterImport)
class RegisterImportAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["kind", "as_of", "population_as_of", "file_name", "imported_at"]
    list_filter = ["kind"]


class FiguresInline(ReadOnly, admin.TabularInline):
    model = Figures
    extra = 0
    fields = ["year", "as_of", "inhabitants", "area_km2", "register"]
    readonly_fields = fields


class OfferInline(admin.TabularInline):
    model = Offer
    extra = 0
    autocomplete_fields = ["topic"]


class ProjectInline(admin.StackedInline):
    model = Project
    extra = 0


class TownLinkInline(admin.TabularInline):
    model = TownLink
    extra = 0


class TownPictureInline(admin.TabularInline):
    """Alt text and credit; pictures themselves are uploaded on the town's page, which makes the sizes."""

    model = TownPicture
    extra = 0
    fields = ["position", "large", "alt", "credit"]
    readonly_fields = ["large"]

    def has_add_permission(self, request, obj=None):
        return False


class SuccessionInline(admin.TabularInline):
    model = Succession
    fk_name = "predecessor"
    extra = 0
    autocomplete_fields = ["successor"]


REGISTER_FIELDS = [
    "slug",
    "official_name",
    "kind",
    "ags",
    "ars",
    "land",
    "district",
    "association",
    "inhabitants",
    "inhabitants_as_of",
    "area_km2",
    "postcode",
    "latitude",
    "longitude",
    "size_class",
    "bbsr_type",
    "location",
    "bbsr_source",
    "regiostar",
    "regiostar_source",
    "register",
    "valid_from",
    "valid_until",
    "small_town_decided_at",
    "small_town_decided_by",
]


@admin.register(Town)
class TownAdmin(admin.ModelAdmin):
    """Towns come and go with the register only: nobody adds or deletes one by hand."""

    list_display = ["label", "kind", "land", "district", "inhabitants", "size_class", "participating_since"]
    list_filter = [
        ("participating_since", admin.EmptyFieldListFilter),
        "land",
        "size_class",
        "small_town_decision",
        "kind",
        ("valid_until", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["land", "district"]
    search_fields = ["name", "official_name", "ags", "slug"]
    search_help_text = "Name oder AGS"
    readonly_fields = REGISTER_FIELDS
    autocomplete_fields = ["contact"]
    fieldsets = [
        ("Amtliches Verzeichnis", {"fields": REGISTER_FIELDS[:17]}),
        ("Raumtypen und Herkunft", {"fields": REGISTER_FIELDS[17:23]}),
        (
            "Kleinstadt",
            {
                "fields": [
                    "small_town_decision",
                    "small_town_reason",
                    "small_town_decided_at",
                    "small_town_decided_by",
                ]
            },
        ),
        (
            "Teilnahme",
            {
                "fields": [
                    "participating_since",
                    "paused_until",
                    "about",
                    "website",
                    "contact",
                    "topics",
                    "coat_of_arms",
                    "coat_of_arms_alt",
                    "coat_of_arms_credit",
                ]
            },
        ),
    ]
    inlines = [SuccessionInline, OfferInline, ProjectInline, TownLinkInline, TownPictureInline, FiguresInline]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if {"small_town_decision", "small_town_reason"} & set(form.changed_data):
            obj.small_town_decided_at, obj.small_town_decided_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)


@admin.register(TownRevision)
class TownRevisionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["town", "number", "author", "reason", "created_at"]
    list_select_related = ["town", "author"]
    search_fields = ["town__name"]
    date_hierarchy = "created_at"


class AffiliationInline(admin.TabularInline):
    model = Affiliation
    fk_name = "organisation"
    extra = 0
    autocomplete_fields = ["person"]


@admin.register(Actor)
class ActorAdmin(admin.ModelAdmin):
    list_display = ["name", "form", "kind", "town", "visibility", "account", "approved_at"]
    list_filter = [
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
    readonly_fields = ["account", "created_at", "created_by", "claimed_at", "approved_at", "approved_by"]
    inlines = [AffiliationInline]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


@admin.register(ActorInvitation)
class ActorInvitationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["actor", "email", "created_at", "expires_at", "used_at"]
    list_select_related = ["actor"]
    search_fields = ["actor__name", "email"]


@admin.register(Seat)
class SeatAdmin(admin.ModelAdmin):
    """Terms and titles; asking, confirming, refusing and ending happen on the site, by its rules."""

    list_display = ["user", "role", "place", "starts_on", "ends_on", "confirmed_at", "refused_at", "ended_at"]
    list_filter = [
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("refused_at", admin.EmptyFieldListFilter),
        ("ended_at", admin.EmptyFieldListFilter),
        "role",
    ]
    list_select_related = ["user", "town", "association"]
    search_fields = ["user__name", "user__email", "town__name", "association__name"]
    autocomplete_fields = ["user", "town", "association", "on_behalf_of"]
    readonly_fields = [
        "asked_at",
        "confirmed_at",
        "confirmed_by",
        "refused_at",
        "refused_by",
        "refusal_reason",
        "ended_at",
        "ended_by",
    ]

    @admin.display(description="Stadt oder Verband")
    def place(self, seat):
        return seat.place

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(MailDomain)
class MailDomainAdmin(admin.ModelAdmin):
    list_display = ["domain", "town", "association", "source"]
    list_select_related = ["town", "association"]
    search_fields = ["domain", "town__name", "association__name"]
    autocomplete_fields = ["town", "association"]


@admin.register(ContactMessage)
class ContactMessageAdmin(ReadOnly, admin.ModelAdmin):
    """The log: who wrote to whom and when, never what."""

    list_display = ["created_at", "sender", "recipient", "answered_at", "refused_at"]
    list_select_related = ["sender", "recipient"]
    fields = ["created_at", "sender", "recipient", "answered_at", "refused_at"]
    date_hierarchy = "created_at"

    def get_queryset(self, request):
        return super().get_queryset(request).logged_for(request.user)
