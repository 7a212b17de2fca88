"""Hours are drawn as well as typed, and the picture answers while one writes."""

import pytest

from tests.cast import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(live_desk, page):
    page.goto(f"{live_desk.url}/account/login/")
    page.get_by_label("E-mail").fill("greta@parcelline.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/inbox/**")
    page.goto(f"{live_desk.url}/settings/calendars/new")
    page.locator("html[data-ready]").wait_for()
    return page


def drag(page, bar, start, end):
    """From one hour of a day's line to another."""
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start / 24, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end / 24, middle, steps=6)
    page.mouse.up()


def test_a_bar_is_drawn_made_longer_and_moved(editor):
    saturday = editor.get_by_label("Saturday").first
    bar = editor.locator(".usual .hours-row").nth(5).locator(".day-bar")
    drag(editor, bar, 10, 14)
    assert saturday.input_value() == "10:00–14:00"
    drag(editor, bar, 13.98, 16)
    assert saturday.input_value() == "10:00–16:00"
    drag(editor, bar, 12, 13)
    assert saturday.input_value() == "11:00–17:00"
    saturday.fill("22:00–6:00")
    assert bar.locator(".open").count() == 1


def test_the_answer_follows_what_is_drawn_before_anything_is_saved(editor):
    editor.get_by_label("It begins").fill("2026-11-21T09:00")
    editor.get_by_label("promised in").fill("2 h")
    editor.get_by_label("promised in").blur()
    editor.get_by_text("Mon 23 Nov, 11:00").wait_for()
    drag(editor, editor.locator(".usual .hours-row").nth(5).locator(".day-bar"), 10, 14)
    editor.get_by_text("Sat 21 Nov, 12:00").first.wait_for()


def test_a_country_is_found_and_its_holidays_are_listed(editor):
    editor.get_by_role("combobox", name="Country or region").fill("madr")
    editor.get_by_role("option", name="Spain · Madrid").click()
    editor.locator(".holiday-name", has_text="Christmas Day").wait_for()
    editor.get_by_role("button", name="Add another day").click()
    editor.get_by_label("Name").last.fill("Stocktaking")
    editor.get_by_label("From", exact=True).last.fill("2026-12-28")
    editor.get_by_label("Name").first.fill("Madrid")
    editor.get_by_role("button", name="Save").click()
    editor.get_by_text("Madrid is saved.").wait_for()
    assert editor.locator(".chip", has_text="Spain · Madrid").count() == 1
    assert editor.locator('input[value="Stocktaking"]').count() == 1
