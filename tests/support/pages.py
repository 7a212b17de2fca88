"""A real browser, when there is one."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium():
    """Where Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run; each test gets a `page` in a fresh window."""
    found = chromium()
    if not found:
        pytest.skip("there is no Chromium (Debian: apt-get install chromium)")
    # Playwright's loop lives in this thread, where tests also ask the database; nothing here is concurrent.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A fresh window in English, 1280 × 800. An error in the page's scripts fails the test."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    page = context.new_page()
    broken = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    assert not broken, f"the page's scripts failed: {broken}"
