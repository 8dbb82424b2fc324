"""The development post: mails that were laid down in a folder instead of being sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as policy

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SHOWN = 100  # files
_BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what the file backend writes after each mail
# A letter brings its styles inline; scripts, forms and foreign pictures stay off.
_LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@dataclass(frozen=True)
class LaidDownMail:
    """One mail of a file in the folder; `name` is its address on the development pages."""

    name: str
    laid_down_at: datetime
    message: EmailMessage

    def part(self, kind: str) -> str:
        """The text of the first `plain` or `html` part, empty if there is none."""
        body = self.message.get_body((kind,))
        return body.get_content() if body else ""

    @property
    def headers(self) -> list[tuple[str, str]]:
        # Templates cannot ask a message for its items: it takes every name for a header.
        return self.message.items()

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def has_html(self) -> bool:
        return self.message.get_body(("html",)) is not None


@require_safe
def post_list(request):
    return render(request, "akademie/post_list.html", {"mails": list(_newest_first())})


@require_safe
def post_detail(request, name):
    """One mail with headers and text; with `?teil=html` the HTML letter itself, under its own policy."""
    mail = next((mail for mail in _newest_first() if mail.name == name), None)
    if mail is None:
        raise Http404
    if request.GET.get("teil") == "html":
        response = HttpResponse(mail.part("html"))
        response["Content-Security-Policy"] = _LETTER_POLICY
        return response
    return render(request, "akademie/post_detail.html", {"mail": mail})


def _newest_first() -> Iterator[LaidDownMail]:
    """The newest mails of the folder; one file may hold several."""
    files = [(file.stat().st_mtime, file) for file in settings.MAIL_FOLDER.glob("*.log")]
    for seconds, file in sorted(files, reverse=True)[:SHOWN]:
        laid_down_at = datetime.fromtimestamp(seconds, tz=UTC)
        pieces = [piece for piece in file.read_bytes().split(_BETWEEN) if piece.strip()]
        for number, piece in reversed([*enumerate(pieces, start=1)]):
            yield LaidDownMail(
                f"{file.stem}-{number}", laid_down_at, message_from_bytes(piece, policy=policy)
            )
