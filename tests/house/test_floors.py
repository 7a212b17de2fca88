"""The plan of the house is kept: downstairs only, and every feature can be taken out."""

import os
import shutil
import subprocess
import sys

import pytest

from ombud.config.data_folder import ROOT
from ombud.config.settings import INSTALLED_APPS
from tests.house.source import room_names

FEATURES = [name for name in room_names() if ".features." in name]


def python(*words, at=ROOT, **environment):
    return subprocess.run(
        [sys.executable, *words],
        cwd=at,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def test_imports_only_go_downstairs():
    done = python("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache")
    assert done.returncode == 0, done.stdout


@pytest.fixture
def without(tmp_path):
    """A copy of the house without a room: its folder, and its line in the list of rooms."""

    def take_out(feature):
        copy = tmp_path / "house"
        leave = shutil.ignore_patterns("__pycache__", "tests", "*.mo")
        shutil.copytree(ROOT / "ombud", copy / "ombud", ignore=leave)
        shutil.rmtree(copy.joinpath(*feature.split(".")))
        settings = copy / "ombud/config/settings.py"
        listed, line = settings.read_text("utf-8"), f'    "{feature}",\n'
        assert listed.count(line) == 1
        settings.write_text(listed.replace(line, ""), encoding="utf-8")
        shutil.copy(ROOT / "tests/house/standing.py", copy)
        return copy

    return take_out


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_can_be_taken_out(feature, without, tmp_path):
    done = python(
        "standing.py",
        at=without(feature),
        DJANGO_SETTINGS_MODULE="ombud.config.settings",
        DATABASE_URL="",
        OMBUD_DATA=str(tmp_path / "data"),
    )
    assert done.returncode == 0, done.stdout


def test_every_room_stands_in_one_plain_list():
    assert set(room_names()) == {name for name in INSTALLED_APPS if name.startswith("ombud.")} - {"ombud.ui"}
