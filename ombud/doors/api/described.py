"""What the OpenAPI document says of every operation beyond its own answer."""

from .shapes import ErrorShown

ANSWERS = dict.fromkeys((401, 403, 404, 422, 429, 500), ErrorShown)
WRITE_ANSWERS = {400: ErrorShown, **ANSWERS, **dict.fromkeys((409, 413, 415), ErrorShown)}
IDEMPOTENT = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": False,
            "schema": {"type": "string", "maxLength": 200},
            "description": "For a day, the same request with the same key is done once.",
        }
    ]
}
ABOUT = """Tickets, messages and files of this desk.

Send `Authorization: Bearer omb_…`. Times are ISO 8601 with offset. Lists answer
`{"items": […], "count": N, "count_capped": false, "next": cursor or null}`: give `next` back as `cursor`.
Errors are `{"error": {"code", "message", "fields"}}`.
"""
