"""What visitors may choose in the directory of towns."""

from django import forms

from towns.directory import ORDERS, RADII
from towns.facets import Facet


class DirectoryForm(forms.Form):
    """Text, facets, a place to measure from, order and page; unknown values are errors."""

    q = forms.CharField(max_length=200, required=False)
    von = forms.CharField(max_length=200, required=False)
    umkreis = forms.ChoiceField(choices=[("", "egal"), *RADII.items()], required=False)
    sortierung = forms.ChoiceField(choices=list(ORDERS.items()), required=False)
    seite = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def __init__(self, data, *, facets: list[Facet]):
        super().__init__(data)
        for facet in facets:
            kind = forms.MultipleChoiceField if facet.several else forms.ChoiceField
            choices = facet.choices if facet.several else (("", "egal"), *facet.choices)
            self.fields[facet.name] = kind(label=facet.label, choices=choices, required=False)
        self.facet_names = [facet.name for facet in facets]

    def chosen(self) -> dict[str, list[str]]:
        """Facet name → chosen values, only those with any."""
        values = {name: self.cleaned_data[name] for name in self.facet_names}
        return {
            name: value if isinstance(value, list) else [value] for name, value in values.items() if value
        }
