"""The table of the measured texts, readable by everybody, and what of it is found."""

from django.db import models

from foundation.search.sources import Document, Source


class BenchTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(hidden_at__isnull=True)


class VisibleToAll(models.QuerySet):
    def visible_to(self, user):
        return self.all()


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


class BenchPlace(models.Model):
    """One of as many invented places as Germany has municipalities."""

    title = models.CharField(max_length=200)
    ags = models.CharField(max_length=8)
    postcode = models.CharField(max_length=5)

    objects = VisibleToAll.as_manager()

    class Meta:
        app_label = "benchsearch"


class PlaceSource(Source):
    """All places, found by name, key and postcode."""

    key, label, model_label = "orte", "Orte", "benchsearch.BenchPlace"

    def keys(self):
        return BenchPlace.objects.all()

    def documents(self, keys):
        for place in BenchPlace.objects.filter(pk__in=keys).order_by("pk"):
            keywords = (place.ags, place.postcode)
            yield Document(place.pk, place.title, f"/orte/{place.pk}/", keywords=keywords)

    def topics(self, keys):
        return {}
