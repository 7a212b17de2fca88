"""What was said on a ticket, and saying more."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from ombud.doors.api import cursors, showing, uploads
from ombud.doors.api.again import once
from ombud.doors.api.described import ANSWERS, IDEMPOTENT, WRITE_ANSWERS
from ombud.doors.api.errors import Refusal
from ombud.doors.api.shapes import Messages, MessageShown, NoteAsked, ReplyAsked
from ombud.foundation.people.permissions import ANSWER, NOTE
from ombud.spine.tickets import actions
from ombud.spine.tickets.queries import thread

router = Router(tags=["Messages"])
AT_ONCE = timedelta(0)  # a machine does not change its mind within ten seconds


@router.get(
    "/tickets/{int:number}/messages", response={200: Messages, **ANSWERS}, operation_id="list_messages"
)
def list_messages(
    request,
    number: int,
    limit: int = Query(50, ge=1, le=500),
    cursor: str = Query(""),
):
    """Everything said on a ticket, in the order in which it came to us, internal notes among it."""
    messages = thread(request.auth.ticket(number))
    ids, following = cursors.page(messages, "id", cursor, limit)
    rows = messages.filter(pk__in=ids).order_by("pk")
    return {"items": [showing.message(row) for row in rows], **cursors.counted(messages), "next": following}


@router.post(
    "/tickets/{int:number}/replies",
    response={201: MessageShown, **WRITE_ANSWERS},
    operation_id="reply",
    openapi_extra=IDEMPOTENT,
)
def reply(request, number: int, asked: ReplyAsked):
    """Answer the customer by mail. Without a mail address of theirs it is written down only."""
    caller = request.auth
    caller.require(ANSWER)
    return _write(request, actions.reply, number, asked, status=asked.status, hold=AT_ONCE)


@router.post(
    "/tickets/{int:number}/notes",
    response={201: MessageShown, **WRITE_ANSWERS},
    operation_id="note",
    openapi_extra=IDEMPOTENT,
)
def note(request, number: int, asked: NoteAsked):
    """Write an internal note, which no customer sees."""
    request.auth.require(NOTE)
    return _write(request, actions.note, number, asked)


def _write(request, verb, number, asked, **options):
    status, body, _nowhere = once(request, lambda: _do(request.auth, verb, number, asked, options))
    return Status(status, body)


def _do(caller, verb, number, asked, options):
    ticket = caller.ticket(number)
    files = uploads.enclosed(caller.token, asked.attachments)
    if not (asked.text.strip() or asked.html.strip()):
        raise Refusal(422, fields={"text": [_("This is needed.")]})
    with transaction.atomic():
        message = verb(
            ticket,
            by=caller.person,
            now=timezone.now(),
            text=asked.text,
            html=asked.html,
            attachments=files,
            **options,
        )
        return 201, showing.message(thread(ticket).get(pk=message.pk)), ""
