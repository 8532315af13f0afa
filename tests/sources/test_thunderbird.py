"""Thunderbird's profiles: found without reading mail, read as Thunderbird shows them, and never changed, even while Thunderbird writes."""

from __future__ import annotations

import builtins
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from app.known import own_domains_of
from app.model import Account, FolderRole, MailProfile
from app.sources import open_source
from app.sources.thunderbird import profiles
from tests.mailmaker import message
from tests.sources.test_files import ids, notices, plant, read

FROM = b"From - Thu Jan  1 00:00:00 2026\n"
PREFS = b"""
user_pref("mail.identity.id1.useremail", "sara@firm.example");
user_pref("mail.identity.id2.useremail", "sara@gmail.com");
user_pref("mail.identity.id3.fullName", "Sara");
"""
HOMES = [
    ("linux", ".thunderbird"),
    ("linux", ".mozilla-thunderbird"),
    ("linux", "snap/thunderbird/common/.thunderbird"),
    ("linux", ".var/app/org.mozilla.Thunderbird/.thunderbird"),
    ("linux", ".var/app/net.thunderbird.Thunderbird/.thunderbird"),
    ("linux", ".var/app/eu.betterbird.Betterbird/.thunderbird"),
    ("darwin", "Library/Thunderbird"),
    ("win32", "AppData/Roaming/Thunderbird"),
    ("win32", "AppData/Local/Packages/MozillaThunderbird.MZLA_h5892qc0xkpca/LocalCache/Roaming/Thunderbird"),
]


def stored(n: int, status: bytes = b"0001", above: bytes = b"") -> bytes:
    return FROM + above + b"X-Mozilla-Status: " + status + b"\nX-Mozilla-Status2: 00000000\n" + message(n) + b"\n"


def profile(base: Path) -> Path:
    """One with mail of a server, local folders in both kinds of store, and much that is no mail."""
    plant(
        base,
        {
            "profiles.ini": b"[General]\nStartWithLastProfile=1\n\n[Profile0]\nName=work\nIsRelative=1\nPath=Profiles/abc.work\nDefault=1\n",
            "Profiles/abc.work/prefs.js": PREFS,
            "Profiles/abc.work/abook.sqlite": b"SQLite format 3",
            "Profiles/abc.work/cert9.db": b"x",
            "Profiles/abc.work/calendar-data/local.eml": message(99),
            "Profiles/abc.work/ImapMail/imap.firm.example/INBOX": stored(1),
            "Profiles/abc.work/ImapMail/imap.firm.example/INBOX.msf": b"// <!-- <mdb:mork:z -->",
            "Profiles/abc.work/ImapMail/imap.firm.example/INBOX.sbd/Customers": stored(2),
            "Profiles/abc.work/ImapMail/imap.firm.example/Sent-1": stored(3),
            "Profiles/abc.work/ImapMail/imap.firm.example/msgFilterRules.dat": b'version="9"\n',
            "Profiles/abc.work/Mail/Local Folders/Sent/cur/1767225600123.eml": message(4),
            "Profiles/abc.work/Mail/Local Folders/Sent/tmp/.keep": b"",
            "Profiles/abc.work/Mail/Local Folders/Sent.sbd/2025/cur/1767225600124.eml": message(5),
            "Profiles/abc.work/Mail/Local Folders/Sent.sbd/2025/tmp/.keep": b"",
        },
    )
    return base / "Profiles/abc.work"


@pytest.mark.parametrize(("platform", "folder"), HOMES)
def test_a_profile_is_found_where_each_system_keeps_it(tmp_path: Path, platform: str, folder: str) -> None:
    made = profile(tmp_path / folder)
    assert profiles(tmp_path, platform, {}) == (MailProfile(str(made), "work", ("sara@firm.example", "sara@gmail.com")),)


def test_windows_says_where_its_settings_are(tmp_path: Path) -> None:
    made = profile(tmp_path / "elsewhere" / "Thunderbird")
    (found,) = profiles(tmp_path, "win32", {"APPDATA": str(tmp_path / "elsewhere")})
    assert found.path == str(made)


def test_a_profile_in_another_place_is_found_and_one_without_mail_is_not(tmp_path: Path) -> None:
    made = profile(tmp_path / "disk")
    ini = f"[Profile0]\nName=work\nIsRelative=0\nPath={made}\n[Profile1]\nName=empty\nPath=empty\n[Profile2]\nName=\xe4\n"
    plant(tmp_path / ".thunderbird", {"profiles.ini": ini.encode("latin-1"), "empty/prefs.js": b""})
    assert [found.name for found in profiles(tmp_path, "linux", {})] == ["work"]


@pytest.mark.parametrize("text", [b"", b"no section\n", b"[Profile0]\nPath", b"\xff\xfe\x00", b"[Profile0]\nPath=%(x)s\nPath=..\n"])
def test_a_list_that_makes_no_sense_names_no_profile(tmp_path: Path, text: bytes) -> None:
    plant(tmp_path / ".thunderbird", {"profiles.ini": text})
    assert profiles(tmp_path, "linux", {}) == ()


GOOD = "[Profile0]\nName=work\nIsRelative=1\nPath=Profiles/abc.work\n"
ODD = {
    "byte order mark": "\ufeff" + GOOD,
    "garbage before": "what is this\n" + GOOD,
    "garbage between": GOOD.replace("Name", "}{ garbage\n\nName"),
    "a section that is not closed": "[Profile1\nPath=nowhere\n" + GOOD + "[Profile2\nPath=nowhere\n",
    "two sections of one name": GOOD + GOOD.replace("Profiles/abc.work", "gone"),
    "CRLF": GOOD.replace("\n", "\r\n"),
    "indented": GOOD.replace("\n", "\n   ").replace("=", " = "),
    "path that is too long": f"[Profile1]\nIsRelative=0\nPath=/{'x' * 5000}\n" + GOOD,
    "name that is too long": f"[Profile1]\nPath={'x' * 300}\n" + GOOD,
    "many folders": f"[Profile1]\nIsRelative=0\nPath=/{'x/' * 3000}\n" + GOOD,
    "NUL in the path": "[Profile1]\nPath=a\0b\n" + GOOD,
    "NUL in the list": "\0\0\n" + GOOD,
    "no such folder": "[Profile1]\nPath=gone\n[Profile2]\nIsRelative=0\nPath=relative\n" + GOOD,
    "IsRelative makes no sense": GOOD.replace("=1", "=perhaps"),
    "no IsRelative": GOOD.replace("IsRelative=1\n", ""),
    "no end of line": GOOD.rstrip(),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_list_of_profiles_hides_none_that_it_names(tmp_path: Path, odd: str, encoding: str) -> None:
    made = profile(tmp_path / ".thunderbird")
    (tmp_path / ".thunderbird" / "profiles.ini").write_bytes(ODD[odd].encode(encoding))
    assert [(found.path, found.name) for found in profiles(tmp_path, "linux", {})] == [(str(made), "work")]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are octets on Linux alone")
def test_a_folder_whose_name_is_no_utf8_is_found_too(tmp_path: Path) -> None:
    made = profile(tmp_path / ".thunderbird")
    named = Path(os.fsdecode(os.fsencode(made.parent) + b"/\xe4.old"))
    made.rename(named)
    (tmp_path / ".thunderbird" / "profiles.ini").write_bytes(b"[Profile0]\nName=\xe4lt\nPath=Profiles/\xe4.old\n")
    (found,) = profiles(tmp_path, "linux", {})
    assert found.path == f"{named.parent}///E4.old"
    assert len(open_source(found.path).folders()) == 5
    assert found.addresses == ("sara@firm.example", "sara@gmail.com")


def test_a_profile_that_cannot_be_looked_into_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for it, the system says that it may not be opened, also to root."""
    made = profile(tmp_path / ".thunderbird")
    plant(tmp_path / ".thunderbird", {"locked/prefs.js": PREFS, "locked/Mail/Inbox": stored(1)})
    ini = "[Profile1]\nName=locked\nPath=locked\n" + GOOD
    (tmp_path / ".thunderbird" / "profiles.ini").write_text(ini, encoding="utf-8")
    assert len(profiles(tmp_path, "linux", {})) == 2
    real = os.stat

    def refusing(path: Any, *rest: Any, **values: Any) -> os.stat_result:
        if "locked" in os.fspath(path):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **values)

    monkeypatch.setattr(os, "stat", refusing)
    assert [found.path for found in profiles(tmp_path, "linux", {})] == [str(made)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_list_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".thunderbird").mkdir()
    os.mkfifo(tmp_path / ".thunderbird" / "profiles.ini")
    profile(tmp_path / "snap/thunderbird/common/.thunderbird")
    assert len(profiles(tmp_path, "linux", {})) == 1


def test_finding_profiles_opens_no_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = profile(tmp_path / ".thunderbird")
    opened = []
    real, real_open = os.open, Path.open

    def watched(path: Any, *rest: Any, **values: Any) -> int:
        opened.append(os.fspath(path))
        return real(path, *rest, **values)

    def watched_path(path: Path, *rest: Any, **values: Any) -> Any:
        opened.append(os.fspath(path))
        return real_open(path, *rest, **values)

    monkeypatch.setattr(os, "open", watched)
    monkeypatch.setattr(Path, "open", watched_path)
    monkeypatch.setattr(builtins, "open", watched)
    assert profiles(tmp_path, "linux", {})
    assert {Path(path).name for path in opened} == {"profiles.ini", "prefs.js"}
    assert str(made) in "".join(opened)


def test_a_profile_is_read_as_thunderbird_sorts_it_and_nothing_else_of_it(tmp_path: Path) -> None:
    made = profile(tmp_path)
    assert [(folder.name, folder.role) for folder in open_source(str(made)).folders()] == [
        ("ImapMail/imap.firm.example/INBOX", FolderRole.INBOX),
        ("ImapMail/imap.firm.example/INBOX/Customers", FolderRole.ORDINARY),
        ("ImapMail/imap.firm.example/Sent-1", FolderRole.SENT),
        ("Mail/Local Folders/Sent", FolderRole.SENT),
        ("Mail/Local Folders/Sent/2025", FolderRole.ORDINARY),
    ]
    assert len(ids(made)) == 5
    assert notices(made) == []


def test_the_own_domain_is_that_of_the_one_who_writes_from_it_and_no_shared_provider(tmp_path: Path) -> None:
    made = profile(tmp_path)
    assert own_domains_of(Account("work", str(made))) == ("firm.example",)


def test_what_was_deleted_in_thunderbird_is_not_there(tmp_path: Path) -> None:
    pop = b"X-Account-Key: account1\nX-UIDL: 17\n"
    path = plant(tmp_path, {"Inbox": stored(1) + stored(2, b"0009") + stored(3, b"0019", pop) + stored(4)}) / "Inbox"
    assert ids(path) == ["Inbox#1", "Inbox#4"]
    source = open_source(str(path))
    assert b"Subject: message 4" in source.header("Inbox#4")
    assert list(source.present(source.folders()[0])) == ["Inbox#1", "Inbox#4"]
    with pytest.raises(Exception, match="input"):
        source.header("Inbox#2")


def test_a_sender_cannot_hide_mail_as_deleted(tmp_path: Path) -> None:
    hidden = message(1).replace(b"\n", b"\nX-Mozilla-Status: 0009\n", 1)
    path = plant(tmp_path, {"Inbox": FROM + hidden + b"\n" + stored(2).replace(b"\n\n", b"\nX-Mozilla-Status: 0009\n\n", 1)}) / "Inbox"
    assert ids(path) == ["Inbox#1", "Inbox#2"]


def test_a_folder_that_thunderbird_is_writing_is_read_up_to_where_it_was_and_stays_as_it_is(tmp_path: Path) -> None:
    path = plant(tmp_path, {"Inbox": stored(1) + stored(2)}) / "Inbox"
    before = path.stat()
    with path.open("ab") as writer:
        source = open_source(str(path))
        batches = source.batches(source.folders()[0])
        writer.write(stored(3)[:60])
        writer.flush()
        assert sum(len(batch.messages) for batch in batches) >= 2
        writer.write(stored(3)[60:])
    assert path.read_bytes() == stored(1) + stored(2) + stored(3)
    assert (path.stat().st_ino, path.stat().st_mode) == (before.st_ino, before.st_mode)
    assert ids(path) == ["Inbox#1", "Inbox#2", "Inbox#3"]
    assert read(path)["Inbox"][0].missing == 0


def test_a_file_is_opened_for_reading_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plant(tmp_path, {"Inbox": stored(1)}) / "Inbox"
    flags: list[int] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, flag, *rest: flags.append(flag) or real(path, flag, *rest))
    assert ids(path) == ["Inbox#1"]
    assert flags
    assert all(flag & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC) == 0 for flag in flags)
