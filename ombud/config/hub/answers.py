"""Short answers that the hub gives itself, before Django is asked."""


async def answer(send, status, text, headers=()):
    """A plain text answer that ends the connection's request."""
    body = text.encode()
    named = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*named, *headers]})
    await send({"type": "http.response.body", "body": body})
