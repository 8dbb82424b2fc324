"""Since when a town offers or seeks something, for the feed; and an index for decisions by hand."""

import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("towns", "0004_rights")]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="created_at",
            field=models.DateTimeField("eingetragen am", default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddIndex(
            model_name="town",
            index=models.Index(
                fields=["small_town_decided_at"],
                condition=Q(small_town_decided_at__isnull=False),
                name="towns_town_decided",
            ),
        ),
    ]
