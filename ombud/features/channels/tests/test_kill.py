"""Whatever is killed, and whenever: every mail that was accepted is there, exactly once."""

import json
import random
import smtplib
import threading
from contextlib import suppress

import pytest

from tests.support.desk import wait_for

from .letters import mail

MAILS = 500
SENDERS = 4
KILLS = 5
ASK = """
import json
from collections import Counter
from ombud.features.channels.models import Incoming
from ombud.spine.tickets.models import Message, Ticket
ids = Counter(Message.objects.filter(kind="received").values_list("message_id", flat=True))
print("ANSWER" + json.dumps({
    "waiting": Incoming.objects.filter(due_at__isnull=False).count(),
    "aside": list(Incoming.objects.filter(state="aside").values_list("error", flat=True)),
    "threads": Ticket.objects.filter(merged_into=None).count(),
    "ids": ids,
}))
"""


def ask(desk):
    said = desk.command("manage", "shell", "-v", "0", "-c", ASK)
    return json.loads(said[said.index("ANSWER") + 6 :])


class Sender(threading.Thread):
    """Hands its mails over one by one, again and again until each is accepted, as mail servers do.

    The second half waits until everything was killed: on a busy machine the senders were done before that.
    """

    def __init__(self, desk, numbers, killed):
        super().__init__(daemon=True)
        self.desk, self.numbers, self.killed = desk, numbers, killed
        self.accepted, self.again = [], 0

    def run(self):
        for at, number in enumerate(self.numbers):
            if at == len(self.numbers) // 2:
                self.killed.wait()
            while not self._hand_over(number):
                self.again += 1
                wait_for(self.desk.takes_mail, "the door for mail again", 120)
            self.accepted.append(number)

    def _hand_over(self, number):
        sender = f"c{number // 2}@firm{number // 2}.example"
        answers = f"{number - 1}@m.example" if number % 2 else ""
        with suppress(OSError, smtplib.SMTPException):
            with smtplib.SMTP("127.0.0.1", self.desk.smtp_port, timeout=20) as client:
                client.sendmail(
                    sender,
                    ["support@desk.test"],
                    mail(sender=sender, subject="Parcel", id=f"{number}@m.example", answers=answers),
                )
            return True
        return False


@pytest.mark.faults
@pytest.mark.mission("M1", "M102")
def test_every_accepted_mail_is_there_exactly_once(live_desk):
    wait_for(live_desk.takes_mail, "the door for mail")
    numbers = list(range(MAILS))
    random.Random(2).shuffle(numbers)
    killed = threading.Event()
    senders = [Sender(live_desk, numbers[at::SENDERS], killed) for at in range(SENDERS)]
    for sender in senders:
        sender.start()
    for kill, accepted in enumerate(sorted(random.sample(range(MAILS // 2 - SENDERS), KILLS))):
        wait_for(lambda: sum(len(sender.accepted) for sender in senders) >= accepted, "more mails", 120)  # noqa: B023
        with suppress(KeyError, ProcessLookupError):
            live_desk.kill("work" if kill % 3 != 2 else "web")
        # Each time the supervisor waits a little longer before it starts a child that dies so often.
        wait_for(live_desk.takes_mail, "the door for mail again", 120)
    killed.set()
    for sender in senders:
        sender.join()
    assert sum(len(sender.accepted) for sender in senders) == MAILS
    lists = live_desk.folder / "spool"
    wait_for(lambda: not any(lists.glob("*.list")), "the spool to be empty", 120)
    wait_for(lambda: not ask(live_desk)["waiting"], "all to be taken in", 120)
    found = ask(live_desk)
    assert found["aside"] == []
    assert found["ids"] == {f"<{number}@m.example>": 1 for number in range(MAILS)}
    assert found["threads"] == MAILS // 2
