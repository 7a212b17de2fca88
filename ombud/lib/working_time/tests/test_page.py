"""docs/concepts/working-time.md says what is true."""

import json
import re
from pathlib import Path

import pytest

from ombud.lib.working_time.explain import answer_line

PAGE = (Path(__file__).parents[4] / "docs/concepts/working-time.md").read_text("utf-8")
CALENDAR = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])
ROWS = re.findall(r"^\| `(\S+)` \| (\d+) \| `(\S+)` \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("start", "seconds", "due"), ROWS)
def test_each_example_of_the_page_is_so(start, seconds, due):
    question = {"calendar": CALENDAR, "start": start, "add_seconds": int(seconds)}
    assert answer_line(json.dumps(question))["due"] == due


def test_the_page_has_examples():
    assert len(ROWS) >= 7
