"""What needs a browser: the first mail arriving by itself, a long list taken in step by step."""

import pytest

from tests.cast import PASSWORD

pytestmark = pytest.mark.browser
A_DEMO = "from ombud.foundation.people.models import Company; Company.objects.update(is_demo=True)"


@pytest.fixture
def empty_desk(new_desk):
    """A desk that nobody has opened yet."""
    desk = new_desk()
    desk.command("manage", "shell", "--no-imports", "-c", A_DEMO)
    desk.command("demo", "remove")
    return desk.start()


def test_the_first_run_ends_with_a_ticket_arriving_by_itself(empty_desk, page):
    page.goto(empty_desk.url)
    page.get_by_label("Your name").fill("Greta Holm")
    page.get_by_label("Your e-mail").fill("greta@parcelline.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="This is me").click()
    page.get_by_label("Company").fill("Parcelline")
    assert page.get_by_label("Time zone").input_value() == page.evaluate(
        "Intl.DateTimeFormat().resolvedOptions().timeZone"
    )
    page.get_by_role("button", name="This is us").click()
    page.get_by_label("Address", exact=True).fill("support@parcelline.example")
    page.get_by_role("button", name="Write to us here").click()
    page.get_by_text("Nothing yet.").wait_for()

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open the form").click()
    form = opened.value
    form.get_by_label("Your name").fill("Carla Benítez")
    form.get_by_label("Your e-mail").fill("carla@acme.example")
    form.get_by_label("What is it about?").fill("Etiquetas rechazadas")
    form.get_by_label("What happened?").fill("La aduana ha rechazado 38 paquetes.")
    form.get_by_label("Important work stands still").check()
    form.get_by_role("button", name="Send").click()
    form.get_by_text("#1001").wait_for()
    page.get_by_text("Etiquetas rechazadas").wait_for(timeout=3000)


def test_a_long_list_is_taken_in_with_a_bar_that_moves(live_desk, page):
    page.goto(f"{live_desk.url}/account/login/")
    page.get_by_label("E-mail").fill("ada@parcelline.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{live_desk.url}/customers/import")
    lines = "email,name\n" + "".join(f"c{n}@x.example,Nr {n}\n" for n in range(1100))
    page.get_by_label("CSV file").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    page.get_by_role("button", name="See what would come of it").click()
    page.get_by_role("button", name="Take in 1,100 customers").or_(
        page.get_by_role("button", name="Take in 1100 customers")
    ).click()
    page.get_by_text("1100 customers are new").wait_for(timeout=20_000)
    page.get_by_role("searchbox").fill("Nr 1099")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_text("c1099@x.example").wait_for()
