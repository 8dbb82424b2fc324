"""The editors' desk: what the register says is read only; what people say is edited here or on the site."""

from django.contrib import admin
from django.utils import timezone

from towns.desk import actors, seats  # noqa: F401 (registers what they hold)
from towns.desk.readonly import ReadOnly
from towns.models import (
    Association,
    District,
    Figures,
    Land,
    Offer,
    Project,
    RegisterImport,
    Succession,
    Town,
    TownLink,
    TownPicture,
    TownRevision,
)


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
