"""Several sources in one call: read side by side, each in a process of its own, told as one scan, and cancelled as one."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from app.audit_verb import AuditCall
from app.basis import Wishes
from app.excerpt import Choices
from app.model import Account, Notice, Scan, ScanStatus
from app.scan import Progress
from app.several import AT_ONCE
from app.side_by_side import Order, _Part, _together, scan_side_by_side
from app.sources import Connection
from app.store.folder import StoreFolder
from tests.test_cli import lines_of, nitaq, write_mbox

END = 'print(json.dumps({"event": "end", "status": "complete", "code": None, "messages": 5, "missing": 0, "unreadable": 1}), flush=True)\n'


class Told:
    """A reporter that remembers."""

    def __init__(self) -> None:
        self.seen: list[Progress] = []
        self.warnings: list[Notice] = []

    def progress(self, progress: Progress) -> None:
        self.seen.append(progress)

    def warning(self, notice: Notice) -> None:
        self.warnings.append(notice)

    def end(self, scan: Scan) -> None: ...


def played(scripts: list[str], cancelled: Callable[[], bool] = lambda: False) -> tuple[list[Scan], Told]:
    told = Told()
    orders = [Order(("-c", "import json, sys\n" + textwrap.dedent(script)), f"secret {n}") for n, script in enumerate(scripts)]
    return scan_side_by_side(orders, told, cancelled, (sys.executable,)), told


def line(done: int, total: int, rate: float | None = None) -> str:
    return f'print(json.dumps({{"event": "progress", "folder": "INBOX", "done": {done}, "total": {total}, "rate": {rate}, "left": None}}), flush=True)\n'


def test_what_they_say_is_added_up() -> None:
    books, told = played([line(5, 10) + END, line(7, 20) + END])
    assert [(each.status, each.messages, each.unreadable) for each in books] == [(ScanStatus.COMPLETE, 5, 1)] * 2
    assert (told.seen[-1].done, told.seen[-1].total) == (12, 30)


def test_the_time_left_is_known_once_all_have_said_how_much_there_is() -> None:
    first, second = _Part(Order(()), progress=Progress("INBOX", 5, 10, 2.0)), _Part(Order(()))
    assert _together("INBOX", [first, second]) == Progress("INBOX", 5, 10, 2.0, None)
    second.progress = Progress("INBOX", 10, 20, 3.0)
    assert _together("INBOX", [first, second]) == Progress("INBOX", 15, 30, 5.0, 3.0)
    second.end = Scan(ScanStatus.ERROR)
    assert _together("INBOX", [first, second]) == Progress("INBOX", 15, 30, 2.0, 7.5)


def test_each_gets_its_own_secret() -> None:
    script = 'print(json.dumps({"event": "warning", "code": "x", "params": {"said": sys.stdin.readline()}}))\n' + END
    _, told = played([script, script])
    assert sorted(dict(each.params)["said"] for each in told.warnings) == ["secret 0\n", "secret 1\n"]


def test_one_that_crashes_is_said_and_the_others_go_on() -> None:
    books, _ = played(["sys.exit(3)", END])
    assert [(each.status, each.code) for each in books] == [(ScanStatus.ERROR, "engine.crashed"), (ScanStatus.COMPLETE, None)]


def test_no_more_than_some_run_at_once(tmp_path: Path) -> None:
    script = f"""
    import os, pathlib
    here = pathlib.Path({str(tmp_path)!r})
    (here / str(os.getpid())).touch()
    print(json.dumps({{"event": "warning", "code": str(len(list(here.iterdir()))), "params": {{}}}}), flush=True)
    (here / str(os.getpid())).unlink()
    """
    _, told = played([textwrap.dedent(script) + END] * (2 * AT_ONCE + 1))
    assert len(told.warnings) == 2 * AT_ONCE + 1
    assert max(int(each.code) for each in told.warnings) <= AT_ONCE


@pytest.mark.parametrize("script", ["sys.stdin.read()\n" + END.replace("complete", "cancelled"), "import time\ntime.sleep(600)\n"], ids=["obeys", "is deaf"])
def test_cancelling_ends_all_of_them_and_begins_no_other(script: str) -> None:
    answers = iter([False] * 12)
    books, _ = played([script] * (AT_ONCE + 2), lambda: next(answers, True))
    assert len(books) == AT_ONCE
    assert {each.status for each in books} == {ScanStatus.CANCELLED}


# The whole program -------------------------------------------------------------------------------------------------


@pytest.fixture
def boxes(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"Box{n}.mbox" for n in range(4)]
    for n, path in enumerate(paths):
        write_mbox(path, range(100 * n, 100 * n + 60))
    return paths


def test_several_sources_kept_in_a_store_are_one_report(boxes: list[Path], tmp_path: Path) -> None:
    kept, loose = tmp_path / "kept.json", tmp_path / "loose.json"
    done = nitaq("audit", *boxes, "--store", tmp_path / "store", "--progress", "json", "--report", kept)
    *progress, end = lines_of(done.stdout)
    assert (done.returncode, end["status"], end["messages"]) == (0, "complete", 240)
    assert progress[-1]["done"] == progress[-1]["total"] == 240
    assert nitaq("audit", *boxes, "--progress", "none", "--report", loose).returncode == 0
    assert json.loads(kept.read_text())["domains"] == json.loads(loose.read_text())["domains"]


def test_one_that_cannot_be_opened_makes_the_whole_partial(boxes: list[Path], tmp_path: Path) -> None:
    done = nitaq("audit", *boxes, tmp_path / "nothing here", "--store", tmp_path / "store", "--progress", "json")
    *_, end = lines_of(done.stdout)
    assert (done.returncode, end["status"], end["messages"]) == (3, "partial", 240)


@pytest.mark.parametrize("words", [(), ("--no-subjects",)])
def test_each_keeps_subjects_only_where_they_are_wanted(boxes: list[Path], tmp_path: Path, words: tuple[str, ...]) -> None:
    assert nitaq("audit", *boxes[:2], "--store", tmp_path / "store", "--progress", "none", *words).returncode == 0
    for box in boxes[:2]:
        with closing(StoreFolder(tmp_path / "store").cache(str(box))) as cache:
            examples = [example for record in cache.claims() for example in record.examples]
        assert examples
        assert any(example.subject for example in examples) is not bool(words)


def test_each_is_told_which_mailboxes_of_others_to_read(tmp_path: Path) -> None:
    account = Account("sara", "imaps://sara@mail.firm.example", others=("shared/omar",))
    for others, told in (((), ["shared/omar"]), (("*", "Public/Orders"), ["*", "Public/Orders"])):
        call = AuditCall((), (), Wishes(), False, True, Choices(), (), Connection(others=others), None, tmp_path)
        words = call.scan_words(account, tmp_path)
        assert [after for word, after in pairwise(words) if word == "--also"] == told


def test_the_end_of_input_cancels_all(tmp_path: Path) -> None:
    for n in range(3):
        write_mbox(tmp_path / f"Big{n}.mbox", range(30_000))
    words = [sys.executable, "-m", "app", "audit", *(str(tmp_path / f"Big{n}.mbox") for n in range(3)), "--store", str(tmp_path / "store")]
    call = subprocess.Popen([*words, "--progress", "json", "--cancel-on-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert call.stdin
    assert call.stdout
    call.stdout.readline()
    call.stdin.close()
    *_, end = lines_of(call.stdout.read())
    assert (call.wait(10), end["status"]) == (130, "cancelled")
    call.stdout.close()
