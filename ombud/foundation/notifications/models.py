"""What people of ours were told, and how each wishes to be told."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ombud.foundation.clock.due import DueQuerySet
from ombud.foundation.events.models import Case


class NoticeQuerySet(DueQuerySet):
    due_field = "mail_at"


class Notice(models.Model):
    """`kind` is a word such as "mentioned"; the sentence is made from it in the reader's language.

    `data` carries what the sentence needs besides: ids, codes and times, as an event's does.
    `mail_at` is when it goes out by mail too, unless it was read by then.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    key = models.CharField(max_length=120, unique=True, help_text="The same thing is told once")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "id"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["mail_at", "id"], name="notice_mail", condition=Q(mail_at__isnull=False)),
        ]


class Ways(models.Model):
    """How a person wishes to be told: by kind whether also by mail; a missing kind has its default."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ways")
    by_mail = models.JSONField(default=dict)
    while_away = models.BooleanField(default=False, help_text="Mails are also sent during an absence")
