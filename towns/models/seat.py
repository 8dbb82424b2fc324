"""Seat: a person who speaks for a town or a Gemeindeverband, in a role, from–to."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.people.permissions import is_staff_member
from towns.models.association import Association
from towns.models.vocabulary import SeatRole


class SeatQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Seats whose existence this reader may know.

        Staff see all, everybody their own; seat holders see those beside them, requests included, for
        they may confirm them. Anybody else meets the person through their profile (`Actor.visible_to`).
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if is_staff_member(user):
            return self.all()
        mine = Seat.objects.current().of(user)
        beside = Q(town__in=mine.filter(town__isnull=False).values("town")) | Q(
            association__in=mine.filter(association__isnull=False).values("association")
        )
        return self.filter(Q(user=user) | (beside & Q(refused_at__isnull=True, ended_at__isnull=True)))

    def open(self) -> Self:
        """Neither refused nor ended: asked for or confirmed."""
        return self.filter(refused_at__isnull=True, ended_at__isnull=True)

    def requested(self) -> Self:
        """Asked for and not yet answered."""
        return self.open().filter(confirmed_at__isnull=True)

    def confirmed(self) -> Self:
        """Confirmed and not ended; its term may still lie ahead or be over: see `current`."""
        return self.open().filter(confirmed_at__isnull=False)

    def current(self, today: date | None = None) -> Self:
        """Those that speak on this day: confirmed, not ended, within their term, of an active person.

        A seat „im Auftrag von“ speaks only as long as the one it stands in for.
        """
        today = today or timezone.localdate()
        return self.filter(_speaks("", today), _unless_delegated(today))

    def of(self, user) -> Self:
        return self.filter(user=user)

    def of_mayors(self) -> Self:
        """Seats of Bürgermeister:innen themselves, without those who act on their behalf."""
        return self.filter(role=SeatRole.MAYOR)

    def speaking_for(self, town) -> Self:
        """On this town, or on the Gemeindeverband that administers it."""
        on = Q(town=town)
        if town.association_id:
            on |= Q(association=town.association_id)
        return self.filter(on)

    def on_the_same(self, seat: "Seat") -> Self:
        """All seats on the same town or Gemeindeverband, this one included."""
        return self.filter(town=seat.town_id, association=seat.association_id)

    def waiting_longest_first(self) -> Self:
        return self.order_by("asked_at", "pk")

    def by_rank(self) -> Self:
        """Mayors first, then deputies, administration and council; by begin."""
        rank = models.Case(
            *(models.When(role=role, then=place) for place, role in enumerate(SeatRole.values)),
            default=len(SeatRole.values),
        )
        return self.order_by(rank, "starts_on", "pk")

    def with_list_details(self) -> Self:
        """Person, place and principal in the same query."""
        return self.select_related("user", "town__land", "association__district__land", "on_behalf_of__user")


def _speaks(path: str, today: date) -> Q:
    """Confirmed, not ended, within the term, of an active person; `path` leads to another seat."""
    return Q(
        Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gte": today}),
        **{
            f"{path}confirmed_at__isnull": False,
            f"{path}refused_at__isnull": True,
            f"{path}ended_at__isnull": True,
            f"{path}starts_on__lte": today,
            f"{path}user__is_active": True,
        },
    )


def _unless_delegated(today: date) -> Q:
    return Q(on_behalf_of__isnull=True) | _speaks("on_behalf_of__", today)


class Seat(models.Model):
    """Asked for, then confirmed or refused, then ended; every step is a moment.

    `starts_on` and `ends_on` are the term (days, the last one included); `ended_at` takes the rights
    away at once. A seat outlives the account: whoever leaves ends their seats first.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="seats",
        verbose_name="Person",
    )
    town = models.ForeignKey(
        "towns.Town",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name="Stadt",
    )
    association = models.ForeignKey(
        Association,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name="Gemeindeverband",
    )
    role = models.CharField("Rolle", max_length=16, choices=SeatRole)
    title = models.CharField(
        "Bezeichnung", max_length=120, blank=True, help_text="Beispiel: Leiterin des Bauamts"
    )
    on_behalf_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegates",
        verbose_name="im Auftrag von",
        help_text="Wer für jemanden handelt, verliert die Rechte mit dessen Sitz.",
    )
    starts_on = models.DateField("von")
    ends_on = models.DateField("bis", null=True, blank=True, help_text="Leer heißt: Ende offen.")
    note = models.CharField("Anmerkung zur Anfrage", max_length=400, blank=True)
    asked_at = models.DateTimeField("angefragt am", default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField("bestätigt am", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bestätigt von",
    )
    refused_at = models.DateTimeField("abgelehnt am", null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="abgelehnt von",
    )
    refusal_reason = models.CharField("Grund der Ablehnung", max_length=250, blank=True)
    ended_at = models.DateTimeField("beendet am", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beendet von",
    )

    shown_on_public_pages = True

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "Sitz"
        verbose_name_plural = "Sitze"
        ordering = ["-asked_at", "-pk"]
        permissions = [("confirm_seat", "Darf Sitze bestätigen, ablehnen und beenden")]
        constraints = [
            models.CheckConstraint(
                condition=Q(town__isnull=False, association__isnull=True)
                | Q(town__isnull=True, association__isnull=False),
                name="towns_seat_one_place",
                violation_error_message="Ein Sitz gehört zu einer Stadt oder zu einem Gemeindeverband.",
            ),
            models.UniqueConstraint(
                fields=["town"],
                condition=Q(
                    role=SeatRole.MAYOR,
                    town__isnull=False,
                    confirmed_at__isnull=False,
                    ended_at__isnull=True,
                ),
                name="towns_seat_one_mayor",
                violation_error_message="Für diese Stadt ist schon ein:e Bürgermeister:in eingetragen.",
            ),
            models.UniqueConstraint(
                fields=["association"],
                condition=Q(
                    role=SeatRole.MAYOR,
                    association__isnull=False,
                    confirmed_at__isnull=False,
                    ended_at__isnull=True,
                ),
                name="towns_seat_one_association_head",
                violation_error_message="Für diesen Verband ist schon ein:e Bürgermeister:in eingetragen.",
            ),
            models.UniqueConstraint(
                fields=["user", "town", "role"],
                condition=Q(refused_at__isnull=True, ended_at__isnull=True),
                name="towns_seat_once_in_town",
                violation_error_message="Diese Person hat den Sitz schon, oder er ist angefragt.",
            ),
            models.UniqueConstraint(
                fields=["user", "association", "role"],
                condition=Q(refused_at__isnull=True, ended_at__isnull=True),
                name="towns_seat_once_in_association",
                violation_error_message="Diese Person hat den Sitz schon, oder er ist angefragt.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
                name="towns_seat_one_answer",
                violation_error_message="Ein Sitz ist bestätigt oder abgelehnt, nicht beides.",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True) | ~Q(refusal_reason=""),
                name="towns_seat_refusal_reason",
                violation_error_message="Wer einen Sitz ablehnt, nennt den Grund.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="towns_seat_term",
                violation_error_message="Das Ende der Amtszeit liegt vor dem Anfang.",
            ),
        ]

    def __str__(self):
        return f"{self.user or 'ehemalige Person'}, {self.get_role_display()}, {self.place}"

    def clean(self):
        principal = self.on_behalf_of
        if principal and (principal.town_id, principal.association_id) != (self.town_id, self.association_id):
            raise ValidationError({"on_behalf_of": "Der Auftrag muss aus derselben Stadt kommen."})
        if principal and principal.on_behalf_of_id:
            raise ValidationError({"on_behalf_of": "Ein Auftrag lässt sich nicht weitergeben."})
        if principal and self.role == SeatRole.MAYOR:
            raise ValidationError({"role": "Im Auftrag handelt man als Stellvertretung oder Verwaltung."})

    @property
    def place(self):
        """The town or the Gemeindeverband."""
        return self.town or self.association

    @property
    def is_requested(self) -> bool:
        return not (self.confirmed_at or self.refused_at or self.ended_at)
