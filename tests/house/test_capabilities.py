"""What is said to be proved has a test, and what has a test is said."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/capabilities.md"


def test_each_row_that_is_proved_has_a_test_and_each_test_a_row():
    rows = dict(
        re.findall(r"^\| ([MP]\d+) \|.*\| (proved|in part) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    )
    marked = {row for file in _test_files() for row in _rows_of(file)}
    assert {row for row, state in rows.items() if state == "proved"} - marked == set(), "said, not proved"
    assert marked - set(rows) == set(), "proved, not said"


def _test_files():
    # tests/setup writes tests of its own in strings; only real marks count, and those are calls.
    return [*ROOT.glob("ombud/**/tests/test_*.py"), *ROOT.glob("tests/**/test_*.py")]


def _rows_of(file):
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "mission"
        ):
            yield from (argument.value for argument in node.args)
