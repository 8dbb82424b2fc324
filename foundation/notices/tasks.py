"""What the worker does for the post office: hand one letter to the mail server."""

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.tasks import task
from django.utils import timezone

from foundation.notices.models import Mail

log = logging.getLogger(__name__)


@task()
def deliver(mail_id: int) -> None:
    """Send a due letter, once: of several workers only the one that claims it sends it.

    If a worker dies between sending and noting so, the letter leaves again later, under the same
    Message-ID, so that mail programs see it is the same one.
    """
    mail = Mail.objects.claim(mail_id, timezone.now())
    if mail is None:
        return
    try:
        _envelope(mail).send()
    except Exception as error:  # whatever the mail server or the address is, the letter is not lost
        kind = type(error).__name__  # the sentence may name the recipient: it stands in the outbox only
        if mail.note_failure(error, timezone.now()):
            log.error("Mail %s was given up after %s tries: %s", mail.pk, mail.tries, kind)
        else:
            log.warning("Mail %s could not be sent, try %s: %s", mail.pk, mail.tries, kind)
    else:
        mail.note_sent(timezone.now())


def _envelope(mail: Mail) -> EmailMultiAlternatives:
    host = urlsplit(settings.SITE_URL).hostname
    letter = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.recipient],
        headers={
            "Message-ID": f"<mail-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        letter.attach_alternative(mail.html, "text/html")
    return letter
