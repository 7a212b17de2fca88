"""The ticket itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.events.models import Case
from ombud.foundation.people.models import Account, Customer, Person, Team
from ombud.foundation.post.models import Mailbox

from .levels import Level, Priority, Status


class SleepingQuerySet(DueQuerySet):
    due_field = "wakes_at"


# Conditions of partial indexes hold no values: SQLite does not see that a bound value fulfils one.
AWAKE = Q(merged_into=None, wakes_at=None)


def by_last_message(*names):
    """For lists of what is undone (which has no `resolved_at`): all, somebody's, a team's; newest first."""
    return [
        models.Index(
            # The team stands last so that counting without private teams needs the index only.
            fields=[*whose, "-last_message_at", "-number", *([] if whose == ["team"] else ["team"])],
            name=name,
            condition=AWAKE & Q(resolved_at=None),
        )
        for name, whose in zip(names, ([], ["assignee"], ["team"]), strict=True)
    ]


def by_due(*names):
    """The same for those on which something is promised; what is due first stands first."""
    return [
        models.Index(
            fields=[*whose, "promise_due_at", "number"],
            name=name,
            condition=AWAKE & Q(promise_due_at__isnull=False),
        )
        for name, whose in zip(names, ([], ["assignee"], ["team"]), strict=True)
    ]


def by_waiting(*names):
    """The same for those whose customers wait for us; the longest waiting first."""
    return [
        models.Index(
            fields=[*whose, "waiting_since", "number"],
            name=name,
            condition=AWAKE & Q(waiting_since__isnull=False),
        )
        for name, whose in zip(names, ([], ["assignee"], ["team"]), strict=True)
    ]


class Ticket(models.Model):
    """One request of a customer. Its primary key is its case's; people know it by its number, from 1001.

    `waiting_since`: since when the customer waits for us; empty while the ball is with them.
    `touched_at`: when a person of ours first did something; until then it is untouched (M12).
    `promise_due_at`: when the first of what is promised on it is due, written by the room of promises.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="ticket")
    number = models.BigIntegerField(unique=True)
    subject = models.CharField(max_length=500, blank=True)
    preview = models.CharField(max_length=200, blank=True, help_text="The beginning of the newest message")
    status = models.CharField(max_length=8, choices=Status, default=Status.NEW)
    severity = models.CharField(max_length=8, choices=Level, default=Level.MEDIUM)
    urgency = models.CharField(max_length=8, choices=Level, default=Level.MEDIUM)
    priority = models.CharField(max_length=2, choices=Priority, default=Priority.P3)
    priority_reason = models.CharField(max_length=300, blank=True, help_text="Why the matrix was overruled")
    assignee = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="tickets", db_index=False
    )
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="tickets", db_index=False
    )
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="tickets")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="tickets")
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=10, blank=True)
    heard_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    heard_where = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    last_message_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    wakes_at = models.DateTimeField(null=True)
    promise_due_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", db_index=False)
    tags = models.ManyToManyField("Tag", through="Tagging", related_name="tickets")

    objects = SleepingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-last_message_at", "-number"], name="ticket_all", condition=Q(merged_into=None)
            ),
            models.Index(
                fields=["status", "-last_message_at", "-number"],
                name="ticket_status",
                condition=Q(merged_into=None),
            ),
            # For whoever reads everything in the order of its numbers, as the API does.
            *(
                models.Index(
                    fields=[column, "-number"], name=f"ticket_by_{column}", condition=Q(merged_into=None)
                )
                for column in ("status", "assignee", "team")
            ),
            *by_last_message("ticket_undone", "ticket_mine", "ticket_team"),
            *by_waiting("ticket_waits", "ticket_waits_mine", "ticket_waits_team"),
            *by_due("ticket_due", "ticket_due_mine", "ticket_due_team"),
            models.Index(
                fields=["waiting_since", "number"],
                name="ticket_oldest",
                condition=Q(merged_into=None, touched_at=None, waiting_since__isnull=False),
            ),
            # Partial: SQLite would take a whole one for "not merged", which is nearly every ticket.
            models.Index(
                fields=["merged_into"], name="ticket_merged", condition=Q(merged_into__isnull=False)
            ),
            models.Index(fields=["wakes_at"], name="ticket_wakes", condition=Q(wakes_at__isnull=False)),
        ]

    def __str__(self):
        return f"#{self.number}"

    @property
    def is_done(self):
        return self.status in (Status.RESOLVED, Status.CLOSED)


class Tag(models.Model):
    """A word put on tickets, in lower case."""

    name = models.CharField(max_length=60, unique=True)
    meaning = models.CharField(max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Tagging(models.Model):
    """That a tag is on a ticket."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="a_tag_once")]


class Link(models.Model):
    """Two tickets that have to do with each other; stored once, read both ways."""

    one = models.ForeignKey(Ticket, models.CASCADE, related_name="links_from")
    other = models.ForeignKey(Ticket, models.CASCADE, related_name="links_to")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_link_each")]
