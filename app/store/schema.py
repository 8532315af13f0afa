"""The tables of a cache, and how those of older versions become them."""

from __future__ import annotations

from app.store import assessed
from app.store.counting import DIGEST
from app.store.database import script
from app.store.intake import KEY_OCTETS, MAX_REFERENCES

MIGRATIONS = (
    script("""
    CREATE TABLE folders (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
                          validity INTEGER NOT NULL, cursor TEXT, since TEXT, covered INTEGER NOT NULL DEFAULT 1);
    CREATE TABLE claims (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
    CREATE TABLE messages (id INTEGER PRIMARY KEY, folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE, name TEXT NOT NULL,
                           claim INTEGER REFERENCES claims, date INTEGER, digest BLOB NOT NULL, problem TEXT NOT NULL,
                           key INTEGER, UNIQUE (folder, name));
    CREATE INDEX messages_by_digest ON messages (digest);
    CREATE INDEX messages_by_key ON messages (key) WHERE key IS NOT NULL;
    CREATE TABLE answers (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, key INTEGER NOT NULL,
                          PRIMARY KEY (message, key)) WITHOUT ROWID;
    CREATE TABLE examples (claim INTEGER NOT NULL REFERENCES claims, slot INTEGER NOT NULL,
                           message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, subject TEXT NOT NULL, message_id TEXT NOT NULL,
                           PRIMARY KEY (claim, slot)) WITHOUT ROWID;
    CREATE INDEX examples_by_message ON examples (message);
    CREATE TABLE recipients (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, address TEXT NOT NULL,
                             PRIMARY KEY (message, address)) WITHOUT ROWID;
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
    """),
    script("ALTER TABLE folders ADD COLUMN state TEXT NOT NULL DEFAULT ''"),
    assessed.migrate,
    script("""
    DROP TABLE answers;
    DROP TABLE recipients;
    DROP TABLE examples;
    DROP TABLE messages;
    DELETE FROM claims;
    DELETE FROM assessed;
    DELETE FROM facts;
    UPDATE folders SET cursor = NULL, state = '';
    ALTER TABLE folders ADD COLUMN stem TEXT;
    CREATE TABLE messages (id INTEGER PRIMARY KEY, folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE, name NOT NULL,
                           claim INTEGER, date INTEGER, digest BLOB NOT NULL, problem TEXT NOT NULL, key INTEGER, UNIQUE (folder, name));
    CREATE INDEX messages_by_key ON messages (key) WHERE key IS NOT NULL;
    CREATE TABLE answers (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, key INTEGER NOT NULL,
                          PRIMARY KEY (message, key)) WITHOUT ROWID;
    CREATE TABLE examples (claim INTEGER NOT NULL, slot INTEGER NOT NULL, message INTEGER NOT NULL, subject TEXT NOT NULL,
                           message_id TEXT NOT NULL, PRIMARY KEY (claim, slot)) WITHOUT ROWID;
    CREATE TABLE recipients (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, address TEXT NOT NULL,
                             PRIMARY KEY (message, address)) WITHOUT ROWID
    """),
    script("""
    DROP TABLE answers;
    DROP TABLE recipients;
    DROP TABLE examples;
    DROP TABLE messages;
    DROP TABLE claims;
    DELETE FROM assessed;
    DELETE FROM facts;
    UPDATE folders SET cursor = NULL, state = '', stem = NULL;
    CREATE TABLE claims (id INTEGER PRIMARY KEY, key INTEGER NOT NULL, digest BLOB NOT NULL, body TEXT NOT NULL);
    CREATE INDEX claims_by_key ON claims (key);
    CREATE TABLE messages (id INTEGER PRIMARY KEY, folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                           name NOT NULL, claim INTEGER, date INTEGER, digest BLOB NOT NULL, problem TEXT NOT NULL, answers BLOB NOT NULL,
                           example INTEGER NOT NULL, subject BLOB NOT NULL, message_id TEXT NOT NULL, UNIQUE (folder, name));
    CREATE INDEX examples ON messages (claim) WHERE example = 1;
    CREATE TABLE recipients (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, address TEXT NOT NULL, key INTEGER NOT NULL,
                             PRIMARY KEY (message, address)) WITHOUT ROWID
    """),
)
"""The last two are read anew from the mailbox: messages are told apart by other octets of their header and named in short; what is written for each
message is one row, and the octets of its subject."""

TEXTS = (
    "SELECT key, name, cursor, stem FROM folders",
    "SELECT name, problem, message_id FROM messages WHERE typeof(name) = 'text' OR problem <> '' OR message_id <> ''",
    "SELECT address FROM recipients",
    "SELECT name, value FROM facts",
    "SELECT body, claims FROM assessed",
)
"""All text but that of claims: octets that are no UTF-8 are damage that SQLite does not look for."""
MISSHAPEN = (
    "SELECT EXISTS (SELECT 1 FROM messages"
    f" WHERE length(digest) <> {DIGEST} OR length(answers) % {KEY_OCTETS} OR length(answers) > {KEY_OCTETS * MAX_REFERENCES})"
    " OR EXISTS (SELECT 1 FROM facts WHERE NOT json_valid(value)) OR EXISTS (SELECT 1 FROM assessed WHERE NOT json_valid(body) OR NOT json_valid(claims))"
)
"""Whether octets are as many as no message has, or a judgement's texts are none."""
