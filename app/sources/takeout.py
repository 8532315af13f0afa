"""Mail as Google Takeout exports it: one mbox in which each message says at its top which labels it has, so that it lies there once."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from app.mail.words import decode
from app.model import FolderRole
from app.sources import mbox
from app.sources.folder_names import guessed_role

_TOP = re.compile(rb"(?:X-GM-THRID:[^\n]*\n)?X-Gmail-Labels:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE)
"""Google writes them above everything that a sender wrote; further down, they could be anybody's."""
_FIRST_LINE = re.compile(rb"From [^\n]*\n")

PARTS = (FolderRole.ORDINARY, FolderRole.SENT, FolderRole.DRAFTS, FolderRole.JUNK)
"""What a mailbox is read as; of several labels that are among these, the first counts."""


def is_takeout(start: bytes) -> bool:
    """Whether an mbox that begins like this says its labels."""
    line = _FIRST_LINE.match(start)
    return line is not None and _TOP.match(start, line.end()) is not None


def part_of(header: bytes) -> FolderRole:
    """The part of the mailbox that a message belongs to. Labels are in the language of the account."""
    found = _TOP.match(header)
    labels = decode(found[1].replace(b"\r", b"").replace(b"\n", b"")).split(",") if found else []
    roles = {guessed_role(label.strip(' "')) for label in labels if "/" not in label}
    return next((role for role in PARTS[1:] if role in roles), FolderRole.ORDINARY)


class Export:
    """The messages of one export by the part that they belong to: where they begin, and no more, is kept of each (nine octets)."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        """Reads all headers once."""
        self.size = size
        self._starts = array("Q", mbox.starts(file, size))
        self._parts = bytearray(PARTS.index(part_of(each.header)) for each in self._messages(file, range(len(self._starts))))

    def messages(self, file: BinaryIO, part: FolderRole) -> Iterator[mbox.MboxMessage]:
        """Those of one part, in order."""
        wanted = PARTS.index(part)
        return self._messages(file, (at for at, known in enumerate(self._parts) if known == wanted))

    def _messages(self, file: BinaryIO, places: Iterable[int]) -> Iterator[mbox.MboxMessage]:
        for at in places:
            end = self._starts[at + 1] if at + 1 < len(self._starts) else self.size
            yield mbox.message_at(file, at + 1, self._starts[at], end)
