"""What the figures were measured on; nothing that names the machine or its owner."""

import os
import platform
import sqlite3
import subprocess
from pathlib import Path

import django
import psycopg


def facts(server):
    """Pairs of what and which."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{_memory():.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": _postgres(server),
        "commit": _commit(),
    }


def _processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _memory():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3


def _postgres(server):
    if not server:
        return "none"
    with psycopg.connect(server) as line:
        return line.execute("SHOW server_version").fetchone()[0].split()[0]


def _commit():
    root = Path(__file__).resolve().parents[1]
    said = subprocess.run(
        ["git", "-C", str(root), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return said.stdout.strip() or "unknown"
