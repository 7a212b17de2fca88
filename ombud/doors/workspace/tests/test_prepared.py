"""A question whose SQL was made once answers as if it were asked anew."""

from ombud.lib.prepared import Among, Prepared, Slot
from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Message, Ticket

SAID = Prepared(
    lambda: Message.objects.filter(ticket=Slot("ticket")).select_related("by_customer").order_by("id")
)
SUBJECTS = Prepared(
    lambda: Ticket.objects.filter(pk__in=Among("tickets")).order_by("pk").values_list("pk", "created_at")
)


def test_it_answers_for_each_value_and_sees_what_came_since(cast):
    one, other = cast.writes(cast.carla), cast.writes(cast.chen)
    assert [said.by_customer for said in SAID(ticket=one.pk)] == [cast.carla]
    assert [said.by_customer for said in SAID(ticket=other.pk)] == [cast.chen]
    first, again = SAID(ticket=one.pk), SAID(ticket=other.pk)
    assert ({m.ticket_id for m in first}, {m.ticket_id for m in again}) == ({one.pk}, {other.pk})
    actions.note(one, by=cast.ada, text="Hm.", now=cast.now)
    assert [said.kind for said in SAID(ticket=one.pk)] == ["received", "note"]
    assert list(SAID(ticket=0)) == []


def test_ids_may_be_many_one_or_none(cast):
    one, other = cast.writes(cast.carla), cast.writes(cast.chen)
    assert list(SUBJECTS(tickets=[one.pk, other.pk])) == [
        (one.pk, one.created_at),
        (other.pk, other.created_at),
    ]
    assert [pk for pk, _at in SUBJECTS(tickets={other.pk})] == [other.pk]
    assert list(SUBJECTS(tickets=[])) == []
