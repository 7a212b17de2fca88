"""Files that customers may fetch: pictures are shown, everything else is saved."""

from urllib.parse import quote

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from ombud.lib import files

PICTURES = frozenset(["image/png", "image/jpeg", "image/gif", "image/webp"])


def send_file(among, pk):
    """The file with this id among those that they may read; else there is none."""
    row = get_object_or_404(among, pk=pk)
    kind = row.content_type.lower()
    kind = kind if kind in PICTURES else "application/octet-stream"
    try:
        response = FileResponse(files.path_of(row.sha256).open("rb"), content_type=kind)
    except FileNotFoundError:
        raise Http404 from None
    how = "inline" if kind in PICTURES else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(row.name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
