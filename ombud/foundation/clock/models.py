"""Working calendars."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from ombud.foundation.events.models import Case

from .due import DueQuerySet

HEAVY = ("plan", "public", "feed", "feed_days", "worked_out")


class CalendarQuerySet(DueQuerySet):
    """Due for working its holidays out anew."""

    due_field = "work_out_at"

    def light(self):
        """Without what only an editor reads; `queries.working_time_of` needs no more than this."""
        return self.defer(*HEAVY)

    def in_use(self):
        """Those that may be chosen."""
        return self.filter(archived_at=None)


class FeedQuerySet(DueQuerySet):
    """Due for fetching its feed."""

    due_field = "feed_due_at"


class Calendar(models.Model):
    """A working calendar: `plan` is what people wrote, `worked_out` what `working_time.read_calendar` reads.

    In `worked_out` the public holidays, the feed's days and what comes every year stand day by day, from the
    year before the calendar was made until three years from now; a monthly due column extends them. `version`
    grows whenever `worked_out` changes, and `digest` is its hash. Times of day are in the plan's zone.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="calendar")
    name = models.CharField(max_length=80, unique=True)
    plan = models.JSONField(help_text="ombud.foundation.clock.plans says what stands there")
    is_default = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    worked_out = models.JSONField()
    version = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    public = models.JSONField(
        default=dict, help_text="Public holidays and the weekend days that make up for them"
    )
    work_out_at = models.DateTimeField(null=True)

    feed_url = models.CharField(max_length=500, blank=True)
    feed_name = models.CharField(max_length=200, blank=True, help_text="Of the uploaded file")
    feed = models.TextField(blank=True, help_text="The feed as it was last read")
    feed_days = models.JSONField(default=dict, help_text="Day → what the feed calls it")
    feed_etag = models.CharField(max_length=200, blank=True)
    feed_error = models.TextField(blank=True)  # by words.keep
    feed_read_at = models.DateTimeField(null=True)
    feed_due_at = models.DateTimeField(null=True)

    objects = CalendarQuerySet.as_manager()
    feeds = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_calendar"
            )
        ]
        indexes = [
            models.Index(
                fields=["work_out_at"], name="calendar_work_out", condition=Q(work_out_at__isnull=False)
            ),
            models.Index(
                fields=["feed_due_at"], name="calendar_feed_due", condition=Q(feed_due_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def timezone(self):
        """The zone's IANA name."""
        return self.worked_out["timezone"]

    @property
    def zone(self):
        """The zone whose clock on the wall it is."""
        return ZoneInfo(self.timezone)
