"""`ui.button(…)` in every template: the macros of ui/components/*.html under one name, without imports."""

from functools import lru_cache

FILES = ("actions", "fields", "people", "clocks", "tickets", "writing", "floating", "layout")
# Drawn from nothing but their few arguments (no sentence of their own), and the same ones over and over: made
# once. Typed, because what is safe already (Markup) and what has to be escaped are equal otherwise.
REMEMBERED = {
    name: lru_cache(maxsize=many, typed=True)
    for name, many in {
        "avatar": 4096,
        "button": 1024,
        "icon_button": 1024,
        "level": 64,
        "menu_item": 1024,
    }.items()
}


class Components:
    """Finds a macro by its name. A block that is rendered alone has them too, since nothing is imported."""

    def __init__(self, env):
        self._env = env

    def __getattr__(self, name):
        for file in FILES:
            macro = getattr(self._env.get_template(f"ui/components/{file}.html").module, name, None)
            if macro is not None:
                if self._env.auto_reload:
                    return macro
                setattr(self, name, REMEMBERED.get(name, _as_it_is)(macro))
                return getattr(self, name)
        raise AttributeError(f"No component is called {name}: see ombud/ui/jinja2/ui/components/")


def _as_it_is(macro):
    return macro
