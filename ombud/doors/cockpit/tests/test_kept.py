"""The kept rate: each update that was due counts once, for whoever led then, and opens what is behind it."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ombud.spine.escalations import actions
from ombud.spine.escalations.updates_due import work_updates

HREF = "/escalations/kept/"


def lines(page, by):
    """{name: its cells} of one of the tables."""
    table = page.partition(f'id="kept-{by}"')[2].partition("</table>")[0]
    rows = [row.partition("</tr>")[0] for row in table.split("<tr>")[1:]]
    return {_text(cells[0]): [_text(cell) for cell in cells[1:]] for cells in map(_cells, rows) if cells}


def _cells(row):
    return [cell.partition(">")[2].partition("</td>")[0] for cell in row.split("<td")[1:]]


def _text(cell):
    while "<" in cell:
        before, _tag, rest = cell.partition("<")
        cell = before + rest.partition(">")[2]
    return cell.strip()


@pytest.fixture
def emil_is_late_once(cast, escalation):
    """Four updates in time by Emil, then one that comes half an hour late, sent by Ada."""
    for _n in range(4):
        actions.send_update(
            escalation, process="Sigo.", next_at=cast.now + timedelta(hours=1), by=cast.emil, now=cast.now
        )
        cast.later(minutes=30)
    work_updates(cast.later(hours=1))
    actions.send_update(escalation, process="Perdone.", by=cast.ada, now=cast.now)
    return escalation


@pytest.mark.mission("P1")
def test_it_counts_for_who_led_and_says_its_rate_and_interval(cast, emil_is_late_once, desk):
    page = desk(cast.noor).get(HREF)
    assert "4 of 5" in page
    assert lines(page, "person")["Emil Okafor"][:4] == ["4", "1", "5", "80 %"]
    assert lines(page, "account")["Acme Outdoor"][:3] == ["4", "1", "5"]
    assert "80 % (between 38 and 96 %)" in page


@pytest.mark.mission("P1")
def test_after_a_hand_over_it_counts_for_who_leads_then(cast, emil_is_late_once, desk):
    actions.hand_over(emil_is_late_once, cast.lin, by=cast.emil, now=cast.now)
    actions.send_update(emil_is_late_once, process="Hola.", by=cast.lin, now=cast.later(minutes=5))
    page = desk(cast.noor).get(HREF)
    assert lines(page, "person")["Emil Okafor"][:3] == ["4", "1", "5"]
    assert lines(page, "person")["林晓雯"][2] == "1"
    assert "not enough data" in lines(page, "person")["林晓雯"][3]


def test_what_never_came_counts_although_it_is_no_escalation_any_more(cast, escalation, desk):
    work_updates(cast.later(hours=3))
    actions.de_escalate(escalation, "A mistake.", by=cast.emil, now=cast.now)
    page = desk(cast.noor).get(HREF, person=cast.emil.pk, late=1)
    assert "0 of 1" in page
    assert "never came" in page
    assert "Not enough data for a rate" in page


def test_each_number_opens_its_updates_and_the_export_has_them(cast, emil_is_late_once, desk):
    page = desk(cast.noor).get(HREF, person=cast.emil.pk, late=1)
    behind = page.partition('id="behind"')[2]
    assert behind.count('href="/escalations/E-101/?show=customer"') == 1
    assert "late" in behind
    answer = desk(cast.noor).client.get("/escalations/kept.csv", {"person": cast.emil.pk})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert rows[-1][:3] == ["E-101", "Acme Outdoor", "Emil Okafor"]
    assert rows[-1][-2:] == ["no", "1800"]


def test_it_is_for_who_sees_all(cast, emil_is_late_once, desk):
    desk(cast.tomasz).get(HREF, expect=403)


def test_however_many_the_questions_stay_few(cast, emil_is_late_once, desk):
    noor = desk(cast.noor)
    noor.get(HREF)
    with CaptureQueriesContext(connection) as few:
        noor.get(HREF)
    for _n in range(6):
        actions.send_update(
            emil_is_late_once, process="Y más.", by=cast.emil, now=cast.later(minutes=1), next_at=None
        )
    with CaptureQueriesContext(connection) as many:
        noor.get(HREF)
    assert len(many) == len(few), [one["sql"][:90] for one in many]


@pytest.mark.mission("P1")
def test_a_late_update_can_neither_be_moved_nor_waived(cast, escalation, desk, address):
    work_updates(cast.later(hours=2))
    until = (cast.now + timedelta(days=1)).isoformat()
    answer = desk(cast.emil).ask(address("waive"), 422, until_at=until, why="She is at a fair.")
    assert "Waiving it would hide that" in answer["error"]
    assert 'popovertarget="waive"' not in desk(cast.emil).get(address())
    with pytest.raises(ValidationError, match="Moving it would hide"):
        actions.set_next_update(escalation, None, by=cast.emil, now=cast.now)


def test_how_often_goes_back_to_what_its_severity_says(cast, escalation, desk, address):
    emil = desk(cast.emil)
    emil.post(address("next"), next="", cadence="1800")
    assert "as its severity says: every 2 d" in emil.get(address())
    emil.post(address("next"), next="", cadence="0")
    page = emil.get(address())
    assert "every 2 d." in page
    assert "as its severity says" not in page
