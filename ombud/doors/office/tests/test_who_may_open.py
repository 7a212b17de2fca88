"""Every page of the office × every role: what the table says, and no page forgotten."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ombud.doors.office.urls import urlpatterns
from ombud.features.channels.models import Incoming
from ombud.features.request_forms.actions import keep_kind
from ombud.features.surveys.actions import keep_survey
from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.people import actions as people
from ombud.foundation.people.branding import keep_brand
from ombud.foundation.people.models import Role, Team
from ombud.foundation.people.permissions import (
    ADMINISTER,
    CHANGE,
    CUSTOMERS,
    MAY,
    PEOPLE,
    PROMISES,
    SEE_ALL,
    SHARE,
)
from ombud.foundation.post import actions as post
from ombud.lib import files
from ombud.spine.ladders import actions as ladders
from ombud.spine.sla.actions import begin_with_standard
from ombud.spine.tickets import actions as tickets

EVERYBODY = ""
OPEN = {"demo_sign_in", "welcome", "welcome_company"}  # before anybody is signed in

# Which verb opens which page. Written by hand, so that a view cannot quietly ask for less.
PAGES = {
    EVERYBODY: """home me notice_ways about replies reply_new reply views matrix customers customer
        accounts account calendars calendar policies policy policy_compare policy_which policy_counted
        ladders ladder ladder_versions rotas rota
        statuses status_wishes silence routing""",
    SEE_ALL: "surveys survey_results survey_csv",
    SHARE: "tags tag request_kinds request_kind_new request_kind",
    CUSTOMERS: "customer_new import account_new",
    PEOPLE: "people person_new roles person teams team_new team",
    PROMISES: """calendar_new calendar_places policy_new ladder_new ladder_replay ladder_tried
        survey_new survey""",
    ADMINISTER: """company brands brand_new brand mailboxes mailbox_new mailbox channels aside aside_one
        aside_raw outbox letter letter_html tokens log demo welcome_mailbox welcome_done welcome_arrived""",
}
DEEDS = {
    EVERYBODY: "reply_archive view_remove",
    CHANGE: "survey_revoke",
    SHARE: "tag_merge tag_archive view_share request_kind_archive",
    CUSTOMERS: "customer_block import_run account_word",
    PEOPLE: "person_access person_password person_link absence_new absence_end team_archive duty_drop",
    PROMISES: """calendar_picture_new calendar_picture calendar_holidays_new calendar_holidays calendar_feed
        calendar_default calendar_archive calendar_refresh policy_draft_new policy_draft policy_archive
        policy_move ladder_discard ladder_archive ladder_move ladder_retry
        ladder_replay_stop survey_draft survey_archive""",
    ADMINISTER: """brand_archive mailbox_try_new mailbox_try mailbox_archive channel_switch aside_many
        aside_act letter_retry letter_take_back token_revoke demo_act""",
}
NEEDS_MORE = {
    "import_check",
    "notice",
    "have",
    "status",
    "status_say",
    "survey_mail",
}  # a chosen file, a notice of one's own, a signed link, a survey that is being written
ROLES = list(Role)


def asked(table):
    return {name: verb for verb, names in table.items() for name in names.split()}


def test_no_page_is_forgotten():
    known = set(asked(PAGES)) | set(asked(DEEDS)) | OPEN | NEEDS_MORE
    assert {pattern.name for pattern in urlpatterns} == known


@pytest.fixture
def full(cast):
    """A desk with one of everything, and the address of every page."""
    now = cast.now
    ticket = cast.writes(cast.carla)
    tickets.tag(ticket, "customs", by=cast.greta, now=now)
    tag = ticket.tags.get()
    reply = tickets.keep_quick_reply(by=cast.greta, name="Thanks", html="<p>Thanks</p>")
    view = tickets.keep_view(by=cast.greta, name="Customs", owner=None)
    token, _secret = people.make_token(name="Shop", by=cast.greta, now=now)
    absence = people.plan_absence(cast.ada, starts_at=now, ends_at=cast.later(days=2), by=cast.ines, now=now)
    team = cast.team("Support", cast.ada)
    letter = post.send(
        key="one",
        case=ticket.case,
        mailbox=cast.mailbox,
        kind="reply",
        to=[["Carla", "carla@acme.example"]],
        subject="Hola",
        text="Hola",
        html="<p>Hola</p>",
        now=now,
    )
    raw = files.keep(b"From: x\n\n?")
    incoming = Incoming.objects.create(
        channel="email", source="smtp", raw=raw, size=10, received_at=now, state="aside"
    )
    policy = begin_with_standard(by=cast.greta, now=now)
    ladder = ladders.keep_ladder(name="Calls", draft={}, by=cast.greta, now=now)
    on_duty = {"team": team, "person": cast.ada, "starts": 540, "ends": 1020}
    duty = ladders.keep_duty(weekday=0, by=cast.greta, now=now, **on_duty)
    kind = keep_kind(names={"en": "Printing"}, by=cast.greta, now=now)
    survey = keep_survey(name="CSAT", kind="csat", when="resolved", by=cast.greta, now=now)
    brand = keep_brand(name="Parcelline", by=cast.greta, now=now)
    things = {
        "person": cast.ada, "team": team, "mailbox": cast.mailbox, "tag": tag, "reply": reply, "view": view,
        "token": token, "letter": letter, "aside_one": incoming, "aside_raw": incoming,
        "customer": cast.carla, "account": cast.acme, "calendar": default_calendar(),
        "policy": policy, "ladder": ladder, "rota": team,
        "request_kind": kind, "request_kind_archive": kind, "brand": brand, "survey": survey,
    }  # fmt: skip
    more = {
        "absence_new": [cast.ada.pk], "absence_end": [cast.ada.pk, absence.pk], "mailbox_try_new": ["smtp"],
        "mailbox_try": [cast.mailbox.pk, "smtp"], "channel_switch": ["email"], "demo_act": ["renew"],
        "aside_act": [incoming.pk, "ignore"], "policy_move": [policy.pk, "up"],
        "ladder_move": [ladder.pk, "up"], "duty_drop": [team.pk, duty.pk],
    }  # fmt: skip
    plain = {
        "aside_many",
        "survey_draft",
        "calendar_places",
        "calendar_feed",
        "policy_which",
        "policy_counted",
    }
    plain |= {name for name in (*asked(PAGES), *asked(DEEDS)) if name.endswith("_new")}

    def address(name):
        if name in more:
            return reverse(f"office:{name}", args=more[name])
        thing = None if name in plain else things.get(name) or things.get(name.partition("_")[0])
        return reverse(f"office:{name}", args=[thing.pk] if thing else [])

    cast.address = address
    return cast


@pytest.mark.mission("M74")
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_gives_it(full, client, role):
    person = people.add_person(email="x@parcelline.example", name="X", role=role, now=full.now)
    people.keep_account(account=full.acme, seats={"ae": person}, by=None, now=full.now)
    full.signed_in(client, person)
    for name, verb in asked(PAGES).items():
        answer = client.get(full.address(name))
        allowed = verb in MAY[role] or verb == EVERYBODY
        got = answer.status_code in (200, 302)
        assert got == allowed, f"{role} gets {answer.status_code} for {name}"
        assert allowed or answer.status_code == 403, name


@pytest.mark.parametrize("role", [role for role in ROLES if role != Role.ADMINISTRATOR])
def test_what_a_role_may_not_do_is_refused(full, client, role):
    person = people.add_person(email="x@parcelline.example", name="X", role=role, now=full.now)
    full.signed_in(client, person)
    for name, verb in asked(DEEDS).items():
        if verb and verb not in MAY[role]:
            assert client.post(full.address(name)).status_code == 403, name


def test_deeds_are_never_done_by_a_link(full, client):
    full.signed_in(client, full.greta)
    for name in asked(DEEDS):
        assert client.get(full.address(name)).status_code == 405, name


def test_a_stranger_is_asked_to_sign_in(full, client):
    for name in {**asked(PAGES), **asked(DEEDS)}:
        answer = client.post(full.address(name)) if name in asked(DEEDS) else client.get(full.address(name))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/account/login/"), name


@pytest.mark.mission("M74")
def test_light_roles_see_only_their_accounts(full, client):
    full.signed_in(client, full.jun)
    page = client.get(reverse("office:customers")).content.decode()
    assert "Carla" not in page
    assert client.get(reverse("office:customer", args=[full.carla.pk])).status_code == 404
    assert client.get(reverse("office:account", args=[full.acme.pk])).status_code == 404
    full.signed_in(client, full.tomasz)  # looks after Acme
    assert "Carla" in client.get(reverse("office:customers")).content.decode()
    assert client.get(reverse("office:customer", args=[full.chen.pk])).status_code == 404


def test_somebody_elses_words_are_not_there(full, client):
    own = tickets.keep_quick_reply(by=full.greta, owner=full.greta, name="Mine", html="<p>Mine</p>")
    view = tickets.keep_view(by=full.greta, owner=full.greta, name="Mine")
    full.signed_in(client, full.noor)
    assert client.get(reverse("office:reply", args=[own.pk])).status_code == 404
    assert client.post(reverse("office:view_remove", args=[view.pk])).status_code == 404
    assert "Mine" not in client.get(reverse("office:replies")).content.decode()


def test_who_left_gets_in_nowhere(full, client):
    full.signed_in(client, full.ines)
    people.change_person(full.ines, is_active=False, by=full.greta, now=timezone.now())
    assert client.get(reverse("office:me")).status_code == 302
    assert Team.objects.exists()
