"""The scan alone, without judging: fetched, parsed and stored from a real Dovecot, and fetching alone, as ratios to draining the same bytes.

Each run is a process of its own (`python -m tests.bench.scan STAGE SCHEME PORT STORE`), so that its processor time and its peak of memory are those of one
scan. The drain, the fetch and the scan of one run follow each other, so that all of them see the same machine.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.domains import Organisations
from app.model import Facts, Scan, ScanStatus
from app.scan import Scanner, ScanOptions
from app.sources.address import Connection, parse_address
from app.sources.imap.source import ImapSource
from app.store.cache import Cache
from tests.bench.link import slow_link
from tests.bench.tools import run

STAGES = ("fetch", "scan")


@dataclass(frozen=True, slots=True)
class Figures:
    """One run of one stage."""

    seconds: float
    processor: float
    peak: int
    """KiB."""
    messages: int


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    """Without TLS, with it, and with it over a line of 200 Mbit/s and 40 ms."""
    with serving(tools, folder, count) as ports, slow_link(ports["imaps"]) as far:
        lines = (("without TLS", "imap", ports["imap"]), ("over TLS", "imaps", ports["imaps"]), ("over TLS, 200 Mbit/s and 40 ms", "imaps", far))
        for name, scheme, port in lines:
            drains, stages = measured(tools, folder, scheme, port, count, runs)
            for stage in STAGES:
                print(f"{count} messages {name}, {runs} runs: {described(stage, drains, stages[stage], count)}", flush=True)


@contextmanager
def serving(tools: Path, folder: Path, count: int) -> Iterator[dict[str, int]]:
    """The ports of a Dovecot over a generated mailbox."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    try:
        yield json.loads(run(tools / "mailserver.py", "start", folder, "--count", count))
    finally:
        run(tools / "mailserver.py", "stop", folder)


def measured(tools: Path, folder: Path, scheme: str, port: int, count: int, runs: int) -> tuple[list[float], dict[str, list[Figures]]]:
    """Seconds of the drains, and the figures of each stage in as many runs."""
    drains: list[float] = []
    stages: dict[str, list[Figures]] = {stage: [] for stage in STAGES}
    for n in range(runs):
        drains.append(json.loads(run(tools / "drain.py", "--port", port, *["--tls"] * (scheme == "imaps")))["s"])
        for stage in STAGES:
            stages[stage].append(one_run(stage, scheme, port, folder, f"{port}-{n}", count))
    return drains, stages


def described(stage: str, drains: list[float], runs: list[Figures], count: int) -> str:
    ratio = statistics.median(each.seconds / drain for each, drain in zip(runs, drains, strict=True))
    processor = statistics.median(each.processor for each in runs) / count * 1e6
    return (
        f"drain {statistics.median(drains):.2f} s, {stage} {statistics.median(each.seconds for each in runs):.2f} s, ratio {ratio:.2f}; "
        f"{processor:.0f} µs of processor a message, peak {max(each.peak for each in runs) / 1024:.0f} MiB"
    )


def one_run(stage: str, scheme: str, port: int, folder: Path, name: str, count: int) -> Figures:
    store = folder / f"{name}.sqlite"
    figures = Figures(**json.loads(subprocess.check_output([sys.executable, "-m", "tests.bench.scan", stage, scheme, str(port), str(store)], text=True)))
    if figures.messages != count:
        sys.exit(f"{figures.messages} of {count} messages counted.")
    return figures


def fetched(source: ImapSource, store: Path) -> int:
    """Messages handed over, and let go."""
    return sum(len(batch.messages) for folder in source.folders() for batch in source.batches(folder))


def scanned(source: ImapSource, store: Path) -> int:
    """Messages counted."""
    *_, books = Scanner(source, Cache(store), Organisations(Facts()).organisation, ScanOptions(), time.time).run()
    if not isinstance(books, Scan) or books.status is not ScanStatus.COMPLETE:
        sys.exit(f"The scan did not end well: {books}")
    return books.messages + books.duplicates + books.unreadable


def main(stage: str, scheme: str, port: int, store: Path) -> Figures:
    """From the signed-in session to the end, as the drain is measured."""
    connection = Connection(secret="pw", ca_file=store.with_name("cert.pem"), insecure_plaintext=scheme == "imap")
    source = ImapSource(parse_address(f"{scheme}://bench@localhost:{port}"), connection)
    started, before = time.perf_counter(), time.process_time()
    messages = (scanned if stage == "scan" else fetched)(source, store)
    figures = Figures(time.perf_counter() - started, time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, messages)
    source.close()
    return figures


if __name__ == "__main__":
    print(json.dumps(asdict(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])))))
