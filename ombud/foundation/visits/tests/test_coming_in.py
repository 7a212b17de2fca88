"""Customers come in by a link that works once, or by a password that can be guessed only a few times."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ombud.foundation.events.models import Event
from ombud.foundation.people import actions as people
from ombud.foundation.people.branding import default_brand
from ombud.foundation.post.models import Letter
from ombud.foundation.visits import actions as visits
from ombud.foundation.visits import forgetting
from ombud.foundation.visits.models import Visit, WayIn
from ombud.foundation.visits.queries import GRACE, LASTS, TURNS, visit_by_secret

WORDS = "barcos-y-etiquetas"


@pytest.fixture
def asks(cast):
    """A customer asks for a link; what stood in it."""

    def asks(address="carla@acme-outdoor.example"):
        kept = []

        def link_of(secret):
            kept.append(secret)
            return f"https://desk.test/my/in/{secret}"

        visits.send_way_in(
            address, brand=default_brand(), mailbox=cast.mailbox, link_of=link_of, now=cast.now
        )
        return kept[-1] if kept else None

    cast.carla, cast.mallory  # noqa: B018  (made when asked for)
    return asks


def test_a_link_lets_in_once(cast, asks):
    secret = asks()
    _visit, key = visits.enter_by_link(secret, now=cast.now)
    assert visit_by_secret(key, cast.now).customer == cast.carla
    assert visits.enter_by_link(secret, now=cast.now) is None


def test_a_link_is_out_of_date_after_a_quarter_of_an_hour(cast, asks):
    secret = asks()
    assert visits.enter_by_link(secret, now=cast.later(minutes=16)) is None


def test_the_link_goes_to_the_address_and_no_secret_is_stored(cast, asks):
    secret = asks()
    letter = Letter.objects.get()
    assert letter.to == [["Carla Benítez", "carla@acme-outdoor.example"]]
    assert secret in letter.text
    assert not WayIn.objects.filter(hash=secret).exists()
    assert secret not in str(list(Event.objects.values_list("data", flat=True)))


def test_an_unknown_address_gets_nothing_and_nobody_is_told(cast, asks):
    assert asks("nobody@nowhere.example") is None
    assert not Letter.objects.exists()


def test_a_blocked_customer_neither_comes_in_nor_stays(cast, asks):
    secret = asks()
    _visit, key = visits.enter_by_link(asks(), now=cast.now)
    people.block(cast.carla, by=cast.greta, now=cast.now)
    assert visits.enter_by_link(secret, now=cast.now) is None
    assert visit_by_secret(key, cast.now) is None
    assert asks() is None


def test_nobody_is_flooded_with_links(cast, asks):
    for _time in range(9):
        asks()
    assert Letter.objects.count() == visits.MOST_LINKS


def test_a_password_lets_in_and_a_wrong_one_does_not(cast):
    visits.set_password(cast.carla, WORDS, now=cast.now)
    assert visits.enter_by_password("Carla@acme-outdoor.example ", WORDS, now=cast.now)
    assert visits.enter_by_password(cast.carla.email, "wrong", now=cast.now) is None
    assert visits.enter_by_password("nobody@nowhere.example", WORDS, now=cast.now) is None
    with pytest.raises(ValidationError):
        visits.set_password(cast.carla, "password", now=cast.now)


def test_after_too_many_wrong_passwords_even_the_right_one_waits_but_a_link_helps(cast, asks):
    visits.set_password(cast.carla, WORDS, now=cast.now)
    for _time in range(visits.MOST_WRONG):
        visits.enter_by_password(cast.carla.email, "wrong", now=cast.now)
    assert visits.enter_by_password(cast.carla.email, WORDS, now=cast.now) is None
    assert Event.objects.filter(verb="customer.locked").exists()
    assert visits.enter_by_link(asks(), now=cast.now)
    assert visits.enter_by_password(cast.carla.email, WORDS, now=cast.now)


def test_a_new_password_ends_every_other_visit(cast):
    visits.set_password(cast.carla, WORDS, now=cast.now)
    here, key = visits.enter_by_password(cast.carla.email, WORDS, now=cast.now)
    _there, other = visits.enter_by_password(cast.carla.email, WORDS, now=cast.now)
    visits.set_password(cast.carla, WORDS + "2", keep=here, now=cast.now)
    assert visit_by_secret(key, cast.now)
    assert visit_by_secret(other, cast.now) is None


def test_the_secret_of_a_visit_turns_every_day_and_the_old_one_ends(cast, asks):
    _visit, old = visits.enter_by_link(asks(), now=cast.now)
    now = cast.later(seconds=TURNS.total_seconds())
    new = visits.turn(visit_by_secret(old, now), now=now)
    assert visits.turn(visit_by_secret(old, now), now=now) is None
    assert visit_by_secret(new, now)
    assert visit_by_secret(old, now)
    assert visit_by_secret(old, now + GRACE) is None


def test_whoever_does_not_come_by_for_thirty_days_is_out_and_forgotten(cast, asks):
    _visit, key = visits.enter_by_link(asks(), now=cast.now)
    assert visit_by_secret(key, cast.now + LASTS) is None
    forgetting._last_look.clear()
    assert forgetting.forget_old(cast.now + LASTS + timedelta(days=8)) == 2
    assert not Visit.objects.exists()


def test_signing_out_everywhere_ends_visits_and_links(cast, asks):
    _visit, key = visits.enter_by_link(asks(), now=cast.now)
    secret = asks()
    visits.leave_everywhere(cast.carla, now=cast.now)
    assert visit_by_secret(key, cast.now) is None
    assert visits.enter_by_link(secret, now=cast.now) is None
