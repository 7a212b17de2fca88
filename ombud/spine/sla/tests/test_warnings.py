"""Who is told of what is nearly due or broken: once, the right people, never a customer."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from ombud.foundation.events.models import Delivery, Event
from ombud.foundation.events.tray import work_tray
from ombud.foundation.notice_mail.actions import mail_due
from ombud.foundation.notifications.actions import choose_ways
from ombud.foundation.notifications.kinds import sentence
from ombud.foundation.notifications.models import Notice
from ombud.foundation.people import actions as people
from ombud.foundation.people.actions import change_person, plan_absence
from ombud.foundation.people.models import Company
from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.models import Letter
from ombud.spine.sla import actions, digesting
from ombud.spine.sla.falling_due import work_promises
from ombud.spine.sla.models import Digest, Promise
from ombud.spine.sla.warning import warn
from ombud.spine.tickets import actions as tickets

from .test_promises import accept

FIFTEEN = timedelta(minutes=15)


def utc(day, hour, minute=0, second=0):
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


WARNED = utc(20, 8, 6)  # three of four hours
DUE = utc(20, 9, 6)


@pytest.fixture
def mailing(cast, smtp_sink):
    """Letters leave through a real mail server."""
    Company.objects.update(address="https://support.parcelline.example")
    keep_mailbox(
        mailbox=cast.mailbox,
        smtp_host=smtp_sink.host,
        smtp_port=smtp_sink.port,
        smtp_security="none",
        by=None,
        now=cast.now,
    )
    return smtp_sink


@pytest.fixture
def support(cast):
    """Ada and Lin answer, Inés leads."""
    return cast.team("Support", cast.ada, cast.lin, cast.ines, leads=[cast.ines])


@pytest.fixture
def ticket(cast, gold, support):
    """Ada holds it; its first reply is due on Friday at 10:06 in Amsterdam."""
    ticket = cast.writes(cast.carla)
    tickets.set_team(ticket, support, by=cast.ada, now=cast.now)
    tickets.assign(ticket, cast.ada, by=cast.ada, now=cast.now)
    return ticket


def clock(now):
    """All that happens by itself until now."""
    while work_promises(now) + work_tray(now) + digesting.send_due(now) + mail_due(now) + send_due(now):
        pass
    assert not Delivery.objects.exclude(error="").exists()


def told(person=None):
    """Who was told what of promises, as sentences."""
    found = Notice.objects.filter(kind__startswith="promise_").order_by("pk")
    return {
        (notice.person.name.split()[0], notice.kind) for notice in found if person in (None, notice.person)
    }


def sentences(person, now):
    mine = Notice.objects.filter(person=person, kind__startswith="promise_").order_by("pk")
    return [sentence(notice, now) for notice in mine.select_related("case__ticket", "person")]


def recipients(sink):
    return sorted(address for letter in sink.letters for address in letter.recipients)


def test_its_holder_is_warned_in_the_product_and_not_by_mail(cast, ticket, mailing):
    clock(WARNED)
    assert told() == {("Ada", "promise_near")}
    assert sentences(cast.ada, WARNED) == [f"First reply on #{ticket.number} is due in 1 hour"]
    assert mailing.letters == []


def test_the_warning_stands_under_the_bell(cast, ticket, client):
    clock(WARNED)
    page = cast.signed_in(client, cast.ada).get("/notices/").content.decode()
    assert f"First reply on #{ticket.number} " in page
    assert f'href="/tickets/{ticket.number}/"' in page


def test_a_break_is_mailed_at_once_to_its_holder(cast, ticket, mailing):
    clock(DUE)
    [letter] = mailing.letters
    assert letter.recipients == [cast.ada.email]
    assert f"Promise broken on #{ticket.number}: First reply, due 10:06" in letter.message["Subject"]
    body = letter.message.get_body(["plain"]).get_content()
    assert "aduana" not in body


def test_it_is_told_once_however_often_the_event_is_seen(cast, ticket, mailing):
    clock(WARNED)
    clock(DUE)
    happened = Event.objects.filter(verb__in=["promise.warned", "promise.broken"]).order_by("pk")
    for _again in range(3):
        warn(list(happened))
        clock(DUE + FIFTEEN)
    assert recipients(mailing) == [cast.ada.email, cast.ines.email]
    assert told() == {("Ada", "promise_near"), ("Ada", "promise_broken"), ("Inés", "promise_digest")}
    assert Notice.objects.filter(kind__startswith="promise_").count() == 3


def test_a_deputy_is_told_while_the_holder_is_away(cast, ticket):
    week = {"starts_at": utc(19, 0), "ends_at": utc(26, 0)}
    plan_absence(cast.ada, deputy=cast.jun, **week, by=None, now=cast.now)
    clock(WARNED)
    assert told() == {("Jun", "promise_near")}


def test_the_team_on_duty_is_told_when_holder_and_deputy_are_away(cast, ticket):
    week = {"starts_at": utc(19, 0), "ends_at": utc(26, 0)}
    plan_absence(cast.ada, **week, by=None, now=cast.now)
    plan_absence(cast.ines, **week, by=None, now=cast.now)
    clock(WARNED)
    assert told() == {("林晓雯", "promise_near")}


def test_the_leads_are_told_when_the_whole_team_is_away(cast, ticket):
    people.add_person(email="lead@parcelline.example", name="Uma", role="lead", now=cast.now)
    for person in (cast.ada, cast.lin, cast.ines):
        plan_absence(person, starts_at=utc(19, 0), ends_at=utc(26, 0), by=None, now=cast.now)
    clock(WARNED)
    assert told() == {("Uma", "promise_near")}


def test_a_ticket_that_nobody_holds_is_its_teams(cast, ticket):
    tickets.assign(ticket, None, by=cast.ada, now=cast.now)
    clock(WARNED)
    assert told() == {("Ada", "promise_near"), ("林晓雯", "promise_near"), ("Inés", "promise_near")}


def test_who_left_is_not_told(cast, ticket):
    change_person(cast.ada, is_active=False, by=None, now=cast.now)
    clock(WARNED)
    assert told() == {("林晓雯", "promise_near"), ("Inés", "promise_near")}


def test_nobody_outside_a_private_team_is_told(cast, ticket, support):
    people.keep_team(team=support, name="Support", private=True, by=None, now=cast.now)
    plan_absence(cast.ada, starts_at=utc(19, 0), ends_at=utc(26, 0), deputy=cast.jun, by=None, now=cast.now)
    clock(WARNED)
    assert told() == {("林晓雯", "promise_near"), ("Inés", "promise_near")}


def test_nobody_is_warned_of_what_was_kept(cast, ticket, mailing):
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=cast.now)
    accept(message, cast.later(seconds=10))
    clock(DUE + FIFTEEN)
    assert "promise_near" not in {kind for _who, kind in told()}
    assert cast.ada.email not in recipients(mailing)


def test_nobody_is_warned_while_an_answer_is_on_its_way(cast, ticket, mailing):
    work_promises(WARNED)
    tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=WARNED + timedelta(seconds=1))
    while work_tray(WARNED + timedelta(seconds=2)):
        pass
    assert told() == set()


def test_an_answer_taken_back_brings_the_warning_back(cast, ticket):
    work_promises(WARNED)
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=WARNED + timedelta(seconds=1))
    while work_tray(WARNED + timedelta(seconds=2)):
        pass
    tickets.take_back(message, by=cast.ada, now=WARNED + timedelta(seconds=3))
    clock(WARNED + timedelta(seconds=4))
    assert told() == {("Ada", "promise_near")}


def test_a_mail_that_could_not_leave_yet_stays_when_the_promise_is_made_good(cast, ticket, mailing):
    mailing.refuse = "451 later"
    clock(DUE)
    waiting = Letter.objects.get(kind="notice")
    message = tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=DUE + timedelta(seconds=30))
    accept(message, DUE + timedelta(seconds=40))
    while work_tray(DUE + timedelta(seconds=41)):
        pass
    waiting.refresh_from_db()
    assert waiting.state == "taken_back"


def test_a_mail_is_not_written_when_it_was_answered_just_before(cast, ticket, mailing):
    work_promises(DUE)
    while work_tray(DUE):
        pass
    tickets.reply(ticket, by=cast.ada, text="Lo miramos hoy.", now=DUE + timedelta(seconds=1))
    mail_due(DUE + timedelta(seconds=1))
    assert not Letter.objects.filter(kind="notice").exists()


def test_who_wants_no_mail_gets_none_and_reads_it_on_the_desk(cast, ticket, mailing):
    for person in (cast.ada, cast.ines):
        choose_ways(person, by_mail=set(), while_away=False, by=person, now=cast.now)
    clock(DUE)
    clock(DUE + FIFTEEN)
    assert mailing.letters == []
    assert told() == {("Ada", "promise_broken"), ("Inés", "promise_digest")}


def test_a_digest_lists_what_a_lead_was_not_told_one_by_one(cast, ticket, mailing, support):
    others = [cast.writes(cast.carla, subject=f"Caso {n}") for n in range(4)]
    for other in others:
        tickets.set_team(other, support, by=cast.ines, now=cast.now)
    clock(DUE)
    for other in others[:3]:
        message = tickets.reply(other, by=cast.lin, text="Ya.", now=DUE + timedelta(minutes=5))
        accept(message, DUE + timedelta(minutes=5, seconds=10))
    clock(DUE + FIFTEEN - timedelta(seconds=1))
    assert cast.ines.email not in recipients(mailing)
    clock(DUE + FIFTEEN)
    [letter] = [letter for letter in mailing.letters if letter.recipients == [cast.ines.email]]
    said = letter.message.get_body(["plain"]).get_content()
    assert letter.message["Subject"] == "2 promises were broken"
    for part in (f"#{ticket.number} Etiquetas", "Acme Outdoor", "First reply: 10:06, 15 minutes late"):
        assert part in said
    assert "Holder: Ada Lindqvist" in said
    assert f"#{others[3].number} Caso 3" in said
    assert "Holder: nobody" in said
    assert "3 more were made good meanwhile." in said
    assert f"#{others[0].number}" not in said
    assert f"https://support.parcelline.example/tickets/{ticket.number}" in said


def test_a_storm_is_one_list_and_no_flood_of_mails(cast, ticket, mailing, support):
    for n in range(11):
        tickets.assign(cast.writes(cast.carla, subject=f"Caso {n}"), cast.ada, by=cast.ada, now=cast.now)
    clock(DUE)
    assert mailing.letters == []
    clock(DUE + FIFTEEN)
    [letter] = [letter for letter in mailing.letters if letter.recipients == [cast.ada.email]]
    assert letter.message["Subject"] == "12 promises were broken"
    assert Notice.objects.filter(person=cast.ada, kind="promise_broken").count() == 12


def test_a_second_quarter_of_an_hour_is_a_second_digest(cast, ticket, mailing):
    clock(DUE)
    clock(DUE + FIFTEEN)
    tickets.set_severity(cast.writes(cast.carla), "high", by=cast.ines, now=cast.now)
    clock(DUE + FIFTEEN + timedelta(minutes=1))
    clock(DUE + 3 * FIFTEEN)
    assert Digest.objects.filter(person=cast.ines).count() == 2
    assert Digest.objects.filter(due_at__isnull=False).count() == 0


def test_a_digest_of_what_was_all_made_good_is_not_sent(cast, ticket, mailing):
    clock(DUE)
    message = tickets.reply(ticket, by=cast.ada, text="Ya.", now=DUE + timedelta(minutes=5))
    accept(message, DUE + timedelta(minutes=5, seconds=10))
    clock(DUE + FIFTEEN)
    assert cast.ines.email not in recipients(mailing)


def test_who_gave_their_word_is_warned_of_it(cast, ticket):
    actions.promise(ticket, cast.now + timedelta(hours=2), "I call you", by=cast.lin, now=cast.now)
    clock(cast.now + timedelta(minutes=90))
    assert ("林晓雯", "promise_near") in told()


@pytest.mark.parametrize("language", ["en", "es", "fr", "zh-hans"])
def test_every_sentence_is_said_in_the_readers_language(cast, ticket, language):
    clock(WARNED)
    clock(DUE)
    clock(DUE + FIFTEEN)
    with translation.override(language):
        for notice in Notice.objects.filter(kind__startswith="promise_"):
            assert sentence(notice, WARNED)
            assert sentence(notice, DUE)


def test_no_warning_ever_reaches_a_customer(cast, ticket, mailing):
    """Not even one who is also one of ours, about what they asked themselves."""
    both = people.add_person(email=cast.carla.email, name="Carla", role="lead", now=cast.now)
    keep_team_with(cast, both)
    for subject in ("Uno", "Dos"):
        cast.writes(cast.carla, subject=subject)
    tickets.assign(ticket, both, by=cast.ada, now=cast.now)
    clock(WARNED)
    clock(DUE)
    clock(DUE + FIFTEEN)
    assert Promise.objects.filter(broken_at__isnull=False).count() >= 3
    customers = {"carla@acme-outdoor.example"}
    assert recipients(mailing)
    assert customers.isdisjoint(recipients(mailing))
    assert not Notice.objects.filter(person=both, kind__startswith="promise_").exists()


def keep_team_with(cast, person):
    cast.team("Support", cast.ada, cast.lin, cast.ines, person, leads=[cast.ines, person])
