"""The web process: live streams in asyncio, everything else by Django in threads, behind spooled requests."""
