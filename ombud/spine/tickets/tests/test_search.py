"""Finding what was said."""

import pytest

from ombud.foundation.events.log import SINGLE
from ombud.foundation.events.models import Delivery, Event
from ombud.foundation.events.tray import work_tray
from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.search import search
from ombud.spine.tickets.words import asked, fold


@pytest.fixture
def look(cast):
    def look(words, person=None):
        while work_tray(cast.now):
            pass
        return search(queries.visible_to(person or cast.ada), words)

    return look


@pytest.mark.parametrize("words", ["aduana", "ADUANA", "rechazo", "paquetes aduana", "carla", "etiquetas"])
def test_any_word_of_a_message_finds_its_ticket(cast, look, words):
    ticket = cast.writes(cast.carla, text="La aduana rechazó 38 paquetes.")
    assert look(words) == [ticket]


def test_accents_do_not_matter_either_way(cast, look):
    ticket = cast.writes(cast.carla, text="Le colis a été refusé à Besançon.")
    assert look("besancon refuse") == look("été") == [ticket]


@pytest.mark.parametrize("words", ["清关", "文件", "退", "回", "清关文件被退回", "关文"])
def test_chinese_is_found_by_pairs_and_by_single_characters(cast, look, words):
    ticket = cast.writes(cast.chen, text="清关文件被退回，请尽快回电", subject="清关")
    assert look(words) == [ticket]


def test_characters_that_do_not_stand_together_are_not_found(cast, look):
    cast.writes(cast.chen, text="清关文件被退回", subject="关税")
    assert look("清退") == []


def test_a_number_finds_its_ticket_first(cast, look):
    one = cast.writes(cast.carla)
    cast.writes(cast.chen, text=f"Same as #{one.number}?")
    assert look(f"#{one.number}")[0] == one


def test_nobody_finds_what_they_may_not_see(cast, look):
    cast.writes(cast.chen, text="secret sauce")
    assert look("secret", person=cast.tomasz) == []


def test_a_word_taken_back_is_not_found(cast, look):
    ticket = cast.writes(cast.carla)
    message = actions.reply(ticket, by=cast.ada, text="unspeakable", now=cast.now)
    assert look("unspeakable") == [ticket]
    actions.take_back(message, by=cast.ada, now=cast.now)
    assert look("unspeakable") == []


@pytest.mark.parametrize("words", ['"', "'; DROP TABLE x; --", "a OR b*", "NEAR(", "\\", "&|!", "  "])
def test_signs_are_no_commands(cast, look, words):
    cast.writes(cast.carla)
    assert isinstance(look(words), list)


def test_a_failing_follower_holds_up_no_other(cast, look, monkeypatch):
    ticket = cast.writes(cast.carla, text="aduana")
    monkeypatch.setitem(SINGLE, "tests.breaks", lambda event: 1 / 0)
    event = Event.objects.first()
    broken = Delivery.objects.create(event=event, follower="tests.breaks", due_at=cast.now)
    Delivery.objects.create(event=event, follower="a.room.taken.out", due_at=cast.now)
    assert look("aduana") == [ticket]
    assert [d.pk for d in Delivery.objects.all()] == [broken.pk]


def test_full_width_letters_are_the_same_letters():
    assert fold("ＰＬ－８８ Ñandú") == "pl-88 nandu"
    assert asked("中") == [("中", True)]
