"""The plan of the house is kept: downstairs only, and every feature can be taken out."""

import os
import subprocess
import sys

import pytest

from ombud.config.data_folder import ROOT
from tests.house.source import room_names

TAKE_OUT = """
import importlib, pathlib, django
django.setup()
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.urls import get_resolver
call_command("check", verbosity=0)
MigrationLoader(None)
for file in sorted(pathlib.Path("ombud").rglob("*.py")):
    name = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    # A door's page that shows the feature goes with it: what stays of the doors is what has an address.
    gone = name.startswith(({without!r}, "ombud.doors.", "ombud.config"))
    if not gone and ".tests" not in name and "__main__" not in name:
        importlib.import_module(name)
assert get_resolver().url_patterns
"""


def python(*words, **environment):
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def test_imports_only_go_downstairs():
    done = python("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("feature", [name for name in room_names() if ".features." in name])
def test_a_feature_can_be_taken_out(feature):
    done = python(
        "-c",
        TAKE_OUT.format(without=feature),
        DJANGO_SETTINGS_MODULE="tests.house.without",
        OMBUD_WITHOUT=feature,
    )
    assert done.returncode == 0, done.stdout
