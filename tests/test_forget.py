"""Forgetting: every trace is counted before, none is found after, and what belongs to others stays."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.audit_key import key_of
from app.errors import UserError, WorldError
from app.forget import forget, traces_of
from app.i18n import Translation
from app.library import PUT_OFF, Library
from app.model import Account, Decision, DecisionRecord, Direction, ExceptionRule, Looked, OAuthClient, Remains, Skip, Traces
from app.sign_in.grant import Grant
from app.sign_in.services import GOOGLE, MICROSOFT
from app.store.folder import StoreFolder
from tests.mailmaker import message
from tests.test_cli import nitaq
from tests.test_secrets import ROOT, Session, locked, unlocked
from ui.forget import what_stays

__all__ = ["locked", "unlocked"]
SERVER = "imaps://hidden@mail.hidden.example"
SECRET_WORDS = (b"hidden", b"Hidden", b"confidential")


class Secrets:
    def __init__(self, kept: dict[str, str]) -> None:
        self.kept = kept

    def get(self, account: str) -> str | None:
        return self.kept.get(account)

    def look(self, account: str) -> Looked:
        return Looked.THERE if account in self.kept else Looked.NOT_THERE

    def forget(self, account: str) -> None:
        self.kept.pop(account, None)


class NoneNeeded:
    """Mail files have no secret, so nobody may be asked to unlock a keyring for them."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


class Service:
    def __init__(self, fails: bool = False) -> None:
        self.fails, self.revoked = fails, list[Grant]()

    def __call__(self, account: Account) -> Service:
        return self

    def revoke(self, grant: Grant) -> None:
        if self.fails:
            raise WorldError("connection", host="x", reason="y")
        self.revoked.append(grant)


def mbox(path: Path, author: str, numbers: range, subject: bytes) -> str:
    """The same partner in each, and somebody of its own."""
    messages = [message(n, "Sara <sara@partner.example>" if n % 2 else author).replace(b"Subject: message", b"Subject: " + subject) for n in numbers]
    path.write_bytes(b"".join(b"From x Thu Jan  1 00:00:00 2026\n" + text.replace(b"\r\n", b"\n") + b"\n" for text in messages))
    return str(path)


@pytest.fixture
def boxes(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "hidden").mkdir()
    hidden = mbox(tmp_path / "hidden" / "Inbox.mbox", "Hidden One <one@hidden.example>", range(20), b"confidential")
    return hidden, mbox(tmp_path / "plain.mbox", "Omar <omar@other.example>", range(40, 60), b"hello")


@pytest.fixture
def store(tmp_path: Path, boxes: tuple[str, str]) -> Path:
    for box in boxes:
        assert nitaq("audit", box, "--store", tmp_path / "store", "--progress", "none").returncode == 0
    return tmp_path / "store"


@pytest.fixture
def library(store: Path, boxes: tuple[str, str]) -> Iterator[Library]:
    """With everything that an account can leave behind."""
    library = Library(StoreFolder(store), lambda: 1_790_000_000.0)
    hidden, _ = boxes
    workspace = library.workspace
    library.save_account(Account("Hidden account", hidden, ("hidden.example",), ("Hidden folder",), keep_secret=True))
    names = ("hidden.example", "one@hidden.example", "partner.example", "far.example")
    workspace.decide([DecisionRecord(name, Decision.WATCHED, by="Sara", reason="asked") for name in names])
    workspace.save_exceptions([ExceptionRule("partner.example", Direction.TO_US)])
    workspace.pin(hidden, ["mx.hidden.example"])
    workspace.skip(hidden, [Skip("hidden.example", 10), Skip("hidden2.example", 5)])
    workspace.set(PUT_OFF, "to_us hidden.example \nto_us partner.example ")
    library.freeze(key_of(boxes), Translation("en"))
    (library.folder._cache_path(hidden).with_suffix(".damaged")).write_bytes(b"hidden")
    yield library
    library.close()


def octets_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_every_trace_is_counted(library: Library, boxes: tuple[str, str]) -> None:
    found = traces_of(boxes[0], library, NoneNeeded())
    assert found.octets > 10_000
    assert replace(found, octets=0) == Traces(
        boxes[0], saved=True, messages=20, set_aside=True, audits=1, audits_of_several=1, servers=1, put_off=2,
        subjects=("hidden.example", "one@hidden.example"),
    )  # fmt: skip


def test_after_forgetting_no_octet_of_it_is_left_and_all_of_the_other_is(library: Library, store: Path, boxes: tuple[str, str]) -> None:
    hidden, other = boxes
    secrets = NoneNeeded()
    assert all(word in octets_in(store) for word in SECRET_WORDS)
    remains = forget(traces_of(hidden, library, secrets), library, secrets, Service(), decisions=True)
    assert remains == Remains()
    assert [word for word in SECRET_WORDS if word in octets_in(store)] == []
    assert [record.subject for record in library.workspace.decisions()] == ["far.example", "partner.example"]
    assert library.exceptions() == (ExceptionRule("partner.example", Direction.TO_US),)
    assert library.workspace.setting(PUT_OFF) == "to_us partner.example "
    assert [entry.source for entry in library.workspace.audits()] == [other]
    assert library.load(other) is not None


def test_decisions_stay_where_the_user_wants_them(library: Library, boxes: tuple[str, str]) -> None:
    secrets = Secrets({})
    forget(traces_of(boxes[0], library, secrets), library, secrets, Service(), decisions=False)
    assert len(library.workspace.decisions()) == 4


def test_what_nobody_let_go_of_is_found(library: Library, store: Path, boxes: tuple[str, str]) -> None:
    (store / "report.log").write_text(f"reading {boxes[0]} failed", encoding="utf-8")
    (store / "other.log").write_text(f"reading {boxes[0]}2 failed", encoding="utf-8")
    secrets = Secrets({})
    remains = forget(traces_of(boxes[0], library, secrets), library, secrets, Service(), decisions=True)
    assert remains.files == (str(store / "report.log"),)


@pytest.mark.parametrize("longer", ["{} backup", "{},old", "{}:1993", "/elsewhere{}"])
def test_the_name_of_another_account_that_holds_it_is_no_trace(library: Library, boxes: tuple[str, str], longer: str) -> None:
    library.save_account(Account("another", longer.format(boxes[0])))
    secrets = Secrets({})
    assert forget(traces_of(boxes[0], library, secrets), library, secrets, Service(), decisions=True) == Remains()


@pytest.mark.parametrize("kind", ["mbox", "eml", "folder"])
def test_a_file_that_is_forgotten_stays_as_it_is_and_that_is_said(tmp_path: Path, store: Path, library: Library, boxes: tuple[str, str], kind: str) -> None:
    folder = tmp_path / "بريد الشركة"
    folder.mkdir()
    mbox(folder / "وارد.mbox", "One <one@hidden.example>", range(3), b"confidential")
    (folder / "رسالة.eml").write_bytes(message(7))
    source = str({"mbox": folder / "وارد.mbox", "eml": folder / "رسالة.eml", "folder": folder}[kind])
    before = [(path, path.stat(), path.is_file() and path.read_bytes()) for path in [folder, *sorted(folder.iterdir())]]
    assert nitaq("audit", source, "--store", store, "--progress", "none").returncode == 0
    library.freeze(key_of((source, boxes[1])), Translation("en"))
    assert library.remains(source) != ()
    secrets = Secrets({})
    traces = traces_of(source, library, secrets)
    assert (traces.audits, traces.audits_of_several) == (1, 1)
    for language, kept in (("en", "stays as it is"), ("ar", "كما هو")):
        said = what_stays(traces, Translation(language))[0]
        assert source in said
        assert kept in said
    assert forget(traces, library, secrets, Service(), decisions=True) == Remains()
    after = [(path, path.stat(), path.is_file() and path.read_bytes()) for path in [folder, *sorted(folder.iterdir())]]
    assert [(path, each.st_ino, each.st_mode, each.st_mtime_ns, text) for path, each, text in after] == [
        (path, each.st_ino, each.st_mode, each.st_mtime_ns, text) for path, each, text in before
    ]


def test_a_name_that_is_left_in_the_list_of_an_audit_of_several_is_found(library: Library, store: Path) -> None:
    source = "/home/سارة/بريد.mbox"
    (store / "left").write_text(key_of((source, "/other")), encoding="utf-8")
    assert library.remains(source) == (str(store / "left"),)
    (store / "left").write_text(key_of((f"{source} (2)", "/other")), encoding="utf-8")
    library.save_account(Account("second", f"{source} (2)"))
    assert library.remains(source) == ()


def test_a_name_at_the_seam_of_two_pieces_is_found(library: Library, store: Path, boxes: tuple[str, str]) -> None:
    (store / "long.log").write_bytes(b"x" * ((1 << 20) - 7) + boxes[0].encode())
    assert str(store / "long.log") in library.remains(boxes[0])


def test_a_longer_name_at_the_seam_of_two_pieces_is_no_trace(library: Library, store: Path, boxes: tuple[str, str]) -> None:
    """What goes on behind the seam, and what began before the piece that comes next."""
    longer = f"/elsewhere{boxes[0]}/2019"
    library.save_account(Account("another", longer))
    for seam in ((1 << 20), (1 << 20) - 8_192, (1 << 20) - 2 * 8_192):
        for name in (longer.encode(), f"{boxes[0]}2".encode()):
            for before in (1, len(name) // 2, len(name) - 1, len(name), len("/elsewhere")):
                (store / "long.log").write_bytes(b"x" * (seam - before - 1) + b" " + name + b" " * 20_000)
                assert str(store / "long.log") not in library.remains(boxes[0])


def test_a_damaged_cache_is_forgotten_all_the_same(library: Library, store: Path, boxes: tuple[str, str]) -> None:
    library.folder._cache_path(boxes[0]).write_bytes(b"no database, but hidden")
    secrets = Secrets({})
    traces = traces_of(boxes[0], library, secrets)
    assert traces.subjects == ()
    assert forget(traces, library, secrets, Service(), decisions=True) == Remains()
    assert b"no database" not in octets_in(store)


def test_a_keyring_that_is_locked_leaves_everything_as_it_was(library: Library, store: Path, boxes: tuple[str, str]) -> None:
    class Locked(Secrets):
        def forget(self, account: str) -> None:
            raise UserError("secret.locked")

    library.save_account(Account("Server", SERVER))
    with pytest.raises(UserError, match=r"secret\.locked"):
        forget(traces_of(SERVER, library, Locked({})), library, Locked({}), Service(), decisions=True)
    assert SERVER.encode() in octets_in(store)
    assert forget(traces_of(boxes[0], library, Locked({})), library, Locked({}), Service(), decisions=True) == Remains()


@pytest.mark.parametrize(
    ("service", "fails", "left"), [(GOOGLE, False, ""), (GOOGLE, True, "Google"), (MICROSOFT, False, "Microsoft")], ids=["asked", "not reached", "no address"]
)
def test_a_permission_is_taken_back_where_the_service_can_be_asked(library: Library, boxes: tuple[str, str], service: object, fails: bool, left: str) -> None:
    library.save_account(Account("Server", SERVER, oauth=OAuthClient("id", service), keep_secret=True))  # type: ignore[arg-type]
    secrets, revoker = Secrets({SERVER: Grant("token", 1, "refresh").to_secret()}), Service(fails)
    traces = traces_of(SERVER, library, secrets)
    assert (traces.service, traces.secret) == (service.name, Looked.THERE)  # type: ignore[attr-defined]
    remains = forget(traces, library, secrets, revoker, decisions=True)
    assert remains.permission == left
    assert len(revoker.revoked) == (not left)
    assert secrets.kept == {}


FORGET = """
import sys
from pathlib import Path
from app.errors import UserError
from app.forget import forget, traces_of
from app.library import Library
from app.secrets import Keyring
from app.store.folder import StoreFolder
library = Library(StoreFolder(Path(sys.argv[1])), lambda: 1.0)
traces = traces_of(sys.argv[2], library, Keyring())
try:
    remains = forget(traces, library, Keyring(), None, decisions=True)
    print(traces.secret, (remains.files, str(remains.secret), remains.permission))
except UserError as error:
    print(traces.secret, error.code)
"""


def in_session(session: Session, store: Path) -> str:
    words = [sys.executable, "-c", FORGET, str(store), SERVER]
    return subprocess.run(words, cwd=ROOT, env=session.environment, capture_output=True, text=True, check=True).stdout


def test_a_real_keyring_has_it_no_longer(unlocked: Session, library: Library, store: Path) -> None:
    library.save_account(Account("Server", SERVER, keep_secret=True))
    unlocked.ask("set", "secret word", account=SERVER)
    unlocked.ask("set", "another", account="imaps://another@mail.hidden.example")
    assert in_session(unlocked, store) == "there ((), 'not there', '')\n"
    assert unlocked.ask("get", account=SERVER) == "None"
    assert unlocked.ask("get", account="imaps://another@mail.hidden.example") == "another"
    assert SERVER.encode() not in octets_in(store)


def test_a_keyring_that_is_locked_hides_nothing_and_keeps_everything_as_it_was(locked: Session, library: Library, store: Path) -> None:
    library.save_account(Account("Server", SERVER, keep_secret=True))
    assert in_session(locked, store).split() == ["unseen", "secret.locked"]
    assert SERVER.encode() in octets_in(store)


def test_without_a_keyring_it_is_not_said_that_nothing_is_in_it(unlocked: Session, library: Library, store: Path, tmp_path: Path) -> None:
    library.save_account(Account("Server", SERVER, keep_secret=True))
    unlocked.ask("set", "secret word", account=SERVER)
    bus = unlocked.environment["DBUS_SESSION_BUS_ADDRESS"]
    unlocked.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={tmp_path}/nothing"
    assert in_session(unlocked, store) == "unseen ((), 'unseen', '')\n"
    unlocked.environment["DBUS_SESSION_BUS_ADDRESS"] = bus
    assert unlocked.ask("look", account=SERVER) == "there"
    assert SERVER.encode() not in octets_in(store)
