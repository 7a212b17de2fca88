"""The benchmarks' own promises: what a figure says, and that the seed is a desk like any other."""

import json

import pytest
from django.utils import timezone

from bench import __main__ as command
from bench import mails
from bench.figures import Figure, of_json, table
from bench.seed import fill
from bench.seed.words import COMMON
from ombud.foundation.events.models import Delivery
from ombud.foundation.people.models import Person, Role
from ombud.lib.mail import understand
from ombud.spine.tickets import queries
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.numbers import next_number
from ombud.spine.tickets.search import search

INTAKE = Figure("intake", 210.0, "mails/s", 840.0, "mails/s stored", "8 clients", "sqlite", 1000)


def test_a_figure_is_one_line_of_json_with_its_ratio():
    said = json.loads(INTAKE.as_json())
    assert {"name", "value", "unit", "ceiling", "ratio", "database", "rows"} <= said.keys()
    assert said["ratio"] == 0.25
    assert of_json(INTAKE.as_json()) == INTAKE


def test_the_table_shows_value_ceiling_and_ratio():
    head, line = table([INTAKE]).splitlines()
    assert head.split() == ["figure", "database", "tickets", "value", "ceiling", "ratio"]
    assert "210 mails/s" in line and "0.25" in line and "1,000" in line


@pytest.mark.parametrize("words", [["nonsense"], ["--rows", "many"], ["--databases", "oracle"]])
def test_a_wrong_wish_is_said_in_a_line(words, capsys):
    with pytest.raises(SystemExit):
        command.parse(words)
    assert "error:" in capsys.readouterr().err


def test_the_quick_run_is_one_thousand_tickets():
    assert command.parse(["--quick"]).rows == [1000]
    assert command.parse([]).rows == [0, 1000, 100_000]


def test_the_seed_is_a_desk_like_any_other(db):
    fill(60, timezone.now())
    lead = Person.objects.filter(role=Role.LEAD).first()
    assert Ticket.objects.count() == 60
    assert Message.objects.count() == 180
    assert not Delivery.objects.exists()
    assert next_number() > Ticket.objects.order_by("-number").first().number
    assert {found.language for found in search(queries.visible_to(lead), COMMON["en"])} == {"en"}


def test_bench_mails_are_mails():
    for sender, content in mails.write(20):
        seen = understand(content)
        assert seen.text.strip()
        assert sender in content.decode("ascii", "replace")
