"""The table of the measured texts, readable by everybody, and what of it is found."""

from django.db import models

from foundation.search.sources import Document, Source


class BenchTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(hidden_at__isnull=True)


class BenchText(models.Model):
    """One invented text; `key` is its name in the judged set."""

    key = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    body = models.TextField()
    hidden_at = models.DateTimeField(null=True)

    objects = BenchTextQuerySet.as_manager()

    class Meta:
        app_label = "benchsearch"


class TextSource(Source):
    """All of them."""

    key, label, model_label = "texte", "Texte", "benchsearch.BenchText"

    def keys(self):
        return BenchText.objects.all()

    def documents(self, keys):
        for text in BenchText.objects.filter(pk__in=keys).order_by("pk"):
            yield Document(object_id=text.pk, title=text.title, url=f"/texte/{text.pk}/", text=text.body)

    def topics(self, keys):
        return {}
