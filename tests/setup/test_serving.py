"""bin/serve: one supervised process tree that starts clearly, keeps going and ends cleanly."""

import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.desk import clean_environment, free_port, wait_for

pytestmark = pytest.mark.slow
MEMORY = 250  # MB for the whole idle tree: what a small rented machine can spare


def serve(folder, *words, **environment):
    """bin/serve in the foreground, to see how it refuses."""
    words = [sys.executable, "-P", "-m", "ombud", "serve", *words]
    given = clean_environment(folder, environment.pop("DATABASE_URL", None)) | environment
    return subprocess.run(words, env=given, capture_output=True, text=True, timeout=60, check=False)


def ports():
    return ["--port", str(free_port()), "--smtp-port", str(free_port())]


def gone(pids):
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def memory(pids):
    """Megabytes that these processes really take, shared pages divided (PSS)."""
    rows = [Path(f"/proc/{pid}/smaps_rollup").read_text().split() for pid in pids]
    return sum(int(row[row.index("Pss:") + 1]) for row in rows) / 1024


def test_three_processes_serve_the_web_and_take_mail(shared_desk):
    assert sorted(wait_for(shared_desk.children, "children")) == ["web", "work"]
    wait_for(shared_desk.takes_mail, "the mail port")
    assert f"http://127.0.0.1:{shared_desk.port}/" in shared_desk.output()


def test_an_idle_desk_is_small(shared_desk):
    wait_for(shared_desk.takes_mail, "the mail port")
    for _ in range(20):
        shared_desk.answers()
    processes = [shared_desk.process.pid, *shared_desk.children().values()]
    wait_for(lambda: memory(processes) < MEMORY, f"the desk to take less than {MEMORY} MB")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly(live_desk, number):
    children = live_desk.children().values()
    live_desk.process.send_signal(number)
    assert live_desk.process.wait(12) == 0
    assert gone(children)


@pytest.mark.faults
@pytest.mark.parametrize("name", ["web", "work"])
def test_a_child_that_dies_is_started_again(live_desk, name):
    before = live_desk.children()[name]
    live_desk.kill(name)
    wait_for(lambda: live_desk.children().get(name) not in (None, before), f"{name} again")
    wait_for(live_desk.answers, "a page")
    wait_for(live_desk.takes_mail, "the mail port")
    assert f"{name} ended (SIGKILL)" in live_desk.output()


@pytest.mark.faults
def test_children_do_not_outlive_a_supervisor_that_was_killed(live_desk):
    children = list(live_desk.children().values())
    live_desk.kill("supervisor")
    live_desk.process.wait()
    wait_for(lambda: gone(children), "the end of its children", 12)
    live_desk.start()
    wait_for(live_desk.answers, "a page")


def test_two_supervisors_do_not_share_a_folder(shared_desk):
    done = serve(shared_desk.folder, *ports())
    assert done.returncode == 2
    assert "a desk is already being served from" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("option", ["--port", "--smtp-port"])
def test_a_port_in_use_is_one_line(tmp_path, option):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        done = serve(tmp_path, *ports(), option, str(number))
    assert done.returncode == 2
    assert done.stderr == f"ombud: port {number} on 127.0.0.1 is in use; choose another with {option}\n"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    done = serve(tmp_path / "file" / "var", *ports())
    assert done.returncode == 2
    assert "cannot write to the data folder" in done.stderr and done.stderr.count("\n") == 1


def test_a_database_that_is_not_there_is_one_line(tmp_path):
    done = serve(tmp_path, *ports(), DATABASE_URL=f"postgres://mallory@127.0.0.1:{free_port()}/nowhere")
    assert done.returncode == 2
    assert "the database nowhere at 127.0.0.1 is not there" in done.stderr and done.stderr.count("\n") == 1


def test_the_key_is_for_its_owner_only(shared_desk):
    assert stat.S_IMODE((shared_desk.folder / "secret.key").stat().st_mode) == 0o600


def test_the_doctor_finds_all_well(shared_desk):
    assert "NOT WELL" not in shared_desk.command("doctor")
