"""Actor: the profile of a person or an organisation, with or without an account behind it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager

from foundation.kit.fields import BoundedTextField, refuse_control_characters
from foundation.kit.files import random_name
from foundation.kit.text import german_slug
from foundation.moderation.models import Moderated, ModeratedQuerySet
from foundation.people.permissions import is_staff_member
from foundation.topics.models import TaggedItem
from towns.models.network import in_network
from towns.models.seat import Seat
from towns.models.town import Town
from towns.models.vocabulary import ActorForm, ActorKind, Visibility

# Addresses below /akteure/ that are pages of their own; no profile bears such a slug.
RESERVED_SLUGS = {"neues"}


def _portrait_name(instance, filename):
    return random_name("portraets", filename)


def _small_portrait_name(instance, filename):
    return random_name("portraetsklein", filename)


class ActorQuerySet(ModeratedQuerySet):
    def visible_to(self, user) -> Self:
        """The profiles this reader may open. Lists, pages, feeds, exports and pictures all ask here.

        Staff see all; everybody sees their own; others only what is admitted, not hidden, and as
        open as its owner made it.
        """
        if is_staff_member(user):
            return self.all()
        levels = [Visibility.PUBLIC] + ([Visibility.NETWORK] if in_network(user) else [])
        admitted = Actor.objects.shown().admitted().values("pk")
        seen = Q(visibility__in=levels, pk__in=admitted)
        if user.is_authenticated:
            seen |= Q(account=user)
        return self.filter(seen)

    def approved(self) -> Self:
        """Approved by staff."""
        return self.filter(approved_at__isnull=False)

    def admitted(self) -> Self:
        """May appear at all: approved by staff, or of an account with a current seat."""
        seated = Seat.objects.current().filter(user__isnull=False).values("user")
        return self.filter(Q(approved_at__isnull=False) | Q(account__in=seated))

    def awaiting_approval(self) -> Self:
        """What staff have to look at, oldest first."""
        return self.shown().exclude(pk__in=Actor.objects.admitted().values("pk")).order_by("created_at", "pk")

    def people(self) -> Self:
        return self.filter(form=ActorForm.PERSON)

    def organisations(self) -> Self:
        return self.filter(form=ActorForm.ORGANISATION)

    def of(self, user) -> Self:
        return self.filter(account=user) if user.is_authenticated else self.none()

    def unclaimed(self) -> Self:
        """Without an account: made by staff, waiting for an invitation to be used."""
        return self.filter(account__isnull=True)

    def in_town(self, town: Town) -> Self:
        return self.filter(town=town)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def with_expertise(self, topic) -> Self:
        return self.filter(pk__in=TaggedItem.objects.on(Actor).filter(tag=topic).values("object_id"))

    def without_oneself(self, user) -> Self:
        """Profiles of others; those without an account included."""
        return self.exclude(account=user) if user.is_authenticated else self

    def not_named_by(self, organisation: "Actor") -> Self:
        """Those the organisation has not asked yet."""
        return self.exclude(organisations__organisation=organisation)

    def named_like(self, text: str) -> Self:
        """All words of the text in the slug: umlauts and capitals are alike on both databases."""
        found = self
        for word in german_slug(text).split("-"):
            found = found.filter(slug__contains=word)
        return found

    def in_the_order_of(self, keys: list[int]) -> list["Actor"]:
        """The rows with these keys, in this order, with their list details (one query)."""
        rows = self.with_list_details().in_bulk(keys)
        return [rows[key] for key in keys if key in rows]

    def reachable(self) -> Self:
        """Those who take messages through the contact form: with an account, and not closed."""
        return self.filter(account__isnull=False, account__is_active=True, contact_closed_at__isnull=True)

    def alphabetical(self) -> Self:
        return self.order_by("sort_name", "pk")

    def newest_first(self) -> Self:
        """By the day they were admitted, for the feed; those of seat holders by the day they were made."""
        return self.alias(since=Coalesce("approved_at", "created_at")).order_by("-since", "-pk")

    def with_list_details(self) -> Self:
        return self.select_related("town__land", "account")

    def lock(self, pk: int) -> "Actor":
        """The row, held until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Actor(Moderated):
    """A profile can exist before its account: staff make it, an `ActorInvitation` lets it be claimed.

    `approved_at` admits actors without a town; who holds a current seat needs no approval.
    """

    form = models.CharField("Profil einer", max_length=12, choices=ActorForm, default=ActorForm.PERSON)
    slug = models.SlugField("Kurzname in der Adresse", max_length=120, unique=True)
    name = models.CharField("Name", max_length=120)
    sort_name = models.CharField(
        "Name zum Sortieren", max_length=120, blank=True, help_text="Leer heißt: wie der Name."
    )
    kind = models.CharField("Art", max_length=24, choices=ActorKind)
    role = models.CharField(
        "Funktion", max_length=160, blank=True, help_text="Beispiel: Leiterin des Bauamts"
    )
    town = models.ForeignKey(
        Town, on_delete=models.SET_NULL, null=True, blank=True, related_name="actors", verbose_name="Stadt"
    )
    about = BoundedTextField("Über mich, über uns", max_length=3000, blank=True)
    offers = BoundedTextField(
        "Ich biete, wir bieten", max_length=1500, blank=True, help_text="Wobei darf man Sie um Rat fragen?"
    )
    website = models.URLField("Website", max_length=300, blank=True)
    expertise = TaggableManager("Fachthemen", through=TaggedItem, blank=True)
    portrait = models.ImageField("Bild", upload_to=_portrait_name, blank=True)
    portrait_small = models.ImageField(upload_to=_small_portrait_name, blank=True, editable=False)
    portrait_alt = models.CharField("Bildbeschreibung", max_length=250, blank=True)
    visibility = models.CharField(
        "Sichtbar für", max_length=12, choices=Visibility, default=Visibility.HIDDEN
    )
    contact_closed_at = models.DateTimeField(
        "nimmt keine Nachrichten an seit", null=True, blank=True, help_text="Leer heißt: nimmt welche an."
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="actor",
        verbose_name="Konto",
    )
    created_at = models.DateTimeField("angelegt am", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="angelegt von",
    )
    claimed_at = models.DateTimeField("übernommen am", null=True, blank=True, editable=False)
    approved_at = models.DateTimeField("zugelassen am", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="zugelassen von",
    )
    is_demo = models.BooleanField("erfundenes Profil", default=False, editable=False)

    shown_on_public_pages = True

    objects = ActorQuerySet.as_manager()

    class Meta(Moderated.Meta):
        verbose_name = "Akteur:in"
        verbose_name_plural = "Akteur:innen"
        ordering = ["sort_name", "pk"]
        permissions = [("approve_actor", "Darf Profile zulassen")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("towns:actor_detail", args=[self.slug])

    @property
    def is_person(self) -> bool:
        return self.form == ActorForm.PERSON

    @property
    def is_reachable(self) -> bool:
        """The rule of `ActorQuerySet.reachable` for one profile."""
        return self.account is not None and self.account.is_active and self.contact_closed_at is None

    def clean(self):
        refuse_control_characters(self)
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Diese Adresse ist vergeben. Bitte nehmen Sie eine andere."})
        if self.portrait and not self.portrait_alt:
            raise ValidationError(
                {"portrait_alt": "Bitte beschreiben Sie das Bild für alle, die es nicht sehen."}
            )

    def save(self, *args, **kwargs):
        self.sort_name = self.sort_name or self.name
        super().save(*args, **kwargs)


class AffiliationQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Accepted by the person, between two profiles that this reader may open."""
        seen = Actor.objects.visible_to(user).values("pk")
        return self.filter(accepted_at__isnull=False, organisation__in=seen, person__in=seen)

    def of_person(self, actor: Actor) -> Self:
        return self.filter(person=actor)

    def of_organisation(self, actor: Actor) -> Self:
        return self.filter(organisation=actor)

    def concerning(self, user) -> Self:
        """Those of this person's own profile, on either side, accepted or not."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(organisation__account=user) | Q(person__account=user))

    def with_list_details(self) -> Self:
        return self.select_related("organisation", "person__town__land")

    def in_order(self) -> Self:
        return self.order_by("organisation", "position", "pk")


class Affiliation(models.Model):
    """A person's profile shown on the profile of their organisation, once the person agreed."""

    organisation = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        related_name="people",
        limit_choices_to={"form": ActorForm.ORGANISATION},
        verbose_name="Organisation",
    )
    person = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        related_name="organisations",
        limit_choices_to={"form": ActorForm.PERSON},
        verbose_name="Person",
    )
    role = models.CharField("Funktion", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("Platz", default=0)
    accepted_at = models.DateTimeField("angenommen am", null=True, blank=True, editable=False)

    shown_on_public_pages = True

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "Zugehörigkeit"
        verbose_name_plural = "Zugehörigkeiten"
        ordering = ["organisation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                name="towns_affiliation_once",
                violation_error_message="Diese Person gehört schon dazu.",
            ),
            models.CheckConstraint(
                condition=~Q(organisation=F("person")),
                name="towns_affiliation_of_another",
                violation_error_message="Ein Profil kann nicht zu sich selbst gehören.",
            ),
        ]

    def __str__(self):
        return f"{self.person} in {self.organisation}"


class ActorInvitationQuerySet(models.QuerySet):
    def usable(self, now: datetime | None = None) -> Self:
        """Neither used nor withdrawn nor expired, for a profile that nobody has claimed."""
        return self.filter(
            used_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now or timezone.now(),
            actor__account__isnull=True,
        )

    def is_usable(self, invitation: "ActorInvitation") -> bool:
        return self.usable().filter(pk=invitation.pk).exists()

    def withdraw(self) -> int:
        """Close the usable ones; returns how many."""
        return self.usable().update(withdrawn_at=timezone.now())

    def with_actor(self) -> Self:
        return self.select_related("actor__town")


class ActorInvitation(models.Model):
    """A link sent by mail with which a person takes over a profile; only its hash is stored."""

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="invitations", verbose_name="Profil"
    )
    email = models.EmailField("E-Mail-Adresse")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("eingeladen am", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="eingeladen von",
    )
    expires_at = models.DateTimeField("gültig bis")
    used_at = models.DateTimeField("angenommen am", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True, blank=True, editable=False)

    objects = ActorInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"Einladung an {self.email} für {self.actor}"
