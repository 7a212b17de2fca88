"""What people do in the story, each by the verb that the product has for it."""

from datetime import timedelta

from ombud.lib import files
from ombud.spine.ladders import actions as ladders
from ombud.spine.ladders.models import Climb
from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Ticket
from ombud.spine.tickets.said import Enclosed, Said

from .escalating import ESCALATING


def customer(house, thread, step, now):
    """The customer writes: the first time it opens the ticket."""
    who = house.customers[step.get("by", thread["customer"])]
    said = _said(house, thread, step, who, now)
    ticket = _ticket(house, thread)
    if ticket is None:
        _open(house, thread, step, who, said, now)
        return
    if who.pk != ticket.customer_id:
        actions.join_in(ticket, who, now=now)
    actions.receive(ticket, said, customer=who, channel=thread.get("channel", "email"), now=now)


def reply(house, thread, step, now):
    """One of ours answers."""
    actions.reply(
        _ticket(house, thread),
        by=house.ours[step["by"]],
        text=step["text"].strip(),
        status=step.get("status", "waiting"),
        attachments=_enclosed(step),
        hold=timedelta(0),
        now=now,
    )


def note(house, thread, step, now):
    """One of ours writes inside."""
    actions.note(
        _ticket(house, thread),
        by=house.ours[step["by"]],
        text=step["text"].strip(),
        mentions=[house.ours[key] for key in step.get("mentions", ())],
        attachments=_enclosed(step),
        now=now,
    )


def forward(house, thread, step, now):
    """A third party is asked."""
    actions.forward(
        _ticket(house, thread),
        by=house.ours[step["by"]],
        to=[step["to"]],
        text=step["text"].strip(),
        hold=timedelta(0),
        now=now,
    )


def third(house, thread, step, now):
    """The third party answers."""
    name, address = step["from"]
    said = Said(text=step["text"].strip(), from_name=name, from_address=address, happened_at=now)
    actions.receive_inside(_ticket(house, thread), said, channel="email", now=now)


def assign(house, thread, step, now):
    """Somebody gets the ticket, or a team does."""
    ticket, by = _ticket(house, thread), house.ours[step["by"]]
    if "team" in step:
        actions.set_team(ticket, house.teams[step["team"]], by=by, now=now)
    if "to" in step:
        actions.assign(ticket, house.ours.get(step["to"]), by=by, now=now)


def change(house, thread, step, now):
    """Status, severity, urgency, priority, tags, sleep."""
    ticket, by = _ticket(house, thread), house.ours[step["by"]]
    if "severity" in step:
        actions.set_severity(ticket, step["severity"], by=by, now=now)
    if "urgency" in step:
        actions.set_urgency(ticket, step["urgency"], by=by, now=now)
    if "priority" in step:
        actions.overrule_priority(ticket, step["priority"], step["why"], by=by, now=now)
    for name in step.get("tags", ()):
        actions.tag(ticket, name, by=by, now=now)
    if "status" in step:
        actions.set_status(ticket, step["status"], by=by, now=now)
    if "sleep_hours" in step:
        actions.snooze(ticket, now + timedelta(hours=step["sleep_hours"]), by=by, now=now)


def join(house, thread, step, now):
    """A ticket is linked with another, or merged into it."""
    ticket, by = _ticket(house, thread), house.ours[step["by"]]
    if "link" in step:
        actions.link(ticket, _ticket(house, {"key": step["link"]}), by=by, now=now)
    if "into" in step:
        actions.merge(ticket, _ticket(house, {"key": step["into"]}), by=by, now=now)


def have(house, thread, step, now):
    """Somebody takes on what the ladders say."""
    for climb in Climb.objects.open().filter(ticket=_ticket(house, thread)):
        ladders.acknowledge(climb, by=house.ours[step["by"]], now=now)


SCENES = {
    "customer": customer,
    "reply": reply,
    "note": note,
    "forward": forward,
    "third": third,
    "assign": assign,
    "change": change,
    "join": join,
    "have": have,
    **ESCALATING,
}


def _ticket(house, thread):
    pk = house.tickets.get(thread["key"])
    ticket = pk and Ticket.objects.select_related("customer", "mailbox", "assignee", "merged_into").get(pk=pk)
    return ticket.merged_into or ticket if ticket else None


def _open(house, thread, step, who, said, now):
    by = house.ours.get(thread.get("logged_by"))
    ticket = actions.open_ticket(
        said,
        customer=who,
        channel=thread.get("channel", "email"),
        mailbox=house.mailboxes[thread.get("mailbox", "support")],
        by=by,
        severity=thread.get("severity"),
        urgency=thread.get("urgency"),
        tags=thread.get("tags", ()),
        heard_by=by,
        heard_where=thread.get("heard_where", ""),
        language=thread.get("language", who.language),
        now=now,
    )
    house.tickets[thread["key"]] = ticket.pk


def _said(house, thread, step, who, now):
    mailbox = house.mailboxes[thread.get("mailbox", "support")]
    return Said(
        text=step["text"].strip(),
        subject=thread["subject"],
        from_name=who.name,
        from_address=who.email,
        to=[[mailbox.name, mailbox.address]],
        cc=[[house.customers[key].name, house.customers[key].email] for key in step.get("cc", ())],
        message_id=f"<{thread['key']}.{now:%d%H%M%S}@{who.email.rpartition('@')[2]}>",
        language=thread.get("language", who.language),
        happened_at=now,
        auto=step.get("auto", False),
        attachments=_enclosed(step),
    )


def _enclosed(step):
    return [
        Enclosed(name, kind, len(content.encode()), files.keep(content.encode()))
        for name, kind, content in step.get("files", ())
    ]
