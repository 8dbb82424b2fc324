"""Windows of the room: pieces that pages of other rooms may show."""

from django import template

from formats.editions import catalogue_of, editions_of, quickest
from formats.guide.editions import tree_editions
from formats.models import Format, Kind

register = template.Library()


@register.inclusion_tag("formats/_cards.html", takes_context=True)
def formats_of_topic(context, topic):
    """Cards of all published Steckbriefe on a topic that the reader may see."""
    formats = Format.objects.visible_to(_reader(context)).with_topic(topic)
    return {"editions": catalogue_of(formats)}


@register.inclusion_tag("formats/_cards.html", takes_context=True)
def quick_formats(context, count: int = 3):
    """Cards of the formats that cost least preparation: a start for people without time."""
    formats = Format.objects.visible_to(_reader(context)).of_kind(Kind.FORMAT)
    return {"editions": quickest(editions_of(formats.order_by()), count)}


@register.inclusion_tag("formats/_guide_cards.html", takes_context=True)
def guides_for(context, slug: str):
    """Cards of the trees that want to be shown on this Steckbrief."""
    trees = tree_editions(_reader(context)).values()
    return {"trees": [tree for tree in trees if slug in tree.plan.shown_in]}


def _reader(context):
    return context["request"].user
