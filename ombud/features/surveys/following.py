"""What follows a bad answer: somebody owes the customer a word, by a time, and knows it."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.clock.queries import default_calendar, working_time_of
from ombud.foundation.notifications.actions import Telling, tell_each
from ombud.foundation.people.permissions import ANSWER, may
from ombud.foundation.people.queries import first_administrator
from ombud.foundation.post.queries import default_mailbox
from ombud.lib.working_time import add_working_time
from ombud.spine.sla.actions import promise
from ombud.spine.sla.whom import Desk
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Status
from ombud.spine.tickets.said import Said

from . import events
from .models import When

HOUR = 3600


def follow_up(answer, *, now):
    """A bad answer is acted on, once: its ticket is ours to move again, and a word is owed on it.

    An answer about us as a whole becomes a ticket of its own. Nothing follows where the survey says so, but
    who looks after the ticket is told all the same.
    """
    survey = answer.survey
    if not answer.is_bad or answer.promise_id:
        return
    if survey.when == When.ROUND and answer.ticket_id is None:
        if survey.follow_up is None:
            return
        answer.ticket = _ticket_of_its_own(answer, now)
        answer.save(update_fields=["ticket"])
    ticket = answer.ticket
    if ticket is None:
        return
    ticket = ticket.merged_into or ticket
    desk = Desk(now, [ticket])
    holder = _holder(desk, ticket)
    if survey.follow_up is not None and holder:
        _owe_a_word(answer, ticket, holder, now)
    _tell(answer, ticket, [holder, *desk.leads(ticket)], now)


def _holder(desk, ticket):
    """Who is to come back to the customer: the assignee, their deputy, the team on duty, a lead."""
    nobody = SimpleNamespace(by_id=None)
    people = [*desk.holder(ticket, nobody), *desk.leads(ticket)]
    return next((person for person in people if may(person, ANSWER)), first_administrator())


def _owe_a_word(answer, ticket, holder, now):
    if ticket.is_done:  # it stands in the lists of what is undone; its clocks go on where they stood
        tickets.set_status(ticket, Status.OPEN, by=None, now=now)
    with translation.override(answer.language):  # it is a word to the customer, who may read it
        words = _("We get back to you about your answer, %(score)s of %(highest)s")
        words %= {"score": answer.score, "highest": answer.survey.scale.highest}
    answer.promise = promise(ticket, due_by(answer.survey, now), words, by=holder, now=now)
    answer.save(update_fields=["promise"])
    events.FOLLOWED_UP.record(
        case=ticket.case_id,
        by=None,
        now=now,
        survey=answer.survey_id,
        answer=answer.pk,
        promise=answer.promise_id,
    )


def due_by(survey, now):
    """By when somebody comes back: the survey's working hours in the calendar of the desk."""
    calendar = default_calendar()
    if calendar is None:
        return now + timedelta(hours=survey.follow_up)
    return add_working_time(working_time_of(calendar), now, survey.follow_up * HOUR)


def _ticket_of_its_own(answer, now):
    customer, scale = answer.customer, answer.survey.scale
    with translation.override(answer.language):
        words = answer.words or _("No words were written.")
        said = _("Answer %(score)s of %(highest)s to “%(survey)s”.")
        said %= {"score": answer.score, "highest": scale.highest, "survey": answer.survey.name}
        subject = _("Answer %(score)s of %(highest)s") % {"score": answer.score, "highest": scale.highest}
    return tickets.open_ticket(
        Said(
            text=f"{said}\n\n{words}",
            subject=subject,
            from_name=customer.name,
            from_address=customer.email,
            language=answer.language,
            happened_at=now,
        ),
        customer=customer,
        channel="other",
        mailbox=default_mailbox(),
        language=answer.language,
        now=now,
    )


def _tell(answer, ticket, people, now):
    if answer.escalation_id and answer.escalation.manager:
        people.append(answer.escalation.manager)
    data = {"score": answer.score, "highest": answer.survey.scale.highest, "answer": answer.pk}
    key = f"survey_bad:{answer.pk}"
    unique = {person.pk: person for person in people if person}.values()
    tell_each([Telling(person, ticket.case_id, key, data) for person in unique], "survey_bad", now=now)
