"""A worker of its own: `python -m ombud.foundation.post.tests.worker fill|send|show …` on DATABASE_URL."""

import json
import sys
from datetime import datetime

import django


def fill(now, port, count):
    mailbox = keep_mailbox(
        address="support@desk.test",
        smtp_host="127.0.0.1",
        smtp_port=int(port),
        smtp_security="none",
        by=None,
        now=now,
    )
    for number in range(int(count)):
        send(
            key=f"reply:{number}",
            case=Case.objects.create(kind="ticket"),
            mailbox=mailbox,
            kind="reply",
            to=[["Carla", "carla@acme-outdoor.example"]],
            subject=f"Re: {number}",
            text="Hola",
            html="<p>Hola</p>",
            now=now,
        )


def work(now):
    while send_due(now):
        pass


def show(now):
    letters = list(Letter.objects.values("message_id", "state", "repeated", "attempts"))
    json.dump({"letters": letters, "sent": Event.objects.filter(verb="letter.sent").count()}, sys.stdout)


if __name__ == "__main__":
    django.setup()
    # Models can only be imported once Django is set up.
    from ombud.foundation.events.models import Case, Event
    from ombud.foundation.post.actions import keep_mailbox, send
    from ombud.foundation.post.delivery import send_due
    from ombud.foundation.post.models import Letter

    deed, when, *rest = sys.argv[1:]
    {"fill": fill, "send": work, "show": show}[deed](datetime.fromisoformat(when), *rest)
