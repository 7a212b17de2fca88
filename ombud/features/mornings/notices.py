"""What people of ours may wish: the mail itself, which is no notice on the desk."""

from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind

MORNING = "escalation_morning"
notices = (
    Kind(
        MORNING,
        _("On weekday mornings, what changed in escalations in which I have a part"),
        _("What changed in your escalations"),
        icon="ladder",
        page="cockpit:mine",
    ),
)
