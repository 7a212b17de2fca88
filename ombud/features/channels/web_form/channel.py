"""The web form as a channel."""

from django.utils.translation import gettext_lazy as _

from ombud.features.channels.arrival.channel import Channel

from .reading import read

SAMPLE = (
    b'{"name": "Carla", "email": "carla@acme.example", "subject": "A sample", "text": "It rings.",'
    b' "language": "en", "trap": "", "attachments": []}'
)

CHANNEL = Channel("web_form", _("Web form"), read, SAMPLE)
