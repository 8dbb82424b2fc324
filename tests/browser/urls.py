"""The addresses of the house, the development post, and addresses that go wrong on purpose."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.urls import path

from akademie import urls, views
from akademie.urls import handler400, handler403, handler404, handler429, handler500
from akademie.views.errors import csrf_failure
from foundation.kit.http import TooManyRequests

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]


def failing(error: Exception):
    def view(request):
        raise error

    return view


def old_form(request):
    """What a form gets whose token is too old."""
    request.method = "POST"
    return csrf_failure(request)


urlpatterns = [
    path("fehler/403/", failing(PermissionDenied())),
    path("fehler/403-formular/", old_form),
    path("fehler/413/", failing(RequestDataTooBig())),
    path("fehler/429/", failing(TooManyRequests(60))),
    path("fehler/500/", failing(ZeroDivisionError())),
    path("fehler/503/", failing(OperationalError())),
    path("entwicklung/post/", views.post_list, name="post_list"),
    path("entwicklung/post/<str:name>/", views.post_detail, name="post_detail"),
    *urls.urlpatterns,
]
