"""What an installation brings along."""

import io
import mailbox as stdlib
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ombud.features.channels.email.mbox import count, mails
from ombud.features.channels.imports import customers, mbox
from ombud.features.channels.imports.progress import Progress
from ombud.features.channels.models import Incoming
from ombud.foundation.people.models import Customer, Person
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message, Ticket

from .letters import mail

pytestmark = pytest.mark.django_db
CARLA = "Carla Benítez <carla@acme-outdoor.example>"
FIRST = "One.\n\nFrom here on it is broken."
MALLORY = "Mallory <mallory@elsewhere.example>"


@pytest.fixture(autouse=True)
def administrator(cast):
    """In whose name archives are imported."""
    return cast.greta


@pytest.fixture
def archive(tmp_path):
    """An mbox as a mail program writes it: a thread of three people, one answer of ours, a broken mail."""
    long_ago = datetime(2025, 3, 3, 9, tzinfo=UTC)
    box = stdlib.mbox(tmp_path / "old.mbox")
    for raw in (
        mail(id="a@m.example", at=long_ago, text=FIRST),
        mail(sender=MALLORY, id="b@m.example", answers="a@m.example", at=long_ago + timedelta(hours=1)),
        mail(sender="support@desk.test", to=CARLA, id="c@desk.test", answers="a@m.example", text="We see.",
             at=long_ago + timedelta(hours=2)),
        b"\n\n",
        mail(sender=MALLORY, id="d@m.example", subject="Another", at=long_ago),
    ):  # fmt: skip
        box.add(raw)
    box.close()
    return tmp_path / "old.mbox"


def test_every_mail_of_the_file_is_found_as_it_was_written(archive):
    found = list(mails(archive))
    assert count(archive) == len(found) == 5
    assert b"\nFrom here on it is broken." in found[0].raw


def test_old_mail_becomes_tickets_once(archive, cast, capsys):
    assert mbox.main([str(archive)]) == 0
    assert "4 mails are messages now." in capsys.readouterr().out
    first = Ticket.objects.get(subject="Etiquetas")
    kinds = list(first.messages.values_list("kind", flat=True))
    assert kinds == ["received", "received", "reply"]
    assert first.last_message_at == datetime(2025, 3, 3, 11, tzinfo=UTC)
    assert first.case.events.get(verb="ticket.opened").actor == cast.greta
    assert mbox.main([str(archive)]) == 0
    assert "5 had been imported before." in capsys.readouterr().out
    assert Message.objects.count() == 4


def test_strict_keeps_strangers_out(archive, cast):
    mbox.main([str(archive), "--strict"])
    assert Message.objects.get(message_id="<b@m.example>").ticket.customer.email.startswith("mallory")


def test_it_goes_on_where_it_was_killed(archive, cast, monkeypatch):
    def killed(rows, now):
        raise KeyboardInterrupt

    monkeypatch.setattr(mbox, "take_in", killed)
    with pytest.raises(KeyboardInterrupt):
        mbox.main([str(archive)])
    assert Incoming.objects.filter(state="waiting").count() == 5
    monkeypatch.undo()
    mbox.main([str(archive)])
    assert Message.objects.count() == 4


def test_what_was_said_before_it_was_resolved_does_not_reopen_it(archive, cast, post):
    ticket = post.brings(mail(id="a@m.example", text=FIRST)).message.ticket
    tickets.set_status(ticket, "resolved", by=cast.ada, now=cast.now)
    mbox.main([str(archive)])
    ticket.refresh_from_db()
    assert ticket.status == "resolved"
    assert ticket.messages.count() == 3


TODAY = timezone.now().replace(microsecond=0)


def days_ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def bring(tmp_path, cast):
    """Imports these mails with these words of the command line."""

    def bring(*raws, words=()):
        box = stdlib.mbox(tmp_path / f"{len(list(tmp_path.iterdir()))}.mbox")
        for raw in raws:
            box.add(raw)
        box.close()
        assert mbox.main([box._path, *words]) == 0

    return bring


def slug(words):
    return words.replace(" ", "-")


def asked(id, days, **more):
    return mail(id=f"{slug(id)}@m.example", subject=id, at=days_ago(days), **more)


def answered(id, days):
    return mail(
        sender="support@desk.test", to=CARLA, subject=f"Re: {id}", at=days_ago(days),
        id=f"{slug(id)}.ours@desk.test", answers=f"{slug(id)}@m.example",
    )  # fmt: skip


def statuses():
    return dict(Ticket.objects.values_list("subject", "status"))


@pytest.mark.mission("M1")
def test_old_threads_do_not_all_stand_open(bring, cast, client, capsys):
    bring(
        asked("long over", 300), answered("long over", 299),
        asked("never answered", 200),
        asked("ours to do", 20),
        asked("theirs to do", 20), answered("theirs to do", 19),
    )  # fmt: skip
    assert statuses() == {
        "long over": "resolved",
        "never answered": "resolved",
        "ours to do": "new",
        "theirs to do": "waiting",
    }
    told = capsys.readouterr().out
    assert "2 threads were silent for long and are resolved." in told
    assert "2 threads stand open, or wait for their customers." in told
    page = cast.signed_in(client, cast.greta).get(reverse("workspace:view", args=["all"])).content.decode()
    assert "ours to do" in page
    assert "never answered" not in page


def test_how_long_a_thread_stays_open_can_be_said(bring):
    bring(asked("a week", 7), asked("a month", 29), words=["--still-open", "10"])
    assert statuses() == {"a week": "new", "a month": "resolved"}


def test_it_counts_as_resolved_when_the_last_word_was_said(bring):
    bring(asked("long over", 300), answered("long over", 299))
    ticket = Ticket.objects.get()
    assert ticket.resolved_at == ticket.last_message_at < days_ago(298)
    assert ticket.waiting_since is None


def test_a_customer_who_writes_again_opens_it_again(bring, post):
    bring(asked("over", 300))
    post.brings(mail(id="new@m.example", answers="over@m.example", at=timezone.now(), text="And now?"))
    assert Ticket.objects.get().status == "open"


def test_a_thread_on_which_somebody_works_is_left_alone(bring, cast, post):
    ticket = post.brings(asked("live", 100)).message.ticket
    bring(asked("live", 100), answered("live", 90))
    ticket.refresh_from_db()
    assert (ticket.messages.count(), ticket.status) == (2, "waiting")
    assert not ticket.case.events.filter(verb="ticket.imported").exists()


def test_what_somebody_holds_is_left_alone_when_the_archive_comes_again(bring, cast):
    bring(asked("long over", 300), words=["--still-open", "400"])
    tickets.assign(Ticket.objects.get(), cast.ada, by=cast.ines, now=cast.now)
    bring(asked("long over", 300))
    assert statuses() == {"long over": "new"}


def test_a_run_that_was_killed_is_settled_by_the_next(bring, monkeypatch):
    monkeypatch.setattr(mbox.threads, "settle", lambda *_any, **_more: (0, 0))
    bring(asked("long over", 300))
    assert statuses() == {"long over": "new"}
    monkeypatch.undo()
    bring(asked("long over", 300))
    assert statuses() == {"long over": "resolved"}


def test_without_an_administrator_nothing_is_imported(archive, cast, capsys):
    Person.objects.filter(pk=cast.greta.pk).update(is_active=False)
    assert mbox.main([str(archive)]) == 2
    assert "Nobody is administrator yet" in capsys.readouterr().err
    assert not Incoming.objects.exists()


def test_a_file_that_is_none_is_refused_in_one_line(tmp_path, cast, capsys):
    assert mbox.main([str(tmp_path / "nothing")]) == 2
    (tmp_path / "letter.txt").write_text("Hello")
    assert mbox.main([str(tmp_path / "letter.txt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_progress_says_what_is_done_what_is_left_and_how_fast():
    seconds = iter([0.0, 2.0, 2.0, 2.0])
    progress = Progress(100, out=io.StringIO(), clock=lambda: next(seconds))
    progress.finished = 40
    assert progress.line() == "[##########              ] 40 of 100, 60 left, 20/s, about 0:03 still"


def test_a_customer_list_is_imported_line_by_line_and_once(tmp_path, cast, capsys):
    file = tmp_path / "customers.csv"
    file.write_text(
        "name,email,account,domain,tier,language,phone\n"
        "Lena Ott,lena@bergwerk.example,Bergwerk,bergwerk.example,gold,de,+49 1\n"
        "Nobody,not an address,,,,,\n"
    )
    assert customers.main([str(file), "--dry-run"]) == 1
    assert not Customer.objects.exists()
    assert customers.main([str(file)]) == 1
    told = capsys.readouterr()
    assert "1 new, 0 changed, 0 as they were, 1 lines left out." in told.out
    assert "Line 3 was left out: “not an address” is not a mail address." in told.err
    lena = Customer.objects.get()
    assert (lena.account.name, lena.account.tier, lena.confirmed) == ("Bergwerk", "gold", True)
    assert [row.domain for row in lena.account.domains.all()] == ["bergwerk.example"]
    customers.main([str(file)])
    assert "0 new, 0 changed, 1 as they were" in capsys.readouterr().out
