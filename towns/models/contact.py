"""ContactMessage: a message through the platform, and MailDomain: addresses known to belong to a town."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from foundation.kit.fields import BoundedTextField
from foundation.people.permissions import is_staff_member
from towns.models.actor import Actor
from towns.models.association import Association
from towns.models.town import Town


class ContactMessageQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Messages this person wrote or got. Staff read none of them: they are private."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(sender=user) | Q(recipient__account=user))

    def logged_for(self, user) -> Self:
        """For the log of the Geschäftsstelle: that something was sent, never what."""
        return self.defer("text", "answer") if is_staff_member(user) else self.none()

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def with_list_details(self) -> Self:
        return self.select_related("sender", "recipient__account")

    def sent_by_since(self, sender, moment: datetime) -> Self:
        return self.filter(sender=sender, created_at__gte=moment)

    def lock(self, key: uuid.UUID) -> "ContactMessage":
        """The row, held until the transaction ends."""
        return self.select_for_update(of=("self",)).get(key=key)

    def refused_between(self, sender, recipient: Actor) -> Self:
        """Refused messages of this pair: then no further one is taken."""
        return self.filter(sender=sender, recipient=recipient, refused_at__isnull=False)


class ContactMessage(models.Model):
    """Written by a person with an account to a profile; delivered by the outbox, no address shown.

    `key` comes with the form: a double click is one message. The recipient answers once by a page,
    or refuses this sender.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="messages", verbose_name="an")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="von",
    )
    subject = models.CharField("Betreff", max_length=160)
    text = BoundedTextField("Nachricht", max_length=4000)
    created_at = models.DateTimeField("am", auto_now_add=True)
    answer = BoundedTextField("Antwort", max_length=4000, blank=True)
    answered_at = models.DateTimeField("beantwortet am", null=True, blank=True)
    refused_at = models.DateTimeField("abgewiesen am", null=True, blank=True)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="towns_message_answer",
                violation_error_message="Eine Antwort braucht einen Text.",
            ),
        ]

    def __str__(self):
        return f"Nachricht an {self.recipient}"


DOMAIN = RegexValidator(
    r"^[a-z0-9-]+(\.[a-z0-9-]+)+\Z", "Bitte nur den Teil nach dem @, klein geschrieben: stadt-beispiel.de"
)


class MailDomainQuerySet(models.QuerySet):
    def of_address(self, email: str) -> Self:
        """The entries that fit an e-mail address: a hint who might be asking, never a proof."""
        return self.filter(domain=email.rpartition("@")[2].lower())


class MailDomain(models.Model):
    """The part after the @ of a town hall's addresses; several towns of a Verband may share one."""

    domain = models.CharField("Domain", max_length=120, validators=[DOMAIN])
    town = models.ForeignKey(
        Town,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mail_domains",
        verbose_name="Stadt",
    )
    association = models.ForeignKey(
        Association,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mail_domains",
        verbose_name="Gemeindeverband",
    )
    source = models.CharField("Woher bekannt", max_length=250, blank=True)

    objects = MailDomainQuerySet.as_manager()

    class Meta:
        verbose_name = "Mail-Domain"
        verbose_name_plural = "Mail-Domains"
        ordering = ["domain", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "town"], name="towns_domain_once_in_town"),
            models.UniqueConstraint(
                fields=["domain", "association"], name="towns_domain_once_in_association"
            ),
            models.CheckConstraint(
                condition=Q(town__isnull=False, association__isnull=True)
                | Q(town__isnull=True, association__isnull=False),
                name="towns_domain_one_place",
                violation_error_message="Eine Domain gehört zu einer Stadt oder zu einem Gemeindeverband.",
            ),
        ]

    def __str__(self):
        return self.domain
