"""Mail as a channel."""

from django.utils.translation import gettext_lazy as _

from ombud.features.channels.arrival.channel import Channel

from .reading import read

SAMPLE = b"""From: Carla <carla@acme.example>
To: support@desk.test
Subject: A sample
Message-ID: <sample@acme.example>
Date: Mon, 02 Mar 2026 09:00:00 +0000

It rings, and nobody answers.
"""

CHANNEL = Channel("email", _("Mail"), read, SAMPLE)
