"""Killed in the middle and started again: a person gets each question once, under one Message-ID."""

import threading

import pytest
from django.db import connection

from ombud.features.surveys import actions, asking, letters
from ombud.features.surveys.models import Answer, Ask
from ombud.foundation.post import delivery
from ombud.foundation.post.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process is gone: nothing catches this, as nothing catches kill -9."""


def ids(desk):
    return [mail["Message-ID"] for mail in desk.mails]


@pytest.fixture
def due(desk):
    """A customer who is to be asked four things now."""
    desk.survey(delay=3600)
    for number in range(4):
        desk.resolved(desk.cast.mallory, subject=str(number))
    desk.later()
    desk.cast.later(hours=2)
    return desk


@pytest.mark.parametrize("at", [0, 3])
def test_a_kill_between_the_letter_and_its_row_leaves_neither(due, monkeypatch, at):
    send, calls = letters.send, []

    def killed(ask, now, **more):
        letter = send(ask, now, **more)
        calls.append(letter)
        if len(calls) == at + 1:
            raise Killed
        return letter

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(letters, "send", killed)
        while asking.work_asks(due.cast.now):
            pass
    assert Letter.objects.filter(kind="survey").count() == Ask.objects.filter(state="sent").count() == at
    due.later()
    assert len(ids(due)) == len(set(ids(due))) == 4


def test_a_kill_while_the_letters_leave_repeats_none_of_them_under_another_name(due, monkeypatch):
    while asking.work_asks(due.cast.now):
        pass
    conclude, calls = delivery._conclude, []

    def killed(*words):
        calls.append(words)
        if len(calls) == 2:
            raise Killed  # the server has it, and we do not know
        return conclude(*words)

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(delivery, "_conclude", killed)
        delivery.send_due(due.cast.now)
    due.later(minutes=11)  # its lease ran out
    due.later(minutes=11)
    assert len(set(ids(due))) == 4
    assert Ask.objects.filter(state="sent").count() == 4


def together(function, times=4):
    """Call it in so many threads at once; what each answered or raised."""
    start, found = threading.Barrier(times), []

    def run(number):
        try:
            start.wait(10)
            found.append(function(number))
        except Exception as refused:
            found.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.mark.postgres  # on SQLite nobody looks while somebody writes
def test_workers_that_ask_at_once_ask_everybody_once(due):
    def work(_number):
        while asking.work_asks(due.cast.now):
            pass

    assert together(work) == [None] * 4
    due.later()
    assert len(ids(due)) == len(set(ids(due))) == 4


@pytest.mark.postgres  # on SQLite nobody looks while somebody writes
def test_a_person_who_sends_in_many_windows_at_once_has_one_vote(due):
    due.later()
    ask = Ask.objects.first()
    given = together(lambda number: actions.answer(ask.pk, 6 + number, language="en", now=due.cast.now))
    assert {type(one) for one in given} == {Answer}
    assert Answer.objects.filter(ask=ask).count() == 1


@pytest.mark.postgres  # on SQLite nobody looks while somebody writes
def test_an_anonymous_person_who_sends_many_times_at_once_has_one_vote(due):
    due.later()
    ask = Ask.objects.first()
    ask.survey.anonymous = True
    ask.survey.save(update_fields=["anonymous"])
    given = together(lambda number: actions.answer(ask.pk, 6 + number, language="en", now=due.cast.now))
    assert sorted(type(one).__name__ for one in given) == ["Answer", "Gone", "Gone", "Gone"]
    assert Answer.objects.count() == 1
