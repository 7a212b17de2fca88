"""What the elements do in a real browser, under the product's own content security policy."""

import re

import pytest
from playwright.sync_api import expect

from ombud.ui.tests import stage as on_stage

pytestmark = pytest.mark.browser


def test_every_component_loads_without_a_complaint(open_page):
    page = open_page("/specimen/")
    page.wait_for_selector("trix-editor")
    assert page.locator("om-editor[data-rich]").count() == 2


def test_the_palette_does_first_and_goes_second(open_page):
    page = open_page("/desk/")
    page.keyboard.press("Control+k")
    page.locator(".palette-text").fill("tag")
    assert page.locator(".palette-row[aria-selected=true]").inner_text().startswith("Tag")
    page.locator(".palette-text").fill("acme")
    page.get_by_role("option", name="Acme Outdoor").wait_for()
    with page.expect_navigation(url="**/customers/"):
        page.keyboard.press("Enter")


def test_j_k_and_x_move_and_select_rows(open_page):
    page = open_page("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert page.locator("[data-bulk]").is_visible()
    assert page.locator("[data-bulk-count]").inner_text() == "1 selected"
    page.keyboard.press("Escape")
    assert not page.locator("[data-bulk]").is_visible()


def test_shift_selects_a_range(open_page):
    page = open_page("/desk/")
    page.locator(".row").nth(0).hover()
    page.locator(".row-pick input").nth(0).click()
    page.locator(".row-pick input").nth(4).click(modifiers=["Shift"])
    assert page.locator("[data-bulk-count]").inner_text() == "5 selected"


def test_keys_are_not_shortcuts_while_one_types(open_page):
    page = open_page("/desk/?at=conversation")
    editor = page.locator("trix-editor")
    editor.click()
    page.keyboard.type("jxst?")
    assert editor.inner_text().strip() == "jxst?"
    assert page.locator("dialog[open]").count() == 0


def test_question_mark_lists_what_the_page_declares(open_page):
    page = open_page("/desk/")
    page.keyboard.press("?")
    listed = page.locator(".keys-grid").inner_text()
    assert "Snooze" in listed
    assert "Inbox" in listed


def test_two_letters_are_one_shortcut(open_page):
    page = open_page("/desk/")
    with page.expect_navigation(url="**/escalations/"):
        page.keyboard.press("g")
        page.keyboard.press("e")


def test_drafts_are_saved_while_one_writes(open_page):
    page = open_page("/desk/?at=conversation")
    on_stage.drafts.clear()
    page.locator("trix-editor").click()
    with page.expect_response("**/draft/"):
        page.keyboard.type("Hola Carla")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert on_stage.drafts[-1]["text"] == "Hola Carla"
    assert "Hola Carla" in on_stage.drafts[-1]["text_html"]


def test_words_survive_a_lost_connection_and_a_reload(open_page):
    page = open_page("/desk/?at=conversation")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')) }")
    page.locator("trix-editor").click()
    page.keyboard.type("nobody heard this")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    page.reload()
    expect(page.locator("trix-editor")).to_contain_text("nobody heard this")


def test_a_mention_and_a_quick_reply_are_suggested(open_page):
    page = open_page("/desk/?at=conversation")
    editor = page.locator("trix-editor")
    editor.click()
    page.keyboard.type("ask @ju")
    page.get_by_role("option", name="Jun Watanabe").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("and /wh")
    page.get_by_role("option", name="Where is my parcel").wait_for()
    page.keyboard.press("Enter")
    assert "ask @Jun Watanabe and" in editor.inner_text()
    assert "We have asked the carrier." in editor.inner_text()
    assert page.locator("input[name=mentioned]").get_attribute("value") == "Jun"


def test_a_link_can_be_made_under_the_strict_policy(open_page):
    page = open_page("/specimen/")
    editor = page.locator("#composer-reply trix-editor")
    editor.click()
    page.keyboard.press("Control+a")
    page.locator("#composer-reply [data-toggle-toolbar]").click()
    page.locator("#composer-reply [data-trix-action=link]").click()
    page.locator("#composer-reply input[name=href]").fill("https://parcelline.example/cn23")
    page.locator("#composer-reply [data-trix-method=setAttribute]").click()
    assert editor.locator("a[href='https://parcelline.example/cn23']").count() == 1


def test_files_are_sent_at_once_and_can_be_taken_off(open_page):
    page = open_page("/desk/?at=conversation")
    page.wait_for_selector("trix-editor")
    page.locator("[data-attach]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"1,2"})
    page.wait_for_selector("input[name=attached]", state="attached")
    page.locator(".editor-files [data-remove]").click()
    assert page.locator("input[name=attached]").count() == 0


def test_control_enter_sends(open_page):
    page = open_page("/desk/?at=conversation")
    page.evaluate("composer.addEventListener('submit', e => { e.preventDefault(); document.title = 'sent' })")
    page.locator("trix-editor").click()
    page.keyboard.type("Done.")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_title("sent")
    # Not a letter is missing, however fast it was typed.
    assert "Done." in page.evaluate("[...new FormData(composer).values()].join(' ')")


def test_what_was_done_can_be_undone_for_ten_seconds(open_page):
    page = open_page("/desk/")
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('om:toast', {detail: {words: 'Closed.', undo: '/undo/'}}))"
    )
    assert page.locator("om-toast").inner_text().split() == ["Closed.", "Undo", "10"]
    with page.expect_request("**/undo/") as asked:
        page.locator("om-toast [data-undo]").click()
    assert asked.value.headers["x-csrftoken"]
    page.get_by_text("Undone.").wait_for()


def press_by_htmx(page, fields):
    page.evaluate(
        """async fields => {
            const { htmx } = await import("ui/wire");
            const button = document.createElement("button");
            button.setAttribute("hx-post", "/close/");
            button.setAttribute("hx-swap", "none");
            button.setAttribute("hx-vals", JSON.stringify(fields));
            document.querySelector("main").append(button);
            htmx.process(button);
            button.click();
        }""",
        fields,
    )


def test_the_server_answers_htmx_with_a_notice_that_can_be_undone(open_page):
    page = open_page("/desk/")
    press_by_htmx(page, {})
    expect(page.locator("om-toast[undo='/undo/']")).to_contain_text("Closed by the server.")


def test_the_context_is_a_drawer_where_there_is_no_room(open_page):
    page = open_page("/desk/?at=conversation", width=1024, height=768)
    drawer = page.locator("om-drawer")
    assert not drawer.is_visible()
    page.locator(".drawer-button").click()
    expect(drawer.get_by_text("Head of fulfilment, Acme Outdoor")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_a_phone_shows_one_column_and_goes_back(open_page):
    page = open_page("/desk/", width=390, height=844, has_touch=True, is_mobile=True)
    page.locator(".row-link").first.tap()
    assert page.locator("[data-column=conversation]").is_visible()
    assert not page.locator("[data-column=list]").is_visible()
    page.locator("[data-goes=list]").tap()
    assert page.locator("[data-column=list]").is_visible()


def test_nothing_to_touch_is_too_small_on_a_phone(open_page):
    page = open_page("/desk/?at=conversation", width=390, height=844, has_touch=True, is_mobile=True)
    page.wait_for_selector("trix-editor")
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, label.button, select')].filter(e => e.checkVisibility())
        .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 40 || box.width < 40) && box.top >= 0)
        .map(([html]) => html)"""
    )
    assert small == []


def test_a_strangers_mail_runs_nothing_and_is_as_high_as_it_is(open_page):
    page = open_page("/desk/?at=conversation")
    frame = page.frame_locator("om-frame iframe")
    assert (
        frame.get_by_text("Customs refused it").evaluate("e => getComputedStyle(e).color")
        == "rgb(185, 28, 28)"
    )
    page.wait_for_selector("om-frame iframe[style*=height]")
    assert "got you" not in page.title()
    with page.expect_response("**/mail/?images=1"):
        page.get_by_role("button", name="Show pictures").click()


def test_the_theme_is_kept_and_painted_by_the_server(open_page):
    page = open_page("/specimen/", color_scheme="light")
    page.locator("[data-theme-choice=dark]").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_live_news_wakes_what_listens(open_page):
    page = open_page("/desk/")
    heard = page.evaluate(
        """() => new Promise(done => {
            document.querySelector('[data-column=list]').dataset.live = 'list';
            document.querySelector('[data-column=list]').addEventListener('live', e => done(e.detail.kind));
            const live = document.createElement('om-live'); live.setAttribute('src', '/live/');
            document.body.append(live);
        })"""
    )
    assert heard == "mail"


def test_a_choice_is_found_by_typing(open_page):
    page = open_page("/specimen/")
    page.locator("#field-to").fill("xiao")
    page.locator("#field-to").fill("林")
    page.keyboard.press("Enter")
    page.locator("#field-to").type("new@acme.example,")
    values = page.locator("om-combobox[name=to] input[type=hidden]").evaluate_all(
        "all => all.map(e => e.value)"
    )
    assert values == ["1", "2", "4", "new@acme.example"]


def test_without_scripts_the_text_area_and_the_links_are_there(open_page, browser, stage):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(stage + "/desk/?at=conversation")
    assert page.locator("textarea[name=text]").is_visible()
    assert page.locator("om-frame a").is_visible()
    context.close()
