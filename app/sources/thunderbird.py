"""Where Thunderbird keeps its profiles, whose mail is in one, and what its files say beside the messages. Finding them reads no mail."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.model import MailProfile

_MAIL = ("ImapMail", "Mail")
"""Folders of a profile: what is kept of mailboxes on servers, and mail that is nowhere else."""
_PREFERENCES = "prefs.js"
_MOST = 4 << 20
"""Octets of a file of settings that are read."""
_ADDRESS = re.compile(r'^user_pref\("mail\.identity\.id\d+\.useremail", "([^"\\\s]{3,254}@[^"\\\s@]{3,254})"\);', re.MULTILINE)
_STATUS = re.compile(rb"(?:X-(?:Account-Key|UIDL):[^\n]*\n)*X-Mozilla-Status:[ \t]*([0-9A-F]{4})\r?\n", re.IGNORECASE)
"""Thunderbird writes it above everything that came with the message; further down, a sender could hide their mail with it."""
_EXPUNGED = 0x0008


def homes(home: Path, platform: str, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders in which a `profiles.ini` may be; `platform` as in `sys.platform`."""
    if platform == "win32":
        return (Path(environment.get("APPDATA") or home / "AppData" / "Roaming") / "Thunderbird",)
    if platform == "darwin":
        return (home / "Library" / "Thunderbird",)
    packed = ("snap/thunderbird/common/.thunderbird", ".var/app/org.mozilla.Thunderbird/.thunderbird", ".var/app/eu.betterbird.Betterbird/.thunderbird")
    return (home / ".thunderbird", home / ".mozilla-thunderbird", *(home / path for path in packed))


def profiles(home: Path, platform: str, environment: Mapping[str, str]) -> tuple[MailProfile, ...]:
    """All profiles that have mail folders; what cannot be read is not there."""
    found = {path.resolve(): MailProfile(str(path), name, addresses_in(path)) for base in homes(home, platform, environment) for name, path in _listed(base)}
    return tuple(found.values())


def mail_in(root: Path) -> tuple[str, ...]:
    """The folders with mail of a profile; empty where a directory is none."""
    return tuple(part for part in _MAIL if (root / part).is_dir()) if (root / _PREFERENCES).is_file() else ()


def addresses_in(profile: Path) -> tuple[str, ...]:
    """The e-mail addresses that its user writes from, each once."""
    return tuple(dict.fromkeys(_ADDRESS.findall(_text(profile / _PREFERENCES))))


def is_deleted(header: bytes) -> bool:
    """A deleted message stays in its file until the folder is compacted; nobody sees it any more."""
    status = _STATUS.match(header)
    return status is not None and bool(int(status[1], 16) & _EXPUNGED)


def _listed(base: Path) -> Iterator[tuple[str, Path]]:
    """Name and folder of each profile that `profiles.ini` names."""
    listed = configparser.RawConfigParser(strict=False)
    try:
        listed.read_string(_text(base / "profiles.ini"))
    except configparser.Error:
        return
    for section in listed.sections():
        path = listed.get(section, "path", fallback="")
        if section.startswith("Profile") and path:
            folder = base / path if listed.get(section, "isrelative", fallback="1") == "1" else Path(path)
            if mail_in(folder):
                yield listed.get(section, "name", fallback=folder.name), folder


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST).decode("utf-8", "replace")
    except OSError:
        return ""
