"""Participation: what a teilnehmende Stadt says about itself, beside what the register says."""

from django.core.exceptions import ValidationError
from django.db import models
from taggit.managers import TaggableManager

from foundation.kit.fields import BoundedTextField, refuse_control_characters
from foundation.kit.files import random_name
from foundation.topics.models import TaggedItem


def _coat_of_arms_name(instance, filename):
    return random_name("wappen", filename)


class Participation(models.Model):
    """Columns of `Town` that its seat holders write; no import ever touches them.

    Every change of them goes through a `TownRevision`.
    """

    participating_since = models.DateTimeField(
        "teilnehmende Stadt seit", null=True, blank=True, help_text="Leer heißt: nimmt nicht teil."
    )
    paused_until = models.DateField(
        "Pause bis",
        null=True,
        blank=True,
        help_text="Bis zu diesem Tag wird die Stadt nicht um Rat gefragt.",
    )
    about = BoundedTextField(
        "Über uns",
        max_length=6000,
        blank=True,
        help_text="Was beschäftigt Ihre Stadt, worauf sind Sie stolz? Eine Leerzeile beginnt einen Absatz.",
    )
    website = models.URLField("Website", max_length=300, blank=True)
    contact = models.ForeignKey(
        "towns.Actor",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Ansprechperson",
    )
    coat_of_arms = models.ImageField("Wappen", upload_to=_coat_of_arms_name, blank=True)
    coat_of_arms_alt = models.CharField(
        "Beschreibung des Wappens", max_length=250, blank=True, help_text="Für alle, die es nicht sehen."
    )
    coat_of_arms_credit = models.CharField("Nachweis des Wappens", max_length=160, blank=True)
    topics = TaggableManager(
        "Themen", through=TaggedItem, blank=True, help_text="Mit Komma getrennt. Beispiel: Leerstand, Bahnhof"
    )

    class Meta:
        abstract = True

    def clean(self):
        refuse_control_characters(self)
        if self.coat_of_arms and not self.coat_of_arms_alt:
            raise ValidationError(
                {"coat_of_arms_alt": "Bitte beschreiben Sie das Wappen für alle, die es nicht sehen."}
            )
