"""What ends it: proposed inside, signed off, offered, answered; and the fix that stays owed."""

from datetime import timedelta

import pytest

from ombud.foundation.post.models import Letter
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Escalation, Solution, UpdateDraft
from ombud.spine.escalations.solutions_due import work_solutions
from ombud.spine.tickets.models import Message

WORDS = "Imprima las etiquetas desde la página del transportista."


def one():
    return Escalation.objects.get()


def offer_part(page):
    return page.partition('data-region="solution"')[2].partition('data-region="timeline"')[0]


@pytest.fixture
def investigated(cast, escalation):
    """Emil has spoken to Carla and written down what it means."""
    actions.send_update(escalation, process="Lo miramos.", by=cast.emil, now=cast.now)
    actions.set_brief(escalation, understood="HS codes", impact="412 parcels", by=cast.emil, now=cast.now)
    actions.reach(escalation, "investigated", by=cast.emil, now=cast.now)
    return escalation


@pytest.fixture
def proposed(cast, investigated):
    """A workaround by 晓雯; the fix is owed in two days."""
    due = cast.now + timedelta(days=2)
    return actions.propose(investigated, "workaround", WORDS, fix_due_at=due, by=cast.lin, now=cast.now)


@pytest.mark.mission("M47")
def test_anybody_inside_proposes_and_no_customer_hears_of_it(cast, investigated, desk, address):
    sent = Letter.objects.filter(kind="reply").count()
    due = (cast.now + timedelta(days=2)).isoformat()
    actions.add_stakeholder(investigated, cast.jun, "technical", by=cast.emil, now=cast.now)
    desk(cast.jun).post(address("solutions", "propose"), kind="workaround", words=WORDS, fix_due_at=due)
    page = offer_part(desk(cast.emil).get(address()))
    assert "Workaround proposed" in page
    assert "Jun Watanabe proposed it" in page
    assert "Inside, until it is signed off" in page
    assert Letter.objects.filter(kind="reply").count() == sent
    assert "sign it off" in desk(cast.emil).get("/notices/")


def test_a_workaround_says_when_the_fix_comes(cast, investigated, desk, address):
    answer = desk(cast.lin).ask(address("solutions", "propose"), 422, kind="workaround", words=WORDS)
    assert "say by when" in answer["error"]


def test_who_does_not_lead_it_cannot_sign_it_off(cast, proposed, desk, address):
    page = offer_part(desk(cast.ada).get(address()))
    assert "Sign off" not in page
    desk(cast.ada).ask(address("solutions", proposed.pk, "sign-off"), 403)


@pytest.mark.mission("M48")
def test_it_is_signed_off_and_offered_in_their_language(cast, proposed, desk, address):
    page = offer_part(desk(cast.emil).get(address()))
    assert "This goes to Carla Benítez as the next update." in page
    desk(cast.emil).post(address("solutions", proposed.pk, "sign-off"))
    text = Message.objects.filter(kind="reply").latest("id").text
    assert WORDS in text
    assert "Todavía le debemos" in text
    page = offer_part(desk(cast.emil).get(address()))
    assert "Workaround offered to Acme Outdoor" in page
    assert "Emil Okafor signed it off" in page
    assert "Without an answer they are asked again" in page


def test_an_offer_is_taken_back_before_it_leaves(cast, proposed, desk, address):
    due = one().next_update_at
    actions.save_update_draft(proposed.escalation, process="Otra cosa.", by=cast.emil, now=cast.now)
    answer = desk(cast.emil).ask(address("solutions", proposed.pk, "sign-off"))
    assert UpdateDraft.objects.get().process == "Otra cosa.", "what he was writing stays"
    desk(cast.emil).post(answer["undo"])
    page = desk(cast.emil).get(address())
    assert "Workaround proposed" in offer_part(page)
    assert "The offer was taken back before it left" in page
    assert one().next_update_at == due
    assert UpdateDraft.objects.get().process == "Otra cosa."
    ticket = Message.objects.first().ticket
    assert "We still owe" not in desk(cast.emil).get(f"/tickets/{ticket.number}/")


@pytest.mark.mission("M48")
def test_what_they_say_on_the_phone_is_written_down(cast, proposed, desk, address):
    actions.sign_off(proposed, by=cast.emil, now=cast.now)
    path = address("solutions", proposed.pk, "answer")
    refused = desk(cast.ada).ask(path, 422, answer="accepted", words="")
    assert "how the customer said so" in refused["error"]
    desk(cast.ada).post(path, answer="accepted", words="By phone: all print now.")
    page = desk(cast.emil).get(address())
    assert "Workaround accepted" in offer_part(page)
    assert "By phone: all print now." in page
    assert "written down by Ada Lindqvist" in page
    assert one().stage == "resolved"


@pytest.mark.mission("M47", "M61")
def test_after_a_workaround_the_fix_stays_owed(cast, proposed, desk, address):
    actions.sign_off(proposed, by=cast.emil, now=cast.now)
    actions.accept(proposed, customer=cast.carla, now=cast.now)
    emil = desk(cast.emil)
    assert "The fix itself is still owed" in offer_part(emil.get(address()))
    refused = emil.ask(address("stage"), 422, stage="reviewed")
    assert "The fix is still owed" in refused["error"]
    path = address("solutions", proposed.pk, "fix")
    assert "Say why" in emil.ask(path, 422, unwanted="1", why=" ")["error"]
    emil.post(path)
    assert "The fix that was owed came" in emil.get(address())
    emil.post(address("stage"), stage="reviewed")
    assert "It is over since" in emil.get(address())


def test_an_owed_fix_that_is_late_is_loud(cast, proposed, desk, address):
    actions.sign_off(proposed, by=cast.emil, now=cast.now)
    actions.accept(proposed, customer=cast.carla, now=cast.now)
    cast.later(days=2, hours=1)
    assert 'class="owed" data-time="broken"' in desk(cast.emil).get(address())


@pytest.mark.mission("M48")
def test_not_yet_is_told_to_who_leads_it_and_stands_on_the_wall(cast, proposed, desk, address):
    actions.sign_off(proposed, by=cast.emil, now=cast.now)
    actions.decline(proposed, customer=cast.carla, words="Siguen fallando.", now=cast.later(hours=1))
    page = desk(cast.emil).get(address())
    assert "Workaround: not yet, says Carla Benítez" in offer_part(page)
    assert "Siguen fallando." in page
    assert "The customer says: not yet" in desk(cast.emil).get("/notices/")
    assert "<b>Acme Outdoor</b> says: not yet" in desk(cast.emil).get("/escalations/")


def test_silence_is_said_before_it_happens(cast, proposed, desk, address):
    actions.sign_off(proposed, by=cast.emil, now=cast.now)
    work_solutions(cast.later(days=2, minutes=1))
    page = desk(cast.emil).get(address())
    assert "Without an answer whoever leads it is told to call them" in page
    assert "They were asked again whether it is solved" in page


def test_a_solution_is_withdrawn_by_who_proposed_it(cast, proposed, desk, address):
    desk(cast.lin).post(address("solutions", proposed.pk, "withdraw"), why="It prints twice.")
    page = desk(cast.emil).get(address())
    assert "No fix or workaround is proposed yet." in offer_part(page)
    assert "The solution was withdrawn" in page
    assert Solution.objects.get().withdrawn_why == "It prints twice."


def test_of_another_escalation_there_is_no_solution_here(cast, proposed, desk, address):
    desk(cast.emil).post(address("solutions", proposed.pk + 1, "sign-off"), expect=404)


@pytest.mark.mission("M37")
def test_how_it_goes_for_them_stands_on_the_page_and_on_the_wall(cast, escalation, desk, address):
    for score, words in ((7, ""), (5, ""), (3, "Nadie llama.")):
        actions.say_pulse(escalation, cast.carla, score, words, now=cast.later(minutes=1))
    page = desk(cast.emil).get(address())
    side = page.partition('class="pulse"')[2].partition("</section>")[0]
    assert "<b>3</b>" in side
    assert "Nadie llama." in side
    assert "before: 7, 5" in side
    assert "3 of 10" in page.partition('class="timeline"')[2]
    wall = desk(cast.ines).get("/escalations/")
    assert 'How it goes for them: 3 of 10"' in wall
    assert "<b>Acme Outdoor</b> says how it goes: 3 of 10" in wall


def test_asking_for_somebody_higher_stands_in_the_timeline_and_on_the_wall(cast, escalation, desk, address):
    ticket = escalation.tickets.get()
    actions.ask(
        ticket, customer=cast.carla, how="room", quote="Quiero hablar con su jefe.", now=cast.later(minutes=1)
    )
    page = desk(cast.emil).get(address())
    assert "asks for an escalation" in page
    assert "Quiero hablar con su jefe." in page
    assert "They asked for more: somebody higher was told" in page
    assert "<b>Acme Outdoor</b> asks for somebody higher" in desk(cast.emil).get("/escalations/")
