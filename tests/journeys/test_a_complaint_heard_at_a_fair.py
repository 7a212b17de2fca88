"""A sponsor hears a complaint at a fair; it is noted, answered, answered again, merged and resolved."""

import pytest
from django.test import Client

from ombud.foundation.post.models import Letter
from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.said import Said

pytestmark = pytest.mark.django_db


@pytest.mark.mission("M2", "M3")
def test_a_complaint_heard_at_a_fair(cast):
    sofia, ada, lin = (cast.signed_in(Client(), who) for who in (cast.sofia, cast.ada, cast.lin))
    heard = {"customer": cast.carla.pk, "subject": "Etiquetas", "words": "Nadie llamó.", "channel": "person"}
    where = {"heard_by": cast.sofia.pk, "heard_where": "Feria de Lyon", "severity": "high", "urgency": "high"}
    page = sofia.post("/log/", heard | where).headers["Location"]
    number = int(page.strip("/").split("/")[-1])

    assert f'id="row-{number}"' in ada.get("/inbox/nobody/").content.decode()
    ada.post(f"{page}change/assign/", {"assignee": "me"})
    ada.post(f"{page}note/send/", {"words": "@林晓雯 ¿lo reproduces?", "mentioned": cast.lin.pk})
    assert "Ada Lindqvist mentioned you" in lin.get("/notices/").content.decode()
    lin.post(f"{page}note/send/", {"words": "Sí, desde la 4.18."})
    ada.post(f"{page}reply/send/", {"words": "Sofia nos lo contó; ya lo tenemos.", "to": cast.carla.email})
    assert Letter.objects.get().to[0][1] == cast.carla.email

    ticket = queries.by_number(cast.ada, number)
    thanks = Said(text="Gracias, espero.", from_address=cast.carla.email, happened_at=cast.later(hours=1))
    actions.receive(ticket, thanks, customer=cast.carla, channel="email", now=cast.now)
    again = cast.writes(cast.carla, text="Otra vez lo mismo.")
    ada.post(f"/tickets/{again.number}/merge/", {"other": number})
    seen = ada.get(page).content.decode()
    for words in ("Feria de Lyon", "Sí, desde la 4.18.", "Gracias, espero.", "Otra vez lo mismo."):
        assert words in seen
    ada.post(f"{page}reply/send/", {"words": "Resuelto en la 4.19.", "status": "resolved"})
    assert f'id="row-{number}"' in ada.get("/inbox/done/").content.decode()
    assert "Every ticket has been touched" in ada.get("/inbox/all/").content.decode()
