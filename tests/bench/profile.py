"""Where the time of a scan goes: its process is looked at again and again while it works, and each look counts for the function it is in.

What a function leaves to the interpreter's own code (regular expressions, SQLite, TLS) counts as its own. Looking costs next to nothing, so the shares are
those of the scan as it is.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from app.sources.address import Connection, parse_address
from app.sources.imap.source import ImapSource
from tests.bench.scan import scanned, serving

ROOT = Path(__file__).resolve().parents[2]
EVERY = 0.001
"""Seconds of the processor between two looks; the system may look less often."""
STAGES = {"app/sources": "fetching", "app/mail": "reading", "app/reading.py": "reading", "app/store": "storing"}
SHOWN = 24


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    """One scan without TLS and without helpers."""
    with serving(tools, folder, count) as ports:
        call = [sys.executable, "-m", "tests.bench.profile", str(ports["imap"]), str(folder / "profiled.sqlite")]
        found = json.loads(subprocess.check_output(call, text=True))
    each = found["seconds"] / count * 1e6 / sum(found["looks"].values())
    print(f"{count} messages without TLS and without helpers: {found['seconds'] / count * 1e6:.0f} µs of processor a message")
    stages = Counter[str]()
    for place, looks in found["looks"].items():
        stages[stage_of(place)] += looks
    for name, looks in stages.most_common():
        print(f"{looks * each:6.1f} µs {name}")
    for place, looks in Counter(found["looks"]).most_common(SHOWN):
        print(f"{looks * each:10.1f} µs {place}")


def stage_of(place: str) -> str:
    return next((stage for path, stage in STAGES.items() if place.startswith(path)), "the rest")


@contextmanager
def looking(looks: Counter[str]) -> Iterator[None]:
    """Count the functions of the program that are at work."""

    def look(_: int, frame: FrameType | None) -> None:
        while frame and not (path := Path(frame.f_code.co_filename)).is_relative_to(ROOT / "app"):
            frame = frame.f_back
        looks[f"{path.relative_to(ROOT).as_posix()} {frame.f_code.co_qualname}" if frame else "elsewhere"] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def main(port: int, store: Path) -> dict[str, object]:
    source = ImapSource(parse_address(f"imap://bench@localhost:{port}"), Connection(secret="pw", insecure_plaintext=True))
    looks, before = Counter[str](), time.process_time()
    with looking(looks):
        scanned(source, store, 0)
    seconds = time.process_time() - before
    source.close()
    return {"seconds": seconds, "looks": looks}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))))
