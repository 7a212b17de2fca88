"""A real mail becomes a row by itself, is answered in the browser, and the answer finds its thread."""

import re

import pytest

pytestmark = pytest.mark.browser


def row(page, words):
    return page.locator(f'#rows .row-link[aria-label*="{words}"]')


def write(page, key, words):
    """Type into the composer, once the editor is rich."""
    page.wait_for_selector("#write om-editor")
    page.keyboard.press(key)
    page.wait_for_selector("#write om-editor[data-rich] trix-editor:focus")
    page.keyboard.type(words)


@pytest.mark.mission("M1")
def test_from_a_mail_to_an_answer_in_the_same_thread(office, no_reload):
    page = office.window()
    asked = office.write("La aduana ha rechazado 38 paquetes.", subject="Etiquetas aduaneras rechazadas")
    row(page, "Etiquetas aduaneras").click()
    page.get_by_text("La aduana ha rechazado 38 paquetes.").wait_for()
    write(page, "r", "Lo estoy mirando ahora mismo.")
    page.locator("#write [data-saved]", has_text=re.compile("Saved")).wait_for()
    page.keyboard.press("Control+Enter")
    page.locator("#thread").get_by_text("Lo estoy mirando ahora mismo.").wait_for()
    page.locator("#ticket-head").get_by_text("Waiting for customer", exact=True).first.wait_for()
    assert no_reload(page)

    reply = office.sink.wait_for(1, seconds=60)[0].message
    assert "mirando" in reply.get_body(("plain",)).get_content()
    page.locator("#thread .message[data-kind=reply]").get_by_text("sent", exact=False).wait_for()
    assert asked in reply["References"]
    assert reply["Subject"] == "Re: Etiquetas aduaneras rechazadas"
    assert "Ada Lindqvist" in reply["From"] and "carla@acme-outdoor.example" in reply["To"]

    office.write("Gracias. Ya son 412.", subject="Re: Etiquetas", answers=reply["Message-ID"])
    page.locator("#thread").get_by_text("Ya son 412.").wait_for()
    assert no_reload(page)
    assert page.locator("#thread .message[data-kind=received]").count() == 2


def test_others_are_seen_reading_and_writing(office):
    office.write("Hola.", subject="Pedido 7")
    ada = office.window("ada", "/inbox/all/")
    row(ada, "Pedido 7").click()
    ada.wait_for_selector("#conversation")
    lin = office.window("lin", "/inbox/all/")
    row(lin, "Pedido 7").click()
    ada.get_by_text("林晓雯 is reading").wait_for()
    write(lin, "n", "Looking at it")
    ada.get_by_text("林晓雯 is writing", exact=True).wait_for()
    lin.goto(f"{office.desk.url}/inbox/mine/")
    ada.get_by_text("林晓雯 is writing", exact=True).wait_for(state="detached")


def test_a_draft_outlives_the_window_and_a_reply_is_undone(office):
    office.write("Hola.", subject="Pedido 8")
    page = office.window("ada", "/inbox/all/")
    row(page, "Pedido 8").click()
    write(page, "r", "Buenos días, Carla.")
    page.locator("#write [data-saved]", has_text=re.compile("Saved")).wait_for()
    page.reload()
    page.wait_for_selector("#write trix-editor")
    page.locator("#write trix-editor", has_text="Buenos días, Carla.").wait_for()
    page.locator("#write trix-editor").click()
    page.keyboard.press("Control+Enter")
    page.locator("om-toast [data-undo]").click()
    page.locator("#write trix-editor", has_text="Buenos días, Carla.").wait_for()
    assert page.locator("#thread .message[data-kind=reply]").count() == 0


def test_what_crosses_is_asked_about_once(office):
    office.write("Hola.", subject="Pedido 9")
    ada = office.window("ada", "/inbox/all/")
    row(ada, "Pedido 9").click()
    write(ada, "r", "Lo miro.")
    ada.locator("#write [data-saved]", has_text=re.compile("Saved")).wait_for()
    lin = office.window("lin", "/inbox/all/")
    row(lin, "Pedido 9").click()
    write(lin, "n", "Reproduced.")
    lin.keyboard.press("Control+Enter")
    ada.locator("#thread").get_by_text("Reproduced.").wait_for()
    assert "Lo miro." in ada.locator("#write trix-editor").inner_text()
    ada.locator("#write trix-editor").click()
    ada.keyboard.press("Control+Enter")
    ada.get_by_text("Something happened while you were writing").wait_for()
    ada.get_by_role("button", name="Send anyway").click()
    ada.locator("#thread .message[data-kind=reply]").wait_for()


def test_by_keyboard_alone(office):
    for n in (1, 2, 3):
        office.write("Hola.", subject=f"Pedido {n}")
    page = office.window("ada", "/inbox/nobody/")
    for n in (1, 2, 3):
        row(page, f"Pedido {n}").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator('#ticket-head input[value="Pedido 2"]').wait_for()
    page.keyboard.press("a")
    page.get_by_role("button", name="To me").click()
    page.locator("#ticket-head .holder", has_text="Ada Lindqvist").wait_for()
    page.keyboard.press("?")
    page.get_by_role("heading", name="Keyboard").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator(".palette-text").fill("pedido 3")
    page.locator(".palette-row", has_text="Pedido 3").wait_for()
    page.keyboard.press("Enter")
    page.locator('#ticket-head input[value="Pedido 3"]').wait_for()


def test_many_are_chosen_changed_and_changed_back(office):
    for n in (1, 2):
        office.write("Hola.", subject=f"Pedido {n}")
    page = office.window("ada", "/inbox/all/")
    row(page, "Pedido 2").wait_for()
    row(page, "Pedido 1").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("[data-bulk-count]", has_text="2 selected").wait_for()
    page.locator("[data-bulk] button[popovertarget=bulk-status]").click()
    page.locator("#bulk-status button[value=resolved]").click()
    row(page, "Pedido 1").wait_for(state="detached")
    page.locator("om-toast [data-undo]").click()
    row(page, "Pedido 1").wait_for()
    row(page, "Pedido 2").wait_for()


def test_on_a_phone_one_goes_there_and_back(office):
    office.write("Hola.", subject="Pedido 10")
    page = office.window("ada", "/inbox/all/", viewport={"width": 390, "height": 844}, has_touch=True)
    row(page, "Pedido 10").click()
    page.locator("#conversation").wait_for()
    assert not page.locator("#list-scroll").is_visible()
    page.go_back()
    page.locator("#list-scroll").wait_for()
    assert not page.locator("#conversation").is_visible()
    row(page, "Pedido 10").click()
    page.locator("[data-back]").click()
    page.locator("#list-scroll").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_letter_in_html_shows_no_pictures_from_elsewhere_until_asked(office):
    asked = []
    office.write("Hola", subject="Boletín", html='<h1>Hola</h1><img src="https://tracker.example/x.png">')
    page = office.window("ada", "/inbox/all/")
    page.on("request", lambda request: asked.append(request.url))
    row(page, "Boletín").click()
    page.frame_locator("om-frame iframe").get_by_role("heading", name="Hola").wait_for()
    assert not any("tracker.example" in url for url in asked)
    with page.expect_request(lambda request: "tracker.example" in request.url):
        page.get_by_role("button", name="Show pictures").click()
