"""bin/test sums up what it ran, and never passes when nothing did."""

import pytest

from tests import run
from tests.run import Result
from tests.support import postgres

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


@pytest.fixture
def report(tmp_path):
    def write(*counts):
        (tmp_path / "report.xml").write_text(REPORT.format(*counts))
        return tmp_path / "report.xml"

    return write


def test_runs_are_added_up():
    assert str(Result(3, 1, 2) + Result(4, 0, 1)) == "7 passed, 1 failed, 3 skipped"


def test_errors_are_failures(report):
    assert run.count(report(10, 1, 2, 3), status=1) == Result(4, 3, 3)


def test_a_run_that_broke_down_is_a_failure(report, tmp_path):
    assert run.count(tmp_path / "none.xml", status=4) == Result(failed=1)
    assert run.count(report(10, 0, 0, 0), status=2) == Result(10, 1, 0)


def test_a_selection_that_finds_nothing_here_is_no_failure(tmp_path):
    assert run.count(tmp_path / "none.xml", status=5) == Result()


def test_nothing_at_all_is_a_failure(monkeypatch, capsys):
    monkeypatch.setattr(run, "run_all", lambda wanted, rest: Result(skipped=2))
    assert run.main(["--mission", "M999"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "0 passed, 0 failed, 2 skipped"
    assert "no test proves M999" in said.err


def test_marks_given_by_hand_are_kept(monkeypatch):
    seen = []
    monkeypatch.setattr(run.subprocess, "call", lambda words, env: seen.append(words) or 5)
    monkeypatch.setattr(run, "chromium", lambda: None)
    run.main(["--fast", "-m", "slow", "tests/setup"])
    assert "(slow) and (not browser)" in seen[0] and "tests/setup" in seen[0]


def test_a_databases_name_is_changed_and_nothing_else():
    assert postgres.with_name("postgres://a:b@h:1/x?host=/s", "y") == "postgres://a:b@h:1/y?host=/s"
    assert postgres.with_name("postgres://postgres@/x", "y") == "postgres://postgres@/y"


def test_a_password_is_not_shown():
    assert postgres.hidden("postgres://a:secret@h:1/x") == "postgres://h:1/x"
