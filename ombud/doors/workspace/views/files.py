"""Attachments, original mails and strangers' HTML: each only for who may see the ticket."""

from urllib.parse import quote

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.clickjacking import xframe_options_sameorigin

from ombud.doors.workspace.answers import desk_page
from ombud.doors.workspace.letters import folded, resolved
from ombud.lib import files
from ombud.lib.mail import unblock_images
from ombud.spine.tickets import queries
from ombud.spine.tickets.models import Attachment, Message
from ombud.ui.frames import shut_in

# Shown in the page; everything else is downloaded. SVG can carry scripts and is not among them.
PICTURES = frozenset(["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif"])


@desk_page
def attachment(request, number, name):
    """A file of a message or of a draft on a ticket that one may see."""
    row = get_object_or_404(Attachment.objects.select_related("message", "draft"), pk=number)
    _may_see(request.user, row.message.ticket_id if row.message else row.draft and row.draft.ticket_id)
    kind = row.content_type.lower() if row.content_type.lower() in PICTURES else "application/octet-stream"
    return _file(row.sha256, row.name, kind, shown=kind in PICTURES and "download" not in request.GET)


@desk_page
def original(request, message):
    """The mail as it came in, byte for byte."""
    row = get_object_or_404(Message, pk=message)
    _may_see(request.user, row.ticket_id)
    if not row.raw:
        raise Http404
    return _file(row.raw, f"{row.pk}.eml", "message/rfc822", shown=False)


@desk_page
@xframe_options_sameorigin
def letter(request, message):
    """A mail's HTML (made harmless when it came in) for its frame; pictures from elsewhere if asked for."""
    row = get_object_or_404(Message.objects.prefetch_related("attachments"), pk=message)
    _may_see(request.user, row.ticket_id)
    html = resolved(folded(row.html), row)
    images = "images" in request.GET
    return shut_in(unblock_images(html) if images else html, images=images)


def _may_see(person, ticket):
    if ticket is None or not queries.visible_to(person).filter(pk=ticket).exists():
        raise Http404


def _file(sha256, name, kind, *, shown):
    try:
        response = FileResponse(files.path_of(sha256).open("rb"), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None
    how = "inline" if shown else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
