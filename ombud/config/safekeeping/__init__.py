"""Backups: everything of one desk in one file, taken while it serves, and put back whole or not at all.

    ombud-2026-11-22.tar
        manifest.json       what is in it: version, migrations, rows of each table, hashes of each part
        database/…          a copy of the SQLite file, or one file of rows per table of PostgreSQL
        spool/…             mail that was accepted and is no row yet
        files/ab/<sha256>   attachments, by their content
        secret.key          without it the mailboxes' secrets cannot be read

In this order, so that whole is whole: a mail leaves the spool after it is a row, and a file is there before a
row names it. A mail that is in both is known by its hash when it arrives a second time.
"""
