from datetime import timedelta

import pytest

from ombud.features.automation.actions import acknowledge_due
from ombud.foundation.events.tray import work_tray
from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.delivery import send_due


@pytest.fixture
def inbox(cast, smtp_sink):
    """What reaches the customers: call it to let the house work as it does by itself until then."""
    keep_mailbox(
        mailbox=cast.mailbox,
        smtp_host="127.0.0.1",
        smtp_port=smtp_sink.port,
        smtp_security="none",
        by=None,
        now=cast.now,
    )

    def later(**span):
        now = cast.later(**(span or {"seconds": 11}))
        while work_tray(now) + acknowledge_due(now):
            pass
        while send_due(now + timedelta(seconds=1)):
            pass
        return smtp_sink.letters

    return later
