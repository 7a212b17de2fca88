"""Words that nobody approved leave by no path: not by a verb, not by a row that somebody wrote past it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from ombud.features.broadcasts import actions
from ombud.features.broadcasts.models import Approval, Broadcast, Recipient, Rule, State, Wording
from ombud.foundation.people.models import Person
from ombud.foundation.post.models import Letter

from .conftest import work


@pytest.fixture
def listed(cast, incident):
    """A broadcast that Emil wrote and listed; nobody has approved it."""
    actions.put_on(incident, [cast.writes(cast.mallory).number], by=cast.ada, now=cast.now)
    broadcast = actions.begin(incident, by=cast.emil, now=cast.now)
    actions.write(broadcast, "en", "Labels", "Not for you.", by=cast.emil, now=cast.now)
    actions.list_recipients(broadcast, by=cast.emil, now=cast.now)
    work(cast)
    broadcast.refresh_from_db()
    return broadcast


def broadcasts_sent():
    return Letter.objects.filter(kind="broadcast").count()


def test_the_verb_refuses(cast, listed):
    with pytest.raises(ValidationError, match="not approved yet"):
        actions.send(listed, by=cast.emil, now=cast.now)
    work(cast)
    assert broadcasts_sent() == 0


def test_a_row_set_to_sending_by_hand_stops_by_itself(cast, listed):
    Broadcast.objects.update(state=State.SENDING, due_at=cast.now, sent_by=cast.emil)
    work(cast)
    listed.refresh_from_db()
    assert (listed.state, listed.stopped_why, broadcasts_sent()) == (State.STOPPED, "approval", 0)


def test_the_database_refuses_a_letter_without_an_approval(cast, listed):
    letter = Letter.objects.create(
        key="x", message_id="<x@desk.test>", mailbox=cast.mailbox, kind="broadcast", created_at=cast.now
    )
    for columns in ({"letter": letter}, {"state": "sending"}, {"state": "sent"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recipient.objects.update(**columns)


def test_the_database_refuses_an_approval_by_the_writer(cast, listed):
    wording = Wording.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            wording=wording,
            by=cast.emil,
            writer=cast.emil,
            at=cast.now,
            two_people=True,
            language="en",
            number=1,
            subject=wording.subject,
            text=wording.text,
        )


def test_what_leaves_is_what_was_approved_even_if_the_wording_was_tampered_with(
    cast, written, incident, leaves
):
    actions.put_on(incident, [cast.writes(cast.mallory).number], by=cast.ada, now=cast.now)
    actions.list_recipients(written, by=cast.emil, now=cast.now)
    work(cast)
    Wording.objects.update(text="Not for you.")
    actions.send(written, by=cast.emil, now=cast.now)
    work(cast)
    assert b"We know why" in leaves.letters[0].raw
    assert b"Not for you" not in leaves.letters[0].raw


def test_who_may_approve(cast, listed):
    wording = Wording.objects.get()
    for who in (cast.ada, cast.lin, cast.tomasz, cast.jun):
        with pytest.raises(PermissionDenied):
            actions.approve(wording, by=who, now=cast.now)
    with pytest.raises(ValidationError, match="somebody else"):
        actions.approve(wording, by=cast.emil, now=cast.now)
    assert actions.approve(wording, by=cast.noor, now=cast.now).by == cast.noor


def test_one_person_is_enough_where_the_desk_says_so(cast, incident):
    assert Rule.ours().two_people
    with pytest.raises(PermissionDenied):
        actions.keep_rule(two_people=False, per_minute=0, by=cast.emil, now=cast.now)
    actions.keep_rule(two_people=False, per_minute=0, by=cast.greta, now=cast.now)
    broadcast = actions.begin(incident, by=cast.emil, now=cast.now)
    wording = actions.write(broadcast, "en", "Labels", "Hello", by=cast.emil, now=cast.now)
    assert actions.approve(wording, by=cast.emil, now=cast.now).two_people is False


def test_an_approved_version_is_never_changed(cast, written):
    before = written.wordings.get(language="en")
    after = actions.write(written, "en", "Labels", "Other words", by=cast.emil, now=cast.now)
    assert (after.number, written.wordings.count()) == (2, 3)
    assert Wording.objects.get(pk=before.pk).text == before.text
    with pytest.raises(ValidationError, match="newer version"):
        actions.approve(
            Wording.objects.create(
                broadcast=written,
                language="en",
                number=0,
                subject="a",
                text="b",
                by=cast.emil,
                written_at=cast.now,
            ),
            by=cast.noor,
            now=cast.now,
        )


def test_unknown_placeholders_are_refused(cast, incident):
    broadcast = actions.begin(incident, by=cast.emil, now=cast.now)
    with pytest.raises(ValidationError, match="margin"):
        actions.write(broadcast, "en", "Labels", "Hello {margin}", by=cast.emil, now=cast.now)
    assert not Wording.objects.exists()


def test_the_asked_one_is_told(cast, listed):
    actions.ask_approval(listed, cast.noor, by=cast.emil, now=cast.now)
    assert Person.objects.get(pk=cast.noor.pk).notices.filter(kind="broadcast_to_approve").exists()
    with pytest.raises(ValidationError):
        actions.ask_approval(listed, cast.ada, by=cast.emil, now=cast.now)
