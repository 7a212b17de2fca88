"""What `prepare` leaves for the supervisor, which asks no database: whom to greet, and if empty."""

import json

from ombud.config.data_folder import data_folder


def read():
    """What was written last: {"empty": bool, "sign_in": [people]}, or nothing."""
    try:
        return json.loads(data_folder().welcome.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write(said):
    data_folder().welcome.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
