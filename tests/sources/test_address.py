"""The words that name a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.model import FolderRole
from app.sources import Connection, is_server, normalised, owner_of, parse_address
from app.sources.folder_names import decode_utf7, guessed_role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("imaps://sara%40firm.example@mail.firm.example", ("imaps", "sara@firm.example", "mail.firm.example", 993)),
        ("imap://sara@mail.firm.example:1143/", ("imap", "sara", "mail.firm.example", 1143)),
        ("IMAPS://sara@firm.example@MAIL.Firm.Example.", ("imaps", "sara@firm.example", "mail.firm.example", 993)),
        ("imaps://sara@[2001:DB8::1]:994", ("imaps", "sara", "2001:db8::1", 994)),
        ("imaps://sara@192.0.2.1", ("imaps", "sara", "192.0.2.1", 993)),
        ("imaps://sara@bücher.example", ("imaps", "sara", "xn--bcher-kva.example", 993)),
        ("imaps://%D8%B3%D8%A7%D8%B1%D8%A9@localhost", ("imaps", "سارة", "localhost", 993)),
        ("imaps://a%2Fb%3A@localhost", ("imaps", "a/b:", "localhost", 993)),
    ],
)
def test_an_address_is_read(text: str, expected: tuple[str, str, str, int]) -> None:
    address = parse_address(text)
    assert (address.scheme, address.user, address.host, address.port) == expected
    assert parse_address(str(address)) == address
    assert normalised(text) == str(address)


@pytest.mark.parametrize(
    "text",
    [
        "imaps://", "imaps://mail.firm.example", "imaps://@mail.firm.example", "imaps://sara@", "imaps://sara@host:0", "imaps://sara@host:99999",
        "imaps://sara@host:x", "imaps://sara@host/INBOX", "imaps://sara%0d%0aA1@host", "imaps://sara%00@host", "imaps://sara%FF@host",
        "imaps://sara@ho st", "imaps://sara@[::1", "imaps://sara@[nonsense]", "http://sara@host", "imaps://sara@-host-", "imaps:/sara@host",
    ],
)  # fmt: skip
def test_nonsense_is_the_users_to_mend(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_address(text)
    assert caught.value.code == "input"


def test_a_path_is_no_server_and_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not is_server("imaps.mbox")
    assert normalised("sub/../Inbox") == str(tmp_path / "Inbox")
    assert normalised("sample") == "sample"


def test_the_owner_is_an_address_or_unknown() -> None:
    assert owner_of("imaps://sara%40firm.example@mail.example") == "sara@firm.example"
    assert owner_of("imaps://sara@mail.example") == owner_of("sample") == owner_of("/tmp/Inbox") == ""


def test_a_secret_is_not_shown() -> None:
    assert "hush" not in repr(Connection(secret="hush"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("INBOX", "INBOX"), ("&BkUGMQYtBigGJw-", "مرحبا"), ("Entw&APw-rfe", "Entwürfe"), ("a &- b", "a & b"), ("&-", "&"),
     ("&broken", "&broken"), ("&AA-", "&AA-"), ("&!!!-", "&!!!-"),
     ("&2D3eAA-", "😀"), ("&2D0-", "&2D0-")],
)  # fmt: skip
def test_modified_utf7_is_read_and_what_is_none_stays(name: str, expected: str) -> None:
    assert decode_utf7(name) == expected


@pytest.mark.parametrize(
    ("name", "role"),
    [("Sent Items", FolderRole.SENT), ("Archive/2025/Sent", FolderRole.SENT), ("البريد المرسل", FolderRole.SENT), ("Gesendet", FolderRole.SENT),
     ("spam.mbox", FolderRole.JUNK), ("Éléments supprimés", FolderRole.TRASH), ("Presents", FolderRole.ORDINARY), ("", FolderRole.ORDINARY)],
)  # fmt: skip
def test_a_folders_use_is_guessed_by_its_whole_name(name: str, role: FolderRole) -> None:
    assert guessed_role(name) is role
