"""The house's own source, for tests of taste."""

import ast
from functools import cache
from pathlib import Path

from ombud.config.data_folder import ROOT

FLOORS = ("lib", "ui", "foundation", "spine", "features", "doors", "config")
SELDOM = {"migrations", "tests", "vendor", "__pycache__"}


@cache
def modules():
    """Every module of ours: path from the root to its parsed source; no tests, no migrations."""
    paths = [path.relative_to(ROOT) for path in sorted(ROOT.glob("ombud/**/*.py"))]
    return {
        path: ast.parse((ROOT / path).read_text("utf-8")) for path in paths if not SELDOM & set(path.parts)
    }


def room_of(path):
    """The dotted name of the room that a path belongs to, such as ombud.spine.tickets."""
    return ".".join(Path(path).parts[:3]) if len(Path(path).parts) > 3 else ".".join(Path(path).parts[:2])


def room_names():
    """Every room, by its folder."""
    found = ROOT.glob("ombud/*/*/apps.py")
    return sorted(".".join(path.parent.relative_to(ROOT).parts) for path in found)


def chain(node):
    """The names of a dotted expression, left to right: Ticket.objects.create is [Ticket, objects, create]."""
    names = []
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    names.append(node.id if isinstance(node, ast.Name) else "")
    return names[::-1]


def calls(tree):
    """Every call, with the names of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, chain(node.func)


def imported_from(tree, path):
    """Names that a module imports, with the dotted module that each comes from."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            package = list(Path(path).parent.parts)
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {alias.asname or alias.name: module for alias in node.names}
    return found
