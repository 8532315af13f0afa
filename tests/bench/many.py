"""Many mailboxes as one report: in one call, which reads them side by side, and as an audit each that are merged."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.tools import run

MAILBOXES = 50


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    """`count` messages in all; no mailbox has any of another."""
    each = max(1, count // MAILBOXES)
    boxes = [folder / f"Box{n:02}" for n in range(MAILBOXES)]
    for n, box in enumerate(boxes):
        run(tools / "gen_mailbox.py", box, "--count", each, "--start", n * each, "--jobs", 1)
    together = timed("audit", *boxes, "--store", folder / "store", "--progress", "none", "--report", folder / "together.json")
    reports = [folder / f"{box.name}.json" for box in boxes]
    alone = sum(timed("audit", box, "--progress", "none", "--report", report) for box, report in zip(boxes, reports, strict=True))
    merging = timed("merge", *reports, "--report", folder / "merged.json")
    counted = [sum(row["messages"] for row in json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["domains"]) for name in ("together", "merged")]
    if counted != [each * MAILBOXES] * 2:
        sys.exit(f"{counted} of {each * MAILBOXES} messages counted.")
    print(f"{MAILBOXES} mailboxes of {each} messages: in one call {together:.1f} s; an audit each {alone:.1f} s, and merging them {merging:.1f} s")


def timed(*words: object) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "app", *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began
