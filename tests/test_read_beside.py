"""Headers read beside the scan: the store is what it is without helpers, whatever becomes of these."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import WorldError
from app.model import Batch, Facts, Folder, FolderRole, Notice, RawMessage, Scan, ScanStatus
from app.program import ROOT, own_program
from app.read_beside import HELP, Helpers
from app.scan import Scanner, ScanOptions
from app.store.cache import Cache
from app.store.intake import ReadMessage
from tests.mailmaker import header
from tests.test_scan import Shelf

INBOX = Folder("INBOX", "INBOX", FolderRole.INBOX)
RULES = Facts(hosting_suffixes=frozenset({"shop.example"}))
ANSWER = "In-Reply-To: <1@firm.example>\r\nReferences: <0@firm.example> <1@firm.example>"
TABLES = ("folders", "claims", "messages", "recipients")
FRAME = "import marshal, sys\nread, write = sys.stdin.buffer.read, sys.stdout.buffer.write\nread(int.from_bytes(read(4), 'big'))\n"
GREETED = FRAME + "said = marshal.dumps(True)\nwrite(len(said).to_bytes(4, 'big') + said)\nsys.stdout.flush()\nread(int.from_bytes(read(4), 'big'))\n"
ENDINGS = {
    "before it was ready": FRAME,
    "in the middle": GREETED,
    "in the middle of its answer": GREETED + "write(b'\\0\\0\\0\\x09abc')",
    "after nonsense": GREETED + "write(b'\\0\\0\\0\\3abc')",
    "after rows of another form": GREETED + "said = marshal.dumps([(1, 2)])\nwrite(len(said).to_bytes(4, 'big') + said)",
}


def corpus() -> dict[int, bytes]:
    """Ordinary mail by several authors, and every hostile header."""
    plain = [header(n, f"Sara{n % 7} <sara@a{n % 5}.shop.example>", extra=ANSWER if n % 3 else "") for n in range(40)]
    hostile = [path.read_bytes() for path in sorted((Path(__file__).parent / "corpus").rglob("*.eml"))]
    return dict(enumerate(plain + hostile, start=1))


def batches(count: int = 6) -> list[Batch]:
    return [Batch(tuple(RawMessage(f"INBOX#{n}{m}", header(n * 10 + m)) for m in range(5)), str(n), count * 5) for n in range(1, count + 1)]


def read_alone(count: int = 6) -> list[list[ReadMessage]]:
    return [read for _, read in Helpers(RULES, samples=False, subjects=True, most=0).in_order(INBOX, batches(count))]


def helpers(most: int = 2, program: Sequence[str] = ()) -> Helpers:
    return Helpers(RULES, samples=False, subjects=True, most=most, program=program)


@pytest.fixture(autouse=True)
def all_by_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take all that there is once they are ready."""
    monkeypatch.setattr("app.read_beside.QUEUED", 1_000)


def stored(shelf: Shelf, path: Path, most: int, monkeypatch: pytest.MonkeyPatch, options: ScanOptions) -> list[list[object]]:
    with closing(Cache(path)) as cache:
        scanner = Scanner(shelf, cache, RULES, options, lambda: 0.0, helpers=most)
        for ready in scanner._helpers.start():
            ready.result()
        if most:
            monkeypatch.setattr(scanner._helpers._reader, "read", None)  # this process reads nothing itself
        *_, books = scanner.run()
        assert isinstance(books, Scan)
        assert books.status is ScanStatus.COMPLETE
        return [cache._db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]


@pytest.mark.parametrize("options", [ScanOptions(), ScanOptions(samples=True, subjects=False)], ids=["a mailbox", "samples without subjects"])
def test_helpers_store_what_is_stored_without_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: ScanOptions) -> None:
    mail = corpus()
    shelf = Shelf({"INBOX": mail, "Sent": {n: header(n, "omar@firm.example", to="sara@a1.shop.example") for n in range(1, 9)}}, {"Sent": FolderRole.SENT})
    shelf.problems = {3: "message.too_large", 4: "message.unreadable"}
    alone = stored(shelf, tmp_path / "alone", 0, monkeypatch, options)
    assert stored(shelf, tmp_path / "helped", 2, monkeypatch, options) == alone
    assert len(alone[2]) == len(mail) + 8


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("most", [1, 2])
def test_what_a_lost_helper_had_in_hand_is_read_again(most: int, ending: str) -> None:
    with closing(helpers(most, (sys.executable, "-c", ENDINGS[ending]))) as beside:
        for ready in beside.start():
            ready.result()
        assert [read for _, read in beside.in_order(INBOX, batches())] == read_alone()
        assert beside.lost


def test_a_lost_helper_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.read_beside.own_program", lambda: (sys.executable, "-c", GREETED))
    scanner = Scanner(Shelf({"INBOX": corpus()}), Cache(None), RULES, ScanOptions(), lambda: 0.0, helpers=2)
    for ready in scanner._helpers.start():
        ready.result()
    events = list(scanner.run())
    assert [event for event in events if isinstance(event, Notice)] == [Notice("helper.lost")]
    assert isinstance(events[-1], Scan)
    assert events[-1].status is ScanStatus.COMPLETE


def test_what_came_before_a_failure_is_given_first() -> None:
    def failing() -> Iterator[Batch]:
        yield from batches(3)
        raise WorldError("connection", host="x")

    given: list[list[ReadMessage]] = []
    with closing(helpers()) as beside:
        for ready in beside.start():
            ready.result()
        with pytest.raises(WorldError):
            given.extend(read for _, read in beside.in_order(INBOX, failing()))
    assert given == read_alone(3)


def test_what_is_done_is_given_out_little_by_little_so_that_helpers_get_more_meanwhile() -> None:
    since_last, longest = 0, 0

    def waiting() -> Iterator[Batch]:
        nonlocal since_last, longest
        for batch in batches(12):
            longest, since_last = max(longest, since_last), 0
            if batch.cursor == "9":
                for reading in list(beside._helpers[0]._unread):
                    reading.result()
            yield batch

    with closing(helpers(1)) as beside:
        for ready in beside.start():
            ready.result()
        given = []
        for _, read in beside.in_order(INBOX, waiting()):
            given.append(read)
            since_last += 1
    assert given == read_alone(12)
    assert longest <= 2


def test_helpers_that_work_or_wait_end_at_once_and_leave_nothing() -> None:
    beside = helpers(2, (sys.executable, "-c", GREETED + "sys.stdin.buffer.read()"))  # never answers
    for ready in beside.start():
        ready.result()
    processes = [helper.process for helper in beside._helpers]
    beside._begin(INBOX, batches(1)[0])
    beside.close()
    assert len(processes) == 2
    assert all(process.returncode is not None for process in processes)


@pytest.mark.parametrize("program", [own_program(), (sys.executable, "-m", "ui.main")], ids=["headless", "as it is installed"])
def test_a_helper_ends_with_its_standard_input(program: Sequence[str]) -> None:
    done = subprocess.run([*program, HELP], input=b"", capture_output=True, cwd=ROOT, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_without_cores_for_helpers_there_are_none() -> None:
    beside = helpers(0)
    assert beside.start() == []
    assert [read for _, read in beside.in_order(INBOX, batches())] == read_alone()


def test_a_system_that_allows_no_wider_pipe_has_helpers_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.read_beside._PIPE", (1 << 31) - 1)
    several = helpers(1)
    with closing(several):
        for greeted in several.start():
            greeted.result(60)
        assert [read for _, read in several.in_order(INBOX, batches())] == read_alone()
        assert (len(several._helpers), several.lost) == (1, False)
