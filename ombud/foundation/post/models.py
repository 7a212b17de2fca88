"""Mailboxes and letters."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.events.models import Case
from ombud.foundation.people.models import Brand, Team


class FetchQuerySet(DueQuerySet):
    due_field = "fetch_at"


class Mailbox(models.Model):
    """An address of ours: how mail for it comes in, and how its answers go out.

    Passwords are encrypted (`post.secrets`). Without an outgoing server, letters stay in the outbox, where an
    administrator can read what would have been sent.
    """

    class Security(models.TextChoices):
        NONE = "none", _("None")
        STARTTLS = "starttls", "STARTTLS"
        TLS = "tls", "TLS"

    address = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True, help_text="Shown to customers as the sender")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="mailboxes")
    brand = models.ForeignKey(
        Brand,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mailboxes",
        help_text="Empty: the default",
    )
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    signature = models.TextField(blank=True)
    is_default = models.BooleanField(default=False)
    takes_strays = models.BooleanField(
        default=False, help_text="Also takes mail to addresses that are not ours"
    )
    acknowledges = models.BooleanField(default=True)
    plus_addressing = models.BooleanField(
        default=True, help_text="Mail to support+anything@… reaches support@…, so answers may go there"
    )
    archived_at = models.DateTimeField(null=True)

    smtp_host = models.CharField(max_length=253, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=10, choices=Security, default=Security.STARTTLS)
    smtp_user = models.CharField(max_length=254, blank=True)
    smtp_password = models.TextField(blank=True)

    imap_host = models.CharField(max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    imap_user = models.CharField(max_length=254, blank=True)
    imap_password = models.TextField(blank=True)
    imap_folder = models.CharField(max_length=120, default="INBOX")
    imap_seen = models.JSONField(default=dict, help_text="uidvalidity and the last uid taken")
    imap_error = models.TextField(blank=True)
    fetch_at = models.DateTimeField(null=True, db_index=True)

    objects = FetchQuerySet.as_manager()

    class Meta:
        ordering = ["-is_default", "address"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_mailbox"
            )
        ]

    def __str__(self):
        return self.address

    @property
    def domain(self):
        """The part behind the @, in letters that every mail server knows."""
        return self.address.rpartition("@")[2].encode("idna").decode("ascii")


class Letter(models.Model):
    """One mail that leaves the house: an effect with a key and a Message-ID that never change.

    A worker leases it by moving `due_at` and writing `leased_at`; a letter in flight when its worker was
    killed goes out again under the same Message-ID. Some may have it (`accepted`), others not yet.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to leave")
        SENT = "sent", _("Sent")
        KEPT = "kept", _("Kept in the outbox")
        DEAD = "dead", _("Could not be delivered")
        TAKEN_BACK = "taken_back", _("Taken back")

    key = models.CharField(max_length=120, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="letters")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, help_text="reply, acknowledgement, notice, forward …")
    message_id = models.CharField(max_length=250, unique=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.JSONField(default=list)
    reply_to = models.CharField(max_length=254, blank=True)
    from_name = models.CharField(max_length=160, blank=True)
    to = models.JSONField(default=list, help_text="Lists of [name, address]")
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(
        default=list, help_text="name, content_type, sha256, size, inline, content_id"
    )
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    leased_at = models.DateTimeField(null=True, help_text="Since when a worker has it; empty in between")
    attempts = models.PositiveSmallIntegerField(default=0)
    accepted = models.JSONField(default=list, help_text="Addresses whose server has taken it")
    error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    repeated = models.BooleanField(default=False, help_text="May have gone out twice, under one id")

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="letter_due", condition=Q(due_at__isnull=False)),
            models.Index(
                fields=["state", "id"], name="letter_state", condition=Q(state__in=["dead", "kept"])
            ),
        ]
