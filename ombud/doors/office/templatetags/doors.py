"""Our components and our door, for allauth's Django templates."""

from django import template
from django.template import engines
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def ui(name, *args, **options):
    """A component of ombud.ui: `{% ui "button" "Save" kind="primary" %}`."""
    return mark_safe(getattr(_components(), name)(*args, **options))


@register.simple_block_tag(takes_context=True)
def door(context, content, title=""):
    """A page at the door around what stands between the tags."""
    page = engines["jinja2"].get_template("office/door.html")
    return mark_safe(page.render({"title": title.strip(), "words": content}, context.get("request")))


def _components():
    return engines["jinja2"].env.globals["ui"]
