"""What is due is done, by whoever comes first; snoozed tickets stand for every waiting thing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import close_old_connections

from ombud.foundation.clock.due import SETBACK
from ombud.spine.tickets.models import Ticket
from tests.cast import Cast


@pytest.fixture
def due(cast):
    tickets = [cast.writes(cast.carla) for _ in range(5)]
    for minutes, ticket in enumerate(tickets):
        Ticket.objects.filter(pk=ticket.pk).update(wakes_at=cast.now + timedelta(minutes=minutes))
    return tickets


def test_the_longest_overdue_comes_first(cast, due):
    seen = []
    Ticket.objects.work_through(cast.later(minutes=2), lambda row, now: seen.append(row.pk))
    assert seen == [ticket.pk for ticket in due[:3]]


def test_nothing_is_done_twice(cast, due):
    cast.later(hours=1)
    assert Ticket.objects.work_through(cast.now, lambda row, now: None) == 5
    assert Ticket.objects.work_through(cast.now, lambda row, now: None) == 0


def test_a_row_that_fails_waits_and_the_others_go_on(cast, due):
    seen = []

    def do(row, now):
        if row.pk == due[1].pk:
            Ticket.objects.filter(pk=row.pk).update(subject="half done")
            raise ValueError("no")
        seen.append(row.pk)

    Ticket.objects.work_through(cast.later(hours=1), do)
    failed = Ticket.objects.get(pk=due[1].pk)
    assert len(seen) == 4
    assert (failed.wakes_at, failed.subject) == (cast.now + SETBACK, "Etiquetas")


def test_a_lease_that_ran_out_comes_back(cast, due):
    cast.later(hours=1)
    until = cast.now + timedelta(minutes=10)
    assert len(Ticket.objects.lease(cast.now, until)) == 5
    assert Ticket.objects.lease(cast.now, until) == []
    assert len(Ticket.objects.lease(cast.later(minutes=10), until)) == 5


# On SQLite the tests share one database in memory, whose locks are others than a file's; there the post's
# tests let several processes share what is due.
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_workers_share_what_is_due():
    cast = Cast()
    for _ in range(60):
        Ticket.objects.filter(pk=cast.writes(cast.carla).pk).update(wakes_at=cast.now)
    done = []

    def work(_):
        while Ticket.objects.work_through(cast.now, lambda row, now: done.append(row.pk), limit=7):
            pass
        close_old_connections()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert len(done) == len(set(done)) == 60
