"""The web process: uvicorn around the hub. bin/serve starts it; alone it serves for development."""

import argparse
import os
import socket

import uvicorn

from ombud.config.hub.hub import Hub
from ombud.config.parentage import PATIENCE, end_with_supervisor
from ombud.config.supervisor import listen
from ombud.config.wsgi import application


class Server(uvicorn.Server):
    """Ends its live streams when it is told to stop; they would otherwise keep it waiting."""

    def __init__(self, config, hub):
        super().__init__(config)
        self.hub = hub

    def handle_exit(self, sig, frame):
        super().handle_exit(sig, frame)
        self.hub.loop.call_soon_threadsafe(self.hub.close)


def main(argv):
    """Serve the web until SIGINT or SIGTERM."""
    wanted = parse(argv)
    listener = socket.socket(fileno=wanted.fd) if wanted.fd else listen(wanted.bind, wanted.port, "--port")
    hub = Hub(application, threads=wanted.threads)
    config = uvicorn.Config(
        hub,
        http="httptools",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=PATIENCE - 3,
        forwarded_allow_ips=os.environ.get("OMBUD_PROXIES", "127.0.0.1"),
    )
    server = Server(config, hub)
    end_with_supervisor()
    server.run(sockets=[listener])
    return 0


def parse(argv):
    parser = argparse.ArgumentParser(prog="bin/ombud web", description="Only the web process.")
    parser.add_argument("--bind", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--fd", type=int, help="a socket that listens already (from the supervisor)")
    parser.add_argument("--threads", type=int, default=8, help="pages that are made at the same time (8)")
    return parser.parse_args(argv)
