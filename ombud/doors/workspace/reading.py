"""How tickets and messages are put into words and marks for a page. Templates call these."""

import re

from babel.dates import format_time
from babel.numbers import format_compact_decimal
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from ombud.lib.mail import sanitise, text_of
from ombud.spine.tickets.models import Message
from ombud.ui.locales import reader_locale
from ombud.ui.markup import plain
from ombud.ui.times import span, when_words
from ombud.ui.values import comma

from . import inbox
from .composing import shown
from .conversation import speaker
from .letters import attachment_url, is_simple, parted, shown_in_html
from .links import url_or_none

PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif")
MENTION = re.compile(r"(?<![\w@])@[^\W\d_][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)?")


def waited(since, now=None):
    """How long somebody has waited: it ticks, and never has a colour, since nothing was promised."""
    now = now or timezone.now()
    at = timezone.localtime(since).isoformat()
    title, words = escape(when_words(since, now)), escape(span(now - since))
    # An f-string, because format_html costs four times as much and a list has fifty.
    return Markup(f'<om-time as="span"><time datetime="{at}" title="{title}">{words}</time></om-time>')


def count_words(number):
    """A count as a reader wants it; beyond the most that is counted it says so."""
    return f"{inbox.MOST:,}+" if number > inbox.MOST else f"{number:,}"


def short_count(number):
    """The same where there is little room: 1,438 is 1K."""
    if number < 1000:
        return str(number)
    words = format_compact_decimal(min(number, inbox.MOST), locale=reader_locale())
    return f"{words}+" if number > inbox.MOST else words


def bar_words(bar):
    """The bar over a list in words: “2 broken · 4 near · 27 running · 8 without a running clock”."""
    said = {
        "broken": ngettext("%(n)s broken", "%(n)s broken", bar["broken"]),
        "near": ngettext("%(n)s near", "%(n)s near", bar["near"]),
        "running": ngettext("%(n)s running", "%(n)s running", bar["running"]),
        "paused": ngettext("%(n)s without a running clock", "%(n)s without a running clock", bar["paused"]),
    }
    return " · ".join(words % {"n": count_words(bar[key])} for key, words in said.items() if bar[key])


def revision(row):
    """What changes when a row looks different."""
    marks = (
        row.status,
        row.assignee_id,
        row.waiting_since,
        row.last_message_at,
        row.touched_at,
        row.wakes_at,
    )
    return str(hash((*marks, row.subject, row.priority)) & 0xFFFFFFFF)


def first_steps():
    """What to do in an empty inbox."""
    steps = [
        ("user-round-plus", _("Invite a colleague"), _("a desk needs at least two people"), "office:people"),
        ("mailbox", _("Connect a mailbox"), _("so that mail comes in by itself"), "office:mailboxes"),
        ("phone-incoming", _("Log what somebody told you"), _("on the phone, or at a fair"), "workspace:log"),
    ]
    return [
        {"icon": icon, "label": label, "about": about, "href": url_or_none(name)}
        for icon, label, about, name in steps
        if url_or_none(name)
    ]


def body(message):
    """What was said: our own rich text, or plain text as paragraphs; mentions marked in notes."""
    if message.html:
        words = sanitise(message.html)
    else:
        words = str(plain(message.text))
    if message.kind == Message.Kind.NOTE:
        words = MENTION.sub(lambda found: f'<span class="mention">{found[0]}</span>', words)
    return Markup(words)


def in_frame(message):
    """Whether a message is a letter with a layout of its own."""
    return message.kind == Message.Kind.RECEIVED and bool(message.html) and not is_simple(message.html)


def words_and_quoted(message):
    """What was said, and what was quoted from before (or nothing), ready to show."""
    if not message.html:
        return Markup(plain(message.text)), Markup(plain(message.quoted))
    words, quoted = parted(message.html)
    return Markup(sanitise(words)), Markup(sanitise(quoted)) if quoted else Markup(plain(message.quoted))


def clean(html):
    """Rich text of ours, safe to show."""
    return Markup(sanitise(html))


def names(pairs):
    """Recipients by name."""
    return comma().join(name or address for name, address in pairs)


def inside_label(message):
    """What is said over something that no customer sees."""
    who = message.ticket.account.name if message.ticket.account else str(message.ticket.customer)
    if message.kind == Message.Kind.FORWARD:
        return _("Forwarded · never sent to %s") % who
    if message.kind == Message.Kind.THIRD_PARTY:
        return _("From a third party · never sent to %s") % who
    return _("Internal note · never sent to %s") % who


def aside_of(message):
    """Quiet words beside the name: to whom, or that a machine wrote it."""
    if message.kind == Message.Kind.ACKNOWLEDGEMENT:
        return _("acknowledgement to %s") % names(message.to)
    if message.kind == Message.Kind.RECEIVED:
        asides = [
            _("automatic answer") if message.auto else "",
            _("with %s") % names(message.cc) if message.cc else "",
        ]
        return " · ".join(filter(None, asides)) or None
    said = _("to %s") % names(message.to) if message.to else _("written down")
    said = f"{said}{comma()}{names(message.cc)}" if message.cc else said
    return f"{said} · {_('sent')}" if message.delivery == Message.Delivery.SENT else said


def when_said(message):
    """When it was said, in the reader's zone; the template's filter makes the element."""
    at = timezone.localtime(message.happened_at)
    title = f"{at:%Y-%m-%d} {format_time(at, 'short', locale=reader_locale())}"
    words = when_words(message.happened_at, timezone.now())
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), title, words)


def files_of(message):
    """Attached files that are named below the words; pictures and those inside the letter are shown."""
    inside = shown_in_html(message) if message.html else set()
    return [
        {
            "name": row.name,
            "size": row.size,
            "type": row.content_type,
            "href": f"{attachment_url(row)}?download",
        }
        for row in message.attachments.all()
        if row.pk not in inside
    ]


def pictures_of(message):
    """Attached pictures, to be seen at once."""
    inside = shown_in_html(message) if message.html else set()
    return [
        {"name": row.name, "href": attachment_url(row)}
        for row in message.attachments.all()
        if row.content_type.lower() in PICTURE_TYPES and row.pk not in inside
    ]


def local_words(local):
    """The customer's own time and place."""
    if not local:
        return None
    place = f"{local['at']:%H:%M}, {local['place']}"
    return format_html("{} <small>{}</small>", place, _("same as yours")) if local["same"] else place


def chips(pairs):
    """Recipients as a field shows them."""
    return [(shown(pair), pair[0] or pair[1]) for pair in pairs]


def tabs_for(kinds, kind, labels, icons, keys):
    """Reply, note, forward: links, so that they work without a script."""
    return [
        {
            "label": labels[each],
            "icon": icons.get(each),
            "key": keys.get(each),
            "current": each == kind,
            "href": f"?write={each}",
            "attrs": {
                "data-write": each,
                "data-command": labels[each],
                "data-command-icon": icons.get(each, "reply"),
                "data-command-rank": rank,
            },
        }
        for rank, each in enumerate(map(str, kinds))
    ]


def plain_of(draft):
    """A draft's words for the text area."""
    return text_of(draft.html).strip() if draft and draft.html else ""


def draft_files(draft):
    """Files enclosed in a draft."""
    return list(draft.attachments.all()) if draft else []


def placeholder_for(kind):
    """What an empty composer says."""
    return {
        "reply": _("Write to the customer. / for quick replies"),
        "note": _("Write to colleagues. @ calls one of them"),
        "forward": _("Ask somebody outside. Their answer comes back as a note"),
    }[str(kind)]


WORDS = {
    "aside_of": aside_of,
    "body": body,
    "chips": chips,
    "clean": clean,
    "draft_files": draft_files,
    "file_url": attachment_url,
    "files_of": files_of,
    "in_frame": in_frame,
    "inside_label": inside_label,
    "local_words": local_words,
    "names_of": names,
    "pictures_of": pictures_of,
    "placeholder_for": placeholder_for,
    "plain_of": plain_of,
    "speaker": speaker,
    "tabs_for": tabs_for,
    "when_said": when_said,
    "words_and_quoted": words_and_quoted,
}
