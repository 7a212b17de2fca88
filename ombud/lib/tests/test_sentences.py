"""Where the first sentence ends, in the words of people who write in a hurry."""

import pytest

from ombud.lib.sentences import first_sentence


@pytest.mark.parametrize(
    "text, first, rest",
    [
        ("We know the cause. It ships today.", "We know the cause.", "It ships today."),
        ("We know the cause", "We know the cause", ""),
        ("We know the cause\n\nIt ships today.", "We know the cause", "It ships today."),
        ("We asked Mr. Smith at 14.40. He answers.", "We asked Mr. Smith at 14.40.", "He answers."),
        ("See e.g. Cádiz. More soon.", "See e.g. Cádiz.", "More soon."),
        ("¿Qué pasa? ¡Ya pasa!", "¿Qué pasa?", "¡Ya pasa!"),
        ("On l’a trouvé ! Cela part ce soir.", "On l’a trouvé !", "Cela part ce soir."),
        ("我们找到了原因。今天修好。", "我们找到了原因。", "今天修好。"),
        ("她说：“好的。”今天修好。", "她说：“好的。”", "今天修好。"),
        ("We know this:\n- labels\n- codes", "We know this:", "- labels\n- codes"),
        ("- labels\n- codes", "", "- labels\n- codes"),
        ("it goes on\nin the next line", "", "it goes on\nin the next line"),
        ("word " * 40, "", ("word " * 40).strip()),
        ("", "", ""),
    ],
)
def test_the_first_sentence_and_the_rest(text, first, rest):
    assert first_sentence(text) == (first, rest)
