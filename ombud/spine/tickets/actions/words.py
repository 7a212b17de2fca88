"""Quick replies and saved views."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import SHARE, require
from ombud.spine.tickets.models import QuickReply, SavedView


def keep_quick_reply(*, quick_reply=None, by, **fields):
    """Make or change a quick reply. Without an owner it is everyone's, which needs `share`."""
    quick_reply = quick_reply or QuickReply()
    for field, value in fields.items():
        setattr(quick_reply, field, value)
    _may_keep(quick_reply, by)
    if not (quick_reply.name.strip() and quick_reply.html.strip()):
        raise ValidationError(_("A quick reply needs a name and words."))
    quick_reply.save()
    return quick_reply


def keep_view(*, view=None, by, **fields):
    """Make or change a saved view. Without an owner everyone sees it, which needs `share`."""
    view = view or SavedView(owner=by)
    for field, value in fields.items():
        setattr(view, field, value)
    _may_keep(view, by)
    if not view.name.strip():
        raise ValidationError(_("A view needs a name."))
    view.save()
    return view


def remove_view(view, *, by):
    """Take a view away; the tickets in it stay."""
    _may_keep(view, by)
    view.delete()


def _may_keep(kept, by):
    if kept.owner_id != by.pk:
        require(by, SHARE)
