"""How quickly one token may ask. One web process serves a desk, so it is counted in memory."""

import math
import threading
import time

BURST = 10  # seconds' worth that may be asked at once
MOST = 10_000  # tokens remembered; more were revoked or made by mistake


class Pace:
    """A bucket for each token, which fills at `rate` requests a minute; 0 is no limit."""

    def __init__(self, rate, clock=time.monotonic):
        self.rate = rate / 60
        self.most = max(1.0, self.rate * BURST)
        self.clock = clock
        self.buckets = {}
        self.lock = threading.Lock()

    def take(self, key):
        """0 when the request may go on, else the whole seconds to wait."""
        if not self.rate:
            return 0
        with self.lock:
            now = self.clock()
            left, seen = self.buckets.get(key, (self.most, now))
            left = min(self.most, left + (now - seen) * self.rate)
            if len(self.buckets) > MOST:
                self.buckets.clear()
            if left >= 1:
                self.buckets[key] = (left - 1, now)
                return 0
            self.buckets[key] = (left, now)
            return math.ceil((1 - left) / self.rate)
