"""Request forms in the settings: written without a script, question by question."""

import re

from ombud.features.request_forms.models import RequestKind

NEW = "/settings/forms/new"
FORM = {
    "name-en": "Printing",
    "name-es": "Impresión",
    "many": "1",
    "q0-label-en": "Order number",
    "q0-ask": "text",
    "q0-required": "on",
}
SECOND = {
    "many": "2",
    "q1-label-en": "Printer",
    "q1-ask": "choice",
    "q1-choices-en": "Label\nOffice",
    "q1-choices-es": "De etiquetas",
}


def test_a_form_is_written_question_by_question(cast, client):
    cast.signed_in(client, cast.ines)
    page = client.post(NEW, {**FORM, "do": "add"}).content.decode()
    assert "Order number" in page
    assert 'name="many" value="2"' in page
    assert not RequestKind.objects.exists()
    client.post(NEW, {**FORM, **SECOND, "do": "save"})
    kind = RequestKind.objects.get()
    assert kind.names == {"en": "Printing", "es": "Impresión"}
    assert [question["ask"] for question in kind.questions] == ["text", "choice"]
    assert kind.questions[1]["choices"] == [{"en": "Label", "es": "De etiquetas"}, {"en": "Office"}]


def test_questions_move_and_keep_their_keys(cast, client):
    cast.signed_in(client, cast.ines)
    client.post(NEW, {**FORM, **SECOND, "do": "save"})
    kind = RequestKind.objects.get()
    keys = {f"q{at}-key": question["key"] for at, question in enumerate(kind.questions)}
    page = client.post(
        f"/settings/forms/{kind.pk}", {**FORM, **SECOND, **keys, "do": "up:1"}
    ).content.decode()
    assert re.findall(r'name="q\d-key" value="(\w+)"', page) == [keys["q1-key"], keys["q0-key"]]


def test_what_cannot_be_asked_is_refused_with_a_sentence(cast, client):
    cast.signed_in(client, cast.ines)
    answer = client.post(NEW, {**FORM, "q0-ask": "choice", "do": "save"})
    assert answer.status_code == 422
    assert "two answers at least" in answer.content.decode()
    assert client.post(NEW, {**FORM, "name-en": "", "name-es": "", "do": "save"}).status_code == 422
    assert client.post(NEW, {**FORM, "q0-ask": "nonsense", "do": "save"}).status_code == 422


def test_who_may_not_share_words_may_not_ask_customers(cast, client):
    cast.signed_in(client, cast.ada)
    assert client.get(NEW).status_code == 403
