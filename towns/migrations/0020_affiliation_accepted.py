"""A person is named by an organisation only once they agreed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("towns", "0010_offer_moment")]

    operations = [
        migrations.AddField(
            model_name="affiliation",
            name="accepted_at",
            field=models.DateTimeField("angenommen am", null=True, blank=True, editable=False),
        ),
    ]
