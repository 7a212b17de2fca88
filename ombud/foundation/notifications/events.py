"""What can happen to the ways in which people are told."""

from ombud.foundation.events.log import Verb

WAYS_CHOSEN = Verb("person.notices_chosen", "A person chose which notices also come by mail.", ("person",))
