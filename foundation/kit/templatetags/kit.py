"""Small tags for all templates: icons from the sprite, and form widgets in KERN's clothes."""

import functools

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_WIDGET_CLASSES = {
    "check": "kern-form-check__checkbox",
    "select": "kern-form-input__select",
    "input": "kern-form-input__input",
}


@register.simple_tag
@functools.cache
def icon(name: str, modifier: str = "") -> SafeString:
    """`{% icon "gruppe" %}`: a drawing of static/img/icons.svg, decoration beside a word."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" {modifier}" if modifier else "",
        static("img/icons.svg"),
        name,
    )


@register.tag
def once(parser, token):
    """`{% once %}…{% endonce %}`: what is the same on every page, laid out once per process.

    Nothing inside may depend on the reader, the address or the database.
    """
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return _OnceNode(nodes)


class _OnceNode(template.Node):
    def __init__(self, nodelist):
        self.nodelist, self.text = nodelist, None

    def render(self, context):
        if self.text is None or settings.DEBUG:
            self.text = self.nodelist.render(context.new())
        return self.text


@register.filter
def kern_kind(field: BoundField) -> str:
    """How a field is laid out: `hidden`, `choices`, `check`, `select` or `input`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if widget.use_fieldset:
        return "choices"
    return {"checkbox": "check", "select": "select"}.get(getattr(widget, "input_type", ""), "input")


@register.filter
def as_kern_widget(field: BoundField) -> SafeString:
    """The bare widget in KERN's class; Django itself adds `aria-describedby` and `aria-invalid`."""
    base = _WIDGET_CLASSES[kern_kind(field)]
    return field.as_widget(attrs={"class": _with_error(base, field)})


@register.filter
def as_kern_choices(field: BoundField) -> list[dict[str, str]]:
    """Radio buttons or check boxes one by one: the tag in KERN's class, its label, its id."""
    base = f"kern-form-check__{field.field.widget.input_type}"
    choices = []
    for choice in field.subwidgets:
        choice.data["attrs"]["class"] = _with_error(base, field)
        choices.append({"tag": choice.tag(), "label": choice.choice_label, "id": choice.id_for_label})
    return choices


@register.filter
def first_id(field: BoundField) -> str:
    """Where a link to the field leads: its widget, or the first of its choices."""
    return field.id_for_label or f"{field.auto_id}_0"


def _with_error(base: str, field: BoundField) -> str:
    return f"{base} {base}--error" if field.errors else base
