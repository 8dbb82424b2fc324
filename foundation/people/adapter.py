"""How allauth behaves in this house: its words, and mails that leave at once and never break an answer."""

import logging

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import email_confirmed
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.urls import reverse

log = logging.getLogger(__name__)

PASSWORD_HINTS = {
    "password_too_short": "Das Passwort ist zu kurz. Bitte nehmen Sie mindestens %(min_length)d Zeichen.",
    "password_too_common": "Dieses Passwort steht auf Listen häufiger Passwörter. "
    "Bitte nehmen Sie ein anderes.",
    "password_entirely_numeric": "Das Passwort besteht nur aus Ziffern. Bitte nehmen Sie auch Buchstaben.",
    "password_too_similar": "Das Passwort ähnelt Ihrer E-Mail-Adresse oder Ihrem Namen. "
    "Bitte nehmen Sie ein anderes.",
}


def code_minutes() -> int:
    """How long a code from a mail is valid. The settings give all codes the same time."""
    return app_settings.LOGIN_BY_CODE_TIMEOUT // 60


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in codes go out directly after the commit: they must not wait in the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "cannot_remove_primary_email": "Diese Adresse können Sie nicht entfernen: "
        "Mit ihr melden Sie sich an. Tragen Sie stattdessen eine neue ein.",
        "duplicate_email": "Diese E-Mail-Adresse gehört schon zu Ihrem Konto.",
        "email_password_mismatch": "E-Mail-Adresse und Passwort passen nicht zusammen. "
        "Bitte prüfen Sie beides, oder lassen Sie sich einen Code schicken.",
        "email_taken": "Diese E-Mail-Adresse gehört schon zu einem anderen Konto.",
        "enter_current_password": "Das ist nicht Ihr bisheriges Passwort. "
        "Bitte versuchen Sie es noch einmal.",
        "incorrect_code": "Dieser Code stimmt nicht. Bitte vergleichen Sie ihn mit dem in der E-Mail.",
        "incorrect_password": "Das Passwort stimmt nicht. Bitte versuchen Sie es noch einmal.",
        "too_many_login_attempts": "Das waren zu viele Versuche. "
        "Bitte warten Sie einige Minuten, und fangen Sie dann neu an.",
        "unverified_primary_email": "Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse.",
        "same_as_current": "Das ist schon Ihre E-Mail-Adresse.",
        "rate_limited": "Das ging zu schnell. Bitte warten Sie einen Augenblick.",
    }

    def is_ajax(self, request):
        return False  # every answer is a page, also for clients that ask for JSON

    def clean_password(self, password, user=None):
        try:
            return super().clean_password(password, user)
        except ValidationError as error:
            raise ValidationError(
                [
                    ValidationError(PASSWORD_HINTS[each.code], code=each.code, params=each.params)
                    for each in error.error_list
                ]
            ) from error

    def get_signup_redirect_url(self, request):
        """Where a new account begins: what a room above names on its `AppConfig` as `after_signup`."""
        names = [getattr(config, "after_signup", None) for config in apps.get_app_configs()]
        return next((reverse(name) for name in names if name), super().get_signup_redirect_url(request))

    def send_mail(self, template_prefix, email, context):
        message = self._letter(template_prefix, email, context)
        transaction.on_commit(lambda: self._send(message))

    def _letter(self, prefix, email, context) -> EmailMultiAlternatives:
        # Addresses in mails come from the settings: a forged Host header must not get into them.
        context = context | {"email": email, "site_url": settings.SITE_URL, "minutes": code_minutes()}
        subject = " ".join(render_to_string(f"{prefix}_subject.txt", context).split())
        text = render_to_string(f"{prefix}_message.txt", context)
        letter = EmailMultiAlternatives(
            subject, text, to=[email], headers={"Auto-Submitted": "auto-generated"}
        )
        letter.attach_alternative(render_to_string(f"{prefix}_message.html", context), "text/html")
        return letter

    def _send(self, message):
        # A failure gives the same answer as success, or the answer would tell who has an account.
        try:
            message.send()
        except Exception:
            log.exception("A log-in mail could not be sent")


@receiver(email_confirmed, dispatch_uid="people.drop_unproven_password")
def drop_unproven_password(request, email_address, **_signal):
    """Forget the password of somebody who signed up with an address that was never theirs.

    Whoever confirms the address by a log-in code in another browser may not be the one who chose the
    password when the account was made.
    """
    records = get_authentication_records(request, email_address.user)
    if records and records[-1]["method"] == "code":
        email_address.user.set_unusable_password()
        email_address.user.save(update_fields=["password"])
