"""A ladder is written with a script at hand: its buttons change the draft without leaving the page."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.mission("M26")
def test_rungs_are_added_and_moved_without_leaving_the_page(office, no_reload):
    page = office.window("ines", "/settings/ladders/new")
    page.get_by_label("Name", exact=True).fill("Night")
    page.get_by_role("button", name="Add a rung on top").click()
    page.wait_for_selector("#rung-4")
    assert no_reload(page)
    assert page.url.endswith("/settings/ladders/1"), "it is a draft with an address of its own now"
    after = page.locator("#rung-4").get_by_label("After")
    after.fill("1 h 30")
    page.get_by_role("button", name="Move rung 4 down").click()
    page.wait_for_selector("#rung-3 input[name$=after][value='1 h 30']")
    page.get_by_role("button", name="Take rung 4 away").click()
    page.wait_for_selector("#rung-4", state="detached")
    assert no_reload(page)
    page.locator("#rung-2").get_by_label("After").fill("soon")
    page.get_by_role("button", name="Add a rung on top").click()
    page.wait_for_selector("text=Write it like 15 min, 4 h or 1 day.")
    page.locator("#rung-2").get_by_label("After").fill("20 min")
    page.get_by_role("button", name="Switch on").click()
    page.wait_for_selector("text=Night is switched on as version 1.")
