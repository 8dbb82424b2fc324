"""What this room hears from below: an account that goes away leaves no seat and no public profile."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from foundation.people.models import User
from towns.actions.actors import unlink_profile
from towns.actions.seats import end_all_seats


@receiver(pre_delete, sender=User, dispatch_uid="towns.leave")
def leave(sender, instance, **_signal):
    """An open seat without a person would hold the mayor's place; a profile would outlive its owner."""
    end_all_seats(instance)
    unlink_profile(instance)
