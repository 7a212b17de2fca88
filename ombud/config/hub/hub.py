"""The ASGI application: /live/ is a stream, everything else is a page."""

import asyncio

from ombud.config.hub.bridge import Bridge
from ombud.config.hub.stream import Streams
from ombud.config.hub.watch import Watch, missed

LIVE = "/live/"


class Hub:
    """Puts the streams, the pages and the watch over changes together."""

    def __init__(self, application, **options):
        self.pages = Bridge(application, **options)
        self.watch = Watch(self._publish)
        self.streams = Streams(self._missed, lambda: self.watch.last)
        self.loop = None

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            ours = scope["path"] == LIVE and scope["method"] == "GET"
            await (self.streams if ours else self.pages)(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _live(self, receive, send):
        while True:
            stage = (await receive())["type"]
            if stage == "lifespan.startup":
                self.loop = asyncio.get_running_loop()
                self.watch.start()
            else:
                self.close()
                self.pages.close()
            await send({"type": f"{stage}.complete"})
            if stage == "lifespan.shutdown":
                return

    def close(self):
        """End the streams, so that the server need not wait for them."""
        self.watch.stop()
        self.streams.close()

    def _publish(self, chunks):
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.streams.publish, chunks)

    async def _missed(self, last):
        return await self.loop.run_in_executor(self.pages.threads, missed, last)
