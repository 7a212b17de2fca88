"""What came in, raw, until it is a message of a ticket; and the messages whose parent is still missing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.post.models import Mailbox
from ombud.lib import files
from ombud.spine.tickets.models import Message


class Incoming(models.Model):
    """One thing that came in through a channel. Its bytes stand in the files under `raw`, as they were sent.

    It is due while it waits; whoever kills us in between finds it due again. `key` says which delivery it was
    (a mail on an IMAP server, one in an mbox, a form that was sent twice), so that each is taken once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Taken in")
        ASIDE = "aside", _("Put aside")
        IGNORED = "ignored", _("Left alone")
        DUPLICATE = "duplicate", _("Came twice")

    class Reason(models.TextChoices):
        NONE = "", ""
        UNREADABLE = "unreadable", _("It could not be understood")
        FAILED = "failed", _("It could not be made a message")
        SPAM = "spam", _("A spam filter flagged it")
        BLOCKED = "blocked", _("The sender is blocked")
        LOOP = "loop", _("It came from ourselves, or goes in circles")
        FLOOD = "flood", _("Too much from one sender within a minute")
        ROBOT = "robot", _("An automatic answer to nothing of ours")
        BOUNCE = "bounce", _("A report about a mail of ours")
        TRAP = "trap", _("A machine filled in the form")
        BY_HAND = "by_hand", _("Somebody of ours decided so")

    channel = models.CharField(max_length=40)
    source = models.CharField(max_length=12, help_text="smtp, imap, mbox, form, call …")
    key = models.CharField(max_length=120, null=True, unique=True)
    raw = models.CharField(max_length=64, help_text="SHA-256 of the stored original")
    size = models.BigIntegerField()
    mailbox = models.ForeignKey(Mailbox, models.SET_NULL, null=True, related_name="+", db_index=False)
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.JSONField(default=list)
    remote = models.CharField(max_length=64, blank=True, help_text="The network address it came from")
    received_at = models.DateTimeField()
    trusted = models.BooleanField(default=False, help_text="Its References are believed (an import of ours)")
    let_in = models.BooleanField(
        default=False, help_text="An administrator lets it in, whatever the guards say"
    )

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    stopped_at = models.DateTimeField(null=True, help_text="When it was put aside or left alone")
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    why = models.JSONField(default=list, help_text="Sentences: how it was decided")
    sender = models.CharField(max_length=320, blank=True, help_text="In lower case, once it is understood")
    subject = models.CharField(max_length=300, blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+", db_index=False)

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="incoming_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["-stopped_at", "-id"],
                name="incoming_stopped",
                condition=Q(stopped_at__isnull=False),
            ),
            # Not partial: SQLite uses a partial index only if the question repeats its condition.
            models.Index(fields=["sender", "received_at"], name="incoming_sender"),
            models.Index(fields=["message"], name="incoming_message", condition=Q(message__isnull=False)),
        ]

    def __str__(self):
        return f"{self.source} {self.pk or self.key}"

    def content(self):
        """The bytes as they came; FileNotFoundError when the file is gone."""
        return files.read(self.raw)


class AwaitedParent(models.Model):
    """A Message-ID that a message refers to and that nobody has seen yet: it may still be on the way."""

    parent = models.CharField(max_length=250, help_text="The missing Message-ID, shortened")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent", "message"], name="awaited_once")]
