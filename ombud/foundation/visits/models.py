"""The customers' links, passwords and visits. Of a secret only its hash is stored."""

from django.db import models

from ombud.foundation.people.models import Customer


class WayIn(models.Model):
    """A mailed link that lets one customer in, once, until it is out of date."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="ways_in")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)


class Password(models.Model):
    """What a customer may type instead of waiting for a mail. `wrong`: tries since the last right one."""

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="password")
    hash = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class Visit(models.Model):
    """That a customer is signed in on one device. Its secret turns; the one before holds a moment longer.

    (A browser asks for several pages at once: those under way still carry the old secret.)
    """

    class How(models.TextChoices):
        LINK = "link"
        PASSWORD = "password"

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="visits")
    hash = models.CharField(max_length=64, unique=True)
    before = models.CharField(max_length=64, blank=True, db_index=True)
    how = models.CharField(max_length=8, choices=How)
    began_at = models.DateTimeField()
    turned_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
