"""Started a second time, Nitaq hands its files to the window that is there; two real processes."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QPushButton

from app.errors import NitaqError
from tests.ui.driver import Program
from ui import unanswered
from ui.instance import MOST_FILES, MOST_OCTETS, Instance, message, understood

Wait = Callable[[Callable[[], object]], None]
MAIL = b"From: Sara <sara@firm.example>\r\nTo: omar@firm.example\r\nSubject: Hello\r\nDate: Mon, 05 Jan 2026 09:00:00 +0000\r\n\r\nHello\r\n"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    started: list[Program] = []

    def start(*sources: str, **more: object) -> Program:
        started.append(Program(tmp_path / "store", *sources, **more))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for each in started:
        each.close()


def mail(folder: Path, name: str) -> str:
    path = folder / name
    path.write_bytes(MAIL)
    return str(path)


def test_a_second_start_ends_and_the_first_window_comes_forward(start: Callable[..., Program]) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    first.do("minimise")
    first.until(lambda seen: seen["minimised"])
    assert start().ended() == 0
    first.until(lambda seen: not seen["minimised"])
    first.do("close")
    assert first.ended() == 0


def test_files_of_a_second_start_are_audited_in_the_first_window_one_after_another(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    assert start(mail(tmp_path, "one.eml"), mail(tmp_path, "two.eml")).ended() == 0
    first.until(lambda seen: seen["screen"] == "AuditView" and any("two.eml" in text for text in seen["texts"]))
    first.do("press Open the next")
    first.until(lambda seen: seen["screen"] == "AuditView" and not any("waits to be opened" in text for text in seen["texts"]))


def test_a_file_that_the_desktop_hands_over_by_an_event_is_opened(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    first.do(f"file-event {mail(tmp_path, 'one.eml')}")
    first.until(lambda seen: seen["screen"] == "AuditView")


def test_a_file_that_the_desktop_hands_over_before_there_is_a_window_is_opened(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start(environment={"FILE_EVENT": mail(tmp_path, "one.eml")})
    first.until(lambda seen: seen["screen"] == "AuditView" and any("one.eml" in text for text in seen["texts"]))
    assert start(environment={"FILE_EVENT": mail(tmp_path, "two.eml")}).ended() == 0
    first.until(lambda seen: seen["screen"] == "AuditView" and any("two.eml" in text for text in seen["texts"]))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_with_a_file_handed_over_early_the_audit_that_was_open_is_only_offered(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start(mail(tmp_path, "one.eml"))
    first.until(lambda seen: seen["screen"] == "AuditView")
    first.kill(signal.SIGKILL)
    second = start(environment={"FILE_EVENT": mail(tmp_path, "two.eml")})
    second.until(lambda seen: seen["screen"] == "AuditView" and any("An audit was open" in text and "one.eml" in text for text in seen["texts"]))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_window_that_answers_after_all_is_given_each_file_once(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    first.process.send_signal(signal.SIGSTOP)
    second = start(mail(tmp_path, "one.eml"), mail(tmp_path, "two.eml"))
    second.shows("does not answer", "asked again while this is shown")
    first.process.send_signal(signal.SIGCONT)
    assert second.ended() == 0
    first.until(lambda seen: seen["screen"] == "AuditView" and any("1 file waits" in text and "two.eml" in text for text in seen["texts"]))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_window_that_hangs_is_left_alone_or_ended_as_the_user_says_and_there_are_never_two(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start(mail(tmp_path, "one.eml"))
    first.until(lambda seen: seen["screen"] == "AuditView")
    first.process.send_signal(signal.SIGSTOP)
    second = start()
    second.shows("does not answer")
    second.do("press Cancel")
    assert second.ended() == 0
    third = start(language="ar")
    third.shows("لا تستجيب")
    third.do("press إنهاؤه والبدء من جديد")
    assert first.ended() == -signal.SIGKILL
    third.until(lambda seen: seen["screen"] == "AuditView" and any("لم ينتهِ" in text for text in seen["texts"]))
    assert start().ended() == 0
    third.do("close")
    assert third.ended() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_window_that_hung_and_ended_by_itself_makes_room(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    first.process.send_signal(signal.SIGSTOP)
    second = start(mail(tmp_path, "one.eml"))
    second.shows("does not answer")
    first.kill(signal.SIGKILL)
    second.until(lambda seen: seen["screen"] == "AuditView" and not seen["dialogs"])


@pytest.mark.skipif(sys.platform == "win32", reason="a lock is no file with a name of a computer there")
def test_a_window_on_another_computer_is_spoken_of_as_such(start: Callable[..., Program], tmp_path: Path) -> None:
    held = Instance(make(tmp_path / "store"))
    lock = tmp_path / "store" / "window.lock"
    process, program, _, *rest = lock.read_text().split("\n")
    lock.write_text("\n".join([process, program, "elsewhere.example", *rest]))
    second = start()
    second.shows("another computer (elsewhere.example)", "Close it there")
    second.do("press Open it here")
    second.until(lambda seen: seen["screen"] == "StartScreen")
    held.close()


def test_a_window_that_cannot_be_ended_is_a_sentence(app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert (first.alone, second.alone) == (True, False)
    monkeypatch.setattr(os, "kill", refuse)
    assert second.replace_first() is False
    monkeypatch.setattr(unanswered, "PATIENCE", 0.1)
    QTimer.singleShot(0, app, lambda: press_when_there("End it and begin anew"))
    with pytest.raises(NitaqError) as error:
        unanswered.replaces_first(app, second, second.call([]))
    assert error.value.code == "window.stuck"
    first.close()


def refuse(process: int, with_signal: int) -> None:
    raise PermissionError(process, with_signal)


def press_when_there(text: str) -> None:
    found = [each for top in QApplication.topLevelWidgets() for each in top.findChildren(QPushButton) if each.isVisible() and each.text() == text]
    if found:
        found[0].click()
    else:
        QTimer.singleShot(20, lambda: press_when_there(text))


def make(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder


def test_a_file_that_is_not_there_is_a_sentence(start: Callable[..., Program], tmp_path: Path) -> None:
    start(str(tmp_path / "gone.mbox")).shows("gone.mbox", "there is no such file or folder")


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe goes with its process there")
def test_what_a_crash_left_is_taken_over(start: Callable[..., Program], tmp_path: Path) -> None:
    first = start()
    first.until(lambda seen: seen["screen"] == "StartScreen")
    first.kill(signal.SIGKILL)
    assert (tmp_path / "store" / "window.lock").exists()
    second = start()
    second.shows("did not end properly")
    assert start().ended() == 0
    second.do("close")
    assert second.ended() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are those of POSIX here")
def test_only_the_user_can_call_the_window(app: QCoreApplication, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)
    instance = Instance(folder)
    instance.listen()
    for name in ("window.lock", "window.socket"):
        assert stat.S_IMODE(os.lstat(folder / name).st_mode) & 0o077 == 0, name
    instance.close()


def test_a_folder_with_a_very_long_name_has_its_window_too(app: QCoreApplication, tmp_path: Path, wait_until: Wait) -> None:
    folder = tmp_path / ("long " * 30)
    folder.mkdir()
    instance = Instance(folder)
    instance.listen()
    assert instance._server is not None
    assert instance._server.isListening()
    instance.close()


@pytest.mark.parametrize(
    "sent",
    [b"\n", b"no json\n", b"[]\n", b'{"open": "x"}\n', b'{"open": ["relative.eml"]}\n', b'{"open": ["/a\\u0000b"]}\n', b"[" * 5_000 + b"\n",
     b"x" * (MOST_OCTETS + 10), json.dumps({"open": ["/a"] * (MOST_FILES + 1)}).encode() + b"\n"],
)  # fmt: skip
def test_whoever_says_something_else_is_not_answered(app: QCoreApplication, tmp_path: Path, wait_until: Wait, sent: bytes) -> None:
    instance = Instance(tmp_path)
    instance.listen()
    called: list[list[str]] = []
    instance.called.connect(called.append)
    socket = QLocalSocket()
    socket.connectToServer(instance._name())
    assert socket.waitForConnected(2_000)
    socket.write(sent)
    wait_until(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert bytes(socket.readAll().data()) == b""
    assert called == []
    instance.close()


def test_a_message_is_understood_and_very_many_files_are_cut() -> None:
    assert understood(message(["/a.eml", "/ü\udce9.eml"], "token")) == (["/a.eml", "/ü\udce9.eml"], "token")
    assert understood(message(["/a.eml"], "two\nlines")) == (["/a.eml"], "")
    many = understood(message(["/" + "x" * 4_000] * 200, ""))
    assert many is not None
    assert 0 < len(many[0]) < MOST_FILES
