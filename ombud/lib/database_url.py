"""Where the database is, from one address, as twelve-factor installations give it."""

from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # NORMAL with WAL keeps the file whole but may lose the last commit on a power cut; mail that was accepted
    # must not be lost, so every commit is synced.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
    " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;",
}


def database(url, default_file):
    """Django's settings for `postgres://user:password@host:port/name?option=…` or `sqlite:///file`."""
    if not url:
        return sqlite(default_file)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path[1:]) or str(default_file)
        return sqlite(name)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL must begin with postgres:// or sqlite:///, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(file):
    """A database in this file; its tests run in memory."""
    return {
        "ENGINE": "ombud.lib.sqlite",
        "NAME": str(file),
        "OPTIONS": dict(SQLITE),
        "CONN_MAX_AGE": 60,  # opening a file and setting its pragmas for each page costs milliseconds
        "TEST": {"NAME": ":memory:"},
    }
