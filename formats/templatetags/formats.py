"""Windows of the room: pieces that pages of other rooms may show."""

from django import template

from formats.editions import catalogue_of, editions_of, quickest
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


def _reader(context):
    return context["request"].user
