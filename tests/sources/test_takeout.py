"""Google Takeout: one file in which each message lies once and says by its labels what it was."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.model import Facts, FolderRole, ScanStatus
from app.scan import Scanner, ScanOptions
from app.sources import open_source
from app.store.cache import Cache
from tests.mailmaker import message
from tests.sources.test_files import plant


def labelled(n: int, labels: bytes) -> bytes:
    head = b"From 17%d@xxx Thu Jan 01 00:00:0%d +0000 2026\nX-GM-THRID: 17%d\nX-Gmail-Labels: " % (n, n, n)
    return head + labels + b"\n" + message(n) + b"\n"


def by_role(path: Path) -> dict[FolderRole, list[str]]:
    source = open_source(str(path))
    return {folder.role: [each.id for batch in source.batches(folder) for each in batch.messages] for folder in source.folders()}


@pytest.mark.parametrize(
    ("labels", "role"),
    [
        (b"Inbox,Important,Opened", FolderRole.ORDINARY),
        (b"Sent,Opened", FolderRole.SENT),
        (b"Inbox,Sent", FolderRole.SENT),
        (b"Drafts", FolderRole.DRAFTS),
        (b"Spam,Unread", FolderRole.JUNK),
        (b"Gesendet,Ge\xc3\xb6ffnet", FolderRole.SENT),
        (b"=?UTF-8?B?2KfZhNmF2LHYs9mE2Kk=?=", FolderRole.SENT),
        (b"=?UTF-8?Q?=C3=85pnet,Sendt?=", FolderRole.SENT),
        (b"Inbox,\n =?UTF-8?Q?Envoy=C3=A9s?=", FolderRole.SENT),
        (b"Clients/Sent,Inbox", FolderRole.ORDINARY),
        (b"", FolderRole.ORDINARY),
    ],
)
def test_a_label_says_what_a_message_was(tmp_path: Path, labels: bytes, role: FolderRole) -> None:
    path = plant(tmp_path, {"All mail.mbox": labelled(1, b"Inbox") + labelled(2, labels)}) / "All mail.mbox"
    found = by_role(path)
    assert set(found) == {FolderRole.ORDINARY, FolderRole.SENT, FolderRole.DRAFTS, FolderRole.JUNK}
    assert "All mail.mbox#2" in found[role]
    assert sorted(id for ids in found.values() for id in ids) == ["All mail.mbox#1", "All mail.mbox#2"]


def test_a_sender_cannot_label_a_message_as_sent(tmp_path: Path) -> None:
    forged = labelled(2, b"Inbox").replace(b"Subject:", b"X-Gmail-Labels: Sent\nSubject:", 1)
    unlabelled = b"From x Thu Jan  1 00:00:09 2026\nReceived: by x\nX-Gmail-Labels: Sent\n" + message(3) + b"\n"
    path = plant(tmp_path, {"m.mbox": labelled(1, b"Inbox") + forged + unlabelled}) / "m.mbox"
    assert by_role(path)[FolderRole.ORDINARY] == ["m.mbox#1", "m.mbox#2", "m.mbox#3"]


def test_an_export_is_counted_once_whatever_it_is_cut_into(tmp_path: Path) -> None:
    """The same message in the whole and in the file of one label; the owner's own mail is judged nowhere."""
    whole = b"".join(labelled(n, b"Sent" if n % 3 == 0 else b"Spam" if n % 3 == 1 else b"Inbox,Firm") for n in range(1, 10))
    some = b"".join(labelled(n, b"Inbox,Firm") for n in (2, 5, 8))
    plant(tmp_path, {"Takeout/Mail/All mail Including Spam and Trash.mbox": whole, "Takeout/Mail/Firm.mbox": some, "Takeout/archive_browser.html": b"<p>"})
    cache = Cache(None)
    *_, books = Scanner(open_source(str(tmp_path)), cache, Facts(), ScanOptions(), time.time).run()
    assert (books.status, books.messages, books.duplicates) == (ScanStatus.COMPLETE, 9, 3)  # type: ignore[union-attr]
    assert sum(record.messages for record in cache.claims()) == 6
    assert sum(record.junk for record in cache.claims()) == 3
    assert cache.correspondents()
    cache.close()


def test_a_message_of_any_part_is_found_again_by_its_id(tmp_path: Path) -> None:
    source = open_source(str(plant(tmp_path, {"m.mbox": labelled(1, b"Inbox") + labelled(2, b"Sent")}) / "m.mbox"))
    assert b"X-Gmail-Labels: Sent" in source.header("m.mbox#2")
