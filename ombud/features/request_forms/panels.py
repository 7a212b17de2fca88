"""Beside a ticket: what its customer was asked, and answered."""

from ombud.ui.panels import ABOUT, Panel, only_where

from .models import Answers
from .queries import answers_on
from .words import facts, said


@only_where(lambda: Answers.objects.filter(ticket=ABOUT))
def beside_a_ticket(ticket, person, now):
    """For everybody who sees the ticket."""
    answers = answers_on(ticket.pk)
    if answers is None:
        return None
    return Panel("request_forms/panel.html", {"name": said(answers.kind.names), "facts": facts(answers)})
