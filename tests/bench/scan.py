"""The scan alone, without judging: fetched, parsed and stored from a real Dovecot without TLS, as a ratio to draining the same bytes.

Each run is a process of its own (`python -m tests.bench.scan PORT STORE`), so that its processor time and its peak of memory are those of one scan.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from app.domains import Organisations
from app.model import Facts, Scan, ScanStatus
from app.scan import Scanner, ScanOptions
from app.sources.address import Connection, parse_address
from app.sources.imap.source import ImapSource
from app.store.cache import Cache
from tests.bench.tools import run


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    folder.chmod(0o755)
    ports = json.loads(run(tools / "mailserver.py", "start", folder, "--count", count))
    try:
        drains, scans = [], []
        for n in range(runs):  # interleaved, so that both see the same machine
            drains.append(json.loads(run(tools / "drain.py", "--port", ports["imap"]))["s"])
            scans.append(scanned(ports["imap"], folder / f"scan{n}.sqlite", count))
    finally:
        run(tools / "mailserver.py", "stop", folder)
    ratio = statistics.median(scan["seconds"] / drain for scan, drain in zip(scans, drains, strict=True))
    processor = statistics.median(scan["processor"] for scan in scans)
    print(
        f"{count} messages without TLS, {runs} runs: drain {statistics.median(drains):.2f} s, scan stored "
        f"{statistics.median(scan['seconds'] for scan in scans):.2f} s, ratio {ratio:.1f}; {processor / count * 1e6:.0f} µs of processor a message, "
        f"peak {max(scan['peak'] for scan in scans) / 1024:.0f} MiB"
    )


def scanned(port: int, store: Path, count: int) -> dict[str, float]:
    """Seconds, processor seconds and peak memory in KiB of one scan."""
    figures: dict[str, float] = json.loads(subprocess.check_output([sys.executable, "-m", "tests.bench.scan", str(port), str(store)], text=True))
    if figures["messages"] != count:
        sys.exit(f"{figures['messages']} of {count} messages counted.")
    return figures


def scan(port: int, store: Path) -> dict[str, float]:
    started, before = time.perf_counter(), sum(os.times()[:2])
    source = ImapSource(parse_address(f"imap://bench@localhost:{port}"), Connection(secret="pw", insecure_plaintext=True))
    *_, books = Scanner(source, Cache(store), Organisations(Facts()).organisation, ScanOptions(), time.time).run()
    seconds, processor = time.perf_counter() - started, sum(os.times()[:2]) - before
    source.close()
    if not isinstance(books, Scan) or books.status is not ScanStatus.COMPLETE:
        sys.exit(f"The scan did not end well: {books}")
    return {
        "seconds": seconds,
        "processor": processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "messages": books.messages + books.duplicates + books.unreadable,
    }


if __name__ == "__main__":
    print(json.dumps(scan(int(sys.argv[1]), Path(sys.argv[2]))))
