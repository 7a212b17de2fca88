"""Several machines on one PostgreSQL: they start at once, share the work, and none does it twice."""

import subprocess
import sys

import pytest

from tests.support.desk import clean_environment


@pytest.mark.usefixtures("database_kind")
def test_machines_that_start_at_once_prepare_the_database_once(mould, tmp_path):
    if not mould.address:
        pytest.skip("one machine is all there is on SQLite")
    database = mould.new_database()
    starting = [
        subprocess.Popen(
            [sys.executable, "-P", "-m", "ombud", "prepare", "--empty"],
            env=clean_environment(tmp_path / f"machine-{number}", database),
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    said = [machine.communicate()[1] for machine in starting]
    assert [machine.returncode for machine in starting] == [0, 0, 0], said
    assert sum("steps" in one for one in said) == 1
