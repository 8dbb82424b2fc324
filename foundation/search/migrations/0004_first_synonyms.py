"""A first stock of synonyms for the editors to go on with."""

from django.db import migrations

GROUPS = [
    ["Wärmeplanung", "Wärmeplan"],
    ["ISEK", "Integriertes Stadtentwicklungskonzept", "Integriertes städtebauliches Entwicklungskonzept"],
    ["Webinar", "Online-Seminar", "Web-Seminar"],
    ["Fördermittel", "Fördergeld", "Zuwendung"],
    ["Kita", "Kindertagesstätte", "Kindergarten"],
    ["IKZ", "interkommunale Zusammenarbeit"],
    ["Coworking", "Gemeinschaftsbüro"],
    ["Photovoltaik", "PV", "Solaranlage"],
    ["E-Akte", "elektronische Akte"],
    ["OZG", "Onlinezugangsgesetz"],
]


def add(apps, schema_editor):
    model = apps.get_model("search", "Synonym")
    model.objects.bulk_create(model(words="\n".join(group)) for group in GROUPS)


def remove(apps, schema_editor):
    """Those that editors have changed since stay."""
    words = ["\n".join(group) for group in GROUPS]
    apps.get_model("search", "Synonym").objects.filter(words__in=words).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_rights")]

    operations = [migrations.RunPython(add, remove)]
