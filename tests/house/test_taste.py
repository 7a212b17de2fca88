"""What reviewers would otherwise have to look for."""

import ast
import re
from importlib import import_module
from statistics import median

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from ombud.config.data_folder import ROOT
from ombud.config.docs import REFERENCE, pages
from tests.house.source import FLOORS, calls, imported_from, modules, room_names, room_of

WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERYSET = {"objects", "filter", "exclude", "all"}
REFERS = re.compile(r"""{%-?\s*(?:extends|import|from|include)\s+["']([^"']+)["']""")
BARE = {"Case"}  # only an id, made by whoever owns it, so that the log knows none of them
LONG = 300  # lines; a file that outgrows this should be asked which second thing lives in it


def places(found):
    return "\n".join(f"{path}:{line}: {what}" for path, line, what in found)


def writes(names):
    """Whether a call changes rows: Ticket.objects.create, ticket.save, Ticket.objects.filter.update."""
    return names[-1] in WRITES or (names[-1] == "update" and bool(QUERYSET & set(names)))


def test_views_never_save():
    views = {
        path: tree for path, tree in modules().items() if "views" in path.parts or path.name == "views.py"
    }
    found = [
        (path, call.lineno, ".".join(names))
        for path, tree in views.items()
        for call, names in calls(tree)
        if len(names) > 1 and writes(names) and names[0] not in ("form", "session", "signing")
    ]
    assert not found, places(found)


def test_only_the_room_itself_saves_its_models():
    found = []
    for path, tree in modules().items():
        foreign = {
            name
            for name, module in imported_from(tree, path).items()
            if ".models" in module and not module.startswith(room_of(path)) and name not in BARE
        }
        found += [
            (path, call.lineno, ".".join(names))
            for call, names in calls(tree)
            if names[0] in foreign and "objects" in names and writes(names)
        ]
    assert not found, places(found)


def test_templates_look_downstairs():
    owner = {}
    for file in ROOT.glob("ombud/**/*.html"):
        folders = [part for part in ("jinja2", "templates") if part in file.parts]
        if folders and "tests" not in file.parts:
            name = "/".join(file.parts[file.parts.index(folders[0]) + 1 :])
            owner[name] = (file, room_of(file.relative_to(ROOT)))
    found = []
    for file, room in owner.values():
        for name in REFERS.findall(file.read_text("utf-8")):
            other = owner.get(name, (None, room))[1]
            if other != room and floor(other) >= floor(room):
                found.append((file.relative_to(ROOT), 0, f"looks at {name}, which is not downstairs"))
    assert not found, places(found)


def floor(room):
    return FLOORS.index(room.split(".")[1])


def test_no_migration_is_missing():
    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    ours = {room.label for room in apps.get_app_configs() if room.name.startswith("ombud.")}
    changes = {label for label in detector.changes(graph=loader.graph) if label in ours}
    assert not changes, f"bin/ombud manage makemigrations {' '.join(sorted(changes))}"
    assert not loader.detect_conflicts()


@pytest.mark.parametrize("room", room_names())
def test_a_room_says_what_it_is_for(room):
    assert (import_module(room).__doc__ or "").strip(), f"{room}/__init__.py begins with one sentence"


def test_verbs_questions_and_models_say_what_they_are_for():
    found = []
    for path, tree in modules().items():
        if {"actions", "queries", "models"} & {*path.parts, path.stem} and path.name != "__init__.py":
            found += [
                (path, node.lineno, node.name)
                for node in tree.body
                if (isinstance(node, ast.FunctionDef) or is_model(node))
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ]
    assert not found, places(found)


def is_model(node):
    return isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases)


def test_files_are_short():
    lengths = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in modules()}
    long = [path for path, lines in lengths.items() if lines > LONG]
    assert len(long) <= len(lengths) * 0.03, f"split one of {[str(path) for path in long]}"
    assert median(lines for lines in lengths.values() if lines > 1) <= 80


@pytest.mark.parametrize("page", ["floor-plan.md", "events.md", "commands.md"])
def test_docs_drawn_from_the_code_are_current(page):
    file = REFERENCE / page
    assert file.exists() and file.read_text("utf-8") == pages()[page], "run bin/ombud docs"
