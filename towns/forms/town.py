"""What seat holders write about their town, part by part; and the weights of likeness."""

from __future__ import annotations

from django import forms

from towns.likeness import DEFAULT_WEIGHTS, WORDS

WEIGHTS = [("0", "zählt nicht"), ("1", "zählt"), ("2", "zählt doppelt"), ("3", "zählt dreifach")]


class WeightsForm(forms.Form):
    """How much each trait counts; what the address does not say keeps its usual weight."""

    nur = forms.ChoiceField(
        label="Vergleichen mit",
        choices=[("", "allen Kleinstädten"), ("teilnehmend", "teilnehmenden Städten")],
        required=False,
    )

    def __init__(self, data):
        usual = {name: str(weight) for name, weight in DEFAULT_WEIGHTS.items()}
        given = {name: data[name] for name in (*usual, "nur") if name in data}
        super().__init__(usual | given)
        for name, word in WORDS.items():
            self.fields[name] = forms.ChoiceField(label=word, choices=WEIGHTS)

    def weights(self) -> dict[str, int]:
        return {name: int(self.cleaned_data[name]) for name in WORDS}
