"""`ui.button(…)` in every template: the macros of ui/components/*.html under one name, without imports."""

FILES = ("actions", "fields", "people", "clocks", "tickets", "writing", "floating", "layout")


class Components:
    """Finds a macro by its name. A block that is rendered alone has them too, since nothing is imported."""

    def __init__(self, env):
        self._env = env

    def __getattr__(self, name):
        for file in FILES:
            macro = getattr(self._env.get_template(f"ui/components/{file}.html").module, name, None)
            if macro is not None:
                if not self._env.auto_reload:
                    setattr(self, name, macro)
                return macro
        raise AttributeError(f"No component is called {name}: see ombud/ui/jinja2/ui/components/")
