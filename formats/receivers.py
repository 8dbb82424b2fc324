"""What this room hears from below: a log-in, and that an answer has been sent."""

from django.contrib.auth.signals import user_logged_in
from django.core.signals import request_finished
from django.dispatch import receiver

from formats.bookmarks import take_along
from formats.guide.counting import write_if_due


@receiver(user_logged_in)
def move_bookmarks(sender, request, user, **kwargs):
    take_along(request, user)


# The signal comes when the answer has left: nobody waits for the database.
request_finished.connect(write_if_due, dispatch_uid="formats.guide.counting")
