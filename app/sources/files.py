"""Mail in files: an mbox, a Maildir, one `.eml`, or a folder tree of them. Files are opened for reading only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from app.errors import UserError
from app.i18n import mark
from app.model import Batch, Folder, FolderRole, Notice, RawMessage
from app.sources import mbox, thunderbird
from app.sources.message_header import MAX_HEADER, cut_header, in_scope
from app.sources.path_text import as_id
from app.sources.takeout import Export
from app.sources.tree import Form, MailFile, Shelf, local_path, open_mail, reason, shelves, unique_name, validity

BATCH = 500
BATCH_OCTETS = 4 << 20
"""A batch ends at whichever comes first, so that huge headers do not pile up."""
_BOM = b"\xef\xbb\xbf"
_NUMBER = re.compile(r"[1-9]\d{0,11}", re.ASCII)
_STAMP = re.compile(r"(\d{9,10})\.")


@dataclass(slots=True)
class _Pending:
    """The batch that is being filled, and the books of the folder so far."""

    ahead: int
    """Files of one message that are still to come."""
    notices: list[Notice]
    total: int = 0
    expunged: int = 0
    missing: int = 0
    octets: int = 0
    messages: list[RawMessage] = field(default_factory=list)

    def batch(self, cursor: str) -> Batch:
        batch = Batch(tuple(self.messages), cursor, self.total + self.ahead, self.expunged, self.missing, tuple(self.notices))
        self.messages, self.notices, self.expunged, self.missing, self.octets = [], [], 0, 0, 0
        return batch


class FilesSource:
    """A source over a path; see `app.sources.base.Source`. Raises UserError `input` where the path cannot be read or holds no mail.

    A cursor is the number of a message in its file (0 where the file is one message), a blank, and the file's path.
    """

    def __init__(self, path: Path) -> None:
        self.label = as_id(str(path.absolute()))
        self.owner = ""
        try:
            self._root = path.resolve(strict=True)
        except OSError as error:
            raise UserError("input", path=self.label, reason=reason(error)) from None
        except (RuntimeError, ValueError):  # what Python says of a link to itself, and of a name with NUL in it
            raise UserError("input", path=self.label, reason=mark("it leads nowhere")) from None
        self._exports: dict[str, Export] = {}
        self._shelves = {as_id(shelf.key): shelf for shelf in shelves(self._root)}

    def folders(self) -> Sequence[Folder]:
        return [
            Folder(key, as_id(shelf.name), shelf.role, _known_number(shelf), validity(self._root, shelf), appended=not shelf.maildir)
            for key, shelf in self._shelves.items()
        ]

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        shelf = self._shelves[folder.key]
        done = _position(after, shelf)
        cursor = after or "0 "
        pending = _Pending(sum(file.form is Form.ONE for file in shelf.files), list(shelf.notices), total=shelf.unread, missing=shelf.unread)
        for file in shelf.files:
            pending.ahead -= file.form is Form.ONE
            if since is None and file.form is Form.ONE and (file.order, file.path, 0) <= done:
                pending.total += 1
                continue
            try:
                for number, message in self._read(file, shelf.part):
                    if not in_scope(message.header, message.received, since):
                        continue
                    pending.total += 1
                    if (file.order, file.path, number) > done:
                        pending.messages.append(message)
                        pending.octets += len(message.header)
                        cursor = f"{number} {as_id(file.path)}"
                        if len(pending.messages) >= BATCH or pending.octets >= BATCH_OCTETS:
                            yield pending.batch(cursor)
            except FileNotFoundError:
                pending.total += 1
                pending.expunged += 1
            except OSError as error:
                pending.total += 1
                pending.missing += 1
                pending.notices.append(Notice("input", (("path", as_id(file.path)), ("reason", reason(error)))))
        if pending.total or pending.notices:
            yield pending.batch(cursor)

    def present(self, folder: Folder, since: date | None = None) -> Iterable[str]:
        shelf = self._shelves[folder.key]
        for file in shelf.files:
            if since is None and file.form is Form.ONE:
                yield as_id(file.path)
                continue
            try:
                for _, message in self._read(file, shelf.part):
                    if in_scope(message.header, message.received, since):
                        yield message.id
            except OSError:
                yield as_id(file.path)  # it may hold something; the reading of it says what is wrong

    def header(self, message_id: str) -> bytes:
        """Raises UserError `input` where the message is not there any more."""
        path, _, number = message_id.rpartition("#")
        for shelf in self._shelves.values():
            for file in shelf.files:
                if file.form is Form.ONE and message_id == as_id(file.path):
                    return self._header(file, 0, message_id)
                if file.form is not Form.ONE and _NUMBER.fullmatch(number) and path == as_id(file.path):
                    return self._header(file, int(number), message_id)
        raise self._gone(message_id)

    def close(self) -> None:
        """Nothing is held open between two batches."""

    def _header(self, file: MailFile, number: int, message_id: str) -> bytes:
        try:
            for found, message in self._read(file, after=number - 1):
                if found in (0, number):
                    return message.header
                break
        except OSError as error:
            raise UserError("input", path=message_id, reason=reason(error)) from None
        raise self._gone(message_id)

    def _gone(self, message_id: str) -> UserError:
        return UserError("input", path=message_id, reason=mark("there is no such message"))

    def _read(self, file: MailFile, part: FolderRole | None = None, after: int = 0) -> Iterator[tuple[int, RawMessage]]:
        """The messages of one file with their numbers, of one part of it where that is named. Raises OSError."""
        if file.form is Form.ONE:
            yield 0, self._one(file)
            return
        name = as_id(file.path)
        with open_mail(local_path(self._root, file.path)) as stream:
            size = stream.seek(0, 2)
            found_in = mbox.messages(stream, size, after) if part is None else self._export(name, stream, size).messages(stream, part)
            for found in found_in:
                if thunderbird.is_deleted(found.header):
                    continue
                yield found.number, RawMessage(f"{name}#{found.number}", found.header, found.received, found.size, problem=found.problem)

    def _export(self, name: str, stream: BinaryIO, size: int) -> Export:
        """Read once for all its parts, unless it has grown since."""
        known = self._exports.get(name)
        if known is None or known.size != size:
            known = self._exports[name] = Export(stream, size)
        return known

    def _one(self, file: MailFile) -> RawMessage:
        path = self._found(file)
        with open_mail(path) as stream:
            text = stream.read(MAX_HEADER + 4)
            size = stream.seek(0, 2)
            modified = int(os.fstat(stream.fileno()).st_mtime)
        header, problem = cut_header(text.removeprefix(_BOM).lstrip(b"\r\n"))
        stamp = _STAMP.match(unique_name(file.path))
        received = (int(stamp[1]) if stamp else modified) if file.maildir else None
        return RawMessage(as_id(file.path), header, received, size, problem=problem)

    def _found(self, file: MailFile) -> Path:
        """Where a file is now: a mail program renames a Maildir's files when their flags change."""
        path = local_path(self._root, file.path)
        if not file.maildir or path.exists():
            return path
        name = unique_name(path.name)
        for directory in (path.parent.parent / "cur", path.parent.parent / "new"):
            for candidate in directory.iterdir():
                if unique_name(candidate.name) == name:
                    return candidate
        return path


def _known_number(shelf: Shelf) -> int | None:
    return len(shelf.files) if all(file.form is Form.ONE for file in shelf.files) else None


def _position(cursor: str | None, shelf: Shelf) -> tuple[bytes, str, int]:
    """Where a cursor points in the order of its folder; files that have gone since leave their place."""
    if cursor is None:
        return (b"", "", -1)
    number, _, name = cursor.partition(" ")
    for file in shelf.files:
        if as_id(file.path) == name:
            return (file.order, file.path, int(number))
    path = name.encode()
    return (unique_name(name).encode() if shelf.maildir else path, name, int(number))
