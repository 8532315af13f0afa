"""How long after the end of standard input an audit has ended, wherever it was waiting: `python -m tests.bench.cancel`.

Also says where it connected to, by strace, if that is installed: to the user's server and to nothing else.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.servers.hostilities import drip
from tests.servers.scripted import Answer, Scripted, Talk, answering, mailbox

HELD = {uid: b"From: Sara <sara@partner.example>\r\nSubject: %d\r\n\r\n" % uid for uid in range(1, 5)}
WAIT = 4.0
"""Seconds from the start of the program to cancelling: it is in the middle of it by then."""


def _silent(talk: Talk, line: bytes) -> bytes:
    return b""


@contextmanager
def _deaf() -> Iterator[int]:
    """Takes connections and never says a word: a TLS handshake or a greeting that does not come."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


@contextmanager
def _full() -> Iterator[int]:
    """A queue of connections that is full: connecting itself does not end."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
        for each in waiting:
            each.close()


def _scripted(**answers: Answer) -> Callable[[], object]:
    @contextmanager
    def serving() -> Iterator[int]:
        with Scripted(answering({**mailbox(HELD), **{name.replace("_", " ").encode(): answer for name, answer in answers.items()}})) as server:
            yield server.port

    return serving


PLACES = {
    "connecting": ("imap", _full),
    "the greeting": ("imap", _deaf),
    "the TLS handshake": ("imaps", _deaf),
    **{f"silence at {at}": ("imap", _scripted(**{at.replace(" ", "_"): _silent})) for at in ("AUTHENTICATE", "LIST", "EXAMINE", "UID SEARCH", "UID FETCH")},
    **{f"a drip at {at}": ("imap", _scripted(**{at.replace(" ", "_"): drip()})) for at in ("LIST", "EXAMINE", "UID SEARCH", "UID FETCH")},
    "a pause of the back-off": ("imap", _scripted(UID_FETCH=b"{tag} NO [THROTTLED] x\r\n")),
}


def _line(scheme: str, port: int, store: Path) -> list[str]:
    plain = ["--insecure-plaintext"] if scheme == "imap" else []
    source = f"{scheme}://sara%40firm.example@127.0.0.1:{port}"
    return [sys.executable, "-m", "app", "audit", source, "--secret-stdin", "--cancel-on-eof", "--progress", "json", "--store", str(store), *plain]


def main() -> None:
    for name, (scheme, serving) in PLACES.items():
        with tempfile.TemporaryDirectory() as folder, serving() as port:  # type: ignore[operator]
            process = subprocess.Popen(_line(scheme, port, Path(folder)), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            assert process.stdin
            process.stdin.write(b"a secret\n")
            process.stdin.flush()
            time.sleep(WAIT)
            early = process.poll() is not None
            began = time.monotonic()
            process.stdin.close()
            process.wait(30)
            took = time.monotonic() - began
            print(f"{took:6.2f} s  exit {process.returncode:4}  {name}{'  (had ended before)' if early else ''}", flush=True)
    if shutil.which("strace"):
        _connections()


def _connections() -> None:
    with tempfile.TemporaryDirectory() as folder, _scripted()() as port:  # type: ignore[attr-defined]
        trace, report = Path(folder) / "trace", Path(folder) / "report.html"
        line = [*_line("imap", port, Path(folder) / "store"), "--report", str(report)]
        line.remove("--cancel-on-eof")
        watched = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(trace), *line]
        done = subprocess.run(watched, input=b"a secret\n", capture_output=True, check=False)
        calls = trace.read_text(errors="replace")
        where = sorted(set(re.findall(r"sin6?_port=htons\((\d+)\).*?\"([^\"]+)\"", calls)))
        print(f"an audit (exit {done.returncode}) connected to {where}; the server listens at {port}")
        print("other families:", sorted(set(re.findall(r"sa_family=(AF_\w+)", calls)) - {"AF_INET", "AF_INET6"}))


if __name__ == "__main__":
    main()
