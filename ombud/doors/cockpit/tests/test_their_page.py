"""What the customer reads on their page, and who has a link to it, as one sees it inside."""

import re

import pytest
from django.test import Client

from ombud.spine.escalations import actions
from ombud.spine.escalations.models import Pass


def part(page):
    return page.partition('class="section their-page"')[2].partition("</section>")[0]


def link_in(page):
    return re.search(r'om-copy value="http://testserver([^"]+)"', part(page))[1]


@pytest.mark.mission("M36")
def test_what_is_written_there_stands_on_their_page_at_once(cast, escalation, desk, address):
    actions.give_pass(escalation.tickets.get(), cast.carla, now=cast.now)
    desk(cast.emil).post(
        address("brief"),
        understood="Se pierde el código HS.",
        impact="412 envíos esperan.",
        needs="Una muestra.",
    )
    page = desk(cast.emil).get(address())
    theirs = Client().get(link_in(page)).content.decode()
    for words in ("Se pierde el código HS.", "412 envíos esperan.", "Una muestra."):
        assert words in part(page)
        assert words in theirs


def test_who_has_a_link_and_whether_it_was_opened(cast, escalation, desk, address):
    emil = desk(cast.emil)
    assert "Nobody has a link yet" in part(emil.get(address()))
    emil.post(address("links", "give"), customer=cast.carla.pk)
    page = emil.get(address())
    assert "Carla Benítez" in part(page)
    assert "not opened yet" in part(page)
    emil.get(link_in(page))
    assert "not opened yet" in part(emil.get(address())), "one of ours looked, not she"
    Client().get(link_in(page))
    assert "last opened" in part(emil.get(address()))


def test_a_link_is_taken_away(cast, escalation, desk, address):
    given = actions.give_pass(escalation.tickets.get(), cast.carla, now=cast.now)
    page = desk(cast.emil).get(address())
    desk(cast.emil).post(address("links", given.pk, "revoke"))
    assert Client().get(link_in(page)).status_code == 410
    after = desk(cast.emil).get(address())
    assert "The link of <strong>Carla Benítez</strong> leads nowhere any more" in after
    assert "Nobody has a link yet" in part(after)


def test_nobody_without_a_part_gets_a_link(cast, escalation, desk, address):
    desk(cast.emil).post(address("links", "give"), expect=404, customer=cast.mallory.pk)
    assert not Pass.objects.exists()


def test_links_of_other_tickets_are_not_found_here(cast, escalation, desk, address):
    given = actions.give_pass(cast.writes(cast.chen), cast.chen, now=cast.now)
    desk(cast.emil).post(address("links", given.pk, "revoke"), expect=404)
