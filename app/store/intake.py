"""Messages that were read become rows: claims are written once, and few messages of each are kept as its examples.

What is random is what costs: rows are only appended, and an index that is written at random places holds little, so that few pages of the file change.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from app.store.names import short, stem_of

EXAMPLES, OLDEST_KEPT = 5, 2
"""Examples a claim keeps: the first of all, and the latest."""
MAX_REFERENCES = 8
"""Message-IDs of one message's References that are kept: the message it answers, and those before."""
MAX_REMEMBERED = 4_096
"""Claims that are kept in memory while reading; beyond, they are looked up again, so that memory stays flat."""
KEY_OCTETS = 8
"""Octets of a Message-ID's key."""
TOGETHER = 200
"""Rows that one statement inserts."""
Octets = bytearray
"""What octets are handed to `sqlite3` as: with anything but `int`, `float`, `str` and `bytearray` it looks for an adapter, at the price of a whole row."""
NO_OCTETS = Octets()
_CLAIM_DIGITS = 8
"""Hexadecimal digits of a claim's digest by which it is looked up; the few that have them in common are told apart by the rest."""
_KEYS = tuple(Struct(f"<{n}q") for n in range(MAX_REFERENCES + 1))


class ReadMessage(NamedTuple):
    """One message as it is stored: where it lies, what it claims, and its identity across folders."""

    name: str
    claim: tuple[str, str] | None
    """As `encode_claim` gives it."""
    date: int | None
    digest: bytes
    subject: bytes = b""
    """As `subject_octets` gives it."""
    message_id: str = ""
    problem: str = ""
    recipients: tuple[str, ...] = ()
    """Whom the owner sent it to; empty unless it is sent mail."""
    answers: tuple[int, ...] = ()
    """Keys of the Message-IDs that it answers, at most MAX_REFERENCES; none of sent mail."""


class _Interned(list[int]):
    """The rows of the messages that are a claim's examples, in order, and the claim's own."""

    __slots__ = ("id",)
    id: int


class Intake:
    """Writes into one cache, within the transactions of who calls it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._claims: dict[str, _Interned] = {}
        """By id."""

    def forget(self) -> None:
        """Rows have gone; what is remembered of them may not be so."""
        self._claims.clear()

    def add(self, folder_id: int, messages: Sequence[ReadMessage]) -> int:
        """Gives how many the folder did not have."""
        if len(self._claims) > MAX_REMEMBERED:
            self._claims.clear()
        new = self._new(folder_id, messages)
        if not new:
            return 0
        _, texts, dates, digests, subjects, message_ids, problems, recipients, answers = zip(*new.values(), strict=True)
        claims = self._interned(texts)
        (last,) = self._db.execute("SELECT IFNULL(MAX(id), 0) FROM messages").fetchone()
        ids = range(last + 1, last + 1 + len(new))
        superseded = _superseded(claims, last)
        plain = {id for id, _ in superseded}
        examples = [claim is not None and id not in plain for id, claim in zip(ids, claims, strict=True)]
        self._insert(
            "messages",
            ids,
            [folder_id] * len(new),
            list(new),
            [None if claim is None else claim.id for claim in claims],
            dates,
            list(map(Octets, digests)),
            problems,
            [packed(keys) if keys else NO_OCTETS for keys in answers],
            list(map(int, examples)),
            [Octets(subject) if kept else NO_OCTETS for subject, kept in zip(subjects, examples, strict=True)],
            [_storable(message_id) if kept else "" for message_id, kept in zip(message_ids, examples, strict=True)],
        )
        before = [each for each in superseded if each[0] <= last]
        self._db.executemany("UPDATE messages SET example = 0, subject = x'', message_id = '' WHERE id = ? AND claim = ?", before)
        sent_to = [(id, address, key_of(own)) for id, own, addresses in zip(ids, message_ids, recipients, strict=True) for address in addresses]
        self._db.executemany("INSERT OR IGNORE INTO recipients VALUES (?, ?, ?)", sent_to)
        return len(new)

    def _insert(self, table: str, *columns: Sequence[object]) -> None:
        """Rows of these columns, many a statement: each has its price.

        A failure undoes the whole transaction, so SQLite need not keep each page as it was before a statement: `OR FAIL` says so, and that references are
        looked at when the transaction ends.
        """
        rows, width = len(columns[0]), len(columns)
        values: list[object] = [None] * (rows * width)
        for place, column in enumerate(columns):
            values[place::width] = column
        one, whole = f"({', '.join('?' * width)})", (rows - rows % TOGETHER) * width
        parts = [values[start : start + TOGETHER * width] for start in range(0, whole, TOGETHER * width)]
        insert = f"INSERT OR FAIL INTO {table} VALUES"
        self._db.executemany(f"{insert} {', '.join([one] * TOGETHER)}", parts)
        self._db.executemany(f"{insert} {one}", [values[start : start + width] for start in range(whole, rows * width, width)])

    def _new(self, folder_id: int, messages: Sequence[ReadMessage]) -> dict[str | int, ReadMessage]:
        """Those that the folder does not have yet, by their names in short."""
        (stem,) = self._db.execute("SELECT stem FROM folders WHERE id = ?", (folder_id,)).fetchone()
        if stem is None and messages and (stem := stem_of(messages[0].name)) is not None:
            self._db.execute("UPDATE folders SET stem = ? WHERE id = ?", (stem, folder_id))
        by_name: dict[str | int, ReadMessage] = {}
        for message in messages:
            by_name.setdefault(short(message.name, stem), message)
        for name in self._known(folder_id, list(by_name)):
            del by_name[name]
        return by_name

    def _known(self, folder_id: int, names: Sequence[str | int]) -> list[str | int]:
        """Those of the names that the folder has already; behind the greatest number there is none to look for."""
        (last,) = self._db.execute("SELECT MAX(name) FROM messages WHERE folder = ?", (folder_id,)).fetchone()
        looked_for = [name for name in names if last is not None and (isinstance(name, str) or isinstance(last, str) or name <= last)]
        query = "SELECT name FROM messages WHERE folder = ? AND name IN (SELECT value FROM json_each(?))"
        return [name for (name,) in self._db.execute(query, (folder_id, json.dumps(looked_for)))] if looked_for else []

    def _interned(self, claims: Iterable[tuple[str, str] | None]) -> list[_Interned | None]:
        """Each of them with its row, which is made where there is none."""
        found: list[_Interned | None] = []
        unknown: dict[str, tuple[str, _Interned]] = {}
        for claim in claims:
            interned = None
            if claim is not None:
                digest, body = claim
                interned = self._claims.get(digest)
                if interned is None:
                    interned = self._claims[digest] = _Interned()
                    unknown[digest] = body, interned
            found.append(interned)
        keys = dict(zip(unknown, map(claim_key, unknown), strict=True))
        for digest, id, examples in self._find(keys):
            interned = unknown.pop(digest)[1]
            interned.id = id
            interned += examples
        (last,) = self._db.execute("SELECT IFNULL(MAX(id), 0) FROM claims").fetchone()
        for id, (_, interned) in enumerate(unknown.values(), start=last + 1):
            interned.id = id
        rows, bodies = range(last + 1, last + 1 + len(unknown)), [body for body, _ in unknown.values()]
        self._insert("claims", rows, [keys[digest] for digest in unknown], list(map(Octets.fromhex, unknown)), bodies)
        return found

    def _find(self, keys: Mapping[str, int]) -> list[tuple[str, int, list[int]]]:
        """Of the claims that have a row: their ids, the rows, and those of their examples."""
        by_key = "SELECT claims.id, digest FROM json_each(?) CROSS JOIN claims ON claims.key = value"
        rows = self._db.execute(by_key, (json.dumps(sorted(set(keys.values()))),))
        found = {id: digest.hex() for id, digest in rows if digest.hex() in keys}
        examples: dict[int, list[int]] = {id: [] for id in found}
        query = "SELECT claim, id FROM messages WHERE claim IN (SELECT value FROM json_each(?)) AND example = 1 ORDER BY claim, id"
        for claim, message in self._db.execute(query, (json.dumps(list(found)),)):
            examples[claim].append(message)
        return [(digest, id, examples[id]) for id, digest in found.items()]


def _superseded(claims: Sequence[_Interned | None], last: int) -> list[tuple[int, int]]:
    """Each claim's messages, whose rows follow `last`, become its examples; gives the rows of those that make way, and of their claims."""
    found: list[tuple[int, int]] = []
    for id, claim in enumerate(claims, start=last + 1):
        if claim is not None:
            claim.append(id)
            if len(claim) > EXAMPLES:
                found.append((claim.pop(OLDEST_KEPT), claim.id))
    return found


def claim_key(digest: str) -> int:
    """What a claim is looked up by, of its id."""
    return int(digest[:_CLAIM_DIGITS], 16)


def key_of(message_id: str) -> int:
    """A Message-ID as a number that fits SQLite's."""
    return int.from_bytes(blake2b(message_id.encode("utf-8", "replace"), digest_size=KEY_OCTETS).digest(), "big", signed=True)


def packed(keys: Sequence[int]) -> bytearray:
    """Keys of Message-IDs as they are stored with the message that answers them."""
    return Octets(_KEYS[len(keys)].pack(*keys))


def unpacked(octets: bytes) -> tuple[int, ...]:
    """Raises ValueError for what `packed` never gives."""
    if len(octets) % 8 or len(octets) > 8 * MAX_REFERENCES:
        raise ValueError(len(octets))
    return _KEYS[len(octets) // KEY_OCTETS].unpack(octets)


def _storable(text: str) -> str:
    """SQLite takes no lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
