"""Incidents and broadcasts through the desk's pages, as those who use them see them."""

import re
from datetime import timedelta

import pytest

from ombud.features.broadcasts import actions
from ombud.features.broadcasts.models import Affected, Broadcast, Incident, Recipient
from ombud.foundation.events.tray import work_tray
from ombud.foundation.post import actions as post
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.tests.servers import MailServer
from ombud.spine.tickets.models import Ticket

AT = "/escalations/incidents/I-101/"
TOLD = f"{AT}broadcasts/1/"
WORDS = {
    "en": ("Labels to the Canary Islands", "Hello {first_name},\n\nwe know the cause. Your number: {number}"),
    "es": ("Etiquetas a Canarias", "Hola, {first_name}:\n\nsabemos la causa. Su número: {number}"),
}


@pytest.fixture
def mail(cast):
    """A mail server of the customers' side."""
    server = MailServer()
    post.keep_mailbox(
        mailbox=cast.mailbox,
        address=cast.mailbox.address,
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        smtp_security="none",
        by=None,
        now=cast.now,
    )
    yield server
    server.stop()


@pytest.fixture
def incident(cast, now_is):
    """An outage that Emil wrote down, with a brief."""
    return actions.open_incident(
        "outage",
        "Customs code missing on labels",
        scope="Labels of release 4.1",
        do_say="A corrected label is printed by itself.",
        do_not_say="Whose mistake it was.",
        answers="When is it fixed?\nToday, by 18:00.",
        by=cast.emil,
        now=cast.now,
    )


def work(cast):
    """Everything that waits, until nothing does."""
    while work_tray(cast.now):
        pass
    for _again in range(200):
        if not (actions.find_due(cast.now) + actions.work_broadcasts(cast.now) + send_due(cast.now)):
            broadcasts = Broadcast.objects.filter(due_at__isnull=False)
            if not broadcasts.exists():
                return
            cast.later(seconds=1)
    raise AssertionError("it never ends")


def written(cast, desk, languages=("en", "es")):
    """Emil begins a broadcast and writes it; nobody has approved it."""
    emil = desk(cast.emil)
    emil.post(f"{AT}broadcasts/begin/", purpose="update")
    for language in languages:
        subject, text = WORDS[language]
        emil.post(f"{TOLD}write/", language=language, subject=subject, text=text)


def approved(cast, desk, by=None):
    """Noor reads the page and approves each version on it."""
    person = desk(by or cast.noor)
    for to, read in re.findall(
        r'action="([^"]+/approve/\d+/)".*?name="read" value="([^"]+)"', person.get(TOLD), re.DOTALL
    ):
        person.post(to, read=read.replace("&#43;", "+"))


def sent(cast, desk):
    """Listed and sent by Emil, and carried out of the house."""
    emil = desk(cast.emil)
    emil.post(f"{TOLD}list/")
    work(cast)
    emil.post(f"{TOLD}send/")
    work(cast)


@pytest.mark.mission("M39")
def test_who_is_affected_is_found_and_listed_with_the_reason_for_each(cast, desk, incident):
    tagged = cast.writes(cast.carla, tags=["customs"])
    said = cast.writes(cast.chen, subject="Labels", text="Since version 4.1 no label prints.")
    other = cast.writes(cast.mallory, subject="Other", text="We still have 4.12 and 3.4.1 here.")
    picked = cast.writes(cast.rui, subject="By hand")
    while work_tray(cast.now):
        pass
    emil = desk(cast.emil)
    emil.post(f"{AT}find/", reason="tag", words="customs", since="")
    emil.post(f"{AT}find/", reason="version", words="4.1", since="30")
    emil.post(f"{AT}find/", reason="hand", words=f"#{picked.number}")
    work(cast)
    page = emil.get(AT)
    for ticket, reason in ((tagged, "Tag"), (said, "Version"), (picked, "Picked by hand")):
        row = page[page.index(f"/tickets/{ticket.number}/") :]
        assert reason in row[: row.index("</tr>")]
    assert "“customs”" in page and "“4.1”" in page
    assert f"#{other.number}" not in page, "4.12 and 3.4.1 are other versions"
    row = Affected.objects.get(ticket=tagged)
    assert "Say why" in emil.ask(f"{AT}affected/{row.pk}/exclude/", 422, why="")["error"]
    emil.post(f"{AT}affected/{row.pk}/exclude/", why="Emil writes to her himself")
    assert "Emil writes to her himself" in emil.get(AT, out=1)
    assert "Labels of release 4.1" in emil.get(f"/tickets/{tagged.number}/"), (
        "who is not told is affected still"
    )
    emil.get(AT, reason="version")


@pytest.mark.mission("M40", "P7")
def test_each_is_told_in_their_own_thread_and_language_and_the_answer_comes_back_there(
    cast, desk, incident, mail
):
    hers, his = cast.writes(cast.carla), cast.writes(cast.mallory, subject="Labels")
    desk(cast.emil).post(f"{AT}find/", reason="hand", words=f"{hers.number} {his.number}")
    written(cast, desk)
    approved(cast, desk)
    sent(cast, desk)
    by_whom = {one.recipients[0]: one.message for one in mail.letters}
    assert f"Su número: #{hers.number}" in by_whom[cast.carla.email].get_body(("plain",)).get_content()
    assert "Hello Mallory," in by_whom[cast.mallory.email].get_body(("plain",)).get_content()
    assert f"t{hers.number}." in by_whom[cast.carla.email]["Reply-To"]
    assert f"t{his.number}." in by_whom[cast.mallory.email]["Reply-To"]
    page = desk(cast.emil).get(TOLD, show="recipients")
    assert page.count("Sent") >= 2
    assert ">2<" in desk(cast.emil).get(TOLD)


@pytest.mark.mission("M40")
def test_a_second_broadcast_of_the_same_news_tells_only_those_who_have_not_heard(cast, desk, incident, mail):
    hers = cast.writes(cast.carla)
    emil = desk(cast.emil)
    emil.post(f"{AT}find/", reason="hand", words=str(hers.number))
    written(cast, desk)
    approved(cast, desk)
    sent(cast, desk)
    his = cast.writes(cast.mallory)
    emil.post(f"{AT}find/", reason="hand", words=str(his.number))
    emil.post(f"{AT}broadcasts/begin/", purpose="update", same_as="1")
    for wording in Broadcast.objects.get(number=2).wordings.all():
        actions.approve(wording, by=cast.noor, now=cast.now)
    emil.post(f"{AT}broadcasts/2/list/")
    work(cast)
    emil.post(f"{AT}broadcasts/2/send/")
    work(cast)
    assert sorted(one.recipients[0] for one in mail.letters) == [cast.carla.email, cast.mallory.email]
    assert "Has this news by another broadcast" in emil.get(f"{AT}broadcasts/2/", show="recipients")


@pytest.mark.mission("M41", "P7")
def test_agents_read_the_brief_on_every_affected_ticket_and_customers_never(cast, desk, incident, mail):
    hers, other = cast.writes(cast.carla), cast.writes(cast.mallory)
    desk(cast.emil).post(f"{AT}find/", reason="hand", words=str(hers.number))
    page = desk(cast.ada).get(f"/tickets/{hers.number}/")
    for words in ("Labels of release 4.1", "A corrected label", "Whose mistake it was", "When is it fixed?"):
        assert words in page
    assert "Labels of release 4.1" not in desk(cast.ada).get(f"/tickets/{other.number}/")
    written(cast, desk)
    approved(cast, desk)
    sent(cast, desk)
    assert "told" in desk(cast.ada).get(f"/tickets/{hers.number}/")
    for inside in (b"Labels of release 4.1", b"Whose mistake", b"I-101", b"Customs code missing"):
        assert all(inside not in one.raw for one in mail.letters)


@pytest.mark.mission("M42", "P7")
def test_nothing_leaves_before_somebody_else_approved_it(cast, desk, incident, mail):
    hers = cast.writes(cast.carla)
    emil = desk(cast.emil)
    emil.post(f"{AT}find/", reason="hand", words=str(hers.number))
    written(cast, desk)
    emil.post(f"{TOLD}list/")
    work(cast)
    assert "is not approved yet" in emil.ask(f"{TOLD}send/", 422)["error"]
    own = Broadcast.objects.get().wordings.first()
    read = own.written_at.isoformat()
    assert "somebody else approves" in emil.ask(f"{TOLD}approve/{own.pk}/", 422, read=read)["error"]
    desk(cast.ada).ask(f"{TOLD}approve/{own.pk}/", 403, read=read)
    assert "Read it again" in desk(cast.noor).ask(f"{TOLD}approve/{own.pk}/", 422, read="yesterday")["error"]
    approved(cast, desk)
    assert "Approved by Noor van Dijk" in emil.get(TOLD)
    desk(cast.ada).ask(f"{TOLD}send/", 403)
    assert mail.letters == []
    emil.post(f"{TOLD}send/")
    work(cast)
    assert len(mail.letters) == 1


@pytest.mark.mission("M42")
def test_other_words_are_a_new_version_and_say_who_has_the_old_text(cast, desk, incident, mail):
    hers = cast.writes(cast.carla)
    emil = desk(cast.emil)
    emil.post(f"{AT}find/", reason="hand", words=str(hers.number))
    written(cast, desk)
    approved(cast, desk)
    sent(cast, desk)
    emil.post(f"{TOLD}write/", language="es", subject="Etiquetas", text="Hola: corregido a las 18:00.")
    page = emil.get(TOLD)
    assert "version 2" in page and "Not approved yet" in page
    assert "1 customer has an older text in Spanish." in page
    emil.post(f"{AT}broadcasts/begin/", purpose="update", corrects="1")
    page = emil.get(f"{AT}broadcasts/2/")
    assert "corregido a las 18:00" in page and "Corrects" in page


@pytest.mark.mission("M42")
def test_a_preview_shows_each_one_their_letter_and_says_when_another_language_is_used(cast, desk, incident):
    numbers = [cast.writes(cast.carla).number, cast.writes(cast.chen).number]
    emil = desk(cast.emil)
    emil.post(f"{AT}find/", reason="hand", words=" ".join(map(str, numbers)))
    written(cast, desk)
    emil.post(f"{TOLD}list/")
    work(cast)
    hers = Recipient.objects.get(customer=cast.carla)
    page = emil.get(TOLD, show="preview", at=hers.pk)
    assert "Hola, Carla:" in page and f"#{numbers[0]}" in page
    assert "they cannot leave" in page
    page = emil.get(TOLD, show="preview", at=Recipient.objects.get(customer=cast.chen).pk)
    assert "They read Simplified Chinese" in page and "they get it in English" in page


@pytest.mark.mission("M7", "P7")
def test_who_reported_a_defect_hears_that_the_fix_has_shipped(cast, desk, now_is, mail):
    team = cast.team("Carriers", cast.jun)
    first, second = cast.writes(cast.carla), cast.writes(cast.mallory)
    ada = desk(cast.ada)
    ada.post(
        "/escalations/incidents/new/",
        kind="defect",
        title="Blank pages",
        reference="ENG-477",
        team=team.pk,
        ticket=first.number,
    )
    assert Incident.objects.get().reference == "ENG-477"
    defect = Incident.objects.get()
    assert "Reports this defect" in ada.get(f"/tickets/{second.number}/")
    ada.post(f"/escalations/incidents/report/{second.number}/", incident=defect.pk)
    assert ada.get(AT).count("Reported it") >= 2
    assert "logged this with your team" in desk(cast.jun).get("/notices/")
    emil = desk(cast.emil)
    emil.post(f"{AT}fix/", version="4.1.2")
    emil.post(f"{AT}broadcasts/begin/", purpose="fixed")
    emil.post(f"{TOLD}write/", language="en", subject="Fixed", text="Hello {first_name}, 4.1.2 has shipped.")
    approved(cast, desk)
    sent(cast, desk)
    assert sorted(one.recipients[0] for one in mail.letters) == [cast.carla.email, cast.mallory.email]
    assert "Fixed in 4.1.2" in ada.get(f"/tickets/{second.number}/")


def test_who_sees_no_ticket_of_it_sees_no_incident(cast, desk, incident):
    cast.writes(cast.carla)
    desk(cast.sofia).get(AT, 404)
    desk(cast.sofia).get(TOLD, 404)
    desk(cast.sofia).post(f"{AT}find/", 404, reason="hand", words="1001")


def test_a_sleeping_page_and_an_empty_one_open(cast, desk, now_is):
    page = desk(cast.greta).get("/escalations/incidents/")
    assert "Nothing is written down" in page
    desk(cast.greta).post("/escalations/incidents/rule/", per_minute="0")
    assert Broadcast.objects.count() == 0
    assert desk(cast.greta).ask("/escalations/incidents/rule/", 422, per_minute="x")["error"]


def test_stopped_by_hand_it_goes_on_where_it_was(cast, desk, incident, mail):
    people = [cast.carla, cast.chen, cast.mallory]
    numbers = " ".join(str(cast.writes(one).number) for one in people)
    emil = desk(cast.emil)
    emil.post(f"{AT}find/", reason="hand", words=numbers)
    written(cast, desk)
    approved(cast, desk)
    Broadcast.objects.update(per_minute=12)  # one letter at a time
    emil.post(f"{TOLD}list/")
    work(cast)
    emil.post(f"{TOLD}send/")
    actions.work_broadcasts(cast.now)
    desk(cast.ada).post(f"{TOLD}stop/")
    send_due(cast.now)
    actions.work_broadcasts(cast.now + timedelta(hours=1))
    assert len(mail.letters) == 1
    assert "Go on" in emil.get(TOLD)
    emil.post(f"{TOLD}send/")
    work(cast)
    assert len(mail.letters) == 3
    assert Ticket.objects.count() == 3
