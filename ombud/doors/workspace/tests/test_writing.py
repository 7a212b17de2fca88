"""Replying, noting, forwarding; drafts; what crosses; what is taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ombud.doors.workspace import presence
from ombud.foundation.post.models import Letter
from ombud.spine.tickets import actions
from ombud.spine.tickets.models import Draft, Message, QuickReply
from ombud.spine.tickets.said import Said

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast):
    return cast.writes(cast.carla)


def newest(ticket):
    return ticket.messages.order_by("-id").first()


def test_a_reply_leaves_to_the_customer_and_waits_for_them(cast, desk, ticket):
    ada = desk(cast.ada)
    ada.post(
        f"/tickets/{ticket.number}/reply/send/", words="Lo miro.", to="Carla <carla@acme-outdoor.example>"
    )
    page = ada.get(f"/tickets/{ticket.number}/")
    assert "Lo miro." in page and "Leaving…" in page and "Waiting for customer" in page
    assert Letter.objects.get().to == [["Carla", "carla@acme-outdoor.example"]]


def test_what_was_written_is_harmless(cast, desk, ticket):
    html = "<div>Hola<script>alert(1)</script><img src=x onerror=alert(1)></div>"
    ada = desk(cast.ada)
    ada.post(f"/tickets/{ticket.number}/note/send/", words="Hola", words_html=html)
    page = ada.get(f"/tickets/{ticket.number}/")
    assert "alert(1)" not in page and "onerror" not in page


def test_send_and_resolve(cast, desk, ticket):
    desk(cast.ada).post(f"/tickets/{ticket.number}/reply/send/", words="Resuelto.", status="resolved")
    ticket.refresh_from_db()
    assert ticket.status == "resolved"


def test_a_reply_keeps_those_in_cc(cast, desk):
    said = Said(
        text="Hola",
        subject="Con copia",
        from_address=cast.carla.email,
        to=[["", "support@desk.test"]],
        cc=[["Rui Cabrera", "rui@acme-outdoor.example"]],
        happened_at=cast.now,
    )
    ticket = actions.open_ticket(
        said, customer=cast.carla, channel="email", mailbox=cast.mailbox, now=cast.now
    )
    page = desk(cast.ada).get(f"/tickets/{ticket.number}/")
    assert 'name="cc" value="Rui Cabrera &lt;rui@acme-outdoor.example&gt;"' in page


def test_nothing_is_sent_when_nothing_is_written(cast, desk, ticket):
    said = desk(cast.ada).ask(f"/tickets/{ticket.number}/reply/send/", expect=422, words="  ")
    assert "nothing to send" in said["error"]


def test_a_wrong_address_is_named(cast, desk, ticket):
    said = desk(cast.ada).ask(
        f"/tickets/{ticket.number}/reply/send/", expect=422, words="Hola", to="nobody at all"
    )
    assert "nobody at all" in said["error"]
    assert not Letter.objects.exists()


def test_a_reply_is_taken_back_in_time_and_is_a_draft_again(cast, desk, ticket):
    ada = desk(cast.ada)
    said = ada.ask(f"/tickets/{ticket.number}/reply/send/", words="Demasiado pronto.")
    ada.ask(said["undo"])
    page = ada.get(f"/tickets/{ticket.number}/")
    assert "Demasiado pronto." in page and "Leaving…" not in page
    assert Draft.objects.get().by == cast.ada


def test_what_came_while_one_wrote_is_shown_before_sending(cast, desk, ticket):
    seen = newest(ticket).pk
    said = Said(text="¡Otros 38!", from_address=cast.carla.email, happened_at=cast.now)
    actions.receive(ticket, said, customer=cast.carla, channel="email", now=cast.later(minutes=1))
    ada, path = desk(cast.ada), f"/tickets/{ticket.number}/reply/send/"
    answer = ada.ask(path, expect=409, words="Ya son 374.", seen=seen)
    assert "¡Otros 38!" in answer["ask"]
    assert not Letter.objects.exists()
    page = ada.post(path, expect=409, words="Ya son 374.", seen=seen).content.decode()
    assert "¡Otros 38!" in page and "Send anyway" in page
    ada.post(path, words="Ya son 374.", seen=seen, anyway="1")
    assert Letter.objects.count() == 1


def test_another_writer_is_named_before_sending(cast, desk, ticket):
    presence.be_here(ticket, cast.emil, "writing", now=timezone.now())
    ada = desk(cast.ada)
    assert "Emil Okafor" in ada.get(f"/tickets/{ticket.number}/")
    answer = ada.ask(f"/tickets/{ticket.number}/reply/send/", expect=409, words="Hola.")
    assert "Emil Okafor" in answer["ask"]


def test_a_draft_survives_a_reload_a_new_holder_and_a_merge(cast, desk, ticket):
    ada = desk(cast.ada)
    ada.ask(f"/tickets/{ticket.number}/reply/draft/", words="A medias", words_html="<div>A medias</div>")
    assert "A medias" in ada.get(f"/tickets/{ticket.number}/")
    actions.assign(ticket, cast.emil, by=cast.ines, now=cast.now)
    page = desk(cast.emil).get(f"/tickets/{ticket.number}/")
    assert "Ada Lindqvist left a draft here" in page and "A medias" in page
    other = cast.writes(cast.carla)
    actions.merge(ticket, other, by=cast.emil, now=cast.now)
    assert "A medias" in ada.get(f"/inbox/all/{other.number}/")


def test_a_file_is_enclosed_with_the_draft_and_leaves_with_the_reply(cast, desk, ticket):
    ada = desk(cast.ada)
    file = SimpleUploadedFile("rechazos.csv", b"a;b\n1;2\n", "text/csv")
    told = ada.ask(f"/tickets/{ticket.number}/reply/files/", file=file)
    assert "rechazos.csv" in ada.get(f"/tickets/{ticket.number}/")
    ada.post(f"/tickets/{ticket.number}/reply/send/", words="Aquí está.", attached=told["id"])
    assert newest(ticket).attachments.get().name == "rechazos.csv"
    assert [a["name"] for a in Letter.objects.get().attachments] == ["rechazos.csv"]


def test_a_file_that_was_taken_off_does_not_leave(cast, desk, ticket):
    ada = desk(cast.ada)
    file = SimpleUploadedFile("wrong.txt", b"x", "text/plain")
    ada.ask(f"/tickets/{ticket.number}/reply/files/", file=file)
    ada.post(f"/tickets/{ticket.number}/reply/send/", words="Sin archivo.")
    assert Letter.objects.get().attachments == []


def test_without_a_script_files_come_with_the_form(cast, desk, ticket):
    file = SimpleUploadedFile("foto.png", b"\x89PNG", "image/png")
    desk(cast.ada).post(f"/tickets/{ticket.number}/reply/send/", words="Mire.", files=file)
    assert newest(ticket).attachments.get().name == "foto.png"


def test_somebody_elses_file_cannot_be_enclosed(cast, desk, ticket):
    other = cast.writes(cast.chen)
    told = desk(cast.lin).ask(
        f"/tickets/{other.number}/reply/files/", file=SimpleUploadedFile("s.txt", b"secret", "text/plain")
    )
    desk(cast.ada).post(f"/tickets/{ticket.number}/reply/send/", words="Hola.", attached=told["id"])
    assert not newest(ticket).attachments.exists()


@pytest.mark.mission("M44")
def test_a_note_tells_whom_it_calls_and_no_customer_sees_it(cast, desk, ticket):
    said = desk(cast.ada).ask(
        f"/tickets/{ticket.number}/note/send/", words="@Jun Watanabe please look", mentioned=cast.jun.pk
    )
    assert "Jun Watanabe could not see this ticket before" in said["words"]
    assert "Ada Lindqvist mentioned you" in desk(cast.jun).get("/notices/")
    desk(cast.jun).get(f"/tickets/{ticket.number}/")
    assert "never sent to Acme Outdoor" in desk(cast.ada).get(f"/tickets/{ticket.number}/")
    assert not Letter.objects.exists()


def test_a_person_whose_name_was_deleted_again_is_not_called(cast, desk, ticket):
    desk(cast.ada).post(f"/tickets/{ticket.number}/note/send/", words="Nobody.", mentioned=cast.jun.pk)
    assert "mentioned you" not in desk(cast.jun).get("/notices/")


def test_a_forward_goes_to_a_third_party_and_is_inside(cast, desk, ticket):
    desk(cast.ada).post(
        f"/tickets/{ticket.number}/forward/send/", words="Could you check?", to="carrier@post.example"
    )
    message = newest(ticket)
    assert message.kind == Message.Kind.FORWARD
    assert "Forwarded · never sent to Acme Outdoor" in desk(cast.ada).get(f"/tickets/{ticket.number}/")


def test_the_preview_is_the_letter_with_its_signature(cast, desk, ticket):
    ada = desk(cast.ada)
    page = ada.post(
        f"/tickets/{ticket.number}/reply/preview/",
        expect=200,
        words="Hola",
        words_html="<div>Hola <strong>Carla</strong></div>",
        to="carla@acme-outdoor.example",
    ).content.decode()
    assert "Re: Etiquetas" in page and "support@desk.test" in page
    letter = ada.get(f"/tickets/{ticket.number}/reply/letter/")
    assert "<strong>Carla</strong>" in letter and "Ada Lindqvist" in letter


@pytest.mark.mission("M103")
def test_a_quick_reply_is_filled_in_and_the_tickets_language_comes_first(cast, desk, ticket):
    QuickReply.objects.create(name="Got it", html="<div>Dear {first_name}, {number}</div>", language="en")
    QuickReply.objects.create(
        name="Recibido", html="<div>Hola {first_name}: {number} {nonsense}</div>", language="es"
    )
    QuickReply.objects.create(name="Of Lin", html="<div>x</div>", owner=cast.lin)
    client = desk(cast.ada).client
    items = client.get(f"/tickets/{ticket.number}/quick-replies/").json()["items"]
    assert [item["label"] for item in items] == ["Recibido", "Got it"]
    assert items[0]["html"] == f"<div>Hola Carla: #{ticket.number} {{nonsense}}</div>"


def test_a_mail_that_could_not_be_delivered_is_shown_and_tried_again(cast, desk, ticket):
    message = actions.reply(ticket, by=cast.ada, text="Hola.", now=cast.now)
    Letter.objects.filter(pk=message.letter_id).update(state="dead", due_at=None, error="550 No such user")
    Message.objects.filter(pk=message.pk).update(delivery="failed")
    ada = desk(cast.ada)
    page = ada.get(f"/tickets/{ticket.number}/")
    assert "Could not be delivered." in page and "550 No such user" in page
    ada.post(f"/messages/{message.pk}/retry/")
    assert Letter.objects.get(pk=message.letter_id).state == "waiting"


@pytest.mark.parametrize("kind", ["reply", "forward"])
def test_who_may_not_answer_cannot(cast, desk, kind):
    ticket = cast.writes(cast.carla)
    tomasz = desk(cast.tomasz)
    page = tomasz.get(f"/tickets/{ticket.number}/")
    assert "Add note" in page and ">Send<" not in page
    tomasz.ask(f"/tickets/{ticket.number}/{kind}/send/", expect=403, words="Hola", to="a@b.example")
    tomasz.post(f"/tickets/{ticket.number}/note/send/", words="They called me.")
    assert not Letter.objects.exists()
