"""Kill -9 in the middle of an audit, again and again: `python -m tests.bench.kills [ROUNDS]`. Exact: the resumed audit equals one that was never killed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.test_cli import nitaq, write_mbox

MESSAGES = 12_000
LONGEST = 6.0
"""Seconds until the kill at most: somewhere between before the first octet and after the last."""


HELPED = "import sys, app.scan; app.scan.WORTH = 0; from app.cli import main; sys.exit(main())"
"""The program with helpers for however few messages."""


def counted(report: Path) -> object:
    """What an audit established, without the moment it was made at."""
    data = json.loads(report.read_text(encoding="utf-8"))
    rows = data["domains"]
    return [(row["domain"], row["messages"], row["score"], [(c["name"], c["messages"], sorted(c["examples"])) for c in row["claims"]]) for row in rows]


def resumed_after_kill(mbox: Path, store: Path, seconds: float) -> object:
    """One round: begin, kill after `seconds`, go on, and count."""
    call = subprocess.Popen([sys.executable, "-c", HELPED, "audit", str(mbox), "--store", str(store), "--progress", "json"],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    time.sleep(seconds)
    call.kill()
    call.wait()
    return audited(mbox, store)


def audited(mbox: Path, store: Path) -> object:
    report = store.with_suffix(".json")
    done = nitaq("audit", mbox, "--store", store, "--progress", "none", "--report", report)
    assert done.returncode == 0, done.stderr
    return counted(report)


def main(rounds: int) -> int:
    rng = random.Random(rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_mbox(folder / "Inbox.mbox", range(MESSAGES))
        whole = audited(folder / "Inbox.mbox", folder / "whole")
        exact = sum(resumed_after_kill(folder / "Inbox.mbox", folder / f"store{n}", rng.uniform(0, LONGEST)) == whole for n in range(rounds))
    print(f"{rounds} kills between 0 and {LONGEST:g} s in an audit of {MESSAGES} messages: {exact} exact")
    return 0 if exact == rounds else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100))
