"""Reading and storing headers without a server, against the size of the mailbox: microseconds of the processor a message, and where they go.

Each size is a process of its own (`python -m tests.bench.parse FOLDER COUNT STORE`), where FOLDER holds messages as files, at any depth. What
finding and opening these takes is left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from app.cycles import without_cycle_search
from app.domains import Organisations
from app.mail.layout import header_of
from app.mail.reader import HeaderReader
from app.model import Batch, Facts, Folder, FolderRole, RawMessage, Scan, ScanStatus
from app.reading import MessageReader
from app.scan import Scanner, ScanOptions
from app.sources.message_header import MAX_HEADER, cut_header
from app.store.cache import Cache
from tests.bench.tools import run

Result = TypeVar("Result")
BATCH = 500
BAR = 40
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000)


class Headers:
    """A source over files that times itself, so that it can be left out."""

    label, owner = "headers", ""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self.spent = 0.0

    def folders(self) -> Sequence[Folder]:
        return [Folder("INBOX", "INBOX", FolderRole.INBOX, len(self._paths), 17)]

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        for start in range(0, len(self._paths), BATCH):
            before = time.process_time()
            messages = tuple(self._read(n) for n in range(start, min(start + BATCH, len(self._paths))))
            self.spent += time.process_time() - before
            yield Batch(messages, str(start + len(messages)), len(self._paths))

    def _read(self, n: int) -> RawMessage:
        with open(self._paths[n], "rb") as file:
            header, problem = cut_header(file.read(MAX_HEADER + 4))
            status = os.fstat(file.fileno())
        as_servers_send_it = header.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return RawMessage(f"INBOX;UIDVALIDITY=17/;UID={n + 1}", as_servers_send_it, int(status.st_mtime), status.st_size, "", problem)

    def present(self, folder: Folder, since: date | None = None) -> Iterable[str]:
        return ()

    def header(self, message_id: str) -> bytes:
        raise NotImplementedError

    def close(self) -> None:
        pass


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    """Prints a line for each size up to `count`."""
    run(tools / "gen_mailbox.py", folder / "Maildir", "--count", count)
    figures = [fewest(folder, size, runs) for size in SIZES if size <= count]
    most = max(each["total"] for each in figures)
    for each in figures:
        stages = ", ".join(f"{name} {each[name]:.0f}" for name in ("fields", "claims", "rest", "store"))
        bar = "#" * round(BAR * each["total"] / most)
        print(f"{each['messages']:>7.0f} messages {bar:<{BAR}} {each['total']:.0f} µs of processor a message ({stages})")


def fewest(folder: Path, size: int, runs: int) -> dict[str, float]:
    """The figures of the run that others disturbed least."""
    call = [sys.executable, "-m", "tests.bench.parse", str(folder / "Maildir"), str(size)]
    found = [json.loads(subprocess.check_output([*call, str(folder / f"{size}-{n}.sqlite")], text=True)) for n in range(runs)]
    return min(found, key=lambda each: each["total"])


def figures_of(folder: Path, count: int, store: Path) -> dict[str, float]:
    paths = sorted(str(path) for path in folder.rglob("*") if path.is_file())[:count]
    organisation = Organisations(Facts()).organisation
    organisation("mail.example.com")  # the list of suffixes is loaded once, whatever the size
    source, before = Headers(paths), time.process_time()
    *_, books = Scanner(source, Cache(store), Facts(), ScanOptions(), time.time).run()
    total = time.process_time() - before - source.spent
    if not isinstance(books, Scan) or books.status is not ScanStatus.COMPLETE:
        sys.exit(f"The scan did not end well: {books}")
    with without_cycle_search():  # as the scan itself does
        return {"messages": len(paths), "total": total / len(paths) * 1e6, **stages(paths, total, organisation)}


def stages(paths: Sequence[str], total: float, organisation: Callable[[str], str]) -> dict[str, float]:
    """The same once more, stage by stage."""
    spent = dict.fromkeys(("fields", "claims", "rest"), 0.0)

    def timed(stage: str, do: Callable[[], Result]) -> Result:
        before = time.process_time()
        result = do()
        spent[stage] += time.process_time() - before
        return result

    source, reader = Headers(paths), HeaderReader(organisation)
    whole = MessageReader(organisation, samples=False, subjects=True)
    (folder,) = source.folders()
    for batch in source.batches(folder):
        fields = timed("fields", lambda batch=batch: [header_of(raw.header) for raw in batch.messages])
        timed("claims", lambda fields=fields: reader.read(fields))
        timed("rest", lambda batch=batch: whole.read(folder.role, folder.whose, batch.messages))
    spent["rest"] -= spent["fields"] + spent["claims"]
    return {**{stage: seconds / len(paths) * 1e6 for stage, seconds in spent.items()}, "store": (total - sum(spent.values())) / len(paths) * 1e6}


if __name__ == "__main__":
    print(json.dumps(figures_of(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
