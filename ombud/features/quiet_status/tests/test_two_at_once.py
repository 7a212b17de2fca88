"""Several workers and several taps at the same moment: one letter leaves, one answer counts."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from ombud.features.quiet_status import actions
from ombud.features.quiet_status.models import Answer, Bundle, Request
from ombud.foundation.post.models import Letter
from tests.cast import Cast

from .house import escalate, next_update, utc

pytestmark = [
    pytest.mark.postgres,  # on SQLite nobody looks while somebody writes
    pytest.mark.django_db(transaction=True),
]
MANY = 5


@pytest.fixture
def asked():
    """Two questions wait for Jun's next time."""
    cast = Cast()
    cast.now = utc(8, 30)
    cast.both = [escalate(cast, cast.jun, severity="medium") for _n in range(2)]
    for escalation in cast.both:
        next_update(cast, escalation, utc(16, day=20))
        actions.ask(escalation, cast.jun, by=cast.emil, now=cast.now)
    return cast


def at_once(do):
    """`do(number)` in so many threads that begin together; what each of them answered or raised."""
    gate, answers = threading.Barrier(MANY), [None] * MANY

    def run(number):
        try:
            gate.wait(10)
            answers[number] = do(number)
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_many_workers_make_one_bundle_and_one_letter(asked):
    at_once(lambda _number: actions.send_due(utc(9)))
    assert Bundle.objects.get().requests.count() == 2
    assert Letter.objects.filter(key__startswith="status:").count() == 1


def test_of_many_taps_one_answers(asked):
    request = Request.objects.get(escalation=asked.both[0])
    answers = at_once(
        lambda _number: actions.answer(asked.both[0], asked.jun, "progress", request=request, now=asked.now)
    )
    assert len([answer for answer in answers if isinstance(answer, ValidationError)]) == MANY - 1, answers
    assert Answer.objects.count() == 1


def test_many_who_ask_at_once_make_one_question(asked):
    actions.answer(asked.both[0], asked.jun, "progress", now=asked.now)
    at_once(lambda _number: actions.ask(asked.both[0], asked.jun, by=asked.emil, now=asked.now))
    assert Request.objects.filter(escalation=asked.both[0], state="waiting").count() == 1
