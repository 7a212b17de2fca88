"""Nothing that was written inside ever stands in a letter to the customer: every letter is searched."""

import pytest
from django.test import Client

from ombud.foundation.post.models import Letter
from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Reason, Solution
from ombud.spine.escalations.passes import token_of

SECRETS = {
    "title": "SECRET-title",
    "impact": "SECRET-impact",
    "understood": "SECRET-understood",
    "workaround": "SECRET-workaround",
    "fix": "SECRET-fix",
    "do_say": "SECRET-say",
    "do_not_say": "SECRET-silence",
}


@pytest.mark.mission("M21", "M33")
def test_nothing_inside_reaches_the_customer(cast, now_is, desk, address):
    assert cast.emil and cast.ines
    ticket = cast.writes(cast.carla)
    other = cast.writes(cast.rui)
    raise_href = f"/escalations/raise/{ticket.number}/"
    page = desk(cast.ada).get(raise_href)
    message = page.partition('name="message"')[2].partition("</textarea>")[0].partition(">")[2].strip()
    desk(cast.ada).post(
        raise_href,
        reason="handled_badly",
        severity="high",
        urgency="high",
        title="SECRET-raised",
        impact="SECRET-first",
        at_risk="987654",
        also=[other.number],
        told=[cast.ines.pk],
        say="now",
        message=message,
    )
    emil = desk(cast.emil)
    emil.post(address("brief"), **SECRETS)
    emil.post(address("note"), words="SECRET-note")
    emil.post(address("decide"), what="SECRET-decision", basis="SECRET-basis")
    emil.post(address("waive"), until_at="2026-11-21T10:00", why="SECRET-waiver")
    emil.post(address("update"), process="Estamos en ello.", impact="Los nuevos pasan.", promises="Hoy.")
    emil.post(address("stage"), stage="investigated")
    emil.post(address("solutions", "propose"), kind="fix", words="SECRET-proposed")
    emil.post(
        address("solutions", Solution.objects.get().pk, "withdraw"),
        why="SECRET-withdrawn",
    )
    emil.post(address("solutions", "propose"), kind="fix", words="SECRET-waits")
    emil.post(address("de-escalate"), why="SECRET-end")
    letters = list(Letter.objects.filter(kind="reply"))
    assert len(letters) == 4, "two updates to two people"
    everything = "".join(_source(letter) for letter in letters)
    assert "Estamos en ello." in everything
    hidden = ["SECRET", "987654", "987,654", "E-101", "handled_badly", *map(str, Reason.labels), "Ferrer"]
    assert [one for one in hidden if one in everything] == []


@pytest.mark.mission("M48")
def test_a_solution_stays_inside_until_it_is_signed_off(cast, escalation, desk, address):
    given = actions.give_pass(escalation.tickets.get(), cast.carla, now=cast.now)
    theirs = f"/c/{token_of(given)}/"
    emil = desk(cast.emil)
    emil.post(address("solutions", "propose"), kind="fix", words="SECRET-proposed")
    assert "SECRET" not in Client().get(theirs).content.decode()
    assert not any("SECRET" in _source(letter) for letter in Letter.objects.exclude(kind="notice"))
    emil.post(address("solutions", Solution.objects.get().pk, "sign-off"))
    assert "SECRET-proposed" in Client().get(theirs).content.decode()
    assert any("SECRET-proposed" in _source(letter) for letter in Letter.objects.filter(kind="reply"))


def _source(letter):
    """Everything that is known of a letter, as text."""
    return "\n".join(str(getattr(letter, field.attname)) for field in letter._meta.concrete_fields)
