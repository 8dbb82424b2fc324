"""Windows of the room: pieces that pages of other rooms may show."""

from django import template

from formats.models import Format, Kind
from formats.pages import card_of

register = template.Library()


@register.inclusion_tag("formats/_cards.html", takes_context=True)
def formats_of_topic(context, topic):
    """Cards of all published Steckbriefe on a topic that the reader may see."""
    formats = Format.objects.visible_to(_reader(context)).with_topic(topic).numbered().with_list_details()
    return {"cards": [card_of(format) for format in formats]}


@register.inclusion_tag("formats/_cards.html", takes_context=True)
def quick_formats(context, count: int = 3):
    """Cards of the Steckbriefe that cost least preparation: a start for people without time."""
    formats = Format.objects.visible_to(_reader(context)).of_kind(Kind.FORMAT).with_list_details()
    return {"cards": [card_of(format) for format in formats.quickest(count)]}


def _reader(context):
    return context["request"].user
