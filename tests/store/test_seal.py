"""A cache that was closed in order is believed without reading it; octets that rot in it are found out when they are read, and the mailbox is read anew."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from app.audit_verb import AuditCall, AuditVerb
from app.basis import Wishes
from app.errors import NitaqError
from app.excerpt import Choices
from app.i18n import Translation
from app.library import Library
from app.model import Scan, ScanStatus
from app.progress import JsonLines
from app.sources import Connection
from app.store.cache import Cache
from app.store.folder import StoreFolder
from app.store.seal import is_sealed
from tests.test_cli import lines_of, nitaq, write_mbox

NOW = 1_790_000_000
MESSAGES = 60
PAGE = 4_096
PLACES = 60


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mailbox that was audited, and its store."""
    folder = tmp_path_factory.mktemp("kept")
    write_mbox(folder / "Inbox.mbox", range(MESSAGES))
    audit(folder)
    return folder


@pytest.fixture
def box(kept: Path, tmp_path: Path) -> Path:
    """The same, elsewhere; the mailbox stays where it is."""
    shutil.copytree(kept / "store", tmp_path / "store")
    (tmp_path / "Inbox.mbox").symlink_to(kept / "Inbox.mbox")
    return tmp_path


def audit(folder: Path, *reports: Path, scan_only: bool = False) -> tuple[Scan, list[dict[str, Any]]]:
    """The books, and what was told on the way."""
    store, out, say = folder / "store", StringIO(), Translation("en")
    mbox = os.path.realpath(folder / "Inbox.mbox")
    call = AuditCall((mbox,), reports, Wishes(), False, True, Choices(), (), Connection(), store, store, scan_only)
    books = AuditVerb(call, say, JsonLines(out), lambda _: "", lambda *_: None, lambda: NOW, lambda: False).run()
    return books, [json.loads(line) for line in out.getvalue().splitlines()]


def source(folder: Path) -> str:
    return os.path.realpath(folder / "Inbox.mbox")


def cache_file(folder: Path) -> Path:
    (path,) = (folder / "store" / "caches").glob("*.sqlite")
    return path


def rot(path: Path, rng: random.Random) -> None:
    """Octets change, and nobody has written: the time stays."""
    octets, times = bytearray(path.read_bytes()), path.stat()
    length = rng.choice((1, 16, PAGE, PAGE))
    at = PAGE * rng.randrange(len(octets) // PAGE) if length == PAGE else rng.randrange(len(octets))
    octets[at : at + length] = rng.choice((rng.randbytes(length), b"\xa5" * length))
    path.write_bytes(octets)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def overwrite_the_middle(path: Path) -> None:
    octets, times = path.read_bytes(), path.stat()
    third = len(octets) // 3
    path.write_bytes(octets[:third] + b"\xa5" * third + octets[2 * third :])
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def is_believed(folder: Path) -> bool:
    """Whether it is taken for whole though it is not."""
    overwrite_the_middle(cache_file(folder))
    cache, aside = StoreFolder(folder / "store").cache_to_fill(source(folder))
    cache.close()
    return aside is None


def write(folder: Path) -> None:
    with closing(sqlite3.connect(cache_file(folder))) as db, db:
        db.execute("UPDATE messages SET date = date + 1")


def copy(folder: Path) -> None:
    path = cache_file(folder)
    shutil.copyfile(path, path.with_suffix(".copy"))
    path.with_suffix(".copy").replace(path)


def read(folder: Path) -> None:
    with closing(Library(StoreFolder(folder / "store"), lambda: NOW)) as library:
        report = library.load(source(folder))
        assert report is not None
        assert [claim.score for row in report.domains for claim in row.claims]


def audit_while_it_is_read(folder: Path) -> None:
    with closing(StoreFolder(folder / "store").cache(source(folder))) as reader:
        assert reader.last_scan()
        audit(folder)
        assert reader.last_scan()


def fail(folder: Path) -> None:
    reports = folder / "nowhere" / "r.json"
    assert audit(folder, reports)[0].status is ScanStatus.ERROR


@pytest.mark.parametrize(
    ("happened", "believed"),
    [(lambda _: None, True), (read, True), (audit_while_it_is_read, True), (write, False), (copy, False), (fail, False)],
    ids=["nothing", "read", "audited while it was read", "written", "copied", "an audit that failed"],
)
def test_a_cache_is_believed_as_long_as_nobody_wrote_to_it_since_an_audit_ended_well(box: Path, happened: Callable[[Path], None], believed: bool) -> None:
    happened(box)
    assert is_believed(box) is believed


LOCK = "import fcntl, os, sys; fcntl.lockf(os.open(sys.argv[1], os.O_RDWR), fcntl.LOCK_EX, 1, 121); print(); sys.stdin.read()"
"""Holds what SQLite locks while it takes the log over into the file (WAL_CKPT_LOCK), as another engine would."""


@pytest.mark.skipif(sys.platform == "win32", reason="files are locked otherwise there")
def test_a_cache_whose_log_another_engine_takes_over_is_not_sealed(box: Path) -> None:
    path = cache_file(box)
    with closing(Cache(path)) as cache:
        os.utime(path)
        cache._db.execute("UPDATE messages SET date = date + 1")
        words = [sys.executable, "-c", LOCK, f"{path}-shm"]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout
            assert other.stdout.readline()
            cache.seal()
            other.communicate()
        assert not is_sealed(cache._db, path)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")
def test_a_cache_that_another_engine_has_just_set_aside_is_not_sealed(box: Path) -> None:
    path = cache_file(box)
    with closing(Cache(path)) as cache:
        StoreFolder(box / "store").set_aside(path)
        assert not is_sealed(cache._db, path)


def test_a_scan_alone_seals_what_it_read(box: Path) -> None:
    write(box)
    audit(box, scan_only=True)
    assert is_believed(box)


@pytest.mark.parametrize("reports", [0, 1], ids=["scanned", "judged"])
def test_pages_that_rot_in_a_cache_that_was_closed_in_order_are_one_sentence_and_the_mailbox_is_read_anew(box: Path, reports: int) -> None:
    path = cache_file(box)
    overwrite_the_middle(path)
    books, told = audit(box, *[box / "r.json"] * reports)
    assert (books.status, books.messages) == (ScanStatus.COMPLETE, MESSAGES)
    assert [line["code"] for line in told if line["event"] == "warning"] == ["store.rebuilt"]
    assert path.with_suffix(".damaged").exists()


@pytest.mark.parametrize("seed", range(PLACES))
def test_an_audit_of_a_cache_that_rots_anywhere_is_exact(kept: Path, box: Path, seed: int, tmp_path: Path) -> None:
    rot(cache_file(box), random.Random(seed))
    if seed % 2:
        assert problem_with_reading(box) in (None, "store.damaged")
    for report in (tmp_path / "r.json", None):
        books, told = audit(box, *[report] if report else [])
        assert (books.status, books.messages) == (ScanStatus.COMPLETE, MESSAGES)
        assert {line["code"] for line in told if line["event"] == "warning"} <= {"store.rebuilt"}
    audit(kept, tmp_path / "good.json")
    found, good = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("r.json", "good.json"))
    assert [(row["domain"], row["messages"], row["score"]) for row in found["domains"]] == [
        (row["domain"], row["messages"], row["score"]) for row in good["domains"]
    ]


def problem_with_reading(folder: Path) -> str | None:
    try:
        read(folder)
    except NitaqError as error:
        return error.code
    return None


def test_what_the_window_finds_damaged_is_not_believed_by_the_engine(box: Path) -> None:
    path = cache_file(box)
    cache = Cache(path)
    cache._db.execute("UPDATE claims SET body = replace(body, 'example', 'elsewhere')")
    cache.seal()
    cache.close()
    assert problem_with_reading(box) == "store.damaged"
    cache, aside = StoreFolder(box / "store").cache_to_fill(source(box))
    cache.close()
    assert aside is not None


def test_one_of_several_mailboxes_whose_cache_is_damaged_is_read_anew_in_the_same_audit(tmp_path: Path) -> None:
    boxes = [tmp_path / name for name in ("A.mbox", "B.mbox")]
    for n, path in enumerate(boxes):
        write_mbox(path, range(n * MESSAGES, (n + 1) * MESSAGES))
    words = ("audit", *boxes, "--store", tmp_path / "store", "--progress", "json", "--report", tmp_path / "r.json")
    assert nitaq(*words).returncode == 0
    with closing(StoreFolder(tmp_path / "store").cache(str(boxes[1]))) as cache:
        cache._db.execute("UPDATE claims SET body = replace(body, 'example', 'elsewhere')")
        cache.seal()
    done = nitaq(*words)
    told = [line for line in lines_of(done.stdout) if line["event"] != "progress"]
    assert [line["code"] for line in told] == ["store.rebuilt", None]
    assert (told[-1]["status"], told[-1]["messages"]) == ("complete", 2 * MESSAGES)


def test_rows_that_contradict_each_other_are_damage(box: Path) -> None:
    cache = Cache(cache_file(box))
    cache._db.execute("PRAGMA foreign_keys = OFF")
    cache._db.execute("UPDATE folders SET id = 9")
    cache._db.execute("PRAGMA foreign_keys = ON")
    cache.seal()
    cache.close()
    books, _ = audit(box)
    assert (books.status, books.messages) == (ScanStatus.COMPLETE, MESSAGES)
