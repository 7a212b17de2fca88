"""The escalation's page: its clock, its updates, its stages, its people, and what each may do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombud.spine.escalations import actions, queries
from ombud.spine.escalations.models import Escalation, Stakeholder, UpdateDraft
from ombud.spine.escalations.updates_due import work_updates
from ombud.spine.tickets.models import Message


def one():
    return Escalation.objects.get()


@pytest.mark.mission("P1", "M32")
def test_the_next_update_is_the_first_thing_one_sees(cast, escalation, desk, address):
    page = desk(cast.emil).get(address())
    due = page.partition('class="due"')[2].partition("</section>")[0]
    assert "Next update due in" in due
    assert "1 h" in due
    assert "14:36" in due
    assert "Emil Okafor writes to Carla Benítez by e-mail, every 2 d." in due


@pytest.mark.mission("M32")
def test_the_time_is_said_on_both_clocks(cast, now_is, desk, address):
    assert cast.emil
    ticket = cast.writes(cast.chen)
    actions.raise_one(ticket, reason="impact", severity="critical", by=cast.ada, now=cast.now)
    due = desk(cast.emil).get(address()).partition('class="due"')[2].partition("</section>")[0]
    assert "14:06" in due
    assert "陈思远 22:06" in due


@pytest.mark.mission("M32")
def test_a_late_update_is_loud_and_in_the_rail(cast, escalation, desk, address):
    work_updates(cast.later(minutes=90))
    page = desk(cast.emil).get(address())
    assert 'class="due" data-time="broken"' in page
    assert "Update is late by" in page
    assert "Escalations, 1 broken" in page
    assert "The update due 14:36 is still owed." in page, "and one knows before one calls"


@pytest.mark.mission("M32", "M33")
def test_an_update_is_sent_in_three_parts_and_sets_the_next(cast, escalation, desk, address):
    next_at = cast.now + timedelta(hours=2)
    desk(cast.emil).post(
        address("update"),
        process="Lo tenemos.",
        impact="Los nuevos pasan.",
        promises="Hoy a las 16.",
        next=next_at.isoformat(),
    )
    letter = Message.objects.get(kind="reply")
    for words in ("Lo tenemos.", "Los nuevos pasan.", "Hoy a las 16."):
        assert words in letter.text
        assert words in desk(cast.emil).get(address())
    assert one().next_update_at == next_at
    assert "kept, 1 h early" in desk(cast.emil).get(address())


def test_a_refused_update_keeps_its_words(cast, escalation, desk, address):
    emil = desk(cast.emil)
    emil.post(address("update"), process="Lo tenemos.", next="2020-01-01T10:00")
    page = emil.get(address())
    assert "Choose a time that is still to come." in page
    assert "Lo tenemos." in page.partition('id="update-process"')[2].partition("</textarea>")[0]


def test_an_update_is_taken_back(cast, escalation, desk, address):
    answer = desk(cast.emil).ask(address("update"), process="Demasiado pronto.")
    desk(cast.emil).post(answer["undo"])
    assert not Message.objects.filter(kind="reply").exists()
    assert one().next_update_at == escalation.next_update_at
    assert "Demasiado pronto." in desk(cast.emil).get(address()).partition('id="update-process"')[2][:900]


def test_what_is_typed_is_kept_as_one_types(cast, escalation, desk, address):
    answer = desk(cast.emil).ask(address("draft"), process="A medias")
    assert answer["words"] == "Saved 13:36"
    assert UpdateDraft.objects.get().process == "A medias"
    desk(cast.emil).ask(address("draft"), process="")
    assert not UpdateDraft.objects.exists()


@pytest.mark.mission("M32")
def test_the_time_and_how_often_can_be_changed(cast, escalation, desk, address):
    desk(cast.emil).post(address("next"), next_at="2026-11-20T10:00", cadence="14400")
    page = desk(cast.emil).get(address())
    assert "every 4 h." in page
    assert "Fri 10:00" in page
    assert one().cadence == 4 * 3600


def test_a_note_calls_whom_it_names(cast, escalation, desk, address):
    desk(cast.emil).post(address("note"), words="@Inés Ferrer please look.")
    assert "Inés Ferrer" in desk(cast.ines).get(address())
    assert "mentioned" in desk(cast.ines).get("/notices/")


@pytest.mark.mission("M32")
def test_a_waiver_says_who_agreed_and_why(cast, escalation, desk, address):
    until = (cast.now + timedelta(days=2)).isoformat()
    desk(cast.emil).post(address("waive"), until_at=until, why="She is at a fair.")
    page = desk(cast.emil).get(address())
    assert "No update is due until" in page
    assert "Emil Okafor agreed: She is at a fair." in page
    desk(cast.emil).post(address("waiver", "end"))
    assert "Next update due in" in desk(cast.emil).get(address())


def test_a_waiver_without_a_reason_is_refused(cast, escalation, desk, address):
    answer = desk(cast.emil).ask(address("waive"), 422, until_at="2026-11-21T10:00", why="")
    assert "Say why" in answer["error"]
    assert one().next_update_at


@pytest.mark.mission("M61")
def test_a_stage_says_what_is_missing_and_is_reached_when_nothing_is(cast, escalation, desk, address):
    page = desk(cast.emil).get(address())
    for words in ("Speak to the customer", "Write down what we understood", "customer’s business"):
        assert words in page, words
    refused = desk(cast.emil).ask(address("stage"), 422, stage="investigated")
    assert "Speak to the customer" in refused["error"]
    desk(cast.emil).post(address("update"), process="Lo miro.")
    desk(cast.emil).post(address("brief"), understood="Customs refuse.", impact="412 parcels.")
    desk(cast.emil).post(address("stage"), stage="investigated")
    page = desk(cast.emil).get(address())
    assert "Resolving" in page
    assert "has not accepted a fix or a workaround yet" in page


@pytest.mark.mission("M46")
def test_somebody_takes_it_over_and_the_other_is_told(cast, escalation, desk, address):
    desk(cast.ines).post(address("take-over"))
    assert "Inés Ferrer</strong> took it over" in desk(cast.emil).get(address())
    assert "took over this escalation" in desk(cast.emil).get("/notices/")


@pytest.mark.mission("M46")
def test_it_is_handed_over(cast, escalation, desk, address):
    desk(cast.emil).post(address("hand-over"), person=cast.lin.pk)
    assert one().manager == cast.lin
    assert "you lead this escalation" in desk(cast.lin).get("/notices/")


@pytest.mark.mission("M58")
def test_a_decision_stands_with_what_it_stood_on(cast, escalation, desk, address):
    desk(cast.emil).post(address("decide"), what="Repair forward", basis="Jun’s estimate of two days")
    page = desk(cast.ines).get(address(), show="decisions")
    assert "Decision 1" in page
    assert "Repair forward" in page
    assert "Jun’s estimate of two days" in page
    assert "Hola, la aduana" not in page.partition('class="timeline"')[2].partition("</ol>")[0]


@pytest.mark.mission("M36")
def test_the_tabs_tell_inside_from_outside(cast, escalation, desk, address):
    desk(cast.emil).post(address("note"), words="Between us: the carrier is slow.")
    theirs = desk(cast.emil).get(address(), show="customer").partition('class="timeline"')[2]
    inside = desk(cast.emil).get(address(), show="inside").partition('class="timeline"')[2]
    assert "Between us" not in theirs.partition("</ol>")[0]
    assert "Hola, la aduana" in theirs.partition("</ol>")[0]
    assert "Between us" in inside.partition("</ol>")[0]
    assert Message.objects.get(kind="note").ticket == queries.main_ticket(escalation)


@pytest.mark.mission("P15", "M36", "M38")
def test_before_one_calls_one_knows_what_was_missed(cast, escalation, desk, address):
    desk(cast.emil).post(address("brief"), do_not_say="“Cádiz is strict.”", do_say="We reprint at our cost.")
    work_updates(cast.later(minutes=90))
    desk(cast.emil).post(address("update"), process="Perdone.")
    brief = desk(cast.ada).get(address()).partition("Before you call")[2].partition("</section>")[0]
    assert "Update 1 came 30 min late." in brief
    assert "Hola, la aduana ha rechazado 38 paquetes." in brief
    assert "Cádiz is strict" in brief
    assert "We reprint at our cost." in brief


@pytest.mark.mission("M18")
def test_the_page_says_how_it_was_raised(cast, now_is, desk, address):
    assert cast.emil
    actions.raise_one(cast.writes(cast.carla), reason="too_slow", how="ladder", by=None, now=cast.now)
    page = desk(cast.emil).get(address())
    assert "Not escalated fast enough · A ladder" in page


@pytest.mark.mission("M15")
def test_a_ticket_that_joins_brings_its_customer(cast, escalation, desk, address):
    other = cast.writes(cast.rui, subject="También")
    desk(cast.ada).post(address("tickets", "join"), ticket=f"#{other.number}")
    page = desk(cast.emil).get(address())
    assert f"#{other.number} También" in page
    assert "Rui Cabrera" in page
    desk(cast.emil).post(address("update"), process="Para los dos.")
    assert {m.ticket_id for m in Message.objects.filter(kind="reply")} == {
        other.pk,
        queries.main_ticket(escalation).pk,
    }
    desk(cast.ada).post(address("tickets", other.number, "part"))
    assert "does not belong to it any more" in desk(cast.emil).get(address())


def test_people_of_both_sides_have_roles(cast, escalation, desk, address):
    desk(cast.emil).post(address("ours", "add"), person=cast.jun.pk, role="technical")
    desk(cast.emil).post(address("theirs", "add"), customer=cast.rui.pk, role="technical")
    page = desk(cast.emil).get(address())
    people = page.partition('class="sides"')[2].partition("</section>")[0]
    for words in ("Jun Watanabe", "Owns the fix", "Rui Cabrera", "Technical contact", "Requester"):
        assert words in people, words
    desk(cast.emil).post(address("ours", cast.jun.pk, "remove"))
    assert not Stakeholder.objects.filter(person=cast.jun).exists()


def test_nobody_of_another_account_becomes_a_contact(cast, escalation, desk, address):
    desk(cast.emil).post(address("theirs", "add"), 404, customer=cast.mallory.pk, role="technical")


def test_who_does_not_lead_it_sees_no_dead_buttons(cast, escalation, desk, address):
    page = desk(cast.ada).get(address())
    for deed in ("hand-over", "de-escalate", "/stage/", "/waive/", "/levels/"):
        assert deed not in page, deed
    assert "Take over" in page
    desk(cast.ada).ask(address("de-escalate"), 403, why="No.")


def test_de_escalating_closes_it_with_its_reason(cast, escalation, desk, address):
    desk(cast.emil).post(address("de-escalate"), why="A mistake of the carrier.")
    page = desk(cast.emil).get(address())
    assert "It is over since" in page
    assert "A mistake of the carrier." in page
    assert "Send update" not in page


@pytest.mark.mission("M32")
def test_graver_means_sooner(cast, escalation, desk, address):
    desk(cast.emil).post(address("update"), process="Lo miro.")
    desk(cast.emil).post(address("levels"), severity="critical", urgency="critical")
    assert one().next_update_at == cast.now + timedelta(minutes=30)
    assert "Severity <strong>Critical</strong>" in desk(cast.emil).get(address())


def test_nobody_else_finds_it(cast, escalation, desk, address):
    desk(cast.sofia).get(address(), expect=404)
    desk(cast.sofia).post(address("confirm"), expect=404)


def test_opening_it_reads_what_one_was_told_about_it(cast, escalation, desk, address):
    assert "data-unread" in desk(cast.emil).get("/notices/")
    desk(cast.emil).get(address())
    assert "data-unread" not in desk(cast.emil).get("/notices/")


def test_words_of_a_private_ticket_stay_there(cast, escalation, desk, address):
    secret = cast.writes(cast.rui, text="Only for two.", team=cast.team("Board", cast.noor, private=True))
    actions.join(escalation, secret, by=cast.noor, now=cast.now)
    page = desk(cast.ada).get(address())
    assert "Only for two." not in page
    assert f"#{secret.number}" not in page.partition("<h2>Tickets</h2>")[2]
    assert "1 ticket that you do not see" in page
    assert "Only for two." in desk(cast.noor).get(address())


def test_a_climb_by_hand_from_here(cast, escalation, desk, address):
    answer = desk(cast.emil).ask(address("climb"), 422)
    assert "No ladder is there" in answer["error"]


def questions(client, path):
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_the_page_asks_a_fixed_number_of_questions(cast, escalation, desk, address):
    emil = desk(cast.emil)
    actions.send_update(escalation, process="Lo miramos.", by=cast.emil, now=cast.now)
    actions.add_contact(escalation, cast.rui, "technical", by=cast.emil, now=cast.now)
    actions.decide(escalation, "Forward", by=cast.emil, now=cast.now)
    emil.get(address())
    few = questions(emil.client, address())
    for number in range(8):
        actions.send_update(escalation, process=f"Nueva {number}.", by=cast.emil, now=cast.now)
        actions.decide(escalation, f"Decision {number}", by=cast.emil, now=cast.now)
        actions.add_contact(escalation, cast.rui, "buyer", by=cast.emil, now=cast.now)
    assert questions(emil.client, address()) == few
    assert few <= 50
