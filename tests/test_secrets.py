"""Secrets are in a real keyring or nowhere. Each session has a bus and a GNOME keyring of its own (Debian: dbus, gnome-keyring)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import PasswordDeleteError

from app.errors import UserError
from app.model import Account, Looked
from app.secrets import Keyring
from app.sign_in.grant import Grant, grant_of
from app.store.folder import StoreFolder
from tests.mailmaker import message
from tests.secret_watch import found_in_files
from tests.servers.dovecot import Dovecot
from tests.servers.oauth import AuthorizationServer
from tests.servers.sentinel import MARK, secret
from ui.engine import ScanOrder

SOURCE = "imaps://sara%40firm.example@mail.firm.example"
ROOT = Path(__file__).parent.parent
UNLOCKED = "printf %s login-word | gnome-keyring-daemon --unlock --components=secrets"
LOCKED = "gnome-keyring-daemon --start --components=secrets"
ASK = """
import sys
from app.errors import UserError
from app.secrets import Keyring
verb, account = sys.argv[1:]
keyring = Keyring()
try:
    told = {"available": keyring.available, "get": lambda: keyring.get(account), "look": lambda: keyring.look(account),
            "forget": lambda: keyring.forget(account), "set": lambda: keyring.set(account, sys.stdin.read())}[verb]()
except UserError as error:
    told = error.code
print(str(told)[::-1], end="")
"""
"""Backwards, so that no output holds a secret as it is: that is looked for (`tests/secret_watch.py`)."""


class Session:
    """A desktop session as the keyring sees it: a bus that ends with the session, and a home."""

    def __init__(self, home: Path, start: str) -> None:
        outside = {name: value for name, value in os.environ.items() if name not in ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY")}
        run = home / "run"
        run.mkdir(mode=0o700)
        self.environment = {**outside, "HOME": str(home), "XDG_RUNTIME_DIR": str(run), "XDG_DATA_HOME": str(home / "data")}
        script = f'{start} >&2; echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", script],
            env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._process.stdout.readline().strip()
        assert self.environment["DBUS_SESSION_BUS_ADDRESS"]

    def close(self) -> None:
        """`cat` ends with its input, the bus with `cat`, and the keyring with the bus."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def ask(self, verb: str, secret: str = "", account: str = SOURCE) -> str:
        """One call of `Keyring` in a process of its own, so that nothing is remembered but by the keyring."""
        words = [sys.executable, "-c", ASK, verb, account]
        done = subprocess.run(words, cwd=ROOT, env=self.environment, input=secret, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout[::-1]


def session(tmp_path: Path, start: str) -> Iterator[Session]:
    for program in ("dbus-run-session", "gnome-keyring-daemon"):
        assert shutil.which(program), f"{program} is missing; python3 dev.py setup installs it"
    home = tmp_path / "home"
    home.mkdir()
    opened = Session(home, start)
    yield opened
    opened.close()


@pytest.fixture
def unlocked(tmp_path: Path) -> Iterator[Session]:
    yield from session(tmp_path, UNLOCKED)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Session]:
    yield from session(tmp_path, LOCKED)


def test_a_secret_is_kept_changed_and_forgotten(unlocked: Session) -> None:
    assert unlocked.ask("available") == "True"
    assert unlocked.ask("get") == "None"
    unlocked.ask("set", "pass wörd كلمة")
    assert unlocked.ask("get") == "pass wörd كلمة"
    unlocked.ask("set", "another")
    assert unlocked.ask("get") == "another"
    assert unlocked.ask("get", account="imaps://other@mail.firm.example") == "None"
    assert (unlocked.ask("look"), unlocked.ask("look", account="imaps://other@mail.firm.example")) == ("there", "not there")
    unlocked.ask("forget")
    assert unlocked.ask("get") == "None"
    assert unlocked.ask("forget") == "None"


def test_a_long_token_comes_back_whole(unlocked: Session) -> None:
    token = "ya29." + "aZ0_-.~+/" * 1000
    unlocked.ask("set", token)
    assert unlocked.ask("get") == token


def test_a_locked_keyring_is_said_and_never_guessed_around(locked: Session) -> None:
    assert locked.ask("set", "secret") == "secret.unavailable"
    assert locked.ask("get") == "None"
    assert locked.ask("look") == "unseen"
    assert locked.ask("forget") == "secret.locked"


def test_a_session_without_a_keyring_is_said(tmp_path: Path, unlocked: Session) -> None:
    unlocked.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={tmp_path}/nothing"
    assert unlocked.ask("available") == "False"
    assert unlocked.ask("set", "secret") == "secret.unavailable"
    assert unlocked.ask("get") == "None"
    assert unlocked.ask("look") == "unseen"


class PlainFile(KeyringBackend):
    """As some packages install it: everything in a file that anybody can read."""

    priority = 9

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def get_password(self, service: str, username: str) -> str | None:
        return self.path.read_text(encoding="utf-8") if self.path.exists() else None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.path.write_text(password, encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        self.path.unlink()


@pytest.fixture(params=["plain", "null", "fail", "chain"])
def weak(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backend that keeps no secret is the one that `keyring` would use."""
    plain = PlainFile(tmp_path / "passwords.txt")
    chain = chainer.ChainerBackend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain])
    chosen = {"plain": plain, "null": null.Keyring(), "fail": fail.Keyring(), "chain": chain}[request.param]
    monkeypatch.setattr(keyring, "get_keyring", lambda: chosen)
    return plain.path


def test_what_does_not_keep_a_secret_is_refused(weak: Path) -> None:
    kept = Keyring()
    assert not kept.available()
    with pytest.raises(UserError) as raised:
        kept.set(SOURCE, "secret")
    assert raised.value.code == "secret.unavailable"
    assert not weak.exists()
    weak.write_text("what another program left", encoding="utf-8")
    assert kept.get(SOURCE) is None
    assert kept.look(SOURCE) is Looked.UNSEEN
    kept.forget(SOURCE)
    assert weak.exists()


@pytest.mark.parametrize("module", ["SecretService", "libsecret", "kwallet", "macOS", "Windows"])
@pytest.mark.parametrize("in_chain", [False, True])
def test_each_system_has_a_keyring_that_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, in_chain: bool) -> None:
    assert importlib.util.find_spec(f"keyring.backends.{module}")
    keeping = type("Keyring", (Memory,), {"__module__": f"keyring.backends.{module}"})()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [PlainFile(tmp_path / "passwords.txt"), keeping])
    monkeypatch.setattr(keyring, "get_keyring", lambda: chainer.ChainerBackend() if in_chain else keeping)
    kept = Keyring()
    assert kept.available()
    kept.set(SOURCE, "secret")
    assert kept.get(SOURCE) == "secret"
    assert keeping.kept == {("nitaq", SOURCE): "secret"}
    assert not (tmp_path / "passwords.txt").exists()


class Memory(KeyringBackend):
    priority = 9
    room = 1 << 30
    """Octets of UTF-16 that an entry takes."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > self.room:
            raise OSError(1783, "CredWrite", "The stub received bad data")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(service)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Memory:
    """A keyring whose entries are as small as those of Windows."""
    made: Memory = type("WinVaultKeyring", (Memory,), {"__module__": "keyring.backends.Windows", "room": 2560})()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    return made


LONG = "ya29." + "aZ0_-.~+/" * 1000


@pytest.mark.parametrize("secret", ["", "p", "كلمة", "x" * 600, "x" * 601, LONG, "\N{GRINNING FACE}" * 1_281])
def test_what_is_longer_than_an_entry_comes_back_whole(windows: Memory, secret: str) -> None:
    kept = Keyring()
    kept.set(SOURCE, secret)
    kept.set("imaps://other@mail.firm.example", "another")
    assert kept.get(SOURCE) == secret
    kept.forget(SOURCE)
    assert kept.get(SOURCE) is None
    assert windows.kept == {("nitaq", "imaps://other@mail.firm.example"): "another"}


def test_a_long_secret_that_is_replaced_leaves_no_part_behind(windows: Memory) -> None:
    kept = Keyring()
    for text in (LONG, LONG[::-1], LONG[:1500], "short"):
        kept.set(SOURCE, text)
        assert kept.get(SOURCE) == text
    assert list(windows.kept) == [("nitaq", SOURCE)]


def test_a_long_secret_that_breaks_off_leaves_the_earlier_one(windows: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Keyring()
    kept.set(SOURCE, LONG)
    before = dict(windows.kept)
    real, calls = Memory.set_password, []

    def breaking(service: str, username: str, password: str) -> None:
        calls.append(username)
        if len(calls) == 3:
            raise OSError(8, "CredWrite", "Not enough memory")
        real(windows, service, username, password)

    monkeypatch.setattr(windows, "set_password", breaking)
    with pytest.raises(UserError):
        kept.set(SOURCE, LONG[::-1])
    assert kept.get(SOURCE) == LONG
    assert windows.kept == before


def test_a_part_that_is_lost_makes_the_whole_unknown(windows: Memory) -> None:
    kept = Keyring()
    kept.set(SOURCE, LONG)
    del windows.kept[next(name for name in windows.kept if name[1] != SOURCE)]
    assert kept.get(SOURCE) is None
    assert kept.look(SOURCE) is Looked.THERE


def test_a_real_scan_leaves_the_secret_nowhere_but_in_the_keyring(unlocked: Session, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with Dovecot(tmp_path / "server") as server:
        server.add_maildir("sara", [message(n) for n in range(40)])
        source = server.url("sara")
        unlocked.ask("set", server.password, account=source)
        first = scan(unlocked, ScanOrder(source, ca_file=str(server.ca_file)), store)
        second = scan(unlocked, ScanOrder(source, since=date(2020, 1, 1), secret=server.password, ca_file=str(server.ca_file)), store)
    for told in (first, second):
        assert '"status": "complete"' in told
        assert server.password not in told
    assert found_in_files([store, tmp_path / "home"]) == []


def test_a_sign_in_of_the_keyring_is_renewed_in_it_and_its_tokens_are_nowhere_else(unlocked: Session, tmp_path: Path) -> None:
    store, both = tmp_path / "store", tmp_path / "both.pem"
    with AuthorizationServer(tmp_path / "oauth") as oauth, Dovecot(tmp_path / "server", oauth.introspection(), oauth.ca_file) as server:
        server.add_maildir(oauth.user, [message()])
        both.write_bytes(oauth.ca_file.read_bytes() + server.ca_file.read_bytes())
        source = server.url(oauth.user)
        with closing(StoreFolder(store).workspace()) as workspace:
            workspace.save_account(Account("sara", source, keep_secret=True, ca_file=str(both), oauth=oauth.client()))
        oauth.refresh.add(secret("first"))
        unlocked.ask("set", Grant("", 0, secret("first"), oauth.client_secret).to_secret(), account=source)
        told = scan(unlocked, ScanOrder("account:sara"), store)
        kept = grant_of(unlocked.ask("get", account=source))
        again = scan(unlocked, ScanOrder(source, secret=kept.to_secret(), auth="oauth"), store)
    assert kept.refresh_token in oauth.refresh - {secret("first")}
    for said in (told, again):
        assert '"status": "complete"' in said
        assert MARK not in said
    assert found_in_files([store, tmp_path / "home"]) == []


def scan(session: Session, order: ScanOrder, store: Path) -> str:
    """As the window starts the engine; gives all that it said, and how it was called as anybody on the machine can see it."""
    words = [sys.executable, "-m", "app", *order.words(store)]
    engine = subprocess.Popen(words, cwd=ROOT, env=session.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert engine.stdin is not None
    assert engine.stdout is not None
    called = ""
    if sys.platform == "linux":
        called = "".join(Path(f"/proc/{engine.pid}/{name}").read_text(encoding="utf-8", errors="replace") for name in ("cmdline", "environ"))
    if order.secret is not None:
        engine.stdin.write(order.secret + "\n")
        engine.stdin.flush()
    told = engine.stdout.read()
    engine.stdin.close()
    engine.stdout.close()
    engine.wait(60)
    return told + called
