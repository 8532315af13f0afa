"""A large mbox: seconds and peak memory of a whole audit, for two sizes, so that growth with the size would show."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mailmaker import message

BODY = (b"x" * 76 + b"\n") * 640
"""About 48 KiB, as mail with a small attachment has."""
LABELS = (b"Inbox,Opened", b"Sent", b"Spam", b"Inbox")


def measure(megabytes: int) -> None:
    for size in (megabytes // 4, megabytes):
        with tempfile.TemporaryDirectory(prefix="nitaq-bench-") as folder:
            path = Path(folder) / "All mail.mbox"
            count = write(path, size << 20)
            words = [sys.executable, "-c", PROGRAM, str(path), str(Path(folder) / "report.json")]
            told = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
            print(f"{size} MB, {count} messages with Takeout's labels: {told}", flush=True)


PROGRAM = """
import resource, subprocess, sys, time
start = time.monotonic()
ended = subprocess.run([sys.executable, "-m", "app", "audit", sys.argv[1], "--report", sys.argv[2], "--progress", "none"], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"exit {ended.returncode}, {time.monotonic() - start:.1f} s, {used.ru_utime + used.ru_stime:.1f} s of processor, peak {used.ru_maxrss / 1024:.0f} MiB")
"""


def write(path: Path, octets: int) -> int:
    """A Takeout export of at least so many octets; gives how many messages are in it."""
    n = size = 0
    with path.open("wb") as file:
        while size < octets:
            n += 1
            head = b"From %d@xxx Thu Jan 01 00:00:00 +0000 2026\nX-GM-THRID: %d\nX-Gmail-Labels: %b\n" % (n, n, LABELS[n % len(LABELS)])
            size += file.write(head + message(n, f"Sara <s{n % 500}@p{n % 300}.example>").replace(b"\r\n", b"\n") + BODY + b"\n")
    return n
