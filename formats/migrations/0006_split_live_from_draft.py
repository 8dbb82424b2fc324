"""Number, topics and moment of what is public, taken from the rows as they stand."""

from django.db import migrations


def _topics_of(apps, format):
    content_type = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="formats", model="format"
    )
    items = apps.get_model("topics", "TaggedItem").objects.filter(
        content_type__in=content_type, object_id=format.pk
    )
    return list(items.values_list("tag", flat=True))


def split(apps, schema_editor):
    """Until now the rows were live: number, topics and moment of the publication are what they say."""
    for format in apps.get_model("formats", "Format").objects.all():
        format.draft_topics.set(_topics_of(apps, format))
        newest = format.revisions.order_by("-number").first()
        if format.published_id:
            format.live_number, format.published_at = format.number, format.published.created_at
        elif newest:
            format.draft = newest
        format.save()


def join(apps, schema_editor):
    """Nothing to take back: the columns go with the migration before."""


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0005_working_copy"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(split, join),
    ]
