"""What a person has not read on the desk reaches them by mail, once, if they wish it."""

from datetime import timedelta

import pytest

from ombud.foundation.notice_mail.actions import mail_due
from ombud.foundation.notifications.actions import choose_ways, mark_read, tell
from ombud.foundation.notifications.models import Notice
from ombud.foundation.notifications.queries import unread
from ombud.foundation.people.actions import change_person, plan_absence
from ombud.foundation.post.delivery import send_due
from ombud.foundation.post.models import Letter

MINUTE = timedelta(seconds=60)


def mails(sink, now):
    """What has arrived once everything that is due by now was done."""
    while mail_due(now):
        pass
    while send_due(now):
        pass
    return sink.letters


def test_a_kind_that_comes_by_mail_arrives_with_its_words_and_its_link(desk, kinds, smtp_sink, ada, now):
    kinds("burns", by_mail=True, urgent=True, about=lambda notice: "#1001 Etiquetas")
    tell([ada], "burns", case=None, key="burns:1", now=now)
    [letter] = mails(smtp_sink, now)
    notice = Notice.objects.get()
    assert letter.recipients == ["ada@parcelline.example"]
    assert letter.message["From"] == "Parcelline <support@desk.test>"
    assert letter.message["Subject"] == "Ombud says that it burns · #1001 Etiquetas"
    assert letter.message["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        body = letter.message.get_body([kind]).get_content()
        assert f"https://support.parcelline.example/told/{notice.pk}" in body
        assert "https://support.parcelline.example/settings/notices" in body


def test_it_goes_out_once_however_often_it_is_told_and_looked_for(desk, kinds, smtp_sink, ada, now):
    kinds("burns", by_mail=True, urgent=True)
    for _again in range(3):
        tell([ada], "burns", case=None, key="burns:1", now=now)
        mails(smtp_sink, now)
    Notice.objects.update(mail_at=now)  # as if we had been killed before the row was cleared
    assert len(mails(smtp_sink, now)) == 1
    assert Letter.objects.count() == 1


def test_what_is_not_urgent_waits_a_minute_for_its_reader(desk, kinds, smtp_sink, ada, now):
    kinds("waits", by_mail=True)
    tell([ada], "waits", case=None, key="waits:1", now=now)
    assert mails(smtp_sink, now + MINUTE - timedelta(seconds=1)) == []
    assert len(mails(smtp_sink, now + MINUTE)) == 1


def test_what_was_read_meanwhile_is_not_mailed(desk, kinds, smtp_sink, ada, now):
    kinds("waits", by_mail=True)
    tell([ada], "waits", case=None, key="waits:1", now=now)
    mark_read(ada, now=now + timedelta(seconds=20))
    assert mails(smtp_sink, now + MINUTE) == []


def test_who_left_gets_none(desk, kinds, smtp_sink, ada, now):
    kinds("waits", by_mail=True)
    tell([ada], "waits", case=None, key="waits:1", now=now)
    change_person(ada, is_active=False, by=None, now=now)
    assert mails(smtp_sink, now + MINUTE) == []


@pytest.mark.parametrize(("while_away", "expected"), [(False, 0), (True, 1)])
def test_who_is_away_gets_what_they_chose(desk, kinds, smtp_sink, ada, now, while_away, expected):
    kinds("burns", by_mail=True, urgent=True)
    choose_ways(ada, by_mail={"burns"}, while_away=while_away, by=ada, now=now)
    plan_absence(ada, starts_at=now, ends_at=now + timedelta(days=3), by=None, now=now)
    tell([ada], "burns", case=None, key="burns:1", now=now)
    assert len(mails(smtp_sink, now)) == expected
    assert unread(ada).count() == 1


def test_each_person_chooses_against_the_default(desk, kinds, smtp_sink, ada, lin, now):
    kinds("loud", by_mail=True, urgent=True)
    kinds("quiet", urgent=True)
    choose_ways(ada, by_mail={"quiet"}, while_away=False, by=ada, now=now)
    for kind in ("loud", "quiet"):
        tell([ada, lin], kind, case=None, key=kind, now=now)
    letters = [(letter.recipients[0][:3], letter.message["Subject"][:3]) for letter in mails(smtp_sink, now)]
    assert len(letters) == 2
    assert {who for who, _subject in letters} == {"ada", "lin"}
    assert set(Letter.objects.values_list("key", flat=True)) == {
        f"notice:{Notice.objects.get(person=person, kind=kind).pk}"
        for person, kind in ((ada, "quiet"), (lin, "loud"))
    }


def test_a_wish_withdrawn_within_the_minute_counts(desk, kinds, smtp_sink, ada, now):
    kinds("waits", by_mail=True)
    tell([ada], "waits", case=None, key="waits:1", now=now)
    choose_ways(ada, by_mail=set(), while_away=False, by=ada, now=now)
    assert mails(smtp_sink, now + MINUTE) == []


def test_it_comes_in_its_readers_language(desk, kinds, smtp_sink, lin, now):
    kinds("burns", by_mail=True, urgent=True)
    tell([lin], "burns", case=None, key="burns:1", now=now)
    [letter] = mails(smtp_sink, now)
    assert "在服务台打开" in letter.message.get_body(["plain"]).get_content()


def test_what_one_may_not_see_any_more_is_not_named_in_a_mail(desk, kinds, smtp_sink, ada, now):
    kinds("burns", by_mail=True, urgent=True, about=lambda notice: None)
    tell([ada], "burns", case=None, key="burns:1", now=now)
    assert mails(smtp_sink, now) == []


def test_a_mail_that_would_come_back_to_the_desk_is_not_written(desk, kinds, smtp_sink, ada, now):
    kinds("burns", by_mail=True, urgent=True)
    change_person(ada, email="support@desk.test", by=None, now=now)
    tell([ada], "burns", case=None, key="burns:1", now=now)
    assert mails(smtp_sink, now) == []


def test_without_a_mailbox_the_notice_stands_on_the_desk_and_nothing_breaks(db, kinds, ada, now):
    kinds("burns", by_mail=True, urgent=True)
    tell([ada], "burns", case=None, key="burns:1", now=now)
    assert mail_due(now) == 1
    assert mail_due(now + timedelta(days=1)) == 0
    assert unread(ada).count() == 1


def test_a_kind_that_no_room_declares_is_an_error_at_once(db, ada, now):
    with pytest.raises(ValueError, match="no room declares"):
        tell([ada], "invented", case=None, key="x", now=now)


def test_a_kind_is_declared_once(kinds):
    kinds("burns")
    with pytest.raises(ValueError, match="twice"):
        kinds("burns")
