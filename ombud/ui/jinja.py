"""The environment in which every page of ours is rendered."""

from django.utils.translation import get_language_bidi, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment

from ombud.ui import markup, page, sentences, times, values
from ombud.ui.components import Components, once

FILTERS = {
    "when": times.when,
    "ago": times.ago,
    "span": times.span,
    "day": times.day,
    "money": values.money,
    "number": values.number,
    "filesize": values.filesize,
    "listed": values.listed,
    "initials": values.initials,
    "attrs": markup.attrs,
    "linkify": markup.linkify,
    "plain": markup.plain,
    "nl2br_safe": markup.nl2br_safe,
}


def environment(**options):
    """Django's Jinja2 backend calls this (`OPTIONS: {"environment": "ombud.ui.jinja.environment"}`)."""
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**{**options, "autoescape": True, "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"]})
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)
    env.filters.update(FILTERS)
    env.globals.update(
        _=sentences.gettext,
        static=page.static,
        url=page.url,
        icon=markup.icon,
        import_map=page.import_map,
        module_urls=page.module_urls,
        nonce=page.nonce,
        theme=page.theme,
        language=page.language,
        zone=page.zone,
        text_direction=lambda: "rtl" if get_language_bidi() else "ltr",
        ui=Components(env),
        once=once,
    )
    return env
