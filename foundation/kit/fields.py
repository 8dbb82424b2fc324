"""Fields for texts that people type: a bound that holds everywhere, and no characters nobody sees."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

# Control characters but for tab and line ends, surrogates, and the byte order mark.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


class BoundedTextField(models.TextField):
    """A text whose `max_length` holds everywhere, not only in forms."""

    def __init__(self, *args, max_length: int, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)
        self.validators = [*self.validators, MaxLengthValidator(max_length)]


def refuse_control_characters(row: models.Model) -> None:
    """Raise `ValidationError` for texts with characters that no reader sees and no feed may carry."""
    found = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(text, str) and CONTROL.search(text) for text in texts):
            found[field.name] = "Der Text enthält unlesbare Zeichen (Steuerzeichen). Bitte löschen Sie sie."
    if found:
        raise ValidationError(found)
