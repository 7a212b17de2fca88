"""The sequence of public numbers (PostgreSQL) and the search index (both databases)."""

from django.db import migrations

FORWARD = {
    "postgresql": [
        "CREATE SEQUENCE tickets_number START WITH 1001",
        "CREATE TABLE tickets_words (message_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX tickets_words_found ON tickets_words USING gin (words)",
    ],
    "sqlite": [
        "CREATE VIRTUAL TABLE tickets_words USING fts5(words, tokenize=\"unicode61 remove_diacritics 0\")",
    ],
}
BACK = {
    "postgresql": ["DROP TABLE tickets_words", "DROP SEQUENCE tickets_number"],
    "sqlite": ["DROP TABLE tickets_words"],
}


def forward(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def back(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]
    operations = [migrations.RunPython(forward, back)]
