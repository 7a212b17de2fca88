"""Files: sending some before the words they belong to, and fetching what was enclosed."""

from django.http import FileResponse
from ninja import File, Router, Status, UploadedFile

from ombud.doors.api import uploads
from ombud.doors.api.described import ANSWERS, WRITE_ANSWERS
from ombud.doors.api.errors import Refusal
from ombud.doors.api.shapes import UploadShown
from ombud.foundation.people.permissions import ANSWER, LOG, NOTE
from ombud.lib import files
from ombud.spine.tickets.models import Attachment

router = Router(tags=["Attachments"])


@router.post("/attachments", response={201: UploadShown, **WRITE_ANSWERS}, operation_id="upload")
def upload(request, file: UploadedFile = File(...)):  # noqa: B008 - how ninja declares a part
    """Send a file of at most 25 MB; its id can be named in a ticket, reply or note within a day."""
    if not any(request.auth.may(verb) for verb in (ANSWER, NOTE, LOG)):
        raise Refusal(403)
    kept = uploads.keep(request.auth.token, file)
    shown = {name: getattr(kept, name) for name in ("name", "content_type", "size", "sha256")}
    return Status(201, {"id": kept.key, **shown})


@router.get(
    "/attachments/{int:number}",
    response={200: None, **ANSWERS},
    operation_id="download",
    url_name="attachment",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file's bytes",
                "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def download(request, number: int):
    """A file of a message, always to be saved and never shown by a browser."""
    file = Attachment.objects.get(pk=number, message__ticket__in=request.auth.tickets())
    try:
        content = files.path_of(file.sha256).open("rb")
    except FileNotFoundError:
        raise Refusal(404) from None
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
