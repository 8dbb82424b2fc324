"""Small tags for all templates: icons from the sprite, and form widgets in KERN's clothes."""

import functools

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# KERN's class by the kind of widget; what is missing here is a text-like input.
_WIDGET_CLASSES = {
    "checkbox": "kern-form-check__checkbox",
    "checkboxselectmultiple": "kern-form-check__checkbox",
    "radioselect": "kern-form-check__radio",
    "select": "kern-form-input__select",
}


@register.simple_tag
@functools.cache
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "gruppe" %}`: a drawing of static/img/icons.svg, decoration beside a word."""
    classes = f"icon {extra}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("img/icons.svg"),
        name,
    )


def _widget_class(field: BoundField) -> str:
    base = _WIDGET_CLASSES.get(field.widget_type, "kern-form-input__input")
    return f"{base} {base}--error" if field.errors else base


@register.filter
def as_kern_widget(field: BoundField) -> SafeString:
    """The bare widget with KERN's class; Django adds `aria-describedby` and `aria-invalid` itself."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{_widget_class(field)} {own}".strip()})


@register.filter
def as_kern_choices(field: BoundField) -> list[dict[str, str]]:
    """The choices of radio buttons or a list of check boxes: each with its tag, label and id."""
    field_class = _widget_class(field)
    choices = []
    for choice in field.subwidgets:
        choice.data["attrs"]["class"] = field_class
        choices.append({"tag": choice.tag(), "label": choice.choice_label, "id": choice.id_for_label})
    return choices
