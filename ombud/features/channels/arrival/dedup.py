"""The same message twice is one message; another one under the same id is not swallowed."""


def twin(arrived, known):
    """The message that this one is again, or None.

    Two with one Message-ID are the same if one person sent both and the words are the same, or one of them
    only has something added below (a mailing list's footer).
    """
    for message in known.messages.get(arrived.said.message_id, ()):
        if message.from_address.lower() == arrived.sender and _same_words(message, arrived.said):
            return message
    return None


def _same_words(message, said):
    ours, theirs = _words(message.text), _words(said.text)
    if ours == theirs:
        return _words(message.subject) == _words(said.subject) or bool(ours)
    shorter, longer = sorted((ours, theirs), key=len)
    return bool(shorter) and longer.startswith(shorter)


def _words(text):
    return " ".join(text.split())
