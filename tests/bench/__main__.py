"""`python3 dev.py bench`: how fast Nitaq is on a generated mailbox. Without a name everything is measured.

    python -m tests.bench [NAME…] [--count 10000] [--runs 3] [--tools DIR]

`audit`: a whole audit on a real Dovecot against draining the same bytes. `judge`: reading from files, opening an audit, judging it again.
`parse`: reading and storing headers without a server, against the size of the mailbox, stage by stage.
`scan`: reading and storing, with helpers and alone, and fetching alone, against draining, on three lines, with processor time and peak memory.
`profile`: where the time of a scan goes, by stage and function.
`rescan`: a second scan, of what is unchanged, of new and of deleted messages. `growth`: cost by size of the mailbox, with a graph.
`peers`: against mbsync and mu. `many`: fifty mailboxes as one report. `lateness`: of the window's timers while a mailbox is scanned.
`mbox [MB]`: a large export, with peak memory, and one of a quarter of its size; needs no tools.
`window`: its first picture, opening an audit, and a table of 100,000 domains.
`scenarios [WORD]`: every misbehaviour of the scripted server, with verdict, seconds and peak memory; needs no tools.
`frozen`: the built program's starts against those of the same code run by Python; needs a build and no tools.
Uses the generator, the server and the drain in `../shared/bench` (or DIR).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import audit, frozen, growth, judge, lateness, many, mbox, parse, peers, profile, rescan, scan, scenarios, window

ROOT = Path(__file__).resolve().parents[2]
MEASUREMENTS = {
    "audit": audit.measure,
    "judge": judge.measure,
    "parse": parse.measure,
    "scan": scan.measure,
    "profile": profile.measure,
    "rescan": rescan.measure,
    "growth": growth.measure,
    "peers": peers.measure,
    "lateness": lateness.measure,
    "many": many.measure,
    "window": window.measure,
}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("what", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(MEASUREMENTS)}")
    words.add_argument("--count", type=int, default=10_000)
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--tools", type=Path, default=ROOT.parent / "shared" / "bench")
    call = words.parse_args()
    if call.what[:1] == ["scenarios"]:
        scenarios.measure(*call.what[1:2])
        return 0
    if call.what[:1] == ["mbox"]:
        mbox.measure(int(call.what[1]) if call.what[1:] else 2048)
        return 0
    if call.what == ["frozen"]:
        with tempfile.TemporaryDirectory(prefix="nitaq-bench-") as folder:
            frozen.measure(Path(folder), call.runs)
        return 0
    if unknown := set(call.what) - set(MEASUREMENTS):
        words.error(f"nothing is called {', '.join(sorted(unknown))}")
    if not (call.tools / "mailserver.py").exists():
        print(f"There is no mail server to measure against in {call.tools}; name its folder with --tools.")
        return 1
    for name in call.what or MEASUREMENTS:
        with tempfile.TemporaryDirectory(prefix="nitaq-bench-") as folder:
            MEASUREMENTS[name](call.tools, Path(folder), call.count, call.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
