"""One SMTP conversation, with the message read in large pieces."""

import asyncio
import re

from aiosmtpd.smtp import SMTP

END = b"\r\n.\r\n"
# A piece of a message that is read at once. It is also the longest line that a command may have.
PIECE = 65_536
# What nearly every address looks like. The parser for all the others costs more than all else of a command.
PLAIN = re.compile(
    r"\s*<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)>([^<>]*)\Z"
)


class Conversation(SMTP):
    """aiosmtpd's, but a message may have lines of any length, and ends with nothing but CRLF . CRLF.

    (To end it with a bare line feed, as some servers do, lets a sender smuggle a second mail into the first.)
    """

    line_length_limit = PIECE
    __ident__ = "Ombud"

    def __init__(self, *args, house, **kwargs):
        super().__init__(*args, **kwargs)
        self.house = house
        self.counted = None

    def connection_made(self, transport):
        starting = self.transport is None
        super().connection_made(transport)
        if starting and self.session is not None:
            self.counted = self.house.enter(self.session.peer)

    def connection_lost(self, error):
        if self.counted is not None:
            self.house.leave(self.counted)
            self.counted = None
        super().connection_lost(error)

    def _getaddr(self, arg):
        """The address in MAIL FROM or RCPT TO, and what follows it."""
        plain = PLAIN.match(arg or "")
        if plain and ".." not in plain[1] and not plain[1].startswith(".") and ".@" not in plain[1]:
            return plain[1], plain[2]
        return super()._getaddr(arg)

    async def smtp_DATA(self, arg):
        """Take the message; the syntax errors are aiosmtpd's own."""
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        if not self.envelope.rcpt_tos:
            await self.push("503 Error: need RCPT command")
            return
        if arg:
            await self.push("501 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        with self.house.memory() as budget:
            content, refusal = await self._content(budget)
            if refusal is None:
                self.envelope.content = self.envelope.original_content = content
                content = None
                refusal = await self.house.handle_DATA(self, self.session, self.envelope)
        self._set_post_data_state()
        await self.push(refusal)

    async def _content(self, budget):
        """The message, or the line with which it is refused. It is read to its end in any case."""
        # The message may end right at its beginning; with a line end before it, one rule finds every end.
        self._reader._buffer[:0] = b"\r\n"
        pieces, size, refusal, ended = [], 0, None, False
        while not ended:
            piece, ended = await self._piece()
            size += len(piece)
            if size > self.data_size_limit:
                refusal = "552 5.3.4 This mail is too large for this desk; please send a smaller one"
            elif refusal is None and not budget.take(len(piece)):
                refusal = "451 4.3.1 Too much mail at once; please try again in a few minutes"
            if refusal is None:
                pieces.append(piece)
            else:
                pieces.clear()
        if refusal is not None:
            return None, refusal
        content = b"".join(pieces)
        pieces.clear()
        return content[:-3].replace(b"\r\n.", b"\r\n")[2:], None

    async def _piece(self):
        """Up to and with the end, or as much as can be read without meeting it; and which of the two."""
        try:
            return await self._reader.readuntil(END), True
        except asyncio.LimitOverrunError as error:
            return await self._reader.readexactly(error.consumed), False
        except asyncio.CancelledError:
            self._writer.close()
            raise
