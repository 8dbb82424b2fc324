"""Windows of the room: pieces that pages of other rooms may show; and numbers as Germans write them."""

from django import template

from foundation.kit.text import german_number
from towns.models import Town
from towns.svg import outlines, points_of

register = template.Library()


@register.filter
def number(value) -> str:
    """`8400` → `8400`, `12700` → `12 700`, with a comma for fractions; empty stays empty."""
    return "" if value is None or value == "" else german_number(value)


@register.inclusion_tag("towns/_town_list.html", takes_context=True)
def towns_of_topic(context, topic):
    """Teilnehmende Städte that care about a topic."""
    towns = Town.objects.visible_to(context["request"].user).participating().with_topic(topic)
    return {"towns": towns.with_list_details().alphabetical()}


@register.inclusion_tag("towns/_participating_map.html", takes_context=True)
def participating_map(context):
    """The map of Germany with all teilnehmende Städte, and the newest of them as a list."""
    towns = Town.objects.visible_to(context["request"].user).participating()
    towns = list(towns.with_list_details().newest_participants())
    return {"towns": towns[:8], "count": len(towns), "points": points_of(towns), "outlines": outlines()}
