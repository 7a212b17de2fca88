"""Customers and accounts: finding, changing, blocking, importing."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Account, Customer, CustomerAddress
from ombud.foundation.people.queries import customer_by_address

CSV = """Name;E-Mail;Company;Tier;Language;Shoe size
Carla Benítez;CARLA@acme-outdoor.example;Acme Outdoor;gold;es;38
陈思远;chen@yunhai.example;云海物流;silver;zh;
Nobody;not-an-address;;;;
Twice;chen@yunhai.example;;;;
Odd;odd@x.example;X;diamond;;
""".encode()


@pytest.fixture
def greta(cast, client):
    cast.signed_in(client, cast.greta)
    return cast


def post(client, deed, *args, **given):
    return client.post(reverse(f"office:{deed}", args=args), given)


def see(client, page, *args, **query):
    return client.get(reverse(f"office:{page}", args=args), query).content.decode()


@pytest.mark.parametrize("words", ["Carla", "carla", "benít", "carla@acme"])
def test_a_customer_is_found_by_name_or_address(greta, client, words):
    assert greta.carla and greta.chen
    page = see(client, "customers", q=words)
    assert "Carla Benítez" in page
    assert "陈思远" not in page


def test_chinese_names_are_found(greta, client):
    assert greta.carla and greta.chen
    assert "陈思远" in see(client, "customers", q="思远")


def test_customers_are_narrowed_by_tier_and_account(greta, client):
    assert greta.carla and greta.chen
    assert "陈思远" not in see(client, "customers", tier="gold")
    assert "Carla" in see(client, "customers", account=greta.acme.pk)
    assert client.get(reverse("office:customers"), {"tier": "nonsense", "account": "x"}).status_code == 200


def test_a_long_list_is_read_page_by_page_and_nobody_is_missed(greta, client):
    for number in range(120):
        people.meet(email=f"c{number}@x.example", name=f"Same {number // 60}", now=greta.now)
    seen, address, pages = [], reverse("office:customers"), 0
    while address and pages < 5:
        page = client.get(address).content.decode()
        seen += [part.partition("<")[0] for part in page.split("<small>c")[1:]]
        address, pages = unescape(page.partition('rel="next" href="')[2].partition('"')[0]), pages + 1
    assert (pages, len(seen), len(set(seen))) == (3, 120, 120)


@pytest.mark.mission("M108")
def test_an_agent_changes_what_we_know_of_a_customer(cast, client):
    cast.signed_in(client, cast.ada)
    given = {
        "name": "Carla B.",
        "email": cast.carla.email,
        "addresses": "carla@home.example",
        "account": "acme outdoor",
    }
    post(
        client, "customer", cast.carla.pk, **given, confirmed="on", language="es", time_zone="Atlantic/Canary"
    )
    carla = Customer.objects.get(pk=cast.carla.pk)
    assert (carla.name, carla.account, carla.confirmed) == ("Carla B.", cast.acme, True)
    assert customer_by_address("carla@home.example") == carla


def test_an_address_belongs_to_one_customer(greta, client):
    given = {"name": "Carla", "email": greta.carla.email, "addresses": greta.chen.email}
    page = post(client, "customer", greta.carla.pk, **given)
    assert page.status_code == 422
    assert "belongs to 陈思远 already" in page.content.decode()
    assert post(client, "customer_new", name="Other", email=greta.carla.email).status_code == 422


def test_who_may_not_edit_changes_nothing(cast, client):
    assert cast.acme and cast.carla
    cast.signed_in(client, cast.tomasz)
    post(client, "customer", cast.carla.pk, name="Changed")
    post(client, "account", cast.acme.pk, name="Changed", tier="gold", currency="EUR")
    assert not Customer.objects.filter(name="Changed").exists()
    assert not Account.objects.filter(name="Changed").exists()
    assert "edit-customer" not in see(client, "customer", cast.carla.pk)


def test_a_sender_is_blocked_and_let_in_again(greta, client):
    post(client, "customer_block", greta.mallory.pk)
    assert "Blocked since" in see(client, "customer", greta.mallory.pk)
    post(client, "customer_block", greta.mallory.pk)
    assert Customer.objects.get(pk=greta.mallory.pk).blocked_at is None


def test_an_account_has_its_tier_its_revenue_and_its_people(greta, client):
    given = {
        "name": "云海物流",
        "tier": "platinum",
        "revenue": "212000.50",
        "currency": "EUR",
        "domains": "@yunhai.example",
    }
    post(client, "account_new", **given, seat_csm=greta.tomasz.pk, language="zh-hans")
    account = Account.objects.get(name="云海物流")
    assert (account.tier, account.revenue) == ("platinum", 212_000_50)
    page = see(client, "account", account.pk)
    assert "Tomasz Zieliński" in page
    assert "yunhai.example" in page


@pytest.mark.parametrize("domain", ["gmail.com", "acme-outdoor.example", "not a domain"])
def test_a_domain_that_proves_nothing_is_refused(greta, client, domain):
    assert greta.acme
    given = {"name": "Other", "tier": "gold", "currency": "EUR", "domains": domain}
    assert post(client, "account_new", **given).status_code == 422


def test_the_tickets_on_a_customers_page_are_those_that_the_reader_may_see(greta, client):
    ticket = greta.writes(
        greta.carla, subject="Secret matter", team=greta.team("Legal", greta.noor, private=True)
    )
    greta.signed_in(client, greta.ada)
    assert "Secret matter" not in see(client, "customer", greta.carla.pk)
    greta.signed_in(client, greta.noor)
    assert f"#{ticket.number}" in see(client, "customer", greta.carla.pk)


def test_a_list_is_tried_before_it_is_taken_in_and_twice_makes_nobody_twice(greta, client):
    assert greta.carla
    before = Customer.objects.count()
    client.post(reverse("office:import"), {"file": SimpleUploadedFile("list.csv", CSV)})
    page = see(client, "import_check")
    assert "2 lines can be taken in" in page
    for wrong in (
        "“not-an-address” is not a mail address.",
        "stands in line 3 already",
        "“diamond” is no tier",
        "Shoe size",
    ):
        assert wrong in page, wrong
    assert Customer.objects.count() == before

    client.post(reverse("office:import_run"))
    chen = customer_by_address("chen@yunhai.example")
    assert (chen.name, chen.account.tier, chen.language, chen.confirmed) == (
        "陈思远",
        "silver",
        "zh-hans",
        True,
    )
    client.post(reverse("office:import"), {"file": SimpleUploadedFile("list.csv", CSV)})
    again = client.post(reverse("office:import_run"), follow=True).content.decode()
    assert "0 customers are new, 0 were changed, 2 were known already." in again
    assert CustomerAddress.objects.filter(address="chen@yunhai.example").count() == 1


@pytest.mark.parametrize("content", [b"", b"name,phone\nA,1", b"\x00\x01\x02"])
def test_what_is_no_list_is_refused_in_a_sentence(greta, client, content):
    answer = client.post(reverse("office:import"), {"file": SimpleUploadedFile("list.csv", content)})
    assert answer.status_code == 422
    assert Customer.objects.count() == 0


def test_a_list_from_a_windows_spreadsheet_is_read(greta, client):
    content = "email,name\njosé@x.example,José".encode("cp1252").replace("josé@".encode("cp1252"), b"jose@")
    client.post(reverse("office:import"), {"file": SimpleUploadedFile("list.csv", content)})
    assert "José" in see(client, "import_check")
