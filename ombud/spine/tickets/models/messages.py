"""What was said on a ticket."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Customer, Person
from ombud.foundation.post.models import Letter

from .tickets import Ticket


class Message(models.Model):
    """Something said: by a customer, to a customer, or inside. No customer is shown a kind in INSIDE."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("From the customer")
        REPLY = "reply", _("Reply")
        ACKNOWLEDGEMENT = "ack", _("Acknowledgement")
        NOTE = "note", _("Internal note")
        FORWARD = "forward", _("To a third party")
        THIRD_PARTY = "third", _("From a third party")

    INSIDE = (Kind.NOTE, Kind.FORWARD, Kind.THIRD_PARTY)

    class Delivery(models.TextChoices):
        NONE = "", _("Not a mail")
        WAITING = "waiting", _("Leaving")
        SENT = "sent", _("Sent")
        KEPT = "kept", _("Kept in the outbox")
        FAILED = "failed", _("Could not be delivered")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    channel = models.CharField(max_length=20)
    by_person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    by_customer = models.ForeignKey(Customer, models.SET_NULL, null=True, related_name="+", db_index=False)
    from_name = models.CharField(max_length=160, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    to = models.JSONField(default=list, help_text="Lists of [name, address]")
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True, help_text="The new words; what was quoted is kept apart")
    quoted = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="Sanitised; empty when the text says it all")
    message_id = models.CharField(max_length=998, blank=True)
    references = models.JSONField(default=list)
    raw = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the stored original")
    language = models.CharField(max_length=10, blank=True)
    happened_at = models.DateTimeField(help_text="When it was said, by its own account")
    created_at = models.DateTimeField()
    delivery = models.CharField(max_length=8, choices=Delivery, blank=True)
    letter = models.OneToOneField(Letter, models.SET_NULL, null=True, related_name="message")
    has_attachments = models.BooleanField(default=False)
    auto = models.BooleanField(default=False, help_text="Written by a machine, such as an out-of-office note")

    class Meta:
        ordering = ["happened_at", "id"]
        indexes = [
            models.Index(fields=["ticket", "happened_at", "id"], name="message_thread"),
            # Not partial: SQLite uses a partial index only if the question repeats its condition.
            models.Index(fields=["message_id"], name="message_by_id"),
        ]

    @property
    def is_inside(self):
        return self.kind in self.INSIDE


class Attachment(models.Model):
    """A file of a message or of a draft; its bytes stand at `files/ab/<sha256>` (ombud.lib.files)."""

    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="attachments")
    draft = models.ForeignKey("Draft", models.CASCADE, null=True, related_name="attachments")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=255, blank=True)


class Draft(models.Model):
    """Words not yet sent. It belongs to the ticket, so it survives a change of owner and a merge."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="drafts")
    by = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, choices=Message.Kind, default=Message.Kind.REPLY)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    html = models.TextField(blank=True)
    seen_message = models.BigIntegerField(default=0, help_text="The newest message when writing began")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "by", "kind"], name="one_draft_each")]
