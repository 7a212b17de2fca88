"""Making policies, their order, their versions, and what is said about them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ombud.foundation.clock.queries import default_calendar
from ombud.foundation.people.actions import keep_account, open_desk
from ombud.foundation.people.models import Company
from ombud.spine.sla import actions, overview, queries
from ombud.spine.sla.actions.rechecking import recheck_due
from ombud.spine.sla.comparing import changes
from ombud.spine.sla.models import Policy, Promise
from ombud.spine.sla.terms import read
from ombud.spine.sla.usual import usual_terms
from tests.cast import NOW

HOUR = 3600


def keep(cast, name, conditions=None, policy=None, first_reply=HOUR, **more):
    terms = {"targets": {"p3": {"first_reply": {"seconds": first_reply}}}}
    return actions.keep_policy(
        policy, name=name, conditions=conditions or {}, terms=terms, by=cast.ines, now=cast.now, **more
    )


def in_order():
    return [policy.name for policy in queries.policies()]


def test_a_policy_for_somebody_goes_before_the_one_for_everybody(cast):
    keep(cast, "Standard")
    keep(cast, "Gold", {"tiers": ["gold"]})
    keep(cast, "Chinese", {"languages": ["zh"]})
    assert in_order() == ["Gold", "Chinese", "Standard"]


def test_only_those_who_keep_promises_may_change_policies(cast):
    with pytest.raises(PermissionDenied):
        actions.keep_policy(name="Mine", conditions={}, terms={}, by=cast.ada, now=cast.now)


def test_changed_terms_are_a_new_version_and_a_new_name_is_not(cast):
    policy = keep(cast, "Standard")
    keep(cast, "For everybody", policy=policy)
    assert policy.version.number == 1
    keep(cast, "For everybody", policy=policy, first_reply=2 * HOUR)
    assert policy.version.number == 2


def test_running_promises_keep_their_version_unless_one_says_otherwise(cast):
    policy = keep(cast, "Standard")
    ticket = cast.writes(cast.carla)
    keep(cast, "Standard", policy=policy, first_reply=2 * HOUR)
    recheck_due(cast.now)
    assert Promise.objects.get(ticket=ticket).seconds == HOUR
    keep(cast, "Standard", policy=policy, first_reply=3 * HOUR, for_running=True)
    recheck_due(cast.now)
    assert Promise.objects.get(ticket=ticket).seconds == 3 * HOUR


def test_an_archived_policy_comes_back_before_the_one_for_everybody(cast):
    gold = keep(cast, "Gold", {"tiers": ["gold"]})
    keep(cast, "Standard")
    actions.archive_policy(gold, by=cast.ines, now=cast.now)
    assert in_order() == ["Standard"]
    actions.restore_policy(gold, by=cast.ines, now=cast.now)
    assert in_order() == ["Gold", "Standard"]


def test_an_archived_policy_does_not_come_back_under_a_name_that_is_taken(cast):
    gold = keep(cast, "Gold", {"tiers": ["gold"]})
    actions.archive_policy(gold, by=cast.ines, now=cast.now)
    keep(cast, "gold")
    with pytest.raises(ValidationError):
        actions.restore_policy(gold, by=cast.ines, now=cast.now)


def test_a_new_desk_promises_something_from_its_first_ticket_on(db):
    ada = {"email": "ada@parcelline.example", "name": "Ada", "password": "parcels-and-promises"}
    open_desk(name="Colis", language="fr", time_zone="Europe/Paris", person=ada, now=NOW)
    policy = Policy.objects.get()
    assert (policy.name, policy.conditions) == ("Standard", {})
    assert policy.version.terms == usual_terms(default_calendar())
    assert Company.ours().language == "fr"


def test_it_is_said_which_policy_can_never_hold(cast):
    wide = keep(cast, "Gold and platinum", {"tiers": ["gold", "platinum"]})
    narrow = keep(cast, "Gold by mail", {"tiers": ["gold"], "channels": ["email"]})
    other = keep(cast, "Silver by mail", {"tiers": ["silver"], "channels": ["email"]})
    assert overview.shadowed([wide, narrow, other]) == {narrow.pk: wide}


def test_accounts_are_counted_where_a_policy_may_hold_for_them(cast):
    keep_account(name="Kiln", tier="standard", domains=[], by=None, now=cast.now)
    assert cast.acme.tier == "gold"
    gold = keep(cast, "Gold", {"tiers": ["gold"]})
    mails = keep(cast, "Mails", {"channels": ["email"]})
    everybody = keep(cast, "Standard")
    counted = overview.accounts_by_policy([gold, mails, everybody])
    assert counted == {gold.pk: 1, mails.pk: 1, everybody.pk: 1}


def test_changes_between_two_versions_are_told_one_by_one():
    old = read({"targets": {"p1": {"first_reply": {"seconds": 1800}}}, "pauses": ["waiting"]})
    new = read(
        {
            "targets": {
                "p1": {"first_reply": {"seconds": 900}, "resolution": {"seconds": HOUR, "calendar": 1}}
            },
            "pauses": ["waiting", "on_hold"],
            "warnings": [{"percent": 75, "to": "holder", "by": "mail"}],
        }
    )
    told = [(change.what, change.kind) for change in changes(old, new)]
    assert told == [
        ("target", "first_reply"),
        ("target", "resolution"),
        ("pauses", ""),
        ("warning", ""),
    ]


def test_another_way_of_writing_the_same_time_is_no_change():
    hours = read({"targets": {"p1": {"resolution": {"seconds": 57600, "calendar": 1, "written": "960m"}}}})
    days = read({"targets": {"p1": {"resolution": {"seconds": 57600, "calendar": 1, "written": "2d"}}}})
    assert changes(hours, days) == []
