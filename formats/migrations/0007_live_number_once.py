"""Public numbers are carried once; drafts may wish for any."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0006_split_live_from_draft"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="format",
            name="formats_format_number_once",
        ),
        migrations.AddConstraint(
            model_name="format",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published__isnull", False)),
                fields=("kind", "live_number"),
                name="formats_format_number_once",
                violation_error_message="Diese Nummer trägt schon ein veröffentlichter Steckbrief.",
            ),
        ),
    ]
