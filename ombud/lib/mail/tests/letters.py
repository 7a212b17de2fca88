"""Mails written in code, for the tests of this library."""

CARLA = "Carla Benítez <carla@acme-outdoor.example>"


def letter(body="", *, headers=None, charset="utf-8", subject="Printer", raw_body=None, content_type=None):
    """A mail from Carla to the desk; `headers` replace (or, with None, remove) what it usually has."""
    fields = {
        "From": "Carla Benitez <carla@acme-outdoor.example>",
        "To": "support@desk.test",
        "Subject": subject,
        "Date": "Mon, 3 Mar 2025 10:12:01 +0100",
        "Message-ID": "<one@acme-outdoor.example>",
        "MIME-Version": "1.0",
        "Content-Type": content_type or f"text/plain; charset={charset}",
        "Content-Transfer-Encoding": "8bit",
        **(headers or {}),
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None)
    return head.encode("utf-8") + b"\n" + (raw_body if raw_body is not None else body.encode(charset))


def multipart(*parts, kind="mixed", boundary="cut", closed=True, headers=None):
    """A multipart mail of parts that are given whole, headers and all."""
    body = "".join(f"--{boundary}\n{part}\n" for part in parts) + (f"--{boundary}--\n" if closed else "")
    return letter(body, content_type=f'multipart/{kind}; boundary="{boundary}"', headers=headers)
