"""Mails that customers write."""

from email.message import EmailMessage
from email.utils import format_datetime


def mail(
    sender="Carla Benítez <carla@acme-outdoor.example>",
    subject="Etiquetas",
    text="La aduana ha rechazado 38 paquetes.",
    to="support@desk.test",
    cc="",
    id="",
    answers="",
    references="",
    at=None,
    **headers,
):
    """The bytes of a mail; `id` and `answers` are written without their brackets."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    if cc:
        message["Cc"] = cc
    if id:
        message["Message-ID"] = f"<{id}>"
    if answers:
        message["In-Reply-To"] = f"<{answers}>"
    if references or answers:
        message["References"] = " ".join(f"<{one}>" for one in (references or answers).split())
    if at:
        message["Date"] = format_datetime(at)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()
