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
