"""A real, private Cyrus IMAP on loopback: unpacked and never installed, because Debian's package conflicts with dovecot-imapd.

    with Cyrus(directory) as server:
        server.add_folder("sara", [b"From: …"])
        open_source(server.url("sara"), Connection(secret=server.password, ca_file=server.ca_file))
"""

from __future__ import annotations

import imaplib
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import trustme

from tests.servers.dovecot import free_port, wait_for
from tests.servers.sentinel import secret

UNPACKED = Path(__file__).resolve().parents[2] / ".venv" / "cyrus"
"""Where `python3 dev.py setup` unpacks Debian's cyrus-imapd and cyrus-common."""
PROGRAMS = ("master", "imapd", "ctl_cyrusdb")

IMAPD = """\
configdirectory: {run}/config
partition-default: {run}/spool
defaultpartition: default
admins: admin
sasl_pwcheck_method: alwaystrue
sasl_mech_list: PLAIN
allowplaintext: yes
altnamespace: yes
unixhierarchysep: yes
munge8bit: no
tls_server_cert: {run}/server.pem
tls_server_key: {run}/server.pem
"""
MASTER = """\
START {{
  recover cmd="{run}/bin/ctl_cyrusdb -C {run}/imapd.conf -r"
}}
SERVICES {{
  imap cmd="{run}/bin/imapd -C {run}/imapd.conf" listen="127.0.0.1:{imap_port}" proto=tcp4
  imaps cmd="{run}/bin/imapd -C {run}/imapd.conf -s" listen="127.0.0.1:{imaps_port}" proto=tcp4
}}
EVENTS {{
}}
"""


class Cyrus:
    """One server with any number of users, for whom any password is right."""

    password = secret("correct-horse")
    host = "localhost"

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        self.ca_file = self.directory / "ca.pem"
        self.imap_port = self.imaps_port = 0
        self._user = "mail" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def __enter__(self) -> Cyrus:
        self.directory.mkdir(parents=True, exist_ok=True)
        self._run = Path(tempfile.mkdtemp(prefix="nitaq-cyrus-", dir="/tmp"))  # where Cyrus's user may go, and short enough for a socket
        self._run.chmod(0o755)
        for name in ("bin", "spool", *(f"config/{part}" for part in ("db", "proc", "socket", "log", "lock", "msg"))):
            (self._run / name).mkdir(parents=True)
        for program in PROGRAMS:
            shutil.copy2(UNPACKED / "usr/lib/cyrus/bin" / program, self._run / "bin")
        for library in UNPACKED.rglob("libcyrus*.so*"):
            shutil.copy2(library, self._run / "bin")
        self._certificates()
        self.imap_port, self.imaps_port = free_port(), free_port()
        values = {"run": self._run, "imap_port": self.imap_port, "imaps_port": self.imaps_port}
        (self._run / "imapd.conf").write_text(IMAPD.format(**values), encoding="utf-8")
        (self._run / "cyrus.conf").write_text(MASTER.format(**values), encoding="utf-8")
        self._give(self._run)
        with (self.directory / "master.log").open("wb") as log:
            self._master = subprocess.Popen(
                [self._run / "bin/master", "-C", self._run / "imapd.conf", "-M", self._run / "cyrus.conf", "-p", self._run / "master.pid"],
                env={**os.environ, "LD_LIBRARY_PATH": str(self._run / "bin"), "CYRUS_USER": self._user},
                stdout=log,
                stderr=log,
            )
        wait_for(self.imaps_port)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._master.terminate()
        self._master.wait(10)
        shutil.rmtree(self._run, ignore_errors=True)

    def url(self, user: str, scheme: str = "imaps") -> str:
        """SOURCE for the command line."""
        port = self.imaps_port if scheme == "imaps" else self.imap_port
        return f"{scheme}://{user}@{self.host}:{port}"

    def signed_in(self, user: str) -> imaplib.IMAP4:
        """A mail program of the user's own, which may write."""
        client = imaplib.IMAP4("127.0.0.1", self.imap_port)
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each message takes 40 ms
        client.login(user, self.password)
        return client

    def add_folder(self, user: str, messages: Iterable[bytes], folder: str = "INBOX") -> None:
        """Put messages into a folder, made where it is missing. `folder` as the server names it (modified UTF-7)."""
        with self.signed_in("admin") as admin:
            admin.create(f"user/{user}")
        log = self._run / "config/log" / user
        log.mkdir(exist_ok=True)
        self._give(log)
        with self.signed_in(user) as client:
            client.create(_quoted(folder))
            for message in messages:
                kind, said = client.append(_quoted(folder), "", "", message)
                assert kind == "OK", (said, message[:80])

    def has(self, user: str) -> bool:
        return (self._run / "config/log" / user).exists()

    @property
    def spool(self) -> Path:
        """Where the messages of all users and their flags lie."""
        return self._run / "spool"

    def heard(self, user: str) -> list[bytes]:
        """Every command that the server had from the user, without its tag, from its own log of the protocol."""
        lines: list[bytes] = []
        for path in sorted((self._run / "config/log" / user).iterdir()):
            said = re.findall(rb"^<\d+<(.*?)(?=^>\d+>|\Z)", path.read_bytes(), re.DOTALL | re.MULTILINE)
            lines += [line.partition(b" ")[2] for part in said for line in part.splitlines() if line.strip()]
        return lines

    def forget_heard(self, user: str) -> None:
        for path in (self._run / "config/log" / user).iterdir():
            path.unlink()

    def _certificates(self) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        authority.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(self._run / "server.pem")

    def _give(self, path: Path) -> None:
        """To the user that Cyrus runs as."""
        if os.geteuid() == 0:
            for each in (path, *path.rglob("*")):
                shutil.chown(each, self._user, pwd.getpwnam(self._user).pw_gid)


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
