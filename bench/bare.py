"""Bare Django to measure against: no middleware, two views, the same server and database."""

import os

import dj_database_url
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="bench.bare",
    DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=None)},
    INSTALLED_APPS=[],
    MIDDLEWARE=[],
    LOGGING_CONFIG=None,
)
django.setup(set_prefix=False)

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from django.urls import path  # noqa: E402

TEMPLATE = Engine().from_string(
    "<!doctype html><title>Bare</title><ul>{% for row in rows %}<li><h3>{{ row.title }}</h3>"
    "<p>{{ row.summary }}</p><p>{{ row.goal }}</p><p>{{ row.result }}</p></li>{% endfor %}</ul>"
)


class Row(models.Model):
    """The table of Steckbriefe, a few columns of it."""

    title = models.TextField()
    summary = models.TextField()
    goal = models.TextField()
    result = models.TextField()

    class Meta:
        app_label = "bare"
        managed = False
        db_table = "formats_format"


PAGES: dict[int, bytes] = {}


def constant(request, size):
    """A constant page of `size` bytes."""
    return HttpResponse(PAGES.setdefault(size, b"x" * size), headers={"Content-Length": str(size)})


def one_query(request):
    """One SQL query for all Steckbriefe, one template that lists them in four fields."""
    page = TEMPLATE.render(Context({"rows": Row.objects.order_by("pk")}))
    return HttpResponse(page, headers={"Content-Length": str(len(page.encode()))})


urlpatterns = [
    path("constant/<int:size>/", constant),
    path("query/", one_query),
]

application = get_wsgi_application()
