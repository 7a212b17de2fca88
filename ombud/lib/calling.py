"""A POST to an address that somebody typed: to machines of the internet only, and to the one looked up.

Who may write such an address could otherwise have the desk speak to what stands beside it: a database, a
cloud's metadata, a router. The name is looked up once, all that it leads to is judged, and that is connected
to, so that a name which leads elsewhere a moment later does not help. Redirects are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
TIMEOUT = 10  # seconds, for each thing that the other side may take long for
LONGEST_CALL = 20  # seconds in all
LONGEST = 500  # characters of an address
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """This address is never called; the code says why: address, private."""


class Unreached(Exception):
    """Nobody answered, or not as it should be; it may work later."""


def parts_of(url):
    """(scheme, host, port, path with query) of an address. Raises Refused when it is none that is called."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise Refused("address") from None
    plain = parts.hostname and not parts.username and not parts.password and len(url) <= LONGEST
    if parts.scheme not in PORTS or not plain or not url.isascii() or any(c.isspace() for c in url):
        raise Refused("address")
    path = parts.path or "/"
    return parts.scheme, parts.hostname, port, f"{path}?{parts.query}" if parts.query else path


def is_public(address):
    """Whether a machine of the internet has this address: not ours, not a network's own, nobody's group."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def look_up(host, port, allowed=()):
    """An address of this host that may be called. `allowed`: hosts that may be private."""
    try:
        found = [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Unreached(f"{host}: {error}") from None
    if host not in allowed and not all(map(is_public, found)):
        raise Refused("private")
    return found[0]


def post(url, body, headers, *, allowed=()):
    """Send these bytes there; the status of the answer. Raises Refused or Unreached."""
    scheme, host, port, path = parts_of(url)
    address = look_up(host, port, allowed)
    connection = _Pinned(host, port, address, secure=scheme == "https")
    # Each read may take TIMEOUT, so whoever answers letter by letter is hung up on.
    end = threading.Timer(LONGEST_CALL, connection.hang_up)
    end.daemon = True
    end.start()
    try:
        connection.request("POST", path, body, {**headers, "Connection": "close"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreached(f"{type(error).__name__}: {error}"[:300]) from None
    finally:
        end.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to one address; the name is for its certificate and its Host header."""

    def __init__(self, host, port, address, *, secure):
        super().__init__(host, port, timeout=TIMEOUT)
        self.address, self.secure = address, secure
        self.default_port = PORTS["https" if secure else "http"]

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def hang_up(self):
        """End a call that takes too long, from another thread."""
        if self.sock:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
