"""The page that describes the API, made from its OpenAPI document; nothing is fetched from elsewhere."""

from django.shortcuts import render

from ombud.doors.api.chapters import chapters


def read(request, api):
    """What every operation takes and answers."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    host = f"{request.scheme}://{request.get_host()}"
    return render(request, "api/docs.html", {"chapters": chapters(document, host), "document": document})
