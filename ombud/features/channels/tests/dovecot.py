"""A real Dovecot, without root's rights over anything but a temporary folder."""

import getpass
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.desk import free_port, wait_for

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
mail_location = maildir:{folder}/mail/%u
mail_uid = {uid}
mail_gid = {gid}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


class Dovecot:
    """Serves the folder of `support`; put mails into it with `deliver`."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.port = free_port()
        self.maildir = self.folder / "mail" / "support"
        self.configuration = self.folder / "dovecot.conf"
        self.count = 0
        self.process = None

    def start(self):
        # Root lends the mails to nobody: Dovecot serves none as root.
        user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwnam(getpass.getuser())
        group = subprocess.run(["id", "-gn", user.pw_name], capture_output=True, text=True, check=True)
        for name in ("run", "state", "home", "mail"):
            (self.folder / name).mkdir(exist_ok=True)
        for part in ("new", "cur", "tmp"):
            (self.maildir / part).mkdir(parents=True, exist_ok=True)
        self.configuration.write_text(
            CONFIGURATION.format(
                folder=self.folder, user=user.pw_name, group=group.stdout.strip(), port=self.port,
                uid=user.pw_uid, gid=user.pw_gid,
            )
        )  # fmt: skip
        self.owner = (user.pw_uid, user.pw_gid)
        self._lend()
        self.process = subprocess.Popen(
            [dovecot_binary(), "-F", "-c", str(self.configuration)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.answers, "Dovecot")
        return self

    def _lend(self):
        if os.geteuid() != 0:
            return
        for parent in self.folder.parents:
            if parent.stat().st_uid == 0 and str(parent).startswith("/tmp/"):
                parent.chmod(parent.stat().st_mode | 0o011)
        self.folder.chmod(0o755)
        for name in ("mail", "home"):
            for one in (self.folder / name, *(self.folder / name).rglob("*")):
                os.chown(one, *self.owner)

    def answers(self):
        log = self.folder / "dovecot.log"
        if self.process.poll() is not None:
            raise AssertionError(log.read_text() if log.exists() else "Dovecot ended")
        return subprocess.run(
            ["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{self.port} && head -c 4 <&3"],
            capture_output=True,
            check=False,
        ).stdout.startswith(b"* OK")

    def deliver(self, raw, read=False):
        self.count += 1
        name = f"{int(time.time())}.{self.count:06}.desk"
        target = self.maildir / ("cur" if read else "new") / (f"{name}:2,S" if read else name)
        target.write_bytes(raw)
        self._lend()

    def renumber(self):
        """Lose the numbers of the mails, as happens when a server is restored from a backup."""
        now = int(time.time())  # the new UIDVALIDITY is the time in seconds
        wait_for(lambda: int(time.time()) > now, "the next second", 3)
        for file in self.maildir.glob("dovecot*"):
            file.unlink()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def dovecot_binary():
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


@pytest.fixture
def dovecot(tmp_path_factory):
    if not dovecot_binary():
        message = "there is no Dovecot (Debian: apt-get install dovecot-imapd): fetching mail is not tested"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    server = Dovecot(tmp_path_factory.mktemp("dovecot")).start()
    yield server
    server.stop()
