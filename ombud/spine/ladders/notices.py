"""What people of ours are told about climbs. Mails go by the rung, not by their wishes: see `letters`."""

from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind
from ombud.spine.tickets.notices import named_ticket

notices = (
    Kind(
        "climb",
        _("A ladder reaches me"),
        _("A ladder reached you: do you have it?"),
        icon="ladder",
        about=named_ticket,
    ),
)
