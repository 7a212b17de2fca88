"""What says elsewhere on the desk that a ticket is escalated, and what leads to its page."""

import pytest

from ombud.foundation.notifications.models import Notice
from ombud.spine.escalations import queries


@pytest.mark.mission("M22")
def test_the_ticket_says_that_it_is_escalated_and_leads_there(cast, escalation, desk, address):
    page = desk(cast.ada).get(f"/tickets/{queries.main_ticket(escalation).number}/")
    assert "Escalated to Emil Okafor" in page
    assert "Severe impact" in page
    assert f'href="{address()}"' in page
    assert "/escalations/raise/" not in page


@pytest.mark.mission("M18")
def test_a_ticket_is_escalated_by_a_button_a_key_and_the_palette(cast, now_is, desk):
    ticket = cast.writes(cast.carla)
    page = desk(cast.ada).get(f"/tickets/{ticket.number}/")
    button = page.partition(f'href="/escalations/raise/{ticket.number}/"')[2].partition(">")[0]
    assert 'data-key="e"' in button
    assert "data-command" in button


@pytest.mark.mission("M22")
def test_rows_of_escalated_tickets_carry_the_ladder(cast, escalation, desk):
    other = cast.writes(cast.chen)
    rows = desk(cast.ada).get("/inbox/all/").partition('id="rows"')[2].split('id="row-')[1:]
    marked = {int(row.partition('"')[0]) for row in rows if "#i-ladder" in row}
    assert marked == {queries.main_ticket(escalation).number}
    assert other.number not in marked


def test_a_notice_leads_to_the_escalation(cast, escalation, desk, address):
    notice = Notice.objects.get(person=cast.emil, kind="escalation_given")
    assert f'href="{address()}"' in desk(cast.emil).get("/notices/")
    assert desk(cast.emil).client.get(f"/told/{notice.pk}").headers["Location"] == address()


def test_what_one_may_not_see_any_more_leads_to_the_notices(cast, escalation, desk):
    notice = Notice.objects.get(person=cast.tomasz, kind="escalation_stake")
    escalation.stakeholders.filter(person=cast.tomasz).delete()
    assert desk(cast.tomasz).client.get(f"/told/{notice.pk}").headers["Location"] == "/notices/"
    assert "E-101" not in desk(cast.tomasz).get("/notices/")


def test_the_log_says_it_with_names_and_leads_there(cast, escalation, desk, address):
    page = desk(cast.greta).get("/settings/log")
    assert f'href="{address()}"' in page
    assert "A complaint became an escalation." in page
    assert "Severe impact" in page
    assert "Emil Okafor" in page
