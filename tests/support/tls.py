"""A throw-away certificate for 127.0.0.1, and what a server and a client make of it."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LONG = timedelta(days=2000)


@dataclass
class Certificate:
    """One that nobody has signed but itself; `file` holds the key and the certificate."""

    file: Path

    def for_server(self):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.file)
        return context

    def for_client(self):
        """Trusts this certificate and no other."""
        return ssl.create_default_context(cafile=str(self.file))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Made anew for this run."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    file.write_bytes(_pem(key) + _signed_by_itself(key).public_bytes(serialization.Encoding.PEM))
    return Certificate(file)


def _signed_by_itself(key):
    now = datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - LONG).not_valid_after(now + LONG)
    return builder.add_extension(names, critical=False).sign(key, hashes.SHA256())


def _pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
