"""What lies in a folder tree: which files are mail, and into which folders a person would expect them to be sorted."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from app.errors import UserError
from app.i18n import mark
from app.model import FolderRole, Notice
from app.sources import thunderbird
from app.sources.folder_names import decode_utf7, guessed_role
from app.sources.foreign import foreign_code, refuse_foreign
from app.sources.mbox import is_mbox
from app.sources.path_text import as_id
from app.sources.takeout import PARTS, is_takeout

SNIFFED = 4_096
"""Octets of a file that are looked at to know what it is."""
_NO_MAIL = frozenset(
    ".msf .dat .html .htm .mht .json .jsonl .sqlite .db .ini .cfg .conf .log .lock .md .rst .csv .tsv .xml .xlsx .docx .png .jpg .jpeg .gif"
    " .svg .webp .ico .pdf .css .js .py .pyc .sh .c .h .ics .vcf .mab .rc .sig .asc .plist .bak .tmp .toml .yml .yaml".split()
)
_CONTENTS = "table_of_contents"
"""Of a folder that Apple Mail exported."""
_MAILBOX_SUFFIXES = frozenset(["", ".mbox", ".mbx", ".mbs"])
_MAIL_FIELD = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|reply-to|sender|x-mozilla-status)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST_FIELD = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:>?From |[!-9;-~]{1,77}[ \t]*:)")
_DEPTH = 100
"""Folders in each other."""
_OPEN_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


class Form(Enum):
    """How messages lie in a file."""

    ONE = "one"
    """The file is one message."""
    MBOX = "mbox"
    """The file holds any number of messages."""
    LABELLED = "labelled"
    """The same, and each message says at its top what part of the mailbox it belongs to (Google Takeout)."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """One file with mail in it; `path` is relative to the root, with `/`, `order` sorts it among its neighbours."""

    path: str
    form: Form
    order: bytes
    maildir: bool = False


@dataclass(slots=True)
class Shelf:
    """What becomes one folder: a directory's own files, a Maildir folder, or one mbox file."""

    key: str
    name: str
    role: FolderRole = FolderRole.ORDINARY
    files: list[MailFile] = field(default_factory=list)
    maildir: bool = False
    notices: list[Notice] = field(default_factory=list)
    unread: int = 0
    """Files and directories that may hold mail and could not be opened."""
    part: FolderRole | None = None
    """Only the messages of this part of a labelled file; None: all."""

    def left_out(self, path: str, why: str) -> None:
        self.notices.append(Notice("input", (("path", as_id(path)), ("reason", why))))

    def not_opened(self, path: str, error: OSError) -> None:
        self.left_out(path, reason(error))
        self.unread += 1


def open_mail(path: Path) -> BinaryIO:
    """A regular file for reading, unbuffered. Never follows a link, never touches a pipe or a device. Raises OSError."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError
    descriptor = os.open(path, _OPEN_FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError
    return os.fdopen(descriptor, "rb", buffering=0)


def reason(error: OSError) -> str:
    """Why a file cannot be read, as a text that can be translated."""
    if isinstance(error, FileNotFoundError):
        return mark("there is no such file or folder")
    if isinstance(error, PermissionError):
        return mark("you may not open it")
    if error.errno == errno.ELOOP:
        return mark("it leads nowhere")
    return error.strerror or mark("it is not an ordinary file")


def shelves(root: Path) -> list[Shelf]:
    """All folders of a file or a directory, sorted by path. Raises UserError `input` where nothing in it is mail."""
    try:
        found = _of_directory(root) if root.is_dir() else [_of_file(root)]
    except OSError as error:
        raise UserError("input", path=str(root), reason=reason(error)) from None
    if not found:
        raise UserError("input", path=str(root), reason=mark("there is no mail in it"))
    return [part for shelf in found for part in _parts(shelf)]


def _parts(shelf: Shelf) -> list[Shelf]:
    """A labelled file is a folder for each part of the mailbox."""
    if [file.form for file in shelf.files] != [Form.LABELLED]:
        return [shelf]
    first, *others = PARTS
    shelf.part = first
    return [shelf, *(Shelf(f"{shelf.key}//{part}", f"{shelf.name}/{part.title()}", part, shelf.files, part=part) for part in others)]


def validity(root: Path, shelf: Shelf) -> int:
    """Changes when a file in the folder was touched: it may hold other messages then. What a name in a Maildir stands for never changes."""
    if shelf.maildir:
        return 0
    digest = blake2b(digest_size=7)
    for file in shelf.files:
        try:
            found = os.lstat(local_path(root, file.path))
        except OSError:
            continue
        digest.update(f"{file.path} {found.st_ino} {found.st_size} {found.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
    return int.from_bytes(digest.digest(), "big")


def local_path(root: Path, path: str) -> Path:
    """The path of a mail file on this machine; the root itself may be one."""
    return root / path if root.is_dir() else root


def unique_name(name: str) -> str:
    """A Maildir file's name without the flags, which change."""
    return name.rpartition("/")[2].partition(":2,")[0]


def _of_file(root: Path) -> Shelf:
    shelf = Shelf(root.name, root.name, guessed_role(root.name))
    with open_mail(root) as file:
        start = file.read(SNIFFED)
    refuse_foreign(str(root), root.name, start)
    form = _form(root.name, start)
    if form is None:
        raise UserError("input", path=str(root), reason=mark("it does not look like mail"))
    shelf.files.append(MailFile(root.name, form, b""))
    return shelf


def _form(name: str, start: bytes) -> Form | None:
    """What a file is, by its beginning; an `.eml` is one message whatever is in it."""
    suffix = os.path.splitext(name)[1].lower()
    if suffix == ".eml":
        return Form.ONE
    if is_mbox(start) or (not start and suffix in _MAILBOX_SUFFIXES):
        return Form.LABELLED if is_takeout(start) else Form.MBOX
    return Form.ONE if _FIRST_FIELD.match(start) and _MAIL_FIELD.search(start) else None


def _of_directory(root: Path) -> list[Shelf]:
    walked = [shelf for part in thunderbird.mail_in(root) or [""] for shelf in _walk(root, part, root / part)]
    found = [shelf for shelf in walked if _is_folder(shelf)]
    homeless = [shelf for shelf in walked if not _is_folder(shelf)]
    for shelf in homeless:
        if found:
            found[0].notices += shelf.notices
            found[0].unread += shelf.unread
        elif shelf.notices and (shelf.unread or shelf.notices[0].code != "input"):
            raise UserError(shelf.notices[0].code, **dict(shelf.notices[0].params))
    return sorted(found, key=lambda shelf: os.fsencode(shelf.key))


def _is_folder(shelf: Shelf) -> bool:
    return bool(shelf.files) or shelf.maildir


def _walk(root: Path, path: str, directory: Path) -> Iterator[Shelf]:
    """Every folder in and below one directory; `path` is relative to the root."""
    loose = None
    inside: frozenset[str] = frozenset()
    if _is_maildir(directory):
        shelf = _maildir(root, path, directory)
        inside = frozenset(["cur", "new", "tmp"])
    else:
        shelf = loose = Shelf(path or ".", _shown(path) or directory.name, guessed_role(path))
    for entry in sorted(_entries(directory, shelf), key=lambda entry: os.fsencode(entry.name)):
        inner = f"{path}/{entry.name}" if path else entry.name
        if entry.is_symlink():
            if loose is not None and not Path(os.path.realpath(entry.path)).is_relative_to(root):
                loose.left_out(entry.path, mark("it is a link to somewhere else"))
        elif entry.is_dir():
            hidden = entry.name.startswith(".") and not _is_maildir(Path(entry.path))
            if inner.count("/") >= _DEPTH:
                deep = Shelf(inner, inner)
                deep.left_out(entry.path, mark("it lies too deep"))
                yield deep
            elif entry.name not in inside and not hidden:
                yield from _walk(root, inner, Path(entry.path))
        elif loose is not None and entry.is_file() and not entry.name.startswith("._"):
            box = _sort(loose, inner, entry)
            if box is not None:
                yield box
    yield shelf


def _is_maildir(directory: Path) -> bool:
    """Thunderbird's have no `new`, but `tmp`."""
    cur, *others = (os.path.isdir(directory / part) and not os.path.islink(directory / part) for part in ("cur", "new", "tmp"))
    return cur and any(others)


def _entries(directory: Path, shelf: Shelf) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as entries:
            return list(entries)
    except OSError as error:
        shelf.not_opened(str(directory), error)
        return []


def _sort(loose: Shelf, path: str, entry: os.DirEntry[str]) -> Shelf | None:
    """Put a file into its directory's folder, or make an mbox a folder of its own."""
    suffix = os.path.splitext(entry.name)[1].lower()
    if suffix == ".eml":
        loose.files.append(MailFile(path, Form.ONE, os.fsencode(path)))
        return None
    if suffix in _NO_MAIL or entry.name == _CONTENTS or entry.name.startswith("."):
        return None
    if code := foreign_code(entry.name):
        loose.notices.append(Notice(code, (("path", as_id(entry.path)),)))
        return None
    try:
        with open_mail(Path(entry.path)) as file:
            form = _form(entry.name, file.read(SNIFFED))
    except OSError as error:
        loose.not_opened(entry.path, error)
        return None
    if form is None:
        if suffix != ".txt":
            loose.left_out(entry.path, mark("it does not look like mail"))
        return None
    file_in_it = MailFile(path, form, os.fsencode(path))
    if form is not Form.ONE and suffix in _MAILBOX_SUFFIXES:
        name = _exported_as(entry) or _shown(path)
        return Shelf(path, name, guessed_role(name), [file_in_it])
    loose.files.append(file_in_it)
    return None


def _exported_as(entry: os.DirEntry[str]) -> str:
    """Apple Mail exports `Sent` as the folder `Sent.mbox` with a file `mbox` in it; empty where it is no such file."""
    folder = os.path.basename(os.path.dirname(entry.path))
    return folder.removesuffix(".mbox") if entry.name == "mbox" and folder.endswith(".mbox") else ""


def _shown(path: str) -> str:
    """Thunderbird keeps the folders below `Inbox` in `Inbox.sbd`."""
    return "/".join(part.removesuffix(".sbd") for part in path.split("/"))


def _maildir(root: Path, path: str, directory: Path) -> Shelf:
    name = _shown(_maildir_name(path))
    shelf = Shelf(path or ".", name, FolderRole.INBOX if name == "INBOX" else guessed_role(name), maildir=True)
    for part in filter(lambda part: part == "cur" or os.path.isdir(directory / part), ("cur", "new")):
        for entry in _entries(directory / part, shelf):
            if not entry.name.startswith(".") and not entry.is_dir(follow_symlinks=False):
                inner = f"{path}/{part}/{entry.name}" if path else f"{part}/{entry.name}"
                shelf.files.append(MailFile(inner, Form.ONE, os.fsencode(unique_name(entry.name)), maildir=True))
    shelf.files.sort(key=lambda file: (file.order, os.fsencode(file.path)))
    return shelf


def _maildir_name(path: str) -> str:
    """`.Sent.2025` is the folder Sent/2025 (Maildir++)."""
    if not path:
        return "INBOX"
    head, _, last = path.rpartition("/")
    if last.startswith("."):
        last = decode_utf7(last[1:]).replace(".", "/")
    return f"{head}/{last}" if head else last

