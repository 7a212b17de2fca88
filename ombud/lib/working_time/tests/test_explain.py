"""`bin/ombud clock explain`: one question, or one per line."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ombud.lib.working_time.explain import NOT_THERE, TWICE, main

ROOT = Path(__file__).parents[4]
CALENDAR = {
    "timezone": "Europe/Madrid",
    "hours": {"mon": [["09:00", "12:00"], ["13:00", "17:30"]], "fri": [["22:00", "06:00"]]},
    "closed": ["2026-12-25"],
    "special": {"2026-12-24": [["09:00", "12:00"]]},
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "calendar.json"
    path.write_text(json.dumps(CALENDAR), encoding="utf-8")
    return str(path)


@pytest.fixture
def ask(file, capfdbinary):
    def ask(*words):
        status = main(["--calendar", file, *words])
        return status, json.loads(capfdbinary.readouterr().out)

    return ask


@pytest.fixture
def batch(monkeypatch, capfdbinary):
    def batch(*lines, words=()):
        raw = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw.encode())))
        assert main(["--batch", *words]) == 0
        return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]

    return batch


def test_the_command_needs_no_desk_and_no_django(file):
    asks = "import sys; from ombud.config.command_line import main; main(sys.argv[1:]);"
    asks += "print('django' in sys.modules)"
    words = ["clock", "explain", "--calendar", file, "--start", "2026-03-02", "--add", "0"]
    done = subprocess.run(
        [sys.executable, "-c", asks, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ['{"due": "2026-03-02T00:00:00+01:00", "lines": []}', "False"]


def test_when_something_is_due_and_why(ask):
    status, said = ask("--start", "2026-03-02T11:30", "--add", "3600")
    assert (status, said["due"]) == (0, "2026-03-02T13:30:00+01:00")
    assert [(one["why"], one["counted"], one["seconds"]) for one in said["lines"]] == [
        ("working hours", True, 1800),
        ("lunch or another break", False, 3600),
        ("working hours", True, 1800),
    ]
    assert said["lines"][1] == {
        "from": "2026-03-02T12:00:00+01:00",
        "until": "2026-03-02T13:00:00+01:00",
        "seconds": 3600,
        "counted": False,
        "kind": "break",
        "why": "lunch or another break",
    }


def test_how_much_was_worked(ask):
    status, said = ask("--start", "2026-12-24T08:00:00Z", "--until", "2026-12-28T10:00:00+01:00")
    assert (status, said["elapsed_seconds"]) == (0, 3 * 3600 + 3600)
    kinds = [one["kind"] for one in said["lines"]]
    assert kinds == ["special", "special", "closed", "no_hours", "night", "working"]


def test_adding_nothing_returns_the_start_with_its_offset(ask):
    assert ask("--start", "2026-07-04T03:00", "--add", "0") == (
        0,
        {"due": "2026-07-04T03:00:00+02:00", "lines": []},
    )


def test_a_start_that_the_clock_never_or_twice_showed_is_noted(ask):
    _, said = ask("--start", "2026-03-29T02:30", "--add", "0")
    assert (said["due"], said["notes"]) == ("2026-03-29T03:30:00+02:00", [f"start: {NOT_THERE}"])
    _, said = ask("--start", "2026-10-25T02:30", "--add", "0")
    assert (said["due"], said["notes"]) == ("2026-10-25T02:30:00+02:00", [f"start: {TWICE}"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--start", "tomorrow", "--add", "60"], "start: tomorrow is not a time"),
        (["--start", "2026-03-02", "--add=-60"], "add_seconds: a duration cannot be negative"),
        (["--start", "2026-03-02", "--until", "2026-03-01"], "until: the end is before the start"),
        (["--start", "9999-12-31T23:59:59-12:00", "--add", "1"], "start: only times between"),
        (["--start", "0001-01-01", "--add", "1"], "start: only times between"),
    ],
)
def test_a_question_that_cannot_be_answered_says_which_part(ask, words, said):
    status, answered = ask(*words)
    assert status == 1
    assert answered["error"].startswith(said)


@pytest.mark.parametrize("content", [None, b"{", b"\xff", b"[]", b"{}"])
def test_a_file_that_is_no_calendar_is_an_error_in_json(tmp_path, capfdbinary, content):
    path = tmp_path / "calendar.json"
    if content is not None:
        path.write_bytes(content)
    assert main(["--calendar", str(path), "--start", "2026-03-02", "--add", "1"]) == 1
    assert set(json.loads(capfdbinary.readouterr().out)) == {"error"}


@pytest.mark.parametrize("words", [[], ["--start", "2026-03-02"], ["--batch", "--add", "1"]])
def test_a_question_with_half_its_words_is_a_usage_error(words):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2


def test_a_batch_answers_each_line_and_a_bad_one_does_not_stop_the_rest(batch):
    good = {"calendar": CALENDAR, "start": "2026-03-02T11:30", "add_seconds": 3600}
    said = batch(
        good,
        "nonsense",
        "[1]",
        good | {"calendar": {"timezone": "Mars/Base"}},
        good | {"until": "2026-03-02T12:00"},
        {"start": "2026-03-02", "add_seconds": 1},
        good | {"add_seconds": "1h"},
        good | {"calendar": [CALENDAR]},
        good | {"start": 5},
        good | {"calendar": CALENDAR | {"hours": {}, "special": {}}},
        '{"calendar": {}, "start": "2026-03-02", "add_seconds": NaN}',
        "[" * 100_000,
        '{"start": "2026-03-02", "add_seconds": 1, "calendar": ' + "[" * 990 + "]" * 990 + "}",
        good | {"add_seconds": None, "until": "2026-03-02T12:00:00.5"},
    )
    assert said[0]["due"] == "2026-03-02T13:30:00+01:00"
    assert all(set(one) == {"error"} for one in said[1:13])
    assert said[2]["error"].startswith("A question is an object")
    assert said[4]["error"] == "question: either add_seconds or until is needed"
    assert said[13]["elapsed_seconds"] == 1800


def test_a_batch_may_take_its_calendar_from_a_file(batch, file):
    said = batch({"start": "2026-03-02T11:30", "until": "2026-03-02T11:31"}, words=["--calendar", file])
    assert said[0]["elapsed_seconds"] == 60
