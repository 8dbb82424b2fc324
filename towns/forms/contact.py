"""What people may write to each other, and the sentence when it is wrong."""

import uuid

from django import forms

from towns.forms.seats import PlainField, name_field


class ContactForm(forms.Form):
    """With a trap for robots, and a key: sent twice, it counts once."""

    name = name_field("Mit diesem Namen erscheinen Sie. Ihr Konto hat noch keinen.")
    subject = PlainField(
        label="Betreff",
        max_length=160,
        error_messages={"required": "Bitte schreiben Sie, worum es geht."},
    )
    text = PlainField(
        label="Nachricht",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Ihre E-Mail-Adresse zeigen wir nicht. Wenn Sie einen Rückruf wünschen, "
        "nennen Sie im Text Ihre Telefonnummer.",
        error_messages={"required": "Bitte schreiben Sie Ihre Nachricht."},
    )
    schluessel = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data=None, *, user):
        super().__init__(data)
        if user.name:
            del self.fields["name"]

    @property
    def is_trapped(self) -> bool:
        """Whether a robot filled the trap: answer as if all were well, and keep nothing."""
        return bool(self.data.get("website"))

    def values(self) -> dict:
        """For `send_message`."""
        return {
            "subject": self.cleaned_data["subject"],
            "text": self.cleaned_data["text"],
            "key": self.cleaned_data["schluessel"] or uuid.uuid4(),
            "name": self.cleaned_data.get("name", ""),
        }


class AnswerForm(forms.Form):
    text = PlainField(
        label="Ihre Antwort",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Sie geht per E-Mail an die Person. Ihre Adresse zeigen wir nicht.",
        error_messages={"required": "Bitte schreiben Sie Ihre Antwort."},
    )
