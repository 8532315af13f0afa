"""Mail in files: what is taken for mail, what it is called, and what is said about the rest."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.error_text import describe
from app.errors import UserError
from app.i18n import Translation
from app.model import Batch, Folder, FolderRole
from app.sources import normalised, open_source
from app.store.folder import StoreFolder
from tests.mailmaker import message

MAIL = message(1)
FROM_LINE = b"From sara@partner.example Thu Jan  1 00:00:00 2026\n"


def read(path: Path) -> dict[str, list[Batch]]:
    source = open_source(str(path))
    return {folder.name: list(source.batches(folder)) for folder in source.folders()}


def ids(path: Path) -> list[str]:
    return [message.id for batches in read(path).values() for batch in batches for message in batch.messages]


def notices(path: Path) -> list[tuple[str, str]]:
    return [
        (Path(str(dict(notice.params)["path"])).name, str(dict(notice.params).get("reason", notice.code)))
        for batches in read(path).values()
        for batch in batches
        for notice in batch.notices
    ]


def plant(root: Path, files: dict[str, bytes]) -> Path:
    for name, octets in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(octets)
    return root


# mbox ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (b"", 0),
        (FROM_LINE + MAIL, 1),
        (FROM_LINE + MAIL + b"\n" + FROM_LINE + MAIL, 2),
        (FROM_LINE + b"\n" + FROM_LINE + b"\n", 2),
        (FROM_LINE + MAIL + b"\nFrom here on it is only a sentence.\n\nFrom 2026 at 10 o'clock too\n", 1),
        (FROM_LINE + MAIL + b"\n>From the quoted\n\n>>From the twice quoted\n", 1),
        (FROM_LINE + MAIL.rstrip(b"\n") + b"\n" + FROM_LINE, 1),
        (FROM_LINE + MAIL + b"\nFrom nobody\nSubject: no date in the line before\n\nx\n", 2),
        (FROM_LINE + MAIL + b"\nFrom ???@??? Fri, 08 Jul 2011 12:08:34 +0200\nSubject: x\n\n", 2),
        (FROM_LINE + b"Content-Length: 100000\n" + MAIL + b"\n" + FROM_LINE + MAIL, 2),
        (FROM_LINE.replace(b"\n", b"\r\n") + MAIL + b"\r\n" + FROM_LINE.replace(b"\n", b"\r\n") + MAIL, 2),
    ],
    ids=["empty", "one", "two", "empty messages", "sentences", "quoted", "no empty line before", "no date", "RFC date", "Content-Length lies", "CRLF"],
)
def test_an_mbox_is_cut_where_messages_begin(tmp_path: Path, text: bytes, count: int) -> None:
    path = plant(tmp_path, {"Inbox": text}) / "Inbox"
    assert ids(path) == [f"Inbox#{n}" for n in range(1, count + 1)]


QUOTED = b"Look:\n\n" + FROM_LINE + b"From: boss@firm.example\nAuthentication-Results: mx.firm.example; dmarc=pass\n\nPay.\n"


def measured(n: int, body: bytes = QUOTED, octets: int | None = None) -> bytes:
    header = message(n).partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n")
    return FROM_LINE + header + b"\nContent-Length: %d\n\n" % (len(body) if octets is None else octets) + body + b"\n"


@pytest.mark.parametrize("eol", [b"\n", b"\r\n"])
def test_what_a_body_quotes_is_no_message_where_each_says_its_length(tmp_path: Path, eol: bytes) -> None:
    body = QUOTED.replace(b"\n", eol)
    text = b"".join(measured(n, b"@").replace(b"\n", eol).replace(b"Length: 1", b"Length: %d" % len(body)).replace(b"@" + eol, body + eol) for n in range(3))
    assert len(ids(plant(tmp_path, {"Inbox": text}) / "Inbox")) == 3


def test_a_length_hides_no_message_unless_one_ends_just_there(tmp_path: Path) -> None:
    hidden = measured(2)
    lying = [measured(1, b"x\n", len(b"x\n\n" + hidden) + wrong) for wrong in (-3, 2)]
    for first in lying:
        assert len(ids(plant(tmp_path, {"Inbox": first + hidden + measured(3)}) / "Inbox")) >= 3
    plain = FROM_LINE + MAIL + b"\n"
    sender = measured(1, b"x\n", len(b"x\n\n" + plain) - 1)
    for before, messages in ((plain, 1), (measured(4) + plain, 2)):
        assert len(ids(plant(tmp_path, {"Inbox": before + sender + plain + plain}) / "Inbox")) == messages + 3


def test_messages_are_cut_the_same_wherever_a_block_ends(tmp_path: Path) -> None:
    """Separators that lie across the end of a block of 1 MiB."""
    for shift in range(0, 60, 7):
        first = FROM_LINE + b"Subject: long\n\n"
        body = b"x" * ((1 << 20) - len(first) - shift) + b"\n\n"
        path = plant(tmp_path, {f"m{shift}": first + body + FROM_LINE + MAIL}) / f"m{shift}"
        assert len(ids(path)) == 2


def test_the_line_before_a_message_says_when_it_came(tmp_path: Path) -> None:
    (batch,) = read(plant(tmp_path, {"Inbox": FROM_LINE + MAIL}) / "Inbox")["Inbox"]
    assert batch.messages[0].received == 1_767_225_600
    assert batch.messages[0].size == len(MAIL)


def test_a_rewritten_mbox_is_noticed_and_an_untouched_one_is_not(tmp_path: Path) -> None:
    path = plant(tmp_path, {"Inbox": FROM_LINE + MAIL}) / "Inbox"

    def folder() -> Folder:
        return open_source(str(path)).folders()[0]

    before = folder().validity
    assert before == folder().validity != 0
    path.write_bytes(FROM_LINE + message(2) + b"x")
    assert folder().validity != before


# Trees ---------------------------------------------------------------------------------------------------------------


def test_a_mixture_is_sorted_into_the_folders_that_a_person_expects(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "Inbox": FROM_LINE + MAIL,
            "Inbox.msf": b"//",
            "Inbox.sbd/Customers": FROM_LINE + MAIL,
            "Sent": FROM_LINE + MAIL,
            "saved/b.eml": MAIL,
            "saved/a.eml": b"",
            "saved/old/1": MAIL,
            "saved/list.txt": FROM_LINE + MAIL,
            "saved/notes.txt": b"buy milk",
            "Maildir/cur/1780000000.a:2,S": MAIL,
            "Maildir/new/1780000001.b": MAIL,
            "Maildir/tmp/1780000002.c": MAIL,
            "Maildir/.Junk/cur/1780000003.d:2,": MAIL,
            "Maildir/.Junk/new/x": MAIL,
            "Maildir/dovecot-uidlist": b"3 V1",
        },
    )
    source = open_source(str(tmp_path))
    assert [(folder.name, folder.role) for folder in source.folders()] == [
        ("Inbox", FolderRole.INBOX),
        ("Inbox/Customers", FolderRole.ORDINARY),
        ("Maildir", FolderRole.ORDINARY),
        ("Maildir/Junk", FolderRole.JUNK),
        ("Sent", FolderRole.SENT),
        ("saved", FolderRole.ORDINARY),
        ("saved/old", FolderRole.ORDINARY),
    ]
    assert ids(tmp_path) == [
        "Inbox#1",
        "Inbox.sbd/Customers#1",
        "Maildir/cur/1780000000.a:2,S",
        "Maildir/new/1780000001.b",
        "Maildir/.Junk/cur/1780000003.d:2,",
        "Maildir/.Junk/new/x",
        "Sent#1",
        "saved/a.eml",
        "saved/b.eml",
        "saved/list.txt#1",
        "saved/old/1",
    ]
    assert notices(tmp_path) == []


def test_what_apple_mail_exports_is_called_as_it_was_there(tmp_path: Path) -> None:
    plant(tmp_path, {"Sent.mbox/mbox": FROM_LINE + MAIL, "Sent.mbox/table_of_contents": b"\0\1", "بريد.mbox/mbox": FROM_LINE + MAIL})
    for path, expected in [(tmp_path, {("Sent", FolderRole.SENT), ("بريد", FolderRole.ORDINARY)}), (tmp_path / "Sent.mbox", {("Sent", FolderRole.SENT)})]:
        assert {(folder.name, folder.role) for folder in open_source(str(path)).folders()} == expected
        assert notices(path) == []


def test_what_might_have_been_mail_is_said_and_what_never_is_is_not(tmp_path: Path) -> None:
    plant(tmp_path, {"a.eml": MAIL, "b.msg": b"\xd0\xcf", "c.zip": b"PK", "d.xyz": b"?", "e.png": b"", "f.html": b"<p>", ".DS_Store": b"x", "._a.eml": b"x"})
    assert notices(tmp_path) == [("b.msg", "input.msg"), ("c.zip", "input.packed"), ("d.xyz", "it does not look like mail")]
    assert ids(tmp_path) == ["a.eml"]


@pytest.mark.parametrize(
    ("name", "octets", "code"),
    [
        ("archive.pst", b"!BDN", "input.outlook"),
        ("Outlook.OST", b"", "input.outlook"),
        ("mail.olm", b"PK\x03\x04", "input.outlook"),
        ("renamed", b"!BDN", "input.outlook"),
        ("offer.msg", b"\xd0\xcf\x11\xe0", "input.msg"),
        ("Inbox.dbx", b"\xcf\xad\x12\xfe", "input.dbx"),
        ("1.emlx", b"412\nFrom: a@b.example\n\n", "input.emlx"),
        ("takeout.zip", b"PK\x03\x04", "input.packed"),
        ("takeout.tgz", b"\x1f\x8b", "input.packed"),
        ("renamed.mbox", b"PK\x03\x04", "input.packed"),
        ("mail.nsf", b"", "input.foreign"),
    ],
)
def test_a_file_of_another_kind_is_answered_with_how_to_convert_it(tmp_path: Path, name: str, octets: bytes, code: str) -> None:
    path = plant(tmp_path, {name: octets}) / name
    with pytest.raises(UserError) as caught:
        open_source(str(path))
    assert (caught.value.code, caught.value.params) == (code, {"path": str(path)})
    for language, by_the_way in (("en", "open"), ("ar", "افتح")):
        assert by_the_way in describe(code, caught.value.params, Translation(language))


def test_a_folder_of_nothing_else_is_answered_in_the_same_way(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        open_source(str(plant(tmp_path, {"a/backup.pst": b"!BDN"})))
    assert caught.value.code == "input.outlook"


@pytest.mark.parametrize("octets", [b"", b"\n\n", b"no header", b"\x00\xff" * 100, b"From broken\nSubject: x\n\n"])
def test_every_eml_is_one_message_however_broken(tmp_path: Path, octets: bytes) -> None:
    assert ids(plant(tmp_path, {"x.eml": octets})) == ["x.eml"]


def test_a_byte_order_mark_hides_no_field(tmp_path: Path) -> None:
    (batch,) = read(plant(tmp_path, {"x.eml": b"\xef\xbb\xbf\r\n" + MAIL}) / "x.eml")["x.eml"]
    assert MAIL.startswith(batch.messages[0].header)


def test_a_link_to_elsewhere_is_not_followed_but_said(tmp_path: Path) -> None:
    outside = plant(tmp_path / "outside", {"secret.eml": MAIL})
    tree = plant(tmp_path / "tree", {"a.eml": MAIL})
    (tree / "link.eml").symlink_to(outside / "secret.eml")
    (tree / "folder").symlink_to(outside)
    (tree / "again.eml").symlink_to(tree / "a.eml")
    (tree / "loop").symlink_to(tree)
    assert ids(tree) == ["a.eml"]
    assert [name for name, _ in notices(tree)] == ["folder", "link.eml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    tree = plant(tmp_path, {"a.eml": MAIL, "Maildir/cur/1:2,S": MAIL, "Maildir/new/2": MAIL})
    os.mkfifo(tree / "pipe.eml")
    os.mkfifo(tree / "Maildir" / "new" / "pipe")
    assert ids(tree) == ["a.eml", "Maildir/cur/1:2,S", "Maildir/new/2"]
    assert sum(batch.missing for batches in read(tree).values() for batch in batches) == 1
    with pytest.raises(UserError):
        open_source(str(tree / "pipe.eml"))


def test_a_name_that_is_no_utf8_has_an_id_that_can_be_stored_and_found(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.eml")).write_bytes(MAIL)
    (tmp_path / "caf%E9.eml").write_bytes(MAIL)
    found = ids(tmp_path)
    assert found == ["caf%E9.eml", "caf//E9.eml"]
    source = open_source(str(tmp_path))
    assert all(MAIL.startswith(source.header(id)) and "".join(id).encode() for id in found)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are octets on Linux alone")
@pytest.mark.parametrize("name", [b"caf\xe9.mbox", b"d\xe9/b.eml", b"\xe9\xff/caf\xe9/b.eml"])
def test_a_source_whose_name_is_no_utf8_is_one_source_that_can_be_kept(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(FROM_LINE + MAIL)
    given = str(path if path.suffix == ".mbox" else path.parent)
    source = normalised(given)
    assert source.encode().decode() == normalised(source) == open_source(source).label
    (batch,) = open_source(source).batches(open_source(source).folders()[0])
    assert len(batch.messages) == 1
    store = StoreFolder(tmp_path / "store")
    with closing(store.workspace()) as workspace:
        workspace.freeze(source, 1, "complete", 1, b"{}")
        assert workspace.sources() == {source}


def test_two_slashes_are_one_where_there_is_something_of_that_name(tmp_path: Path) -> None:
    plant(tmp_path, {"BA/a.eml": MAIL})
    assert normalised(f"{tmp_path}//BA") == str(tmp_path / "BA")


@pytest.mark.parametrize("name", ["self", "a\0b"])
def test_what_leads_nowhere_is_said_in_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "self").symlink_to("self")
    with pytest.raises(UserError) as caught:
        open_source(str(tmp_path / name))
    assert caught.value.params["reason"] == "it leads nowhere"


def test_a_file_that_cannot_be_read_is_missing_not_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"a.eml": MAIL, "b.eml": MAIL, "c.eml": MAIL})
    real = os.open

    def deny(path: os.PathLike[str], flags: int) -> int:
        if os.fspath(path).endswith("b.eml"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags)

    monkeypatch.setattr(os, "open", deny)
    (batch,) = read(tmp_path)[tmp_path.name]
    assert (len(batch.messages), batch.missing, batch.total) == (2, 1, 3)
    assert [notice.code for notice in batch.notices] == ["input"]


@pytest.fixture
def denied(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a user who may not open what is called `locked`; the tests may run as root, who may open everything."""

    def denying(real: Callable[..., object], what: slice) -> Callable[..., object]:
        def call(path: object, *rest: object, **values: object) -> object:
            if isinstance(path, str | os.PathLike) and "locked" in Path(path).parts[what]:
                raise PermissionError(13, "Permission denied")
            return real(path, *rest, **values)

        return call

    monkeypatch.setattr(os, "open", denying(os.open, slice(None)))
    monkeypatch.setattr(os, "scandir", denying(os.scandir, slice(None)))
    monkeypatch.setattr(os, "stat", denying(os.stat, slice(-1)))


@pytest.mark.usefixtures("denied")
@pytest.mark.parametrize("locked", ["locked", "locked/Inbox", "locked/cur/1", "deep/locked/a.eml", "locked/deep/a.eml"])
def test_what_may_not_be_opened_is_missing_and_hides_nothing_else(tmp_path: Path, locked: str) -> None:
    plant(tmp_path, {locked: FROM_LINE + MAIL, "b.eml": MAIL, "sub/c.eml": MAIL})
    batches = [batch for found in read(tmp_path).values() for batch in found]
    assert [message.id for batch in batches for message in batch.messages] == ["b.eml", "sub/c.eml"]
    assert sum(batch.missing for batch in batches) == 1
    assert sum(batch.total for batch in batches) == 3
    assert notices(tmp_path) == [("locked", "you may not open it")]


@pytest.mark.usefixtures("denied")
def test_where_nothing_may_be_opened_that_is_said(tmp_path: Path) -> None:
    plant(tmp_path, {"locked/Inbox": FROM_LINE + MAIL})
    with pytest.raises(UserError) as caught:
        open_source(str(tmp_path))
    assert caught.value.params == {"path": str(tmp_path / "locked"), "reason": "you may not open it"}


def test_a_link_to_itself_is_left_out(tmp_path: Path) -> None:
    plant(tmp_path, {"a.eml": MAIL})
    (tmp_path / "loop").symlink_to("loop")
    assert ids(tmp_path) == ["a.eml"]


def test_a_maildir_file_that_was_renamed_meanwhile_is_still_read(tmp_path: Path) -> None:
    plant(tmp_path, {"cur/1780000000.a:2,": MAIL, "new/1780000001.b": MAIL})
    source = open_source(str(tmp_path))
    (tmp_path / "cur/1780000000.a:2,").rename(tmp_path / "cur/1780000000.a:2,S")
    (tmp_path / "new/1780000001.b").unlink()
    (batch,) = source.batches(source.folders()[0])
    assert [(message.id, message.received) for message in batch.messages] == [("cur/1780000000.a:2,", 1_780_000_000)]
    assert (batch.expunged, batch.missing, batch.total) == (1, 0, 2)


@pytest.mark.parametrize("name", ["none", "empty", "photo.png", "notes"])
def test_a_path_without_mail_is_the_users_to_mend(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    plant(tmp_path, {"photo.png": b"\x89PNG", "notes": b"buy milk"})
    with pytest.raises(UserError) as caught:
        open_source(str(tmp_path / name))
    assert caught.value.code == "input"
    assert caught.value.params["path"] == str(tmp_path / name)


def test_a_message_that_is_gone_is_said(tmp_path: Path) -> None:
    source = open_source(str(plant(tmp_path, {"Inbox": FROM_LINE + MAIL}) / "Inbox"))
    for id in ("Inbox#2", "Inbox#0", "Inbox", "other", "../Inbox#1", ""):
        with pytest.raises(UserError) as caught:
            source.header(id)
        assert caught.value.code == "input"
