"""Compiles the catalogues of words (.po, committed) to what gettext reads (.mo, not committed)."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_changed(tell=lambda text: None):
    """Compile what is newer than its result; says so through `tell` when there was any."""
    changed = [po for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) if is_newer(po, po.with_suffix(".mo"))]
    if changed:
        tell(f"languages: {', '.join(sorted({po.parts[-3] for po in changed}))}")
    for po in changed:
        compile_one(po)


def is_newer(source, result):
    return not result.exists() or source.stat().st_mtime > result.stat().st_mtime


def compile_one(po):
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3])
    # Written aside and put in place whole: another process may be reading the old one.
    draft = po.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as result:
        write_mo(result, catalogue)
    draft.replace(po.with_suffix(".mo"))
