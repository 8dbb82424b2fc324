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

    def on_association(self, association: Association) -> Self:
        """On this Gemeindeverband itself, not on one of its towns."""
        return self.filter(association=association)

    def on_the_same(self, seat: "Seat") -> Self:
        """All seats on the same town or Gemeindeverband, this one included."""
        return self.filter(town=seat.town_id, association=seat.association_id)

    def answerable_by(self, user) -> Self:
        """Requests that this person may confirm or refuse: `can_confirm_seat` asked for many at once."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        waiting = self.requested().filter(user__is_active=True).exclude(user=user)
        if is_staff_member(user) and user.has_perm("towns.confirm_seat"):
            return waiting
        mine = Seat.objects.current().of(user)
        own = mine.filter(on_behalf_of__isnull=True)
        beside = Q(town__in=own.filter(town__isnull=False).values("town")) | Q(
            association__in=own.filter(association__isnull=False).values("association")
        )
        return waiting.filter(Q(on_behalf_of__isnull=True) & beside | Q(on_behalf_of__in=own.values("pk")))

    def principals(self, today: date | None = None) -> Self:
        """Current seats that others may act for: held by the person in their own right."""
        return self.current(today).filter(on_behalf_of__isnull=True)

    def lapsed(self, today: date | None = None) -> Self:
        """Confirmed and never ended, although the term is over."""
        return self.confirmed().filter(ends_on__lt=today or timezone.localdate())

    def meeting_the_term_of(self, seat: "Seat") -> Self:
        """Seats once confirmed whose term shares more than the day of handing over with this one's."""
        begun = self.filter(confirmed_at__isnull=False).exclude(pk=seat.pk)
        # Ended before they began, or on that very day: they never took effect.
        begun = begun.exclude(ended_at__isnull=False, ends_on=F("starts_on"))
        if seat.ends_on:
            begun = begun.filter(starts_on__lt=seat.ends_on)
        return begun.filter(Q(ends_on__isnull=True, ended_at__isnull=True) | Q(ends_on__gt=seat.starts_on))

    def lock(self, pk: int) -> "Seat":
        """The row, held until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def principals_for(self, seat: "Seat", user) -> Self:
        """For whom the person of a request may act, as far as `user` may say so: staff for all, others
        for themselves. Nobody acts as mayor on somebody's behalf."""
        found = self.principals().on_the_same(seat).exclude(user=seat.user).select_related("user").by_rank()
        if seat.role == SeatRole.MAYOR:
            return found.none()
        return found if is_staff_member(user) else found.filter(user=user)

    def beside(self, user) -> Self:
        """Current seats of others on the places this person speaks for."""
        mine = Seat.objects.current().of(user)
        return (
            self.current()
            .exclude(user=user)
            .filter(
                Q(town__in=mine.filter(town__isnull=False).values("town"))
                | Q(association__in=mine.filter(association__isnull=False).values("association"))
            )
        )

    def of_actor(self, actor) -> Self:
        """Current seats of the person whose profile this is; organisations hold none."""
        if not actor.is_person or actor.account_id is None:
            return self.none()
        return self.current().filter(user=actor.account_id)

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

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
        return f"{self.person_name}, {self.get_role_display()}, {self.place}"

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

    @property
    def is_open(self) -> bool:
        return not (self.refused_at or self.ended_at)

    @property
    def state(self) -> str:
        """Where the seat stands today, in a word for lists; `current` decides what it may do."""
        today = timezone.localdate()
        states = {
            "abgelehnt": self.refused_at,
            "beendet": self.confirmed_at and self.ended_at,
            "zurückgenommen": self.ended_at,
            "angefragt": not self.confirmed_at,
            "beginnt später": self.starts_on > today,
            "abgelaufen": self.ends_on and self.ends_on < today,
        }
        return next((word for word, holds in states.items() if holds), "gilt")

    @property
    def person_name(self) -> str:
        """The name on pages and in letters; never the e-mail address, which stands in for it elsewhere."""
        return (self.user.name if self.user else "") or "Person ohne Namen"

    @property
    def office(self) -> str:
        """`Verwaltung, Leiterin des Bauamts`."""
        return ", ".join(part for part in (self.get_role_display(), self.title) if part)

    @property
    def signature(self) -> str:
        """Who stands behind what is done: `Bernd Blum, Verwaltung, im Auftrag von Anna Ahrens`."""
        words = [self.person_name, self.office]
        if self.on_behalf_of:
            words.append(f"im Auftrag von {self.on_behalf_of.person_name}")
        return ", ".join(words)
