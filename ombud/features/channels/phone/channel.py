"""Calls as a channel."""

from django.utils.translation import gettext_lazy as _

from ombud.features.channels.arrival.channel import Channel

from .reading import read

SAMPLE = b'{"name": "Carla", "phone": "+34 555 0100", "subject": "A sample", "text": "It rings."}'

CHANNEL = Channel("phone", _("Phone"), read, SAMPLE)
