"""Verbs about messages: send, answer, refuse. Nobody's address is shown to anybody."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from foundation.people.models import User
from towns import letters
from towns.models import Actor, ContactMessage
from towns.permissions import can_answer, can_contact, can_refuse_sender


@transaction.atomic
def send_message(
    *, sender: User, recipient: Actor, subject: str, text: str, key: uuid.UUID, name: str = ""
) -> ContactMessage:
    """Keep a message and post it. The same `key` twice is one message. `name` becomes the sender's name.

    Asked again under the lock: the recipient may have closed the door while somebody wrote.
    """
    recipient = Actor.objects.lock(recipient.pk)
    known = ContactMessage.objects.filter(key=key).first()
    if known and (known.sender_id, known.recipient_id) == (sender.pk, recipient.pk):
        return known
    if not can_contact(sender, recipient):
        raise PermissionDenied
    if name:
        sender.name = name
        sender.save(update_fields=["name"])
    message = ContactMessage(
        # A key that somebody else has used says nothing about this message.
        key=uuid.uuid4() if known else key,
        sender=sender,
        recipient=recipient,
        subject=subject,
        text=text,
    )
    message.save()
    letters.contact(message)
    return message


@transaction.atomic
def answer_message(message: ContactMessage, *, by: User, text: str) -> ContactMessage:
    """Answer once; the sender gets it by mail. Raises `PermissionDenied` the second time."""
    message = ContactMessage.objects.lock(message.key)
    if not can_answer(by, message):
        raise PermissionDenied
    message.answer, message.answered_at = text, timezone.now()
    message.save(update_fields=["answer", "answered_at"])
    letters.contact_answer(message)
    return message


def refuse_sender(message: ContactMessage, *, by: User) -> None:
    """Take no further message from this sender; they are not told."""
    _set_refused(message, by, timezone.now())


def take_sender_back(message: ContactMessage, *, by: User) -> None:
    """Undo `refuse_sender` for every message of this sender."""
    _set_refused(message, by, None)


@transaction.atomic
def _set_refused(message: ContactMessage, by: User, moment) -> None:
    if not can_refuse_sender(by, message):
        raise PermissionDenied
    pair = ContactMessage.objects.filter(sender=message.sender_id, recipient=message.recipient_id)
    if message.sender_id is None:
        pair = pair.filter(pk=message.pk)
    pair.filter(refused_at__isnull=moment is not None).update(refused_at=moment)
