"""Reading what machines send: JSON, said to be JSON."""

import json

from ninja.parser import Parser

from .errors import Refusal


class JsonOnly(Parser):
    """A body must be announced as JSON. NaN and Infinity are no JSON, whatever Python says."""

    def parse_body(self, request):
        if request.content_type != "application/json":
            raise Refusal(415)
        return json.loads(request.body.decode("utf-8"), parse_constant=_refuse)


def _refuse(word):
    raise ValueError(word)
