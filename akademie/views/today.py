"""„Heute“: the start page of staff, with what waits for this person in every room."""

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.contrib import admin
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from foundation.kit.today import Task, in_order


@require_safe
def today(request, extra_context=None):
    """Takes the place of the admin's own index; the list of all parts of the desk stays beside it."""
    tasks = in_order(_tasks(request.user, timezone.now()))
    work = [task for task in tasks if not task.quiet]
    news = [task for task in tasks if task.quiet]
    context = {"tasks": work, "news": news, "count": sum(task.count for task in work)}
    return admin.AdminSite.index(admin.site, request, context | (extra_context or {}))


def _tasks(user, now: datetime) -> Iterator[Task]:
    """What the `desk_tasks` plates of all rooms name, each by what this person may act on."""
    for config in apps.get_app_configs():
        plate = getattr(config, "desk_tasks", None)
        if plate:
            yield from import_string(plate)(user, now)
