"""What visitors may tell the editors about a result."""

from django import forms

from formats.forms import CorrectionForm


class NoteForm(CorrectionForm):
    """„Passt nicht“: with trap, limit and key like every form without an account."""

    text = forms.CharField(
        label="Was passt nicht?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Zum Beispiel: eine Antwort fehlt, oder das Ergebnis hilft Ihnen nicht. "
        "Bitte keine personenbezogenen Angaben über Dritte.",
        error_messages={"required": "Bitte schreiben Sie, was nicht passt."},
    )
