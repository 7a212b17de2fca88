"""What the base page asks for: addresses of files and modules, theme, language, zone, nonce."""

import json
from functools import cache, lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.templatetags import static as files
from django.urls import get_resolver, get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from jinja2 import pass_context
from markupsafe import Markup

THEMES = ("light", "dark")
THEME_COOKIE = "ombud_theme"
VENDORED = {"htmx": "ui/vendor/htmx.js", "htmx-sse": "ui/vendor/htmx-sse.js", "trix": "ui/vendor/trix.js"}


def url(name, *args, query=None, **kwargs):
    """The address of a page by its name: `url("ticket", number=1001, query={"q": "acme"})`."""
    resolver = get_resolver(settings.ROOT_URLCONF)
    address = _address(resolver, get_script_prefix(), name, args, tuple(kwargs.items()))
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


# A list names a hundred addresses, and looking one up takes ten times longer than remembering it.
@lru_cache(maxsize=8192)
def _address(resolver, prefix, name, args, kwargs):
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)


@cache
def _modules():
    """Every script of every room: static/ui/js/keys.js of the app `ui` is imported as "ui/keys"."""
    found = dict(VENDORED)
    for app in apps.get_app_configs():
        folder = Path(app.path) / "static" / app.label / "js"
        for file in sorted(folder.glob("*.js")):
            found[f"{app.label}/{file.stem}"] = f"{app.label}/js/{file.name}"
    return found


# Files keep their names as long as this process lives.
static = cache(files.static)


@cache
def import_map():
    """The JSON of an import map, so that modules find one another under hashed names."""
    addresses = {name: static(file) for name, file in _modules().items()}
    return Markup(json.dumps({"imports": addresses}).replace("<", "\\u003c"))


@cache
def module_urls():
    """The addresses of our own modules that every page needs, to be fetched side by side."""
    return [static(file) for name, file in _modules().items() if name.startswith("ui/")]


@pass_context
def nonce(context):
    """The request's CSP nonce, or nothing where there is no request (a page for a broken server)."""
    return str(getattr(context.get("request"), "csp_nonce", ""))


@pass_context
def theme(context):
    """`light`, `dark`, or nothing when the system decides; known before the first paint."""
    chosen = getattr(context.get("request"), "COOKIES", {}).get(THEME_COOKIE)
    return chosen if chosen in THEMES else ""


def language():
    """The reader's language as HTML writes it (`zh-Hans`)."""
    code = translation.get_language() or settings.LANGUAGE_CODE
    head, _, tail = code.partition("-")
    return f"{head}-{tail.title()}" if len(tail) > 2 else (f"{head}-{tail.upper()}" if tail else head)


def zone():
    """The reader's time zone by its name, for times that scripts write."""
    return timezone.get_current_timezone_name()
