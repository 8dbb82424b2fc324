"""Town: a municipality of the official register, whether it takes part or not."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from foundation.topics.models import TaggedItem
from towns.models.association import Association
from towns.models.district import District
from towns.models.land import Land
from towns.models.participation import Participation
from towns.models.register_import import RegisterImport
from towns.models.seat import Seat
from towns.models.vocabulary import (
    NO_MUNICIPALITY,
    SMALL_TOWN_CLASSES,
    Location,
    Regiostar,
    SizeClass,
    TownKind,
)

# Addresses below /staedte/ that are pages of their own; no town bears such a slug.
RESERVED_SLUGS = {"aehnliche", "anfragen", "daten", "karte", "neues", "sitz", "sitze", "vergleich"}
# Everything of Germany lies within; a coordinate outside is a mistake.
LATITUDES, LONGITUDES = (47.0, 55.2), (5.5, 15.5)

AGS = RegexValidator(r"^(0[1-9]|1[0-6])\d{6}\Z", "Ein AGS hat acht Ziffern und beginnt mit 01 bis 16.")
ARS = RegexValidator(r"^(0[1-9]|1[0-6])\d{10}\Z", "Ein ARS hat zwölf Ziffern und beginnt mit 01 bis 16.")


class TownQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """The towns this reader may open: all, for the register is public; dissolved ones too."""
        return self.all()

    def current(self) -> Self:
        """Municipalities of the newest register: not dissolved, and no gemeindefreies Gebiet."""
        return self.filter(valid_until__isnull=True).exclude(kind__in=NO_MUNICIPALITY)

    def dissolved(self) -> Self:
        return self.filter(valid_until__isnull=False)

    def of_the_register(self) -> Self:
        """Without the invented towns of a development house."""
        return self.filter(is_demo=False)

    def participating(self) -> Self:
        """Teilnehmende Städte: they said yes, and still exist."""
        return self.filter(participating_since__isnull=False, valid_until__isnull=True)

    def open_to_requests(self, today: date | None = None) -> Self:
        """Participating and not pausing on this day."""
        awake = Q(paused_until__isnull=True) | Q(paused_until__lt=today or timezone.localdate())
        return self.participating().filter(awake)

    def small(self) -> Self:
        """Kleinstädte: the hand correction decides, else the BBSR type, else the preselection.

        domain.md 4.1. The preselection judges the Einheitsgemeinde or the whole Gemeindeverband, so
        a village of a Verband counts with its Verband; `with_own_administration` leaves those out.
        """
        classes = list(SMALL_TOWN_CLASSES)
        by_type = Q(bbsr_type__in=classes) | Q(bbsr_type__isnull=True, size_class__in=classes)
        return self.filter(
            Q(small_town_decision=True) | (Q(small_town_decision__isnull=True) & by_type),
        )

    def with_own_administration(self) -> Self:
        """Einheitsgemeinden: administered by no Gemeindeverband."""
        return self.filter(association__isnull=True)

    def in_land(self, slug: str) -> Self:
        return self.filter(land__slug=slug)

    def in_district(self, key: str) -> Self:
        return self.filter(district__key=key)

    def in_association(self, association: Association) -> Self:
        return self.filter(association=association)

    def with_topic(self, topic) -> Self:
        return self.filter(pk__in=TaggedItem.objects.on(Town).filter(tag=topic).values("object_id"))

    def spoken_for_by(self, user) -> Self:
        """Towns for which this person holds a current seat, of the town or of its Gemeindeverband."""
        if not user.is_authenticated:
            return self.none()
        seats = Seat.objects.current().of(user)
        return self.filter(
            Q(pk__in=seats.filter(town__isnull=False).values("town"))
            | Q(association__in=seats.filter(association__isnull=False).values("association"))
        )

    def within(self, south: float, north: float, west: float, east: float) -> Self:
        """In a bounding box of degrees; the exact distance is worked out in Python."""
        return self.filter(latitude__range=(south, north), longitude__range=(west, east))

    def register_version(self) -> tuple:
        """Changes whenever an import, or a decision about Kleinstadt, changes what the register says."""
        newest = self.order_by("-pk").values_list("pk", flat=True).first()
        read = RegisterImport.objects.order_by("-pk").values_list("pk", flat=True).first()
        decided = self.filter(small_town_decided_at__isnull=False).order_by("-small_town_decided_at")
        return newest, read, decided.values_list("small_town_decided_at", flat=True).first()

    def discs(self) -> Iterable[tuple[str, float, float, float]]:
        """(Land key, latitude, longitude, area in km²) of all of the newest register, lakes and woods too."""
        rows = self.of_the_register().filter(
            valid_until__isnull=True, latitude__isnull=False, area_km2__isnull=False
        )
        for land, latitude, longitude, area in rows.by_slug().values_list(
            "land__key", "latitude", "longitude", "area_km2"
        ):
            yield land, latitude, longitude, float(area)

    def alphabetical(self) -> Self:
        return self.order_by("name", "distinction", "pk")

    def by_slug(self) -> Self:
        return self.order_by("slug")

    def newest_participants(self) -> Self:
        """Who joined last comes first."""
        return self.order_by("-participating_since", "pk")

    def with_last_revision(self) -> Self:
        """With the moment of the newest revision of the page as `revised_at`; None where there is none."""
        return self.annotate(revised_at=models.Max("revisions__created_at"))

    def with_list_details(self) -> Self:
        """Land, Kreis and Gemeindeverband in the same query."""
        return self.select_related("land", "district", "association")

    def with_page_details(self) -> Self:
        """As in lists, with the sources of the figures and the contact."""
        return self.with_list_details().select_related("register", "bbsr_source", "regiostar_source")

    def lock(self, pk: int) -> "Town":
        """The row, held until the transaction ends: whoever writes it next waits here."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Town(Participation):
    """What the register says about a municipality, and in `Participation` what it says itself.

    The key of the row is the town's identity. `ags` and `ars` can change or be given again; they
    are unique among the current towns only, and invented towns have none. Unknown is NULL, never 0.
    """

    slug = models.SlugField("Kurzname in der Adresse", max_length=120, unique=True)
    ags = models.CharField("AGS", max_length=8, blank=True, validators=[AGS])
    ars = models.CharField("ARS", max_length=12, blank=True, validators=[ARS])
    name = models.CharField("Name", max_length=120, help_text="Der amtliche Name bis zum ersten Komma.")
    addition = models.CharField(
        "Zusatz", max_length=120, blank=True, help_text="Was nach dem Komma steht. Beispiel: Hansestadt"
    )
    official_name = models.CharField("amtlicher Name", max_length=200)
    distinction = models.CharField(
        "Unterscheidung",
        max_length=200,
        blank=True,
        help_text="Steht nur bei Orten, deren Namen es mehrfach gibt. Beispiel: Kreis Dithmarschen",
    )
    kind = models.CharField("Art", max_length=2, choices=TownKind)
    land = models.ForeignKey(Land, on_delete=models.PROTECT, related_name="towns", verbose_name="Land")
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="towns",
        verbose_name="Kreis",
    )
    association = models.ForeignKey(
        Association,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="towns",
        verbose_name="Gemeindeverband",
    )
    inhabitants = models.PositiveIntegerField("Einwohner:innen", null=True, blank=True)
    inhabitants_as_of = models.DateField("Einwohner:innen am", null=True, blank=True)
    area_km2 = models.DecimalField("Fläche in km²", max_digits=9, decimal_places=2, null=True, blank=True)
    postcode = models.CharField("PLZ der Verwaltung", max_length=5, blank=True)
    latitude = models.FloatField("Breitengrad", null=True, blank=True)
    longitude = models.FloatField("Längengrad", null=True, blank=True)
    register = models.ForeignKey(
        RegisterImport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Quelle der amtlichen Angaben",
    )
    valid_from = models.DateField("im Verzeichnis ab")
    valid_until = models.DateField("nicht mehr im Verzeichnis ab", null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        through="towns.Succession",
        through_fields=("predecessor", "successor"),
        symmetrical=False,
        related_name="predecessors",
        verbose_name="aufgegangen in",
    )

    size_class = models.PositiveSmallIntegerField(
        "Größenklasse",
        choices=SizeClass,
        null=True,
        blank=True,
        help_text="Nach Einwohner:innen der Einheitsgemeinde oder des ganzen Gemeindeverbands.",
    )
    bbsr_type = models.PositiveSmallIntegerField(
        "BBSR-Stadt- und Gemeindetyp", choices=SizeClass, null=True, blank=True
    )
    location = models.CharField("Lage (BBSR)", max_length=14, choices=Location, blank=True)
    bbsr_source = models.ForeignKey(
        RegisterImport, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    regiostar = models.PositiveSmallIntegerField("RegioStaR 7", choices=Regiostar, null=True, blank=True)
    regiostar_source = models.ForeignKey(
        RegisterImport, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    small_town_decision = models.BooleanField(
        "Kleinstadt (Entscheidung)",
        null=True,
        blank=True,
        help_text="„Unbekannt“ heißt: BBSR-Typ oder Vorauswahl nach Einwohner:innen gilt.",
    )
    small_town_reason = models.CharField("Grund der Entscheidung", max_length=250, blank=True)
    small_town_decided_at = models.DateTimeField("entschieden am", null=True, blank=True, editable=False)
    small_town_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="entschieden von",
    )
    is_demo = models.BooleanField("erfundene Stadt", default=False, editable=False)

    shown_on_public_pages = True

    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = "Stadt oder Gemeinde"
        verbose_name_plural = "Städte und Gemeinden"
        ordering = ["name", "distinction", "pk"]
        permissions = [("classify_town", "Darf entscheiden, ob ein Ort eine Kleinstadt ist")]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="towns_town_place"),
            models.Index(
                fields=["name", "distinction"],
                condition=Q(participating_since__isnull=False),
                name="towns_town_participating",
            ),
            models.Index(
                fields=["small_town_decided_at"],
                condition=Q(small_town_decided_at__isnull=False),
                name="towns_town_decided",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ags"],
                condition=Q(valid_until__isnull=True, is_demo=False),
                name="towns_town_ags_once",
                violation_error_message="Diesen AGS trägt schon eine bestehende Gemeinde.",
            ),
            models.CheckConstraint(
                condition=Q(is_demo=True, ags="", ars="") | (Q(is_demo=False) & ~Q(ags="") & ~Q(ars="")),
                name="towns_town_keys_or_demo",
                violation_error_message="Jede Gemeinde hat AGS und ARS, eine erfundene keines von beiden.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # NULL must be named: a range of NULL is neither true nor false, and would pass.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=LATITUDES,
                    longitude__range=LONGITUDES,
                ),
                name="towns_town_in_germany",
                violation_error_message="Die Koordinaten liegen nicht in Deutschland.",
            ),
            models.CheckConstraint(
                condition=Q(small_town_decision__isnull=True) | ~Q(small_town_reason=""),
                name="towns_town_decision_reason",
                violation_error_message="Wer über „Kleinstadt“ entscheidet, nennt den Grund.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="towns_town_validity",
                violation_error_message="Das Ende liegt vor dem Anfang.",
            ),
        ]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("towns:town_detail", args=[self.slug])

    @property
    def label(self) -> str:
        """The name, with the Kreis behind it where several places bear it."""
        return f"{self.name}, {self.distinction}" if self.distinction else self.name

    @property
    def density(self) -> float | None:
        """Inhabitants per km²; None where either is unknown."""
        if not self.inhabitants or not self.area_km2:
            return None
        return self.inhabitants / float(self.area_km2)

    @property
    def is_current(self) -> bool:
        return self.valid_until is None

    @property
    def is_participating(self) -> bool:
        return self.participating_since is not None and self.is_current

    @property
    def is_small(self) -> bool:
        """The rule of `TownQuerySet.small` for one town."""
        if self.small_town_decision is not None:
            return self.small_town_decision
        return (self.bbsr_type or self.size_class) in SMALL_TOWN_CLASSES

    def is_pausing(self, today: date | None = None) -> bool:
        return self.paused_until is not None and self.paused_until >= (today or timezone.localdate())
