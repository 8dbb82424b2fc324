"""Windows of the desk: what lies beside a Steckbrief."""

from django import template

from formats.desk.beside import beside as context_of

register = template.Library()


@register.inclusion_tag("admin/formats/format/_beside.html", takes_context=True)
def beside(context, format):
    """The box beside a Steckbrief; must not stand inside a form, it holds small forms of its own."""
    request = context["request"]
    return context_of(format, request.user) | {"back": request.get_full_path()}
