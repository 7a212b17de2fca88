"""bin/ombud finds the command that the words name, and says clearly when there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from ombud.config import command_line
from ombud.config.data_folder import ROOT, CannotStart


def test_the_longest_words_win():
    commands = {"mail": 1, "mail explain": 2}
    assert command_line.find(commands, ["mail", "explain", "a.eml"]) == (2, ["a.eml"])
    assert command_line.find(commands, ["mail", "a.eml"]) == (1, ["a.eml"])
    assert command_line.find(commands, ["post"]) is None


@pytest.mark.parametrize(
    "words", [["--data", "d", "web"], ["web", "--data", "d"], ["web", "--data=d"]], ids=" ".join
)
def test_data_is_taken_anywhere(words, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OMBUD_DATA", "elsewhere")
    assert command_line.take_data_option(words) == ["web"]
    assert command_line.data_folder().path == tmp_path / "d"


def test_what_stands_after_two_dashes_is_the_commands_own(monkeypatch):
    monkeypatch.delenv("OMBUD_DATA")
    assert command_line.take_data_option(["mail", "--", "--data", "d"]) == ["mail", "--", "--data", "d"]


def test_data_without_a_folder_is_said(capsys):
    assert command_line.main(["web", "--data"]) == 2
    assert capsys.readouterr().err == "ombud: --data needs a folder: --data DIR\n"


def test_an_unknown_command_is_one_line(capsys):
    assert command_line.main(["sing", "loudly"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("ombud: there is no command 'sing loudly'") and said.count("\n") == 1


def test_help_lists_every_command_with_a_line(capsys):
    assert command_line.main(["--help"]) == 0
    listed = capsys.readouterr().out
    for words, command in command_line.all_commands().items():
        assert f"  {words} " in listed
        assert command.summary(), words


def test_a_group_of_commands_is_listed(capsys):
    assert command_line.main(["mail"]) == 0
    assert "mail explain" in capsys.readouterr().out


def test_explaining_a_mail_starts_without_django():
    loaded = "import sys; from ombud.config import command_line as c; c.COMMANDS['mail explain'].main()"
    said = subprocess.run(
        [sys.executable, "-c", f"{loaded}; print('django.db' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False"


def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("OMBUD_DATA", str(tmp_path / "file" / "var"))
    with pytest.raises(CannotStart, match="cannot write to the data folder"):
        command_line.data_folder().make_ready()


def test_every_command_in_bin_explains_itself():
    for command in Path(ROOT, "bin").iterdir():
        assert command.read_text().splitlines()[1].startswith("# ") or command.name == "_env"
