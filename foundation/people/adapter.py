"""How allauth behaves in this house: its mails leave at once and never break an answer."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in codes go out directly after the commit: they must not wait in the outbox."""

    def send_mail(self, template_prefix, email, context):
        message = self._letter(template_prefix, email, context)
        transaction.on_commit(lambda: self._send(message))

    def _letter(self, prefix, email, context) -> EmailMultiAlternatives:
        subject = " ".join(render_to_string(f"{prefix}_subject.txt", context).split())
        text = render_to_string(f"{prefix}_message.txt", context)
        letter = EmailMultiAlternatives(subject, text, to=[email], headers={"Auto-Submitted": "auto-generated"})
        letter.attach_alternative(render_to_string(f"{prefix}_message.html", context), "text/html")
        return letter

    def _send(self, message):
        # A failure gives the same answer as success, or the answer would tell who has an account.
        try:
            message.send()
        except OSError:
            log.exception("A log-in mail could not be sent")
