"""Who else is here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ombud.foundation.people.models import Person
from ombud.spine.tickets.models import Ticket


class Presence(models.Model):
    """A person has a ticket before their eyes until a time; the browser says so again and again."""

    class Doing(models.TextChoices):
        READING = "reading", _("reading")
        WRITING = "writing", _("writing")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    doing = models.CharField(max_length=8, choices=Doing)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="one_presence_each")]
