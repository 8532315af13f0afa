"""Every named misbehaviour, audited by a process of its own: `python -m tests.bench scenarios [WORD]` (those with WORD in their name).

Prints the verdict, seconds from connecting to the end, and the largest resident memory of the process. The bounds are those of the product, but for
the pauses between tries, which are left out, for time (silence is one second, and a command may take three), and that every line is taken for a slow one.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from app.sources.imap import bounds
from tests.servers import hostilities, misbehaviours
from tests.servers.scripted import Scripted

SCENARIOS = {case.name: case for case in (*misbehaviours.ALL, *hostilities.ALL)}
_LONGEST = 400.0
"""Seconds; longer is a hang."""


def measure(word: str = "") -> None:
    wrong = 0
    for name, case in SCENARIOS.items():
        if word not in name:
            continue
        with Scripted(case.script()) as server:
            line = [sys.executable, "-m", "tests.bench.scenarios", str(server.port)]
            try:
                done = subprocess.run(line, capture_output=True, text=True, timeout=_LONGEST, check=False)
            except subprocess.TimeoutExpired:
                wrong += 1
                print(f"HANG   {name}", flush=True)
                continue
        if done.returncode:
            wrong += 1
            print(f"CRASH  {name}: {done.stderr.strip().splitlines()[-1:]}", flush=True)
            continue
        status, code, messages, seconds, mebibytes = json.loads(done.stdout)
        right = (status, code, messages) == (case.status, case.code, case.messages)
        wrong += not right
        verdict = " ".join(filter(None, (status, code)))
        print(f"{'ok' if right else 'WRONG':6} {seconds:7.2f} s {mebibytes:5} MiB  {verdict:32} {name}", flush=True)
    print(f"{wrong} wrong")


def audit(port: int) -> None:
    """What the process of one scenario does."""
    from app.errors import NitaqError, Refused
    from app.scan import Scanner, ScanOptions
    from app.sources import Connection, open_source
    from app.store.cache import Cache

    bounds.LONGEST_PAUSE, bounds.IDLE, bounds.FAST_LINK = 0.0, -1.0, 10**18
    bounds.GREETING_SECONDS = bounds.COMMAND_SECONDS = 3.0
    began = time.monotonic()
    try:
        source = open_source(f"imap://sara%40firm.example@127.0.0.1:{port}", Connection(secret="a secret", timeout=1.0, insecure_plaintext=True))
    except NitaqError as error:
        verdict: tuple[str, str | None, int] = ("refused" if isinstance(error, Refused) else "error", error.code, 0)
    else:
        *_, books = Scanner(source, Cache(None), lambda domain: domain, ScanOptions(), time.time).run()
        verdict = (books.status, books.code, books.messages)
        source.close()
    seconds = time.monotonic() - began
    print(json.dumps([*verdict, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10]))


if __name__ == "__main__":
    audit(int(sys.argv[1]))
