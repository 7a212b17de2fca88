"""Questions about mailboxes and letters."""

from django.db.models import Count, Min, Q

from .models import Letter, Mailbox


def mailboxes():
    """The mailboxes in use, the default first."""
    return Mailbox.objects.filter(archived_at=None).select_related("team")


def default_mailbox():
    """The mailbox for everything that names no other, or None before the first one was made."""
    return Mailbox.objects.filter(is_default=True, archived_at=None).select_related("team").first()


def mailbox_for(address):
    """Our mailbox with this address, or None. `support+anything@…` is support's, if sub-addresses are on."""
    address = address.strip().lower()
    local, _, domain = address.rpartition("@")
    base, plus, _tag = local.partition("+")
    candidates = Mailbox.objects.filter(archived_at=None).select_related("team")
    found = candidates.filter(address=address).first()
    if found or not (base and plus):
        return found
    return candidates.filter(address=f"{base}@{domain}", plus_addressing=True).first()


def mailbox_for_strays():
    """The mailbox that also takes mail to addresses that are not ours, or None when such mail is refused."""
    mailbox = default_mailbox()
    return mailbox if mailbox and mailbox.takes_strays else None


def is_our_address(address):
    """Whether mail to this address comes back to ourselves."""
    return mailbox_for(address) is not None


def outbox(state=None):
    """Letters that somebody may want to look at: waiting, kept, dead, or one of these; the newest first."""
    states = [state] if state else [Letter.State.WAITING, Letter.State.KEPT, Letter.State.DEAD]
    return Letter.objects.filter(state__in=states).select_related("mailbox", "case").order_by("-pk")


def outbox_counts():
    """How many letters wait, how many of these were set back, and how many are kept or dead."""
    stuck = Letter.objects.filter(state__in=[Letter.State.KEPT, Letter.State.DEAD]).aggregate(
        kept=Count("pk", filter=Q(state=Letter.State.KEPT)),
        dead=Count("pk", filter=Q(state=Letter.State.DEAD)),
    )
    waiting = Letter.objects.filter(due_at__isnull=False).aggregate(
        waiting=Count("pk"), set_back=Count("pk", filter=~Q(error=""))
    )
    return {**waiting, **stuck}


def gauges(now):
    """What waits to leave, how long already, and what never will by itself."""
    counts = outbox_counts()
    oldest = Letter.objects.filter(due_at__lte=now).aggregate(oldest=Min("due_at"))["oldest"]
    rows = [({"state": state}, counts[state] or 0) for state in ("waiting", "set_back", "kept", "dead")]
    yield "letters", "Letters that have not left, by state", rows
    age = (now - oldest).total_seconds() if oldest else 0
    yield "outbox_age_seconds", "How long the oldest letter that may leave has waited", [({}, age)]
