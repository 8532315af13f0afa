"""A real, private Dovecot 2.3 on loopback, for tests and for screenshots; needs Debian's dovecot-imapd. Runs as root and as anybody else.

    with Dovecot(directory) as server:
        server.add_maildir("sara@firm.example", [b"From: …"])
        open_source(server.url("sara@firm.example"), Connection(secret=server.password, ca_file=server.ca_file))
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import trustme

from tests.servers.sentinel import may_hold_secrets, secret

SBIN = "/usr/sbin:/usr/local/sbin:/usr/bin:/bin:/opt/homebrew/sbin"
DELIVERED = 1_780_000_000
"""When the first message of a Maildir came; each next one a minute later."""

CONFIGURATION = """\
base_dir = {run}
state_dir = {run}
log_path = {directory}/dovecot.log
listen = 127.0.0.1
protocols = imap
ssl = yes
ssl_cert = <{directory}/server.pem
ssl_key = <{directory}/server.key
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
auth_mechanisms = plain login {token_mechanisms}
first_valid_uid = 1
first_valid_gid = 1
{unprivileged}
{tokens}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={run}/mail/%u allow_all_users=yes
}}
mail_location = maildir:~/Maildir
{shared}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    special_use = \\Sent
  }}
  mailbox Junk {{
    special_use = \\Junk
  }}
  mailbox Drafts {{
    special_use = \\Drafts
  }}
}}
protocol imap {{
  mail_plugins = $mail_plugins imap_zlib {acl}
  mail_max_userip_connections = 50
}}
service imap-login {{
  {no_chroot}
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service anvil {{
  {no_chroot}
}}
"""
TOKENS = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {run}/oauth2.conf
}}
"""
SHARED = """\
mail_plugins = acl
plugin {{
  acl = vfile
  acl_shared_dict = file:{run}/mail/shared.db
}}
namespace others {{
  type = shared
  separator = /
  prefix = shared/%%u/
  location = maildir:%%h/Maildir:INDEX=~/Maildir/of-others/%%u
  subscriptions = no
  list = children
}}
namespace public {{
  type = public
  separator = /
  prefix = Public/
  location = maildir:{run}/mail/public:INDEX=~/Maildir/of-public
  subscriptions = no
  list = {listed}
}}
"""
UNPRIVILEGED = """\
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
"""


class Dovecot:
    """One server with any number of users, who all have the same password."""

    password = secret("correct-horse")
    host = "localhost"
    public_host = "mail.firm.example"
    """Its name for those who come through a proxy."""

    def __init__(self, directory: Path, introspection: str = "", introspection_ca: Path | None = None, *, shared: bool = False, listed: bool = True) -> None:
        """`introspection`: the settings of an oauth2 passdb, with its authority; users then sign in with tokens beside the password.

        `shared`: users can let others read theirs (`share`), and there are public folders (`add_public`). Not `listed`: these are named
        only to those who ask for their prefix (RFC 2342).
        """
        self._shared, self._listed = shared, listed
        self._introspection, self._introspection_ca = introspection, introspection_ca
        self.directory = directory.resolve()
        self.ca_file = self.directory / "ca.pem"
        self.imap_port = self.imaps_port = 0
        self._root = os.geteuid() == 0
        self._user = "mail" if self._root else pwd.getpwuid(os.geteuid()).pw_name

    def __enter__(self) -> Dovecot:
        self.directory.mkdir(parents=True, exist_ok=True)
        self._run = Path(tempfile.mkdtemp(prefix="nitaq-dovecot-", dir="/tmp"))  # a socket's path is 107 octets at most
        self._run.chmod(0o755)  # Dovecot's own users pass through, which they cannot where pytest keeps its files
        self._mail = self._run / "mail"
        self._mail.mkdir()
        self._give(self._mail)
        self._certificates()
        self.imap_port, self.imaps_port = free_port(), free_port()
        if self._introspection_ca:
            authority = shutil.copy(self._introspection_ca, self._run)
            (self._run / "oauth2.conf").write_text(f"{self._introspection}tls_ca_cert_file = {authority}\n", encoding="utf-8")
        may_hold_secrets.add(self._configuration())
        self._configuration().write_text(self._settings(), encoding="utf-8")
        with (self.directory / "start.log").open("wb") as log:  # a pipe would stay open in the daemon
            subprocess.run([program("dovecot"), "-c", self._configuration()], check=True, stdout=log, stderr=log)
        wait_for(self.imaps_port)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        subprocess.run([program("doveadm"), "-c", self._configuration(), "stop"], check=False, capture_output=True)
        shutil.rmtree(self._run, ignore_errors=True)

    def url(self, user: str, scheme: str = "imaps") -> str:
        """SOURCE for the command line."""
        port = self.imaps_port if scheme == "imaps" else self.imap_port
        return f"{scheme}://{quote(user, safe='')}@{self.host}:{port}"

    def maildir(self, user: str, folder: str = "INBOX") -> Path:
        """Where a folder's messages lie; sub-folders as in Maildir++."""
        top = self._mail / user / "Maildir"
        return top if folder == "INBOX" else top / ("." + folder.replace("/", "."))

    def add_maildir(self, user: str, messages: Iterable[bytes], folder: str = "INBOX") -> Path:
        """Put messages into a folder, a minute apart. `folder` as the server names it (modified UTF-7)."""
        maildir = self.maildir(user, folder)
        self._fill(maildir, messages)
        self._give(self._mail / user)
        return maildir

    def _fill(self, maildir: Path, messages: Iterable[bytes]) -> None:
        for part in ("cur", "new", "tmp"):
            (maildir / part).mkdir(parents=True, exist_ok=True)
        already = sum(1 for _ in (maildir / "cur").iterdir())
        for n, message in enumerate(messages, start=already):
            when = DELIVERED + 60 * n
            path = maildir / "cur" / f"{when}.M{n:06d}P1.test,S={len(message)}:2,S"
            path.write_bytes(message)
            os.utime(path, (when, when))

    def share(self, owner: str, reader: str, folder: str = "INBOX") -> None:
        """Let `reader` read a folder of `owner`."""
        self.doveadm("acl", "set", "-u", owner, folder, f"user={reader}", "lookup", "read")

    def add_public(self, messages: Iterable[bytes], folder: str) -> None:
        """A public folder that everybody may read."""
        maildir = self._mail / "public" / f".{folder}"
        self._fill(maildir, messages)
        (maildir / "dovecot-acl").write_text("anyone lr\n", encoding="utf-8")
        self._give(self._mail / "public")

    def doveadm(self, *words: str) -> None:
        subprocess.run([program("doveadm"), "-c", self._configuration(), *words], check=True, capture_output=True)

    def log(self) -> str:
        path = self.directory / "dovecot.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def _settings(self) -> str:
        group = grp.getgrgid(pwd.getpwnam(self._user).pw_gid).gr_name
        return CONFIGURATION.format(
            directory=self.directory,
            run=self._run,
            password=self.password,
            user=self._user,
            group=group,
            imap_port=self.imap_port,
            imaps_port=self.imaps_port,
            unprivileged="" if self._root else UNPRIVILEGED.format(user=self._user, group=group),
            token_mechanisms="xoauth2 oauthbearer" if self._introspection else "",
            tokens=TOKENS.format(run=self._run) if self._introspection else "",
            shared=SHARED.format(run=self._run, listed="children" if self._listed else "no") if self._shared else "",
            acl="acl imap_acl" if self._shared else "",
            no_chroot="" if self._root else "chroot =",
        )

    def _configuration(self) -> Path:
        return self.directory / "dovecot.conf"

    def _certificates(self) -> None:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        server = authority.issue_cert(self.host, "127.0.0.1", self.public_host)
        (self.directory / "server.pem").write_bytes(b"".join(blob.bytes() for blob in server.cert_chain_pems))
        server.private_key_pem.write_to_path(self.directory / "server.key")

    def _give(self, path: Path) -> None:
        """To the user that Dovecot reads mail as."""
        if self._root:
            for each in (path, *path.rglob("*")):
                shutil.chown(each, self._user, grp.getgrgid(pwd.getpwnam(self._user).pw_gid).gr_name)


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=SBIN)
    if found is None:
        raise FileNotFoundError(f"{name} is missing; on Debian it is in dovecot-imapd (python3 dev.py setup installs it)")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, seconds: float = 10.0) -> None:
    """Until something listens."""
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1.0).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
