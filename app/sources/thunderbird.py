"""Where Thunderbird keeps its profiles, whose mail is in one, and what its files say beside the messages. Finding them reads no mail."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.model import MailProfile
from app.sources.path_text import as_id

_MAIL = ("ImapMail", "Mail")
"""Folders of a profile: what is kept of mailboxes on servers, and mail that is nowhere else."""
_LIST, _PREFERENCES = "profiles.ini", "prefs.js"
_MOST = 4 << 20
"""Octets of a file of settings that are read."""
_SECTION = re.compile(r"^[ \t]*\[([^\]\r\n]*)[^\n]*$", re.MULTILINE)
_VALUE = re.compile(r"^[ \t]*(\w+)[ \t]*=([^\r\n]*)", re.MULTILINE)
_ADDRESS = re.compile(r'^user_pref\("mail\.identity\.id\d+\.useremail", "([^"\\\s]{3,254}@[^"\\\s@]{3,254})"\);', re.MULTILINE)
_STATUS = re.compile(rb"(?:X-(?:Account-Key|UIDL):[^\n]*\n)*X-Mozilla-Status:[ \t]*([0-9A-F]{4})\r?\n", re.IGNORECASE)
"""Thunderbird writes it above everything that came with the message; further down, a sender could hide their mail with it."""
_EXPUNGED = 0x0008


def homes(home: Path, platform: str, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders in which a `profiles.ini` may be; `platform` as in `sys.platform`."""
    if platform == "win32":
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        roaming = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
        return (roaming / "Thunderbird", *_matching(local, "Packages/*Thunderbird*/LocalCache/Roaming/Thunderbird"))
    if platform == "darwin":
        return (home / "Library" / "Thunderbird",)
    packed = (*_matching(home, "snap/*/common/.thunderbird"), *_matching(home, ".var/app/*/.thunderbird"))
    return (home / ".thunderbird", home / ".mozilla-thunderbird", *packed)


def profiles(home: Path, platform: str, environment: Mapping[str, str]) -> tuple[MailProfile, ...]:
    """All profiles that have mail folders; what cannot be read is not there."""
    listed = (each for base in homes(home, platform, environment) for each in _listed(base))
    found = {os.path.realpath(path): MailProfile(as_id(path), name, addresses_in(Path(path))) for name, path in listed if mail_in(Path(path))}
    return tuple(found.values())


def mail_in(root: Path) -> tuple[str, ...]:
    """The folders with mail of a profile; empty where a directory is none, or may not be looked into."""
    return tuple(part for part in _MAIL if os.path.isdir(root / part)) if os.path.isfile(root / _PREFERENCES) else ()


def addresses_in(profile: Path) -> tuple[str, ...]:
    """The e-mail addresses that its user writes from, each once."""
    return tuple(dict.fromkeys(_ADDRESS.findall(_text(profile / _PREFERENCES))))


def is_deleted(header: bytes) -> bool:
    """A deleted message stays in its file until the folder is compacted; nobody sees it any more."""
    status = _STATUS.match(header)
    return status is not None and bool(int(status[1], 16) & _EXPUNGED)


def _matching(top: Path, pattern: str) -> list[Path]:
    """Empty where the folders on the way may not be listed."""
    try:
        return sorted(top.glob(pattern))
    except OSError:
        return []


def _listed(base: Path) -> Iterator[tuple[str, str]]:
    """Name and folder of each profile that `profiles.ini` names, as Mozilla's programs read it: lines that say nothing are passed over.

    `IsRelative` is not asked for: a path that is absolute is so whatever it says.
    """
    parts = _SECTION.split(_text(base / _LIST))[1:]
    for section, text in zip(parts[::2], parts[1::2], strict=True):
        values = {name.lower(): value.strip() for name, value in _VALUE.findall(text)}
        if section.startswith("Profile") and values.get("path"):
            folder = os.path.abspath(os.path.join(base, values["path"]))
            yield values.get("name") or os.path.basename(folder), folder


def _text(path: Path) -> str:
    """As far as it can be read. Octets that are no UTF-8 are kept as in any path."""
    try:
        if not os.path.isfile(path):
            return ""
        with path.open("rb") as file:
            octets = file.read(_MOST)
    except (OSError, ValueError):
        return ""
    utf16 = octets.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    text = octets.decode("utf-16", "replace") if utf16 else octets.decode("utf-8", "surrogateescape")
    return text.lstrip("\ufeff")
