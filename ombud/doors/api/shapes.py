"""What a ticket, a message and the rest look like to a machine. Times are ISO 8601 with offset, in UTC."""

from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from ombud.spine.ladders.models import State as ClimbState
from ombud.spine.sla.models import Kind, State
from ombud.spine.tickets.models import Level, Message, Priority, Status


def _address(text):
    text = text.strip()
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from None
    return text


def spoken(text):
    """Text that both databases can keep: no NUL, no half of a surrogate pair."""
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError(_("This holds characters that are no text."))
    return text


Time = Annotated[
    str,
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-02T09:12:33.120+00:00"]}),
]
Address = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
Subject = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(spoken)
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=160), AfterValidator(spoken)]
Words = Annotated[str, StringConstraints(max_length=1_000_000), AfterValidator(spoken)]
TagName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(spoken)
]
StatusWord = Literal[tuple(Status.values)]
LevelWord = Literal[tuple(Level.values)]


def optional(**options):
    """A field that may be left out but not sent as null."""
    return Field(None, json_schema_extra=lambda schema: schema.pop("default", None), **options)


class Asked(Schema):
    """What a machine sends. A field that we do not know is an error, never ignored."""

    model_config = ConfigDict(extra="forbid")


class CustomerGiven(Asked):
    email: Address
    name: Name = ""


class TicketAsked(Asked):
    """A new ticket. `html` is cleaned; with `text` only, that is what was said."""

    subject: Subject
    text: Words = ""
    html: Words = ""
    customer: CustomerGiven
    mailbox: Address = optional(description="The address of ours it came to; without, the default mailbox.")
    severity: LevelWord = optional()
    urgency: LevelWord = optional()
    tags: Annotated[list[TagName], Field(max_length=50)] = []
    language: Literal["en", "es", "fr", "zh-hans"] = optional(description="Without, it is found out.")
    attachments: Annotated[list[str], Field(max_length=50, description="Ids of uploads")] = []


class TicketChange(Asked):
    """What shall be different. Fields left out stay; null takes assignee or team away."""

    subject: Subject = optional()
    status: StatusWord = optional()
    severity: LevelWord = optional()
    urgency: LevelWord = optional()
    tags: Annotated[list[TagName], Field(max_length=50)] = optional(description="Exactly these tags")
    assignee: Address | None = optional(description="The mail address of a person of ours, or null")
    team: Name | None = optional(description="The name of a team, or null")


class NoteAsked(Asked):
    """Words in plain text, or HTML, which is cleaned."""

    text: Words = ""
    html: Words = ""
    attachments: Annotated[list[str], Field(max_length=50, description="Ids of uploads")] = []


class ReplyAsked(NoteAsked):
    """It leaves by mail to the customer and whoever was in Cc."""

    status: StatusWord = Field("waiting", description="The ticket's status afterwards")


class CustomerShown(BaseModel):
    id: int
    name: str
    email: str


class PersonShown(BaseModel):
    id: int
    name: str
    email: str


class NameShown(BaseModel):
    id: int
    name: str


class TicketShown(BaseModel):
    number: int
    subject: str
    status: StatusWord
    priority: Literal[tuple(Priority.values)]
    severity: LevelWord
    urgency: LevelWord
    customer: CustomerShown
    account: NameShown | None
    assignee: PersonShown | None
    team: NameShown | None
    tags: list[str]
    channel: str
    language: str
    created_at: Time
    updated_at: Time
    last_message_at: Time
    waiting_since: Time | None = Field(description="Since when the customer waits for us")
    snoozed_until: Time | None
    due_at: Time | None = Field(description="When the first running promise is due, or was")
    escalation: str | None = Field(description="The open escalation to which it belongs: E-101")


class PromiseShown(BaseModel):
    id: int
    kind: Literal[tuple(Kind.values)]
    state: Literal[tuple(State.values)]
    due_at: Time | None = Field(description="null while it is paused")
    remaining_seconds: int | None = Field(
        description="Working time that is left; 0 when it has run out, null when nothing is owed any more"
    )
    promised_seconds: int = Field(description="Working time that was promised")
    started_at: Time
    met_at: Time | None = Field(description="When it was fulfilled, in time or late")
    broken_at: Time | None
    paused_for: str = Field(description="The status for which its clock stands still; empty while it runs")
    policy: str | None = Field(description="The name of the SLA policy; null for what was promised in words")
    words: str = Field(description="What was said, if it was promised in words")
    why: str = Field(description="Why it does not hold any more: resolved, merged, withdrawn …; else empty")


class LineShown(BaseModel):
    """A stretch of time. Long promises are folded by day, week or month."""

    since: Time
    until: Time
    seconds: float = Field(description="Those that counted, or how long it was when nothing did")
    counted: bool
    why: str = Field(description="working, special, break, night, weekend, holiday, closed, paused, always …")
    words: str = Field(description="The same as a reader reads it")
    without: str = Field(description="What a folded line left out")


class PromiseExplained(PromiseShown):
    began: str = Field(description="What started its clock")
    source: str = Field(description="Priority and policy")
    calendar: str | None = Field(description="Whose hours count; null: around the clock")
    counted_seconds: float = Field(description="The sum of the lines that counted")
    lived_seconds: float = Field(description="What the customer has lived since it began")
    customer_time_zone: str | None
    customer_due_at: Time | None = Field(description="The due time in the customer's zone")
    lines: list[LineShown]


class AcknowledgeAsked(Asked):
    """Who has it. A token of a person need not say; a machine of its own must."""

    person: Address = optional(description="The mail address of a person of ours")


class ToldShown(BaseModel):
    rung: int
    round: int = Field(description="Which time they were told on this rung, from 1")
    person: PersonShown
    way: str = Field(description="product, mail or webhook")
    told_at: Time


class ClimbShown(BaseModel):
    id: int
    ladder: str
    why: str = Field(
        description="broken or near: a promise; fits: the ticket itself; untouched; late_update; unconfirmed;"
        " asked: the customer asks for more; by_hand: somebody asked for help"
    )
    also: list[str] = Field(description="What came meanwhile; it ends when all of that is over")
    since: Time | None = Field(description="When the update was due, or since when nobody touched it")
    state: Literal[tuple(ClimbState.values)]
    rung: int = Field(description="The rung it has come to, from 1; 0 before the first")
    rungs: int
    started_at: Time
    climbs_at: Time | None = Field(description="When the next rung is told, if nobody has it")
    held_by: PersonShown | None = Field(description="Who has it")
    held_since: Time | None
    held_until: Time | None = Field(description="It climbs on then, if nothing happens on the ticket")
    ended_at: Time | None
    ended_why: str = Field(
        description="kept, made_good, cancelled, updated, waived, confirmed, touched, de_escalated, resolved"
        " or merged; empty while it is open"
    )
    told: list[ToldShown]


class OneTicketShown(TicketShown):
    merged_from: list[int] = Field(description="Numbers of tickets that were merged into this one")
    promises: list[PromiseShown] = Field(description="All that was ever promised, the oldest first")
    climbs: list[ClimbShown] = Field(description="Every climb of a ladder, the newest first")


class Tickets(BaseModel):
    items: list[TicketShown]
    count: int = Field(description="How many there are; at most 10,000 are counted")
    count_capped: bool = Field(description="There are more than were counted")
    next: str | None = Field(description="The cursor of the next page")


class AddressShown(BaseModel):
    name: str
    address: str


class AttachmentShown(BaseModel):
    id: int
    name: str
    content_type: str
    size: int = Field(description="Bytes")
    sha256: str
    inline: bool
    url: str


class MessageShown(BaseModel):
    id: int
    kind: Literal[tuple(Message.Kind.values)]
    inside: bool = Field(description="No customer ever sees it")
    channel: str
    sender: AddressShown
    to: list[AddressShown]
    cc: list[AddressShown]
    by: PersonShown | None = Field(description="Who of ours wrote it")
    subject: str
    text: str
    html: str = Field(description="Cleaned: it runs nothing and loads nothing")
    language: str
    happened_at: Time
    created_at: Time
    delivery: Literal["waiting", "sent", "kept", "failed"] | None = Field(
        description="null: not a mail of ours"
    )
    auto: bool = Field(description="Written by a machine, such as an out-of-office note")
    attachments: list[AttachmentShown]


class Messages(BaseModel):
    items: list[MessageShown]
    count: int
    count_capped: bool
    next: str | None


class EventShown(BaseModel):
    id: int
    verb: str
    by: PersonShown | None
    token: str | None = Field(description="The API token by which it was done, by its name")
    happened_at: Time
    data: dict = Field(description="Codes, times and ids; other tickets by their number")


class Events(BaseModel):
    items: list[EventShown]
    count: int
    count_capped: bool
    next: str | None


class UploadShown(BaseModel):
    id: str = Field(description="To be named in `attachments` within a day")
    name: str
    content_type: str
    size: int
    sha256: str


class Trouble(BaseModel):
    code: str
    message: str
    fields: dict[str, list[str]]


class ErrorShown(BaseModel):
    error: Trouble
