"""A worker of its own: `python -m ombud.features.broadcasts.tests.worker fill|live|show …` on DATABASE_URL.

`live` is one life after the other, each a fork that is killed: after its n-th commit, after the n-th letter
that the server took, or at a random moment; the last one may work to the end.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import datetime, timedelta

import django

LEASE_IS_OVER = timedelta(minutes=11)
MANY = 500


def fill(now, port, people, left_out):
    """Emil's broadcast to so many customers, approved and listed; some of them are left out."""
    cast = Cast(now)
    keep_mailbox(
        mailbox=cast.mailbox,
        address=cast.mailbox.address,
        smtp_host="127.0.0.1",
        smtp_port=int(port),
        smtp_security="none",
        by=None,
        now=now,
    )
    incident = actions.open_incident("outage", "Labels", by=cast.emil, now=now)
    for first in range(0, int(people), MANY):
        _write_in(cast, range(first, min(first + MANY, int(people))), now)
    actions.find(incident, "tag", "customs", by=cast.emil, now=now)
    while actions.find_due(now):
        pass
    for row in incident.affected.order_by("?")[: int(left_out)]:
        actions.exclude(incident, row.pk, "no wish to hear", by=cast.emil, now=now)
    broadcast = actions.begin(incident, by=cast.emil, now=now)
    for language, text in (("en", "Hello {first_name}, {number}"), ("es", "Hola {first_name}, {number}")):
        wording = actions.write(broadcast, language, "Labels", text, by=cast.emil, now=now)
        actions.approve(wording, by=cast.noor, now=now)
    Broadcast.objects.update(per_minute=0)
    actions.list_recipients(broadcast, by=cast.emil, now=now)
    while actions.work_broadcasts(now):
        pass
    actions.send(broadcast, by=cast.emil, now=now)


def _write_in(cast, numbers, now):
    met = [(f"c{n}@shop{n}.example", f"Customer {n}") for n in numbers]
    customers = [meet(email=email, name=name, now=now) for email, name in met]
    openings = [
        Opening(
            Said(text="No label prints.", subject="Labels", from_address=one.email),
            one,
            "email",
            mailbox=cast.mailbox,
            tags=("customs",),
            language="es" if one.pk % 2 else "en",
        )
        for one in customers
    ]
    open_many(openings, now=now)


def live(now, how, most):
    """Live and die until everybody was told; prints how often it was killed."""
    kills = 0
    while True:
        last = kills >= int(most)
        child = os.fork()
        if not child:
            if not last and how != "random":
                _die_at(how, kills % 4 + 1)
            _work(now)
            os._exit(0)
        if not last and how == "random":
            time.sleep(random.uniform(0.05, 0.6))
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            break
        kills += 1
        now += LEASE_IS_OVER
    json.dump({"kills": kills, "status": os.WEXITSTATUS(status)}, sys.stdout)


def _work(now):
    step = timedelta(seconds=1)
    while Broadcast.objects.exclude(state="done").exists():
        idle = not actions.work_broadcasts(now) + send_due(now)
        step = min(step * 2, timedelta(minutes=1)) if idle else timedelta(seconds=1)
        now += step if idle else timedelta(0)


def _die_at(how, count):
    """Be killed right after the count-th commit, or the count-th letter that the server took."""
    left = [count]

    def one_less():
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if how == "letter":
        hand_over = Connection.hand_over

        def handed_over(self, *words):
            verdict = hand_over(self, *words)
            if verdict.taken:
                one_less()
            return verdict

        Connection.hand_over = handed_over
        return
    commit = BaseDatabaseWrapper._commit

    def committed(self):
        done = commit(self)
        one_less()
        return done

    def alone(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if not context["connection"].in_atomic_block and sql.startswith(("UPDATE", "INSERT", "DELETE")):
            one_less()
        return done

    BaseDatabaseWrapper._commit = committed
    connection.execute_wrappers.append(alone)


def show(now):
    """What stands in the rows."""
    broadcast = Broadcast.objects.get()
    rows = Recipient.objects.select_related("letter", "customer")
    json.dump(
        {
            "state": broadcast.state,
            "counts": vars(queries.counts_of(broadcast)),
            "ids": {one.customer.email: one.letter.message_id for one in rows if one.letter_id},
            "repeated": [one.letter.message_id for one in rows if one.repeated],
            "replies": Message.objects.filter(kind="reply").count(),
            "letters": Letter.objects.filter(kind="broadcast").count(),
        },
        sys.stdout,
    )


if __name__ == "__main__":
    django.setup()
    # Models can only be imported once Django is set up.
    from django.db import connection
    from django.db.backends.base.base import BaseDatabaseWrapper

    from ombud.features.broadcasts import actions, queries
    from ombud.features.broadcasts.models import Broadcast, Recipient
    from ombud.foundation.people.actions import meet
    from ombud.foundation.post.actions import keep_mailbox
    from ombud.foundation.post.delivery import send_due
    from ombud.foundation.post.models import Letter
    from ombud.foundation.post.wire import Connection
    from ombud.spine.tickets.actions import Opening, open_many
    from ombud.spine.tickets.models import Message
    from ombud.spine.tickets.said import Said
    from tests.cast import Cast

    deed, when, *rest = sys.argv[1:]
    {"fill": fill, "live": live, "show": show}[deed](datetime.fromisoformat(when), *rest)
