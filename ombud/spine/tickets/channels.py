"""What the ways in are called."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "email": _("Mail"),
    "web_form": _("Web form"),
    "portal": _("Portal"),
    "phone": _("Phone"),
    "person": _("In person"),
    "social": _("Social media"),
    "review": _("Review"),
    "chat": _("Chat"),
    "api": _("API"),
    "other": _("Other"),
}


def channels():
    """Every way in which a customer may reach us, with its name."""
    return list(NAMES.items())


def channel_name(channel):
    """What a channel is called; one that a plug-in brought is called by its key."""
    return NAMES.get(channel, channel)
