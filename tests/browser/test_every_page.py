"""Every page of a desk with its story: accessible, whole at any width, nothing asked from elsewhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.cast import PASSWORD
from tests.support.desk import LiveDesk

OUTSIDE = ["/account/login/", "/account/password/reset/", "/contact/", "/my/in"]
INSIDE = [
    "/inbox/all/",
    "/inbox/nobody/",
    "/tickets/{ticket}/",
    "/search/?q=label",
    "/notices/",
    "/escalations/",
    "/escalations/?wall=1",
    "/escalations/mine/",
    "/escalations/raise/{ticket}/",
    "/escalations/E-101/",
    "/escalations/incidents/",
    "/escalations/incidents/new/",
    "/escalations/incidents/I-101/",
    "/escalations/incidents/I-101/broadcasts/1/",
    "/escalations/incidents/I-101/broadcasts/1/?show=preview",
    "/escalations/incidents/I-101/broadcasts/1/?show=recipients",
    "/escalations/incidents/I-102/broadcasts/1/",
    "/log/",
    "/customers/",
    "/customers/accounts/",
    "/customers/import",
    "/settings/me",
    "/settings/company",
    "/settings/people/",
    "/settings/people/new",
    "/settings/people/roles",
    "/settings/teams/",
    "/settings/calendars/",
    "/settings/calendars/1",
    "/settings/calendars/new",
    "/settings/policies/",
    "/settings/policies/1",
    "/settings/policies/1/compare",
    "/settings/policies/new",
    "/settings/policies/which",
    "/settings/ladders/",
    "/settings/ladders/1",
    "/settings/ladders/new",
    "/settings/ladders/1/versions",
    "/settings/rotas/",
    "/settings/rotas/4",
    "/settings/surveys/",
    "/settings/surveys/new",
    "/settings/surveys/1",
    "/settings/surveys/1/results",
    "/settings/mailboxes/",
    "/settings/mailboxes/new",
    "/settings/channels/",
    "/settings/aside/",
    "/settings/outbox/",
    "/settings/brands/",
    "/settings/brands/new",
    "/settings/forms/",
    "/settings/forms/new",
    "/settings/tags/",
    "/settings/replies/",
    "/settings/replies/new",
    "/settings/views/",
    "/settings/matrix",
    "/settings/tokens/",
    "/settings/log",
    "/settings/demo/",
    "/settings/about",
    "/no-such-page",
]
WIDTHS = [(1440, 900), (1024, 768), (390, 844)]
AUDITS = {"by day": ("light", WIDTHS[0]), "at night on a phone": ("dark", WIDTHS[2])}


@pytest.fixture(scope="module")
def told_desk(tmp_path_factory):
    """A desk as bin/serve first brings it up: with the demo story."""
    desk = LiveDesk(tmp_path_factory.mktemp("told") / "desk")
    desk.command("prepare")
    desk.start()
    yield desk
    desk.stop()


@pytest.fixture(scope="module")
def told(told_desk, browser):
    """A window into the desk with its story, signed in as its administrator."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(f"{told_desk.url}/account/login/")
    page.fill("input[name=login]", "greta@parcelline.example")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url("**/inbox/**")
    yield told_desk, context.storage_state()
    context.close()


@pytest.fixture(params=AUDITS)
def look(request, told, browser):
    """Opens pages one after the other in the same window, and says what is wrong with each."""
    desk, signed_in = told
    scheme, size = AUDITS[request.param]

    def look(paths, inside=True):
        state = signed_in if inside else None
        context = browser.new_context(locale="en-GB", color_scheme=scheme, storage_state=state)
        context.set_default_timeout(30_000)
        page = context.new_page()
        wrong = [f"{path}: {what}" for path in paths for what in problems(page, desk.url, path, size)]
        context.close()
        return wrong

    return look


def problems(page, base, path, size):
    """What a person or their screen reader would stumble over."""
    wrong = []
    heard = {
        "pageerror": lambda error: wrong.append(f"script: {error}"),
        "request": lambda asked: is_elsewhere(asked.url, base) and wrong.append(f"asked {asked.url}"),
    }
    for name, listen in heard.items():
        page.on(name, listen)
    page.goto(base + path)
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 1:
            wrong.append(f"{wide} px too wide at {width}")
    for name, listen in heard.items():
        page.remove_listener(name, listen)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return wrong + list(serious(Axe().run(page)))


@pytest.mark.browser
def test_nothing_is_wrong_with_any_page(look, told):
    desk, _signed_in = told
    ticket = desk.command("manage", "shell", "--no-imports", "-c", NEWEST).strip().splitlines()[-1]
    wrong = look(OUTSIDE, inside=False) + look([path.format(ticket=ticket) for path in INSIDE])
    assert not wrong, "\n".join(wrong)


NEWEST = """
from ombud.spine.tickets.models import Ticket
print(Ticket.objects.filter(merged_into=None).order_by("-last_message_at").first().number)
"""


def is_elsewhere(url, ours):
    return not url.startswith((ours, "data:", "blob:", "about:"))


def serious(results):
    for violation in results.response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            where = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
            yield f"{violation['id']} ({violation['help']}) at {where}"
