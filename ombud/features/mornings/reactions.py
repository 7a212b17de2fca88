"""Who wishes the mail is expected in the morning; who does not wish it any more, is not."""

from ombud.foundation.notifications.events import WAYS_CHOSEN
from ombud.foundation.notifications.queries import ways_of
from ombud.foundation.people.models import Person

from .actions import expect
from .notices import MORNING


@WAYS_CHOSEN.reaction
def as_they_wish(event):
    """They said which notices come by mail."""
    person = Person.objects.get(pk=event.data["person"])
    expect(person, bool(ways_of(person).by_mail.get(MORNING)), now=event.happened_at)
