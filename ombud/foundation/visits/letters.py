"""The mail with the link. It says what it is for, and what to do if one did not ask for it."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.post import actions as post


def mail_way_in(way_in, *, to, link, brand, mailbox, now):
    """Put the link into the post, in the language that is active."""
    customer = way_in.customer
    told = {
        "language": translation.get_language(),
        "brand": brand.name,
        "subject": _("Your way in to %(brand)s") % {"brand": brand.name},
        "link": link,
    }
    return post.send(
        key=f"way-in:{way_in.pk}",
        case=None,  # a link that lets somebody in is no part of any history
        mailbox=mailbox,
        kind="notice",
        to=[[customer.name, to]],
        subject=told["subject"],
        text=render_to_string("visits/way_in.txt", told),
        html=render_to_string("visits/way_in.html", told),
        from_name=brand.name,
        now=now,
    )
