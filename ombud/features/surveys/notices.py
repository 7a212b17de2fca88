"""What people of ours are told about answers."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind
from ombud.spine.tickets.queries import visible_to
from ombud.ui.times import when_words

from .models import Answer


def bad(notice, now):
    """`Bad answer, 2 of 10, on #1042: somebody of ours comes back by Tue 12:00`."""
    answer = Answer.objects.filter(pk=notice.data["answer"]).select_related("promise").first()
    about = {
        "score": answer.score if answer else notice.data["score"],
        "highest": notice.data["highest"],
        "number": notice.case.ticket.number,
    }
    if answer and answer.promise and answer.promise.is_owed and answer.promise.due_at:
        words = gettext("Bad answer, %(score)s of %(highest)s, on #%(number)s: we come back by %(time)s")
        return words % (about | {"time": when_words(answer.promise.due_at, now)})
    return gettext("Bad answer, %(score)s of %(highest)s, on #%(number)s") % about


def subject(notice):
    """The ticket's subject; None when it is not (any more) theirs to see."""
    return visible_to(notice.person).filter(pk=notice.case_id).values_list("subject", flat=True).first()


notices = (
    Kind(
        "survey_bad",
        _("A customer gives a bad answer to a survey"),
        bad,
        icon="message-square-warning",
        by_mail=True,
        about=subject,
    ),
)
