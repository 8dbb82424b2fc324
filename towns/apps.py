"""The sign of the room `towns`, with its name plates."""

from django.apps import AppConfig


class TownsConfig(AppConfig):
    name = "towns"
    verbose_name = "Städte und Akteur:innen"

    # Name plate for foundation.kit.files: where stored files live, and who decides on reading.
    served_files = {
        "wappen": ("towns.Town", "coat_of_arms"),
        "stadtbilder": ("towns.TownPicture", "large"),
        "stadtbildermittel": ("towns.TownPicture", "medium"),
        "stadtbilderklein": ("towns.TownPicture", "small"),
        "portraets": ("towns.Actor", "portrait"),
        "portraetsklein": ("towns.Actor", "portrait_small"),
    }

    # Name plate for foundation.topics: what of this room carries topics.
    topic_things = ["towns.Town", "towns.Actor"]

    # Name plate for the start page „Heute“: what waits here, for whom.
    desk_tasks = "towns.today.tasks"

    # Name plates for foundation.people: what stands on the pages of one's account, and where somebody
    # who has just made one is led to.
    account_pages = {
        "towns:seat_list": "Ihre Sitze: für wen Sie sprechen",
        "towns:profile_edit": "Ihr Profil",
        "towns:contact_list": "Ihre Nachrichten",
    }
    after_signup = "towns:seat_find"

    def ready(self):
        from towns import receivers  # noqa: F401
