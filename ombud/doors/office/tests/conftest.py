"""The office's mails go through the post, as in a real desk (the test runner would swallow them)."""

import pytest


@pytest.fixture(autouse=True)
def mails_go_into_the_post(settings):
    settings.EMAIL_BACKEND = "ombud.config.mail_backend.Post"
