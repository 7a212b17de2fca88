"""`ui.button(…)` in every template: the macros of ui/components/*.html under one name, without imports."""

from functools import cache, lru_cache

from django.utils.translation import get_language

FILES = ("actions", "fields", "people", "clocks", "tickets", "writing", "floating", "layout", "calendar")
FILES += ("scripts",)
# Macros that are drawn again and again from the same arguments, and how many drawings of each are remembered:
# a list is asked for by everybody whenever anything happens, and most of its rows are those of a moment ago.
REMEMBERED = {"row": 2048, "avatar": 4096, "nobody": 16, "level": 64}
REMEMBERED |= {"button": 1024, "icon_button": 1024, "menu_item": 1024, "tag": 1024}
REMEMBERED |= {"toolbar": 16, "script_words": 16, "theme_switch": 16, "drawer_button": 16}


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
                setattr(self, name, remembered(macro, REMEMBERED[name]) if name in REMEMBERED else macro)
                return getattr(self, name)
        raise AttributeError(f"No component is called {name}: see ombud/ui/jinja2/ui/components/")


@cache
def once(macro):
    """For a macro that a template imports: `once(table)(…)` is drawn once for the same arguments."""
    return remembered(macro, 256)


def remembered(macro, most):
    """A macro that is made of its arguments and the reader's language alone, drawn once for the same ones."""

    # Typed: what is safe already (Markup) and what has to be escaped are equal otherwise.
    @lru_cache(maxsize=most, typed=True)
    def drawn(language, *args, **kwargs):
        return macro(*args, **kwargs)

    def draw(*args, **kwargs):
        try:
            return drawn(get_language(), *args, **kwargs)
        except TypeError:  # a list or a caller among them cannot be a key
            return macro(*args, **kwargs)

    return draw
