"""What asks for an escalation, and what only sounds like it: a table of what people write."""

import pytest

from ombud.lib.asked_words import find

from .chinese import ASKS as CHINESE
from .chinese import SOUNDS_LIKE as CHINESE_NOT
from .english import ASKS as ENGLISH
from .english import SOUNDS_LIKE as ENGLISH_NOT
from .french import ASKS as FRENCH
from .french import SOUNDS_LIKE as FRENCH_NOT
from .spanish import ASKS as SPANISH
from .spanish import SOUNDS_LIKE as SPANISH_NOT

TABLES = {
    "English": (ENGLISH, ENGLISH_NOT),
    "Spanish": (SPANISH, SPANISH_NOT),
    "French": (FRENCH, FRENCH_NOT),
    "Chinese": (CHINESE, CHINESE_NOT),
}
OURS = """No, this is not good enough.

On Thu, 19 Nov 2026 at 14:02, Parcelline <support@desk.test> wrote:
> I need this escalated, you can write to us.
> Not getting what you need? Please escalate this."""


@pytest.mark.parametrize("asks", [phrase for asks, _not in TABLES.values() for phrase in asks])
def test_this_asks_for_it(asks):
    assert find(asks), asks


@pytest.mark.parametrize("sounds_like_it", [phrase for _asks, others in TABLES.values() for phrase in others])
def test_this_only_sounds_like_it(sounds_like_it):
    assert find(sounds_like_it) is None, find(sounds_like_it)


@pytest.mark.parametrize("language", TABLES)
def test_each_language_has_its_sixty(language):
    asks, others = TABLES[language]
    assert len({*asks, *others}) >= 60
    assert min(len(asks), len(others)) >= 28


def test_our_own_words_quoted_back_are_not_theirs():
    assert find(OURS) is None


def test_the_quote_is_the_sentence_that_asks():
    found = find("Hello.\n\nThe labels are wrong again. Please escalate this to your manager! Regards, Carla")
    assert found.quote == "Please escalate this to your manager!"
