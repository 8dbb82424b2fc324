"""What this room hears from below: a log-in takes the Merkliste along."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from formats.bookmarks import take_along


@receiver(user_logged_in)
def move_bookmarks(sender, request, user, **kwargs):
    take_along(request, user)
