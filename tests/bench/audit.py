"""A whole audit of a generated mailbox on a real Dovecot, as a ratio to draining the same bytes.

Uses the generator, the server and the drain in the tools' folder. Checks on the way that every message was counted, that each domain's count
is the generator's truth, and that the mailbox is byte for byte what it was.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from app.domains import registrable
from tests.bench.tools import run


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    folder.chmod(0o755)
    ports = json.loads(run(tools / "mailserver.py", "start", folder, "--count", count))
    try:
        maildir = folder / "mail" / "bench" / "Maildir"
        before = fingerprint(maildir)
        drains, audits = [], []
        for n in range(runs):  # interleaved, so that both see the same machine
            drains.append(json.loads(run(tools / "drain.py", "--port", ports["imaps"], "--tls"))["s"])
            seconds, report = audit(ports["imaps"], folder, n)
            audits.append(seconds)
            check(report, tools, folder, count)
        if fingerprint(maildir) != before:
            sys.exit("The mailbox was changed.")
        ratio = statistics.median(a / d for a, d in zip(audits, drains, strict=True))
        print(
            f"{count} messages over TLS, {runs} runs: drain {statistics.median(drains):.2f} s, whole audit with three reports "
            f"{statistics.median(audits):.2f} s, ratio {ratio:.1f}; every count as generated, the mailbox unchanged"
        )
    finally:
        run(tools / "mailserver.py", "stop", folder)


def audit(port: int, folder: Path, n: int) -> tuple[float, Path]:
    """Seconds of one audit as a user runs it, and its JSON report."""
    reports = [folder / f"r{n}.{suffix}" for suffix in ("json", "html", "csv")]
    words = ["audit", f"imaps://bench@localhost:{port}", "--ca", folder / "cert.pem", "--store", folder / f"store{n}", "--secret-stdin", "--progress", "none"]
    words += [word for report in reports for word in ("--report", report)]
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "app", *map(str, words)], input="pw\n", text=True, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started, reports[0]


def check(report: Path, tools: Path, folder: Path, count: int) -> None:
    """The report against the generator's truth."""
    data = json.loads(report.read_text(encoding="utf-8"))
    found = {row["domain"]: row["messages"] for row in data["domains"]}
    if sum(found.values()) != count or data["scan"]["messages"] != count:
        sys.exit(f"{sum(found.values())} of {count} messages counted.")
    wrong = {domain: (found.get(domain, 0), n) for domain, n in truth(tools, folder, count).items() if found.get(domain, 0) != n}
    if wrong:
        sys.exit(f"Counts differ from the truth (found, true): {dict(list(wrong.items())[:10])}")


def truth(tools: Path, folder: Path, count: int) -> Counter[str | None]:
    """Messages of each registrable domain as the generator knows them."""
    if not (folder / "truth.0").exists():
        run(tools / "gen_mailbox.py", folder / "again", "--count", count, "--truth", folder / "truth")
    counts: Counter[str | None] = Counter()
    for line in (line for path in folder.glob("truth.*") for line in path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        counts[registrable(row["base"]) if row["clear"] else None] += 1
    return counts


def fingerprint(maildir: Path) -> str:
    """One hash of every message's name and octets."""
    digest = hashlib.sha256()
    for path in sorted((maildir / "cur").iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
