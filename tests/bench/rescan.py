"""A second scan of a mailbox that has been read: unchanged, with new messages, and with messages deleted by others, over TLS on a real Dovecot.

Dovecot looks through a Maildir again, each time it is asked, as long as the last change is fresh; so each change is measured at once and a little later.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.model import Facts, Scan, ScanStatus
from app.scan import Scanner, ScanOptions
from app.sources.address import Connection, parse_address
from app.sources.imap.incoming import Incoming
from app.sources.imap.source import ImapSource
from app.sources.imap.wire import Wire
from app.store.folder import StoreFolder
from tests.bench.scan import serving

CHANGED = 100
SETTLED = 3.0
"""Seconds after which a change is no longer fresh."""


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    with serving(tools, folder, count) as ports:
        maildir, source = folder / "mail" / "bench" / "Maildir", f"imaps://bench@localhost:{ports['imaps']}"
        began = time.perf_counter()
        audit(source, folder)
        first = time.perf_counter() - began
        print(f"{count} messages over TLS, first audit {first:.2f} s; then, medians of {runs} runs (scan alone, with signing in):", flush=True)
        changes: dict[str, Callable[[], object]] = {
            f"{CHANGED} new": lambda: deliver(maildir),
            f"{CHANGED} deleted": lambda: delete(maildir),
            f"{CHANGED} new and {CHANGED} deleted": lambda: (deliver(maildir), delete(maildir)),
        }
        show("unchanged", [scanned(source, folder) for _ in range(runs)])
        for name, change in changes.items():
            for wait in (0.0, SETTLED):
                figures = []
                for _ in range(runs):
                    change()
                    time.sleep(wait)
                    figures.append(scanned(source, folder))
                show(f"{name}, {wait:.0f} s ago", figures)


def show(name: str, figures: list[tuple[float, float, int]]) -> None:
    alone, whole, trips = (statistics.median(each) for each in zip(*figures, strict=True))
    print(f"  {name}: {alone * 1000:.0f} ms, {whole * 1000:.0f} ms; {trips:.0f} round trips after signing in", flush=True)


def audit(source: str, folder: Path) -> None:
    """As a user runs it: what follows finds its judgement stored."""
    words = ["audit", source, "--ca", str(folder / "cert.pem"), "--secret-stdin", "--store", str(folder / "store"), "--progress", "none"]
    subprocess.run([sys.executable, "-m", "app", *words], input="pw\n", text=True, check=True, stdout=subprocess.DEVNULL)


def scanned(url: str, folder: Path) -> tuple[float, float, int]:
    """Seconds of the scan alone, and with connecting and signing in; and how often it waited for an answer to what it had said."""
    began = time.perf_counter()
    cache = StoreFolder(folder / "store").cache(url)
    source = ImapSource(parse_address(url), Connection(secret="pw", ca_file=folder / "cert.pem"))
    signed_in = time.perf_counter()
    with RoundTrips() as trips:
        *_, books = Scanner(source, cache, Facts(), ScanOptions(), time.time).run()
    ended = time.perf_counter()
    source.close()
    cache.close()
    assert isinstance(books, Scan)
    assert books.status is ScanStatus.COMPLETE, books
    return ended - signed_in, ended - began, trips.count


class RoundTrips:
    """Counts how often something is received after something was sent."""

    def __enter__(self) -> RoundTrips:
        self.count = 0
        self._sent = False
        self._methods = send, recv = Wire._send, Incoming._recv

        def sending(wire: Wire, data: bytes) -> None:
            self._sent = True
            send(wire, data)

        def receiving(incoming: Incoming) -> bytes:
            self.count += self._sent
            self._sent = False
            return recv(incoming)

        Wire._send, Incoming._recv = sending, receiving  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        Wire._send, Incoming._recv = self._methods  # type: ignore[method-assign]


def deliver(maildir: Path) -> None:
    """Copies of messages under new names, which are messages of their own to the server."""
    for file in sorted((maildir / "cur").iterdir())[:CHANGED]:
        name = f"{time.time_ns()}.M1P1.again,{file.name.partition(',')[2].partition(':')[0]}"  # what is new has no flags
        shutil.copy2(file, maildir / "tmp" / name)
        shutil.chown(maildir / "tmp" / name, file.owner(), file.group())
        os.rename(maildir / "tmp" / name, maildir / "new" / name)


def delete(maildir: Path) -> None:
    for file in sorted((maildir / "cur").iterdir())[5 : 5 + CHANGED]:
        file.unlink()
