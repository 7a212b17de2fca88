"""Mail servers as they are out there: they accept, refuse, put off, hang up."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.support.desk import free_port


@dataclass
class Arrived:
    sender: str
    recipients: list
    raw: bytes
    message: EmailMessage


class MailServer:
    """Keeps what it accepts in `letters`. Its answers are changed by filling `answers` and `to_whom`."""

    def __init__(self, **options):
        self.letters, self.greetings = [], 0
        self.answers = []  # to the next mails, in turn; then "250 kept"
        self.to_whom = {}  # answers to RCPT, by address
        self.hang_up = False  # keep the words, but say nothing any more
        self.at_words = lambda: None
        self.options = options
        self.port = free_port()
        self.controller = self._controller()
        self.controller.start()

    def _controller(self):
        return Controller(self, hostname="127.0.0.1", port=self.port, **self.options)

    def stop(self):
        controller, self.controller = self.controller, None
        if controller:
            controller.stop()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.greetings += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.to_whom.get(address, "250 ok")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 kept"
        if answer.startswith("250"):
            raw = envelope.original_content
            message = message_from_bytes(raw, policy=policy.default)
            self.letters.append(Arrived(envelope.mail_from, envelope.rcpt_tos, raw, message))
        self.at_words()
        if self.hang_up:
            server.transport.abort()
        return answer


class LockedMailServer(MailServer):
    """Wants STARTTLS, a user and a password."""

    def _controller(self):
        tls = self.options["tls_context"]

        def check(server, session, envelope, mechanism, who):
            good = (who.login, who.password) == (b"post", "pásswort".encode())
            return AuthResult(success=good, handled=good)

        class Locked(Controller):
            def factory(self):
                return SMTP(
                    self.handler,
                    tls_context=tls,
                    require_starttls=True,
                    auth_required=True,
                    authenticator=check,
                    enable_SMTPUTF8=True,
                )

        return Locked(self, hostname="127.0.0.1", port=self.port)
