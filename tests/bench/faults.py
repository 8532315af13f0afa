"""Seeds of the fault proxy before a real Dovecot: `python -m tests.bench.faults [SEEDS]`. Half of them over TLS, half in plain text.

Wrong: `complete` with another count than the mailbox has. Hang: longer than HANG seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from app.sources.imap import bounds
from tests.servers.dovecot import Dovecot
from tests.sources.test_faults import COUNT, audit

HANG = 30.0


def main(seeds: int) -> None:
    bounds.LONGEST_PAUSE = 0.0
    ends: Counter[str] = Counter()
    wrong = crashes = hangs = 0
    with tempfile.TemporaryDirectory() as folder, Dovecot(Path(folder)) as server:
        server.add_maildir("faults@firm.example", [b"From: a%d@partner.example\r\nSubject: %d\r\n\r\nx\r\n" % (n, n) for n in range(COUNT)])
        for seed in range(seeds):
            began = time.monotonic()
            try:
                books = audit(server, "imap" if seed % 2 else "imaps", seed)
            except Exception as error:
                crashes += 1
                print(f"seed {seed}: {error!r}")
                continue
            hangs += time.monotonic() - began > HANG
            ends[f"{books.status} {books.code or ''}".strip() if books else "not opened"] += 1
            if books and books.status == "complete" and books.messages + books.duplicates + books.unreadable != COUNT:
                wrong += 1
                print(f"seed {seed}: {books.messages} of {COUNT}")
    print(f"{seeds} seeds: {wrong} wrong, {crashes} crashes, {hangs} hangs")
    for end, times in ends.most_common():
        print(f"{times:5} {end}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100)
