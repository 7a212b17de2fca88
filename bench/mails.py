"""Mails as customers write them: plain, HTML, with a file, and some that follow up on an earlier one."""

import random
from email import policy
from email.message import EmailMessage

from bench.seed.words import Writer

HTML = "<html><body><p>%s</p><p>--<br>Sent in a hurry</p></body></html>"


def write(count, known=0, seed=11):
    """Pairs of sender and bytes. `known` customers of the seed write about half of them."""
    writer, dice, mails, ids = Writer(seed), random.Random(seed), [], []
    for at in range(count):
        language = writer.language()
        sender = _sender(at, dice, known)
        message = EmailMessage()
        message["From"] = f"{writer.name()} <{sender}>"
        message["To"] = "Parcelline <support@desk.test>"
        message["Subject"] = writer.subject(language)
        message["Message-ID"] = f"<bench-{seed}-{at}@company.example>"
        message["Date"] = "Mon, 02 Mar 2026 09:00:00 +0000"
        if ids and dice.random() < 0.15:
            sender, earlier = dice.choice(ids)
            message.replace_header("From", sender)
            message["In-Reply-To"] = message["References"] = earlier
        text = writer.text(language)
        message.set_content(text)
        kind = dice.random()
        if kind < 0.4:
            message.add_alternative(
                f"<html><body><p>{text}</p><p>--<br>Sent in a hurry</p></body></html>", "html"
            )
        if kind > 0.9:
            message.add_attachment(dice.randbytes(20_000), "application", "pdf", filename="label.pdf")
        ids.append((sender, str(message["Message-ID"])))
        mails.append((sender, message.as_bytes(policy=policy.SMTP)))
    return mails


def _sender(at, dice, known):
    if known and at % 2:
        return f"customer{dice.randrange(known)}@company{dice.randrange(known)}.example"
    return f"stranger{at}@elsewhere{at % 97}.example"
