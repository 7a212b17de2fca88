"""`bin/ombud mail explain`: one line of JSON per file."""

import io
import json
import sys
from types import SimpleNamespace

from ombud.lib.mail.explain import main
from ombud.lib.mail.tests.letters import letter
from ombud.lib.mail.words import words

_KEYS = words(
    "from to cc reply_to subject message_id references text reply_text quoted_text attachments auto_reply"
    " bounce forwarded language why"
)


def test_each_file_gets_its_line_and_a_bad_one_does_not_stop_the_rest(tmp_path, capfdbinary):
    good, bad, missing = tmp_path / "good.eml", tmp_path / "bad.eml", tmp_path / "missing.eml"
    good.write_bytes(letter("Avería señor 打印机"))
    bad.write_bytes(b"nothing")
    assert main([str(bad), str(missing), str(good)]) == 1
    lines = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [set(line) for line in lines[:2]] == [{"file", "error"}] * 2
    assert set(lines[2]) >= _KEYS
    assert lines[2]["text"] == "Avería señor 打印机"
    assert lines[2]["from"] == [{"name": "Carla Benitez", "address": "carla@acme-outdoor.example"}]


def test_standard_input_is_read_and_text_is_not_escaped(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(letter("打印机"))))
    assert main(["-"]) == 0
    assert "打印机".encode() in capfdbinary.readouterr().out
