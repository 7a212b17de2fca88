"""Writing: replies, notes, forwards; their drafts; what the customer will see; taking one back."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from ombud.doors.workspace import composing, conversation, presence
from ombud.doors.workspace.answers import deed, desk_page, done, page_of, wants_json
from ombud.foundation.people.permissions import ANSWER, require
from ombud.foundation.post import actions as post
from ombud.foundation.post.queries import default_mailbox
from ombud.lib.mail import text_of
from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.models import Message, Status
from ombud.ui.frames import shut_in
from ombud.ui.values import comma


@deed
def send(request, number, kind):
    """Send what the composer holds. If something new came meanwhile, it asks once before."""
    ticket, person, now = conversation.find(request.user, number), request.user, timezone.now()
    written = composing.read(request)
    crossing = _crossing(request, ticket, now) if kind == "reply" else None
    if crossing and "anyway" not in request.POST:
        composing.keep(ticket, person, kind, written, now=now)
        return _asked(request, ticket, kind, crossing)
    for file in request.FILES.getlist("files"):
        written.attached.append(composing.attach(ticket, person, kind, file, now=now).pk)
    words, message = _SEND[kind](request, ticket, written, now)
    presence.leave(ticket, person)
    may_undo = message.letter_id is not None
    undo = reverse("workspace:take_back", args=[message.pk]) if may_undo else None
    return done(request, words, back=page_of(ticket), undo=undo, message=message.pk)


def _crossing(request, ticket, now):
    seen = request.POST.get("seen", "")
    arrived = conversation.arrived_since(ticket, int(seen), request.user) if seen.isdigit() else []
    writers = conversation.other_writers(ticket, request.user, now=now)
    return {"arrived": arrived, "writers": writers} if arrived or writers else None


def _asked(request, ticket, kind, crossing):
    context = {"ticket": ticket, "kind": kind, "speaker": conversation.speaker, **crossing}
    if wants_json(request):
        page = render(request, "workspace/crossing.html", context, using="jinja2")
        return JsonResponse({"ask": page.content.decode()}, status=409)
    context |= {"posted": request.POST, "values": request.POST.lists()}
    return render(request, "workspace/crossing_page.html", context, using="jinja2", status=409)


def _reply(request, ticket, written, now):
    status = request.POST.get("status") or Status.WAITING
    if status not in Status.values:
        raise ValidationError(_("There is no such status."))
    message = actions.reply(
        ticket,
        by=request.user,
        now=now,
        html=written.html,
        text=text_of(written.html).strip() if written.html else "",
        to=written.to or None,
        cc=written.cc,
        bcc=written.bcc,
        attachments=composing.enclosed(ticket, request.user, "reply", written),
        status=status,
    )
    if message.letter_id is None:
        return _("Written down. There is no mail address, so nothing was sent."), message
    return _("Your reply leaves in a few seconds."), message


def _note(request, ticket, written, now):
    people, blind = composing.mentioned(ticket, written)
    message = actions.note(
        ticket,
        by=request.user,
        now=now,
        html=written.html,
        mentions=people,
        attachments=composing.enclosed(ticket, request.user, "note", written),
    )
    if blind:
        names = comma().join(person.name for person in blind)
        return _("Noted. %s could not see this ticket before, and can now.") % names, message
    return _("Noted."), message


def _forward(request, ticket, written, now):
    message = actions.forward(
        ticket,
        by=request.user,
        now=now,
        to=written.to,
        cc=written.cc,
        html=written.html,
        attachments=composing.enclosed(ticket, request.user, "forward", written),
    )
    return _("Forwarded. Their answer comes back as a note."), message


_SEND = {"reply": _reply, "note": _note, "forward": _forward}


@deed
def save_draft(request, number, kind):
    """Keep what somebody is writing."""
    ticket, now = queries.by_number(request.user, number), timezone.now()
    written = composing.read(request)
    draft = composing.keep(ticket, request.user, kind, written, now=now)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


@deed
def discard_draft(request, number, kind):
    """Throw one's own draft away."""
    ticket = queries.by_number(request.user, number)
    draft = conversation.draft_of(ticket, request.user, composing.KINDS[kind])
    if draft:
        actions.discard_draft(draft)
    return done(request, _("The draft is gone."), back=page_of(ticket))


@deed
def upload(request, number, kind):
    """Enclose a file in one's draft."""
    ticket = queries.by_number(request.user, number)
    file = request.FILES.get("file")
    if file is None:
        raise ValidationError(_("There is no file."))
    row = composing.attach(ticket, request.user, kind, file, now=timezone.now())
    return JsonResponse(
        {"id": row.pk, "name": row.name, "href": reverse("workspace:attachment", args=[row.pk, row.name])}
    )


@deed
def preview(request, number, kind):
    """What the customer will see: the envelope, and the letter in a frame. What was written is kept."""
    require(request.user, ANSWER)
    ticket = conversation.find(request.user, number)
    written = composing.read(request)
    draft = composing.keep(ticket, request.user, kind, written, now=timezone.now())
    subject = ticket.subject if ticket.subject.lower().startswith("re:") else f"Re: {ticket.subject}"
    context = {
        "ticket": ticket,
        "kind": kind,
        "draft": draft,
        "recipients": lambda pairs: comma().join(composing.shown(pair) for pair in pairs),
        "mailbox": ticket.mailbox or default_mailbox(),
        "subject": subject if kind == "reply" else ticket.subject,
        "by": request.user,
    }
    return render(request, "workspace/preview.html", context, using="jinja2")


@desk_page
@xframe_options_sameorigin
def letter(request, number, kind):
    """The draft as the finished letter, for the frame of the preview."""
    ticket = conversation.find(request.user, number)
    draft = conversation.draft_of(ticket, request.user, composing.KINDS[kind])
    mailbox = ticket.mailbox or default_mailbox()
    if draft is None or mailbox is None:
        raise Http404
    _text, html = post.signed(text_of(draft.html), draft.html, mailbox, request.user)
    response = shut_in(html)
    response["Cache-Control"] = "no-store"
    return response


@deed
def take_back(request, message):
    """Stop a mail that has not left; its words are a draft again."""
    row = _message(request.user, message)
    actions.take_back(row, by=request.user, now=timezone.now())
    return done(request, _("Taken back: it is a draft again."), back=page_of(row.ticket))


@deed
def retry(request, message):
    """Try again to deliver a mail that could not be delivered."""
    require(request.user, ANSWER)
    row = _message(request.user, message)
    if row.letter is None:
        raise ValidationError(_("This was not sent by mail."))
    post.retry(row.letter, by=request.user, now=timezone.now())
    return done(request, _("It is tried again now."), back=page_of(row.ticket))


def _message(person, pk):
    message = get_object_or_404(Message.objects.select_related("ticket__case", "letter"), pk=pk)
    if not queries.visible_to(person).filter(pk=message.ticket_id).exists():
        raise Http404
    return message


@deed
def be_here(request, number):
    """The browser says what its person does on this ticket: reading, writing, or gone."""
    ticket = queries.by_number(request.user, number)
    doing = request.POST.get("doing")
    if doing in ("reading", "writing"):
        presence.be_here(ticket, request.user, doing, now=timezone.now())
    else:
        presence.leave(ticket, request.user)
    return HttpResponse(status=204)
