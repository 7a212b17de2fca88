"""A child ends when its supervisor does, even one that was killed without a word. It needs no Django.

The supervisor holds the other end of the child's standard input and never writes to it: the end of that
pipe is the end of the supervisor, on every system, without races.
"""

import os
import signal
import sys
import threading
import time

PATIENCE = 10  # seconds to stop cleanly; the supervisor itself gives its children as long


def end_with_supervisor():
    """Watch for the supervisor's end, when there is one (OMBUD_SUPERVISED is set)."""
    if os.environ.get("OMBUD_SUPERVISED"):
        threading.Thread(target=_watch, name="supervisor watch", daemon=True).start()


def _watch():
    while sys.stdin.buffer.raw.read(1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)
