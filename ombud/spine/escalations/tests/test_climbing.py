"""Late updates climb; who was called in and says nothing, too; and rungs know who leads (P1, M25)."""

import pytest

from ombud.foundation.events.tray import work_tray
from ombud.foundation.people.models import Role
from ombud.foundation.post.models import Letter
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation, How
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.ladders import actions as ladders
from ombud.spine.ladders.climbing_due import work_climbs, work_watches
from ombud.spine.ladders.models import Climb, Led, State
from ombud.spine.ladders.usual import late_updates
from ombud.spine.tickets import actions as tickets


def pass_time(cast, **span):
    """Let time go by; the desk does all that is due."""
    now = cast.later(**span)
    while work_updates(now) + work_tray(now) + work_watches(now) + work_climbs(now):
        pass
    return now


@pytest.fixture
def ladder(cast):
    """The one that a new desk has, also for who does not confirm within an hour: manager, lead, head."""
    assert cast.emil and cast.ines and cast.noor
    draft = late_updates(Role.HEAD)
    draft["starts"].append({"on": "unconfirmed", "after": 3600})
    ladder = ladders.keep_ladder(name="Late updates", draft=draft, by=None, now=cast.now)
    ladders.publish(ladder, by=None, now=cast.now)
    return ladder


@pytest.fixture
def ticket(cast):
    return cast.writes(cast.carla, subject="Etiquetas")


@pytest.fixture
def escalation(cast, ladder, ticket):
    """High: the first word is due in an hour. Everybody who was called in has said that they have it."""
    raised = actions.raise_one(ticket, reason="impact", severity="high", by=cast.ada, now=cast.now)
    pass_time(cast, seconds=1)
    for person in (cast.tomasz, cast.ines):
        actions.confirm(raised, by=person, now=cast.now)
    actions.set_brief(raised, understood="Customs refuse.", by=cast.emil, now=cast.now)
    return raised


def told(climb):
    return [telling.person.name for telling in climb.tellings.filter(way="mail").order_by("id")]


@pytest.mark.mission("P1")
def test_a_late_update_climbs_from_its_manager_to_the_lead_to_the_head(cast, escalation, ticket):
    pass_time(cast, hours=1)
    pass_time(cast, minutes=10)
    climb = Climb.objects.get()
    assert (climb.ticket_id, climb.why, climb.since) == (
        ticket.pk,
        "late_update",
        escalation.next_update_at,
    )
    pass_time(cast, minutes=15)
    pass_time(cast, minutes=30)
    assert told(climb) == ["Emil Okafor", "Inés Ferrer", "Noor van Dijk"]
    mail = Letter.objects.filter(key__startswith="climb:").first()
    assert mail.subject.startswith("A customer was promised an update, and it did not come · #")
    assert "update due 15:36" in mail.text and "Carla Benítez, Acme Outdoor" in mail.text


@pytest.mark.mission("P1")
def test_it_ends_when_the_update_goes_out(cast, escalation):
    pass_time(cast, hours=1)
    pass_time(cast, minutes=10)
    actions.send_update(escalation, process="Perdone.", by=cast.emil, now=cast.now)
    climb = Climb.objects.get()
    assert (climb.state, climb.ended_why) == (State.ENDED, "updated")
    pass_time(cast, hours=1)
    assert told(climb) == ["Emil Okafor"]
    assert Letter.objects.filter(key__startswith="climb:", state=Letter.State.TAKEN_BACK).count() == 1


def test_an_update_in_time_climbs_nothing(cast, escalation):
    pass_time(cast, minutes=50)
    actions.send_update(escalation, process="Lo miro.", by=cast.emil, now=cast.now)
    pass_time(cast, hours=2)
    assert not Climb.objects.exists()


def test_a_late_update_that_was_taken_back_climbs_again(cast, escalation):
    pass_time(cast, hours=1)
    actions.send_update(escalation, process="Perdone.", by=cast.emil, now=cast.now)
    actions.take_back_update(escalation, by=cast.emil, now=cast.later(seconds=3))
    pass_time(cast, minutes=10)
    assert [climb.state for climb in Climb.objects.order_by("id")] == [State.ENDED, State.CLIMBING]


def test_it_ends_when_it_is_no_escalation_any_more(cast, escalation):
    pass_time(cast, hours=1)
    actions.de_escalate(escalation, "A mistake.", by=cast.emil, now=cast.now)
    assert Climb.objects.get().ended_why == "de_escalated"


def test_it_is_begun_once_however_often_it_is_told(cast, escalation):
    pass_time(cast, hours=1)
    again = actions.climbs.climb_for_late_update
    again(type(escalation).objects.get(pk=escalation.pk), now=pass_time(cast, minutes=1))
    assert Climb.objects.count() == 1


def test_a_late_escalation_that_is_merged_climbs_in_the_other_ticket(cast, escalation, ticket):
    pass_time(cast, hours=1)
    other = cast.writes(cast.carla, subject="Otra")
    tickets.merge(ticket, other, by=cast.ada, now=cast.now)
    assert Climb.objects.get(ended_at=None).ticket_id == other.pk
    assert Led.objects.get().ticket_id == other.pk


# Who was called in and says nothing


@pytest.fixture
def silent(cast, ladder, ticket):
    raised = actions.raise_one(ticket, reason="impact", severity="low", by=cast.ada, now=cast.now)
    pass_time(cast, seconds=1)
    return raised


@pytest.mark.mission("M25")
def test_silence_of_those_who_were_called_in_climbs(cast, silent):
    pass_time(cast, hours=1)
    pass_time(cast, minutes=10)
    climb = Climb.objects.get()
    assert (climb.why, told(climb)) == ("unconfirmed", ["Emil Okafor"])
    mail = Letter.objects.get(key__startswith="climb:")
    assert mail.subject.startswith("An escalation waits for somebody to confirm it")
    assert "told 14:36" in mail.text


def test_all_of_them_have_to_say_so(cast, silent):
    actions.confirm(silent, by=cast.tomasz, now=cast.now)
    actions.set_brief(silent, understood="Customs.", by=cast.emil, now=cast.now)
    pass_time(cast, hours=1)
    assert Climb.objects.get().why == "unconfirmed"
    actions.confirm(silent, by=cast.ines, now=cast.now)
    assert Climb.objects.get().ended_why == "confirmed"


def test_when_all_have_said_so_nothing_climbs(cast, silent, ticket):
    for person in (cast.tomasz, cast.ines):
        actions.confirm(silent, by=person, now=cast.now)
    tickets.reply(ticket, by=cast.emil, text="Lo miro yo.", now=cast.now)
    pass_time(cast, hours=3)
    assert not Climb.objects.exists()


def test_who_joins_later_gets_the_whole_time(cast, silent):
    pass_time(cast, minutes=30)
    actions.add_stakeholder(silent, cast.jun, "technical", by=cast.emil, now=cast.now)
    for person in (cast.tomasz, cast.ines):
        actions.confirm(silent, by=person, now=cast.now)
    pass_time(cast, minutes=59)
    assert not Climb.objects.exists()
    pass_time(cast, minutes=1)
    assert Climb.objects.get().since == silent.stakeholders.get(person=cast.jun).told_at


def test_having_it_on_the_ladder_is_the_word(cast, silent):
    actions.confirm(silent, by=cast.tomasz, now=cast.now)
    actions.set_brief(silent, understood="Customs.", by=cast.emil, now=cast.now)
    pass_time(cast, hours=1)
    ladders.acknowledge(Climb.objects.get(), by=cast.ines, now=cast.now)
    pass_time(cast, seconds=1)
    assert Climb.objects.get().ended_why == "confirmed"


def test_who_is_only_kept_informed_confirms_nothing(cast, escalation):
    assert escalation.stakeholders.get(person=cast.noor).confirmed_at is None
    pass_time(cast, minutes=59)
    assert not Climb.objects.filter(why="unconfirmed").exists()


# Who leads


def test_rungs_know_who_leads(cast, escalation, ticket):
    assert Led.objects.get(pk=ticket.pk).manager == cast.emil
    actions.take_over(escalation, by=cast.ines, now=cast.now)
    pass_time(cast, seconds=1)
    assert Led.objects.get(pk=ticket.pk).manager == cast.ines
    actions.de_escalate(escalation, "A mistake.", by=cast.ines, now=cast.now)
    assert not Led.objects.exists()


# A rung raises one


@pytest.fixture
def raising(cast):
    """A ladder that escalates when it is asked for help."""
    assert cast.emil
    rungs = [{"whom": {"kind": "person", "of": cast.ines.pk}, "by": ["product"], "does": ["escalate"]}]
    draft = {"starts": [{"on": "by_hand"}], "rungs": rungs}
    ladder = ladders.keep_ladder(name="Raise", draft=draft, by=None, now=cast.now)
    return ladders.publish(ladder, by=None, now=cast.now)


@pytest.mark.mission("M18")
def test_a_rung_may_raise_an_escalation(cast, client, raising, ticket):
    ladders.climb_now(ticket, by=cast.ada, now=cast.now)
    pass_time(cast, seconds=1)
    [found] = Escalation.objects.all()
    assert (found.how, found.reason, found.raised_by) == (How.LADDER, "expertise", None)
    page = cast.signed_in(client, cast.emil).get(f"/escalations/E-{found.number}/").content.decode()
    assert "Etiquetas" in page and "A ladder" in page


def test_a_ticket_that_is_escalated_already_is_not_escalated_again(cast, raising, ticket):
    actions.raise_one(ticket, reason="impact", by=cast.ada, now=cast.now)
    ladders.climb_now(ticket, by=cast.ada, now=cast.now)
    pass_time(cast, seconds=1)
    assert Escalation.objects.count() == 1
