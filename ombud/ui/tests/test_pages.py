"""Base pages, blocks, errors, and what is vendored."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from django.test import RequestFactory, override_settings

from ombud.ui import errors, page
from ombud.ui.blocks import page_or_block, render_block
from ombud.ui.components import FILES
from ombud.ui.frames import shut_in
from ombud.ui.tests import stage

UI = Path(page.__file__).parent
DOCS = UI.parents[1] / "docs" / "reference" / "components.md"


@pytest.fixture
def request_(settings):
    settings.ROOT_URLCONF = "ombud.ui.tests.stage"
    return RequestFactory().get("/specimen/")


def test_every_component_renders_in_every_state(request_):
    shown = stage.specimen(request_).content.decode()
    assert "Acknowledgement sent to Carla" in shown
    assert ' style="' not in shown
    assert not re.search(r"\son\w+=", shown)


def test_a_block_is_rendered_alone_with_its_components(request_):
    part = render_block(request_, "ui/specimen.html", "body", {"now": stage.NOW}).content.decode()
    assert part.lstrip().startswith("<main")
    assert "<html" not in part


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"HX-Request": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, True),
    ],
)
def test_htmx_gets_the_part_and_a_browser_the_whole(request_, headers, whole):
    asked = RequestFactory().get("/", headers=headers)
    answer = page_or_block(asked, "ui/specimen.html", "body", {"now": stage.NOW})
    assert (b"<html" in answer.content) is whole
    assert answer["Vary"] == "HX-Request"


def test_modules_find_one_another_by_name():
    names = json.loads(page.import_map())["imports"]
    assert "ui/keys" in names
    assert "htmx" in names
    for script in (UI / "static/ui/js").glob("*.js"):
        for wanted in re.findall(r'(?:from|import)\s*\(?\s*"([^"]+)"', script.read_text()):
            assert wanted in names, f"{script.name} imports {wanted}"


def test_every_icon_that_a_component_shows_is_in_the_sprite():
    sprite = (UI / "static/ui/icons/sprite.svg").read_text()
    shown = set()
    for template in (UI / "jinja2").rglob("*.html"):
        shown |= set(re.findall(r'icon\("([a-z0-9-]+)"', template.read_text()))
    for script in (UI / "static/ui/js").glob("*.js"):
        shown |= set(re.findall(r'icon\("([a-z0-9-]+)"', script.read_text()))
    assert {name for name in shown if f'id="i-{name}"' not in sprite} == set()


def test_what_scripts_say_is_in_the_catalogue_of_the_page():
    words = (UI / "jinja2/ui/components/scripts.html").read_text()
    for script in (UI / "static/ui/js").glob("*.js"):
        for key in re.findall(r'say\("(\w+)"', script.read_text()):
            assert f'"{key}"' in words, f"{script.name} says {key}"


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.not_found, 404, "There is nothing at this address"),
        (errors.forbidden, 403, "This is not open to you"),
        (errors.csrf_failure, 403, "This form was too old"),
        (errors.bad_request, 400, "We could not read that request"),
        (errors.server_error, 500, "Nothing was done by halves"),
    ],
)
def test_a_broken_page_says_what_is_safe(request_, view, status, words):
    answer = view(request_)
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_frame_forbids_scripts_and_pictures_from_elsewhere():
    policy = shut_in("<p>x</p>")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "https:" not in policy
    assert "https:" in shut_in("<p>x</p>", images=True)["Content-Security-Policy"]


def test_vendored_files_are_what_the_notice_says():
    folder = UI / "static/ui/vendor"
    noted = dict(re.findall(r"^([\w.-]+\.js).*?([0-9a-f]{64})$", (folder / "NOTICE").read_text(), re.M))
    assert set(noted) == {file.name for file in folder.glob("*.js")}
    for name, digest in noted.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_words_in_templates_and_in_python_reach_the_catalogue():
    mapping = [("jinja2/**.html", "jinja2"), ("**.py", "python")]
    options = {"jinja2/**.html": {"extensions": "jinja2.ext.do", "silent": "false"}}
    found = {message for _, _, message, _, _ in extract_from_dir(UI, mapping, options)}
    assert {"Skip to the content", "just now", ("%(num)s broken", "%(num)s broken")} <= found


def test_every_macro_is_in_the_reference():
    reference = DOCS.read_text()
    for file in FILES:
        text = (UI / f"jinja2/ui/components/{file}.html").read_text()
        for name in re.findall(r"\{% macro ([a-z]\w*)\(", text):
            assert f"`{name}(" in reference, f"{file}: {name} is not in {DOCS.name}"


@override_settings(ROOT_URLCONF="ombud.ui.tests.stage")
def test_the_theme_is_known_before_the_first_paint():
    asked = RequestFactory().get("/", headers={"cookie": "ombud_theme=dark"})
    assert 'data-theme="dark"' in stage.threshold(asked).content.decode()
    asked = RequestFactory().get("/", headers={"cookie": 'ombud_theme="><script>'})
    assert "data-theme" not in stage.threshold(asked).content.decode().split(">")[1]
