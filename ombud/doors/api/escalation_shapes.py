"""What an escalation looks like to a machine, and what it may send."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from ombud.spine.escalations.models import Contact, How, Reason, Stage, Stakeholder
from ombud.spine.tickets.models import Priority

from .shapes import Address, Asked, CustomerShown, LevelWord, NameShown, PersonShown, Time, optional, spoken

ReasonWord = Literal[tuple(Reason.values)]
StageWord = Literal[tuple(Stage.values)]
Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(spoken)]
Why = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(spoken)
]


class EscalationAsked(Asked):
    """Why a ticket must not wait its turn. The rest is as the ticket and the account say."""

    reason: ReasonWord
    title: Annotated[str, StringConstraints(max_length=200), AfterValidator(spoken)] = ""
    severity: LevelWord = optional()
    urgency: LevelWord = optional()
    impact: Text = Field("", description="On the customer's business, in words")


class UpdateAsked(Asked):
    """A word to the customer. It leaves by mail in each ticket's own thread."""

    process: Text = Field(description="Where it stands")
    impact: Text = Field("", description="What it means for them")
    promises: Text = Field("", description="What we promised")
    next_at: Time = optional(description="When they hear from us next; without, as its severity says")


class EscalationChange(Asked):
    """What shall be different; what is left out stays."""

    severity: LevelWord = optional()
    urgency: LevelWord = optional()
    manager: Address = optional(description="The mail address of a person of ours, who leads it from now on")
    stage: StageWord = optional(description="The next stage; refused with what is missing")


class DeEscalationAsked(Asked):
    """Why it is no escalation any more."""

    why: Why


class EscalationShown(BaseModel):
    ref: str = Field(description="How people call it: E-101")
    number: int
    title: str
    reason: ReasonWord
    how: Literal[tuple(How.values)] = Field(description="Who or what raised it")
    stage: StageWord = Field(description="The last stage that was reached")
    status: Literal["open", "closed"]
    severity: LevelWord
    urgency: LevelWord
    priority: Literal[tuple(Priority.values)]
    account: NameShown | None
    customer: CustomerShown
    manager: PersonShown | None
    tickets: list[int] = Field(description="Numbers of its tickets, the main one first")
    raised_at: Time
    raised_by: PersonShown | None
    next_update_at: Time | None = Field(
        description="By when the customer hears from us; never null while it is open, but for a waiver"
    )
    late_since: Time | None = Field(description="The due time that was missed, until an update goes out")
    waived_until: Time | None
    waived_by: PersonShown | None
    waived_why: str
    closed_at: Time | None
    closed_why: str = Field(description="Why it was de-escalated; empty when it was reviewed")


class UpdateShown(BaseModel):
    number: int
    process: str
    impact: str
    promises: str
    by: PersonShown | None
    sent_at: Time
    due_at: Time | None = Field(description="The due time that it answered")
    kept: bool


class DecisionShown(BaseModel):
    what: str
    basis: str = Field(description="On what information")
    by: PersonShown | None
    decided_at: Time


class StakeholderShown(BaseModel):
    person: PersonShown
    role: Literal[tuple(Stakeholder.Role.values)]
    told_at: Time
    confirmed_at: Time | None = Field(description="When they said that they have it")


class ContactShown(BaseModel):
    customer: CustomerShown
    role: Literal[tuple(Contact.Role.values)]


class OneEscalationShown(EscalationShown):
    impact: str
    at_risk: int | None = Field(description="Money at risk, in minor units of currency")
    currency: str
    understood: str
    workaround: str
    fix: str
    stakeholders: list[StakeholderShown] = Field(description="Of ours, and whether they have it")
    contacts: list[ContactShown] = Field(description="On the customer's side")
    updates: list[UpdateShown] = Field(description="The oldest first")
    decisions: list[DecisionShown] = Field(description="The oldest first")


class Escalations(BaseModel):
    items: list[EscalationShown]
    count: int
    count_capped: bool
    next: str | None = Field(description="The cursor of the next page")
