"""Each customer who is affected is told once, in their own thread and language."""

import pytest
from django.core.exceptions import ValidationError

from ombud.features.broadcasts import actions, queries
from ombud.features.broadcasts.models import Affected, Recipient
from ombud.foundation.people import actions as people
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Ticket

from .conftest import ENGLISH, meet, tell_all, work


def test_each_is_told_once_in_their_own_thread_and_language(cast, incident, written, leaves):
    theirs = cast.writes(cast.carla)
    second = cast.writes(cast.carla, subject="Otra vez")
    mallorys = cast.writes(cast.mallory, subject="Labels")
    actions.put_on(incident, [theirs.number, second.number, mallorys.number], by=cast.ada, now=cast.now)
    tell_all(cast, written)
    counts = queries.counts_of(written)
    assert (counts.listed, counts.sent, counts.waiting) == (2, 2, 0)
    assert written.state == "done"
    by_whom = {letter.recipients[0]: letter.message for letter in leaves.letters}
    assert set(by_whom) == {cast.carla.email, cast.mallory.email}
    carlas = by_whom[cast.carla.email]
    assert "Hola Carla:" in carlas.get_body(("plain",)).get_content()
    assert f"t{second.number}." in carlas["Reply-To"], "her newest open thread"
    assert "Hello Mallory," in by_whom[cast.mallory.email].get_body(("plain",)).get_content()
    second.refresh_from_db()
    assert (second.assignee, second.touched_at, second.waiting_since) == (None, None, None)


def test_who_has_no_ticket_gets_a_new_one(cast, incident, written, leaves):
    cast.writes(cast.carla)
    assert cast.rui.account == cast.acme
    actions.find(incident, "account", "acme outdoor", by=cast.emil, now=cast.now)
    work(cast)
    assert Affected.objects.get(customer=cast.rui).ticket is None
    tell_all(cast, written)
    ticket = Ticket.objects.get(customer=cast.rui)
    assert (ticket.subject, ticket.status) == ("Etiquetas a Canarias", "waiting")
    letter = next(one.message for one in leaves.letters if one.recipients == [cast.rui.email])
    assert f"Su número: #{ticket.number}" in letter.get_body(("plain",)).get_content()


def test_nobody_hears_the_same_news_twice_by_two_broadcasts(cast, incident, written, leaves):
    first = cast.writes(cast.carla)
    actions.put_on(incident, [first.number], by=cast.ada, now=cast.now)
    tell_all(cast, written)
    later = cast.writes(cast.mallory)
    actions.put_on(incident, [later.number], by=cast.ada, now=cast.now)
    assert queries.left_over(written) == 1
    again = actions.begin(incident, same_as=written, by=cast.emil, now=cast.now)
    for wording in queries.unapproved(again):
        actions.approve(wording, by=cast.noor, now=cast.now)
    tell_all(cast, again)
    counts = queries.counts_of(again)
    assert (counts.listed, counts.sent, counts.excluded) == (2, 1, 1)
    assert Recipient.objects.get(broadcast=again, customer=cast.carla).why == "told"
    assert sorted(one.recipients[0] for one in leaves.letters) == [cast.carla.email, cast.mallory.email]


def test_counts_reconcile_when_some_are_left_out_and_some_cannot_be_reached(cast, incident, written, leaves):
    numbers = [cast.writes(meet(cast, at)).number for at in range(8)]
    leaves.to_whom = {"c3@shop3.example": "550 no such user"}
    actions.put_on(incident, numbers, by=cast.ada, now=cast.now)
    out = Affected.objects.get(ticket__number=numbers[0])
    with pytest.raises(ValidationError):
        actions.exclude(incident, out.pk, " ", by=cast.ada, now=cast.now)
    actions.exclude(incident, out.pk, "their lawyer asked", by=cast.ada, now=cast.now)
    people.block(out.customer, by=cast.noor, now=cast.now)
    tell_all(cast, written)
    counts = queries.counts_of(written)
    assert counts.listed == counts.sent + counts.excluded + counts.failed == 8
    assert (counts.sent, counts.excluded, counts.failed) == (6, 1, 1)
    failed = Recipient.objects.get(broadcast=written, state="failed")
    assert "no such user" in failed.words


def test_what_changes_while_it_is_sent_stops_it_and_says_who_has_the_old_text(
    cast, incident, written, leaves
):
    numbers = [cast.writes(meet(cast, at)).number for at in range(60)]
    actions.put_on(incident, numbers, by=cast.ada, now=cast.now)
    actions.list_recipients(written, by=cast.emil, now=cast.now)
    work(cast)
    actions.send(written, by=cast.emil, now=cast.now)
    actions.work_broadcasts(cast.now)  # one batch of fifty
    newer = actions.write(
        written, "en", "Labels", ENGLISH + "\n\nIt is fixed at 18:00.", by=cast.emil, now=cast.now
    )
    work(cast)
    written.refresh_from_db()
    assert (written.state, written.stopped_why, len(leaves.letters)) == ("stopped", "wording", 50)
    with pytest.raises(ValidationError):
        actions.send(written, by=cast.emil, now=cast.now)
    actions.approve(newer, by=cast.noor, now=cast.now)
    assert queries.old_text_counts(written) == {"en": 50}
    actions.send(written, by=cast.emil, now=cast.now)
    work(cast)
    written.refresh_from_db()
    assert (written.state, len(leaves.letters)) == ("done", 60)
    assert queries.old_text_counts(written) == {"en": 50}
    correction = actions.begin(incident, corrects=written, by=cast.emil, now=cast.now)
    for wording in queries.unapproved(correction):
        actions.approve(wording, by=cast.noor, now=cast.now)
    tell_all(cast, correction)
    assert queries.counts_of(correction).sent == 50
    assert len({one.message["Message-ID"] for one in leaves.letters}) == 110


def test_a_merged_ticket_is_told_in_the_one_that_goes_on(cast, incident, written, leaves):
    first, second = cast.writes(cast.carla), cast.writes(cast.carla, subject="Lo mismo")
    actions.put_on(incident, [first.number], by=cast.ada, now=cast.now)
    actions.list_recipients(written, by=cast.emil, now=cast.now)
    work(cast)
    tickets.merge(first, second, by=cast.ada, now=cast.now)
    assert Affected.objects.get().ticket == second
    actions.send(written, by=cast.emil, now=cast.now)
    work(cast)
    assert f"t{second.number}." in leaves.letters[0].message["Reply-To"]
