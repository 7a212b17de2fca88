"""Files that machines send before the words they belong to."""

import secrets
from pathlib import PurePosixPath

from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.lib import files
from ombud.spine.tickets.said import Enclosed

from .errors import Refusal
from .forgetting import KEPT
from .models import Upload

LARGEST = 25 * 1024 * 1024  # bytes; what most mail servers still take as a mail


def keep(token, file):
    """Store an uploaded file until it is enclosed. Refuses what no mail server would carry."""
    if file.size > LARGEST:
        raise Refusal(413, _("A file may have %(size)s MB at most.") % {"size": LARGEST // (1024 * 1024)})
    return Upload.objects.create(
        token=token,
        key=f"upl_{secrets.token_urlsafe(18)}",
        name=_name(file.name),
        content_type=(file.content_type or "application/octet-stream")[:120],
        size=file.size,
        sha256=files.keep(file.read()),
        forget_at=timezone.now() + KEPT,
    )


def enclosed(token, keys):
    """The uploads of this token as files to enclose, in the order of `keys`."""
    found = {upload.key: upload for upload in Upload.objects.filter(token=token, key__in=keys)}
    missing = [key for key in keys if key not in found]
    if missing:
        raise Refusal(
            422,
            fields={
                "attachments": [_("There is no upload %(id)s of this token.") % {"id": k} for k in missing]
            },
        )
    return [
        Enclosed(name=u.name, content_type=u.content_type, size=u.size, sha256=u.sha256)
        for u in (found[key] for key in keys)
    ]


def _name(name):
    last = PurePosixPath((name or "").replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[:255] or "file"
