"""The engine as the window sees it: a real process that follows a script."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.model import ScanStatus
from app.program import own_program
from tests.ui.services import FakeServices
from ui.engine import LINE_LIMIT, End, Engine, ScanOrder

Wait = Callable[[Callable[[], object]], None]
END = 'print(json.dumps({"event": "end", "status": "complete", "code": None, "messages": 3, "missing": 0, "unreadable": 1}), flush=True)\n'


class Played:
    """One engine and all that it said."""

    def __init__(self, services: FakeServices) -> None:
        bundle = services.bundle()
        self.store = bundle.store
        self.engine = Engine(bundle.engine, bundle.engine_folder)
        self.progress: list[tuple[str, int, int]] = []
        self.paces: list[tuple[float | None, float | None]] = []
        self.warnings: list[tuple[str, dict[str, object]]] = []
        self.ends: list[End] = []
        self.engine.progressed.connect(lambda *told: self.progress.append(told))
        self.engine.paced.connect(lambda *told: self.paces.append(told))
        self.engine.warned.connect(lambda *told: self.warnings.append(told))
        self.engine.ended.connect(self.ends.append)

    def start(self, order: ScanOrder | None = None) -> None:
        self.engine.start(order or ScanOrder("sample"), self.store)


@pytest.fixture
def play(app: QApplication, services: FakeServices, wait_until: Wait) -> Iterator[Callable[..., Played]]:
    started: list[Played] = []

    def run(script: str, order: ScanOrder | None = None, *, wait: bool = True) -> Played:
        services.script(script)
        played = Played(services)
        started.append(played)
        played.start(order)
        if wait:
            wait_until(lambda: played.ends)
        return played

    yield run
    for each in started:
        each.engine.stop()


def test_progress_warnings_and_the_end_are_told(play: Callable[..., Played]) -> None:
    played = play(
        """
        print(json.dumps({"event": "progress", "folder": "INBOX", "done": 2, "total": 3, "rate": 7.5, "left": 4}))
        print(json.dumps({"event": "warning", "code": "mailbox.denied", "params": {"folder": "Secret"}}))
        """
        + END
    )
    assert played.progress == [("INBOX", 2, 3)]
    assert played.paces == [(7.5, 4.0)]
    assert played.warnings == [("mailbox.denied", {"folder": "Secret"})]
    assert played.ends == [End(ScanStatus.COMPLETE, None, 3, 0, 1)]


def test_what_is_no_line_of_the_interface_is_ignored(play: Callable[..., Played]) -> None:
    played = play(
        """
        print("hello"); print("[1, 2]"); print("{")
        print('{"event": "dance"}')
        print(json.dumps({"event": "progress", "done": "many", "rate": "fast", "left": None}))
        sys.stdout.buffer.write(b"\\xff\\xfe\\n"); sys.stderr.write("noise\\n")
        """
        + END
    )
    assert played.ends[0].status is ScanStatus.COMPLETE
    assert played.progress == [("", 0, 0)]
    assert played.paces == [(None, None)]


def test_an_endless_line_is_passed_over_and_not_kept(play: Callable[..., Played]) -> None:
    played = play(
        f"""
        for _ in range(40):
            sys.stdout.write("x" * {LINE_LIMIT // 4})
            sys.stdout.flush()
        sys.stdout.write("\\n")
        """
        + END
    )
    assert played.ends == [End(ScanStatus.COMPLETE, None, 3, 0, 1)]
    assert len(played.engine._buffer) <= LINE_LIMIT


def test_a_crash_ends_with_a_code(play: Callable[..., Played]) -> None:
    played = play("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    assert played.ends == [End(ScanStatus.ERROR, "engine.crashed")]


def test_a_program_that_is_missing_ends_with_a_code(app: QApplication, tmp_path: Path, wait_until: Wait) -> None:
    engine = Engine((str(tmp_path / "nowhere"),), tmp_path)
    ends: list[End] = []
    engine.ended.connect(ends.append)
    engine.start(ScanOrder("sample"), tmp_path)
    wait_until(lambda: ends)
    assert ends == [End(ScanStatus.ERROR, "engine.crashed")]


def test_cancel_closes_standard_input_and_the_engine_says_how_it_ended(play: Callable[..., Played], wait_until: Wait) -> None:
    played = play(
        """
        print(json.dumps({"event": "progress", "folder": "INBOX", "done": 1, "total": 9}), flush=True)
        sys.stdin.read()
        print(json.dumps({"event": "end", "status": "cancelled", "code": None, "messages": 500, "missing": 0, "unreadable": 0}))
        """,
        wait=False,
    )
    wait_until(lambda: played.progress)
    assert played.ends == []
    played.engine.cancel()
    wait_until(lambda: played.ends)
    assert played.ends == [End(ScanStatus.CANCELLED, None, 500)]


def test_a_cancelled_engine_that_says_nothing_counts_as_cancelled(play: Callable[..., Played], wait_until: Wait) -> None:
    played = play('print(json.dumps({"event": "progress", "folder": "x", "done": 1, "total": 9}), flush=True)\nsys.stdin.read()\n', wait=False)
    wait_until(lambda: played.progress)
    played.engine.cancel()
    wait_until(lambda: played.ends)
    assert played.ends == [End(ScanStatus.CANCELLED)]


def test_the_secret_goes_to_standard_input_and_never_into_the_words(play: Callable[..., Played]) -> None:
    played = play(
        """
        secret = sys.stdin.readline().rstrip("\\n")
        print(json.dumps({"event": "warning", "code": secret, "params": {"words": " ".join(sys.argv[1:])}}))
        """
        + END,
        ScanOrder("imaps://sara@mail.firm.example", ("INBOX", "Old"), date(2026, 1, 2), ("firm.example",), "päss word"),
    )
    (code, params), = played.warnings
    assert code == "päss word"
    words = str(params["words"])
    assert "päss" not in words
    assert words.startswith("audit imaps://sara@mail.firm.example --store ")
    assert words.endswith("--progress json --cancel-on-eof --secret-stdin --folder INBOX --folder Old --since 2026-01-02 --own firm.example")
    assert "päss" not in repr(ScanOrder("x", secret="päss word"))


def test_the_engine_is_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_program() == (sys.executable, "-m", "app")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_program() == (sys.executable,)
