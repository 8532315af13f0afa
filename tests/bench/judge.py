"""A generated mailbox read from files and judged, its audit opened again, and judged anew after a change of own domains."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from app.library import Library
from app.store.folder import StoreFolder
from tests.bench.tools import run

Result = TypeVar("Result")


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    """Prints one line. Seconds are those of the processor, the least of the runs: what else the machine does adds little to them."""
    maildir, store = folder / "Maildir", folder / "store"
    run(tools / "gen_mailbox.py", maildir, "--count", count)
    reading, _ = fastest(1, lambda: run_audit(maildir, store))
    library = Library(StoreFolder(store), time.time)
    try:
        opening, report = fastest(runs, lambda: library.load(str(maildir)))
        if report is None or report.scan.messages != count:
            sys.exit(f"{report.scan.messages if report else 0} of {count} messages counted.")
        own = cycle([(row.domain,) for row in report.domains if row.domain])  # another choice each time
        judging, _ = fastest(runs, lambda: library.with_own_domains(report, next(own)))
    finally:
        library.close()
    claims = sum(len(row.claims) for row in report.domains)
    print(
        f"{count} messages from files, {claims} claims: read and judged {count / reading:.0f} messages/s/core; opened in {opening:.2f} s; "
        f"judged again for other own domains in {judging:.2f} s, {judging / claims * 1e6:.0f} µs a claim"
    )


def run_audit(maildir: Path, store: Path) -> None:
    """As a user runs it, with everything that takes from starting to the end."""
    words = ["audit", str(maildir), "--store", str(store), "--progress", "none"]
    subprocess.run([sys.executable, "-m", "app", *words], check=True, stdout=subprocess.DEVNULL)


def fastest(runs: int, do: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds of the fastest of some runs, and what the last gave."""
    seconds = []
    for _ in range(runs):
        started = processor()
        result = do()
        seconds.append(processor() - started)
    return min(seconds), result


def processor() -> float:
    """Seconds that this program and those it has run to their end took of a processor."""
    return sum(os.times()[:4])
