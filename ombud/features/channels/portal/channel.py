"""The customers' own pages as a channel."""

from django.utils.translation import gettext_lazy as _

from ombud.features.channels.arrival.channel import Channel

from .reading import read

SAMPLE = (
    b'{"customer": null, "name": "Carla", "email": "carla@acme.example", "ticket": null,'
    b' "subject": "A sample", "text": "It rings.", "severity": "", "language": "en", "attachments": []}'
)

CHANNEL = Channel("portal", _("Portal"), read, SAMPLE)
