"""After a bad end the next start says so and goes on where it was; real processes, really ended."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.store.workspace import Workspace
from tests.ui.driver import Program, Seen
from ui import main
from ui.instance import Instance
from ui.session import Place, Session

BADLY = "did not end properly"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    started: list[Program] = []

    def start(*sources: str) -> Program:
        started.append(Program(tmp_path / "store", *sources))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.fixture
def letter(tmp_path: Path) -> str:
    """A mailbox that is read in no time."""
    path = tmp_path / "letter.eml"
    path.write_text("From: Sara <sara@firm.example>\n\nHello\n")
    return str(path)


def reading(seen: Seen) -> bool:
    """Whether the engine has begun to say how far it is."""
    return bool(seen["engine"]) and seen["screen"] == "ScanView" and "many.mbox" in seen["texts"]


def reports(tmp_path: Path) -> list[str]:
    return [path.read_text() for path in sorted((tmp_path / "store" / "faults").glob("fault-*.txt"))]


def test_a_good_end_is_not_spoken_of(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    first.do("close")
    assert first.ended() == 0
    assert {path.name for path in (tmp_path / "store").iterdir()} == {"workspace.sqlite", "faults"}
    assert list((tmp_path / "store" / "faults").iterdir()) == []
    seen = start().until(lambda seen: seen["screen"] == "StartScreen")
    assert not any(BADLY in text for text in seen["texts"])


def test_what_was_decided_in_the_moment_of_closing_is_kept(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start("sample")
    first.until(lambda seen: seen["screen"] == "AuditView")
    first.do("reject-and-close 5")
    assert first.ended() == 0
    with closing(Workspace(tmp_path / "store" / "workspace.sqlite")) as workspace:
        assert len(workspace.decisions()) == 5


@pytest.fixture
def closing_late(start: Callable[..., Program], tmp_path: Path) -> Iterator[tuple[Program, Path]]:
    """A window that was closed and still keeps a decision, until something is written into a pipe."""
    if sys.platform == "win32":
        pytest.skip("there are no such pipes")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    program = start("sample")
    program.until(lambda seen: seen["screen"] == "AuditView")
    program.do(f"hold-decisions {pipe}")
    program.do("reject-and-close 1")
    program.until(lambda seen: not seen["texts"])
    yield program, pipe
    with closing(Workspace(tmp_path / "store" / "workspace.sqlite")) as workspace:
        assert len(workspace.decisions()) == 1


def test_a_start_while_the_last_decision_is_kept_finds_everything_in_order(
    closing_late: tuple[Program, Path], start: Callable[..., Program], tmp_path: Path
) -> None:
    first, pipe = closing_late
    second = start()
    seen = second.until(lambda seen: seen["screen"] == "AuditView" and seen["texts"])
    assert not any(BADLY in text for text in seen["texts"])
    pipe.write_bytes(b"go on")
    assert first.ended() == 0
    assert (tmp_path / "store" / "session.json").exists(), "that of the second"


def test_told_to_end_again_while_the_last_decision_is_kept_it_is_kept_all_the_same(closing_late: tuple[Program, Path]) -> None:
    first, pipe = closing_late
    for told in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        first.process.send_signal(told)
    pipe.write_bytes(b"go on")
    assert first.ended() == 0
    first.close()
    assert "Traceback" not in "".join(first.errors)


def test_another_screen_that_comes_while_the_last_decision_is_kept_is_no_place_to_return_to(closing_late: tuple[Program, Path], tmp_path: Path) -> None:
    first, pipe = closing_late
    first.do("show-start")
    first.until(lambda seen: seen["screen"] == "StartScreen")
    pipe.write_bytes(b"go on")
    assert first.ended() == 0
    assert not (tmp_path / "store" / "session.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the end of a session is told to windows there")
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT], ids=lambda each: each.name)
def test_the_end_of_the_session_is_a_good_end(start: Callable[..., Program], tmp_path: Path, told: signal.Signals) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    assert first.kill(told) == 0
    assert not (tmp_path / "store" / "session.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the end of a session is told to windows there")
def test_told_in_the_midst_of_something_it_ends_after_it(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    first.do("told-to-end")
    assert first.ended() == 0
    first.close()
    assert "Traceback" not in "".join(first.errors)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_killed_with_an_audit_open_it_opens_again_and_only_once_by_itself(start: Callable[..., Program], tmp_path: Path, letter: str) -> None:
    first = start(letter)
    first.until(lambda seen: seen["screen"] == "AuditView")
    first.kill(signal.SIGKILL)
    second = start()
    second.until(lambda seen: seen["screen"] == "AuditView" and any(BADLY in text and "open again" in text for text in seen["texts"]))
    second.kill(signal.SIGKILL)
    third = start()
    third.shows(BADLY, "An audit was open")
    third.do("press Open it again")
    third.until(lambda seen: seen["screen"] == "AuditView" and not any(BADLY in text for text in seen["texts"]))
    assert reports(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_killed_while_reading_it_offers_to_go_on_and_counts_everything_once(start: Callable[..., Program], tmp_path: Path) -> None:
    mailbox = tmp_path / "many.mbox"
    one = "From x Mon Jan  5 09:00:00 2026\nFrom: Sara <sara@firm.example>\nMessage-ID: <{n}@firm.example>\nSubject: {n}\n\nHello\n\n"
    mailbox.write_text("".join(one.format(n=n) for n in range(60_000)))
    first = start(str(mailbox))
    first.until(reading)
    first.kill(signal.SIGKILL)
    second = start()
    second.shows(BADLY, "was interrupted")
    second.do("press Go on reading")
    second.until(lambda seen: seen["screen"] == "AuditView" and any("60,000" in text for text in seen["texts"]))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX tells how a process ended")
def test_a_native_crash_leaves_a_report_that_the_next_start_shows(start: Callable[..., Program], tmp_path: Path, letter: str) -> None:
    first = start(letter)
    first.until(lambda seen: seen["screen"] == "AuditView")
    first.do("crash")
    assert first.ended() == -signal.SIGSEGV
    second = start()
    second.until(lambda seen: seen["screen"] == "AuditView" and any(BADLY in text for text in seen["texts"]))
    second.do("press Show the report")
    second.until(lambda seen: "FaultDialog" in seen["dialogs"])
    (text,) = reports(tmp_path)
    assert "fault: Segmentation fault" in text
    assert "ui.main:" in text
    assert str(Path.home()) not in text
    assert str(tmp_path) not in text
    second.do("press Delete the report")
    second.until(lambda seen: "FaultDialog" not in seen["dialogs"])
    assert reports(tmp_path) == []


@pytest.mark.parametrize("deed", ["fail", "fail-in-thread"])
def test_an_exception_that_nobody_caught_is_reported_and_the_window_goes_on(start: Callable[..., Program], tmp_path: Path, letter: str, deed: str) -> None:
    first = start(letter)
    first.until(lambda seen: seen["screen"] == "AuditView")
    first.do(f"{deed} Haddad")
    first.shows("made a mistake of its own")
    (text,) = reports(tmp_path)
    assert "fault: ValueError" in text
    assert [each for each in ("sara", "firm.example", "Haddad", "/home") if each in text] == []
    first.do(f"{deed} Haddad")
    first.do("press Show the report")
    first.until(lambda seen: "FaultDialog" in seen["dialogs"])
    assert len(reports(tmp_path)) == 1
    first.do("press Close")
    first.do("close")
    assert first.ended() == 0
    assert "Traceback" not in "".join(first.errors)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_engine_that_crashes_is_a_sentence_with_its_report(start: Callable[..., Program], tmp_path: Path) -> None:
    mailbox = tmp_path / "many.mbox"
    mailbox.write_text("From x Mon Jan  5 09:00:00 2026\nFrom: Sara <sara@firm.example>\nSubject: x\n\nHello\n\n" * 60_000)
    first = start(str(mailbox))
    seen = first.until(reading)
    os.kill(seen["engine"], signal.SIGSEGV)
    first.shows("The scan stopped unexpectedly", "A report of the fault was written")
    (text,) = reports(tmp_path)
    assert "part: engine" in text
    assert "fault: Segmentation fault" in text
    assert "app.audit_verb:" in text, "whether it was reading or telling of it"
    assert str(tmp_path) not in text


@pytest.mark.parametrize(
    "kept",
    ["", "[]", "{", '{"screen": 5, "source": "x"}', '{"screen": "audit", "source": ""}', '{"screen": "audit", "source": "a\\u0000"}', "[" * 20_000],
)
def test_a_damaged_note_of_the_session_says_only_that_it_ended_badly(tmp_path: Path, kept: str) -> None:
    (tmp_path / "session.json").write_text(kept)
    assert Session(tmp_path).last() == Place()


def test_the_note_of_the_session_is_for_its_owner_alone_and_goes(tmp_path: Path) -> None:
    session = Session(tmp_path)
    assert session.last() is None
    session.at(Place("audit", "/home/سارة\udce9"))
    assert session.last() == Place("audit", "/home/سارة\udce9")
    if os.name == "posix":
        assert (tmp_path / "session.json").stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / "session.json").read_text())["screen"] == "audit"
    session.end()
    assert session.last() is None
    assert list(tmp_path.iterdir()) == []


def test_a_window_that_cannot_be_built_is_a_sentence_with_its_report(app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def compose(*_: object) -> object:
        raise ValueError("sara@firm.example")

    said: list[str] = []
    monkeypatch.setattr(main, "compose", compose)
    monkeypatch.setattr(main, "refuse", lambda code, params: said.append(code) or 1)
    before = sys.excepthook
    instance = Instance(tmp_path)
    assert main.run_window(app, tmp_path, instance, []) == 1  # type: ignore[arg-type]
    instance.close()
    assert said == ["program.fault"]
    assert sys.excepthook is before
    (path,) = (tmp_path / "faults").iterdir()
    assert "fault: ValueError" in path.read_text()
    assert "sara" not in path.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_forgotten_account_is_in_no_note_of_the_session(start: Callable[..., Program], tmp_path: Path, letter: str) -> None:
    first = start(letter)
    first.until(lambda seen: seen["screen"] == "AuditView")
    assert "letter.eml" in (tmp_path / "store" / "session.json").read_text()
    first.do("press Start")
    first.until(lambda seen: seen["screen"] == "StartScreen")
    assert "letter.eml" not in (tmp_path / "store" / "session.json").read_text()
