"""Mail dropped on the window: on every screen, in both directions, with a clear answer before it is let go."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from app.audit_key import key_of
from app.i18n import LANGUAGES, Translation
from app.model import MailProfile
from tests.ui.reports import report
from tests.ui.services import SOURCE, FakeServices
from ui.audit_view import AuditState, AuditView
from ui.drop import MOST
from ui.engine import ScanOrder
from ui.scan_view import ScanView
from ui.start import StartScreen
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
ECHO = 'print(json.dumps({"event": "end", "status": "error", "code": " ".join(sys.argv[1:])}))\n'
WAIT = 'print(json.dumps({"event": "progress", "folder": "INBOX", "done": 1, "total": 9}), flush=True)\nsys.stdin.read()\n'
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ANY = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def held(*paths: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(path) if isinstance(path, str) else QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(app: QApplication, window: Window, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(200, 200), ANY, data, LEFT, NONE)
    app.sendEvent(window, event)
    return event


def drop(app: QApplication, window: Window, data: QMimeData) -> QDropEvent:
    enter(app, window, data)
    event = QDropEvent(QPointF(200, 200), ANY, data, LEFT, NONE)
    app.sendEvent(window, event)
    return event


def said(window: Window) -> list[str]:
    assert window.drop.overlay is not None
    return [each.text() for each in window.drop.overlay.findChildren(QLabel) if each.text()]


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "بريد.mbox"
    path.write_bytes(b"From a Thu Jan  1 00:00:00 2026\nFrom: a@b.example\n\n")
    return path


@pytest.fixture(params=["start", "form", "audit", "review", "scan that has ended"])
def somewhere(request: pytest.FixtureRequest, window: Window, services: FakeServices, wait_until: Wait) -> Window:
    services.script(ECHO)
    if request.param == "form":
        window.show_form()
    elif request.param in ("audit", "review"):
        window.show_audit(AuditState(SOURCE, "sara", report()))
        assert isinstance(window.screen_widget, AuditView)
        if request.param == "review":
            window.screen_widget.review_button.click()
    elif request.param != "start":
        window.scanning.scan(ScanOrder(SOURCE))
        wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    return window


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_every_screen_a_held_file_is_named_and_read_once_it_is_let_go(
    app: QApplication, somewhere: Window, services: FakeServices, mail: Path, wait_until: Wait, language: str
) -> None:
    window = somewhere
    window.set_language(language)
    event = enter(app, window, held(mail))
    say = Translation(language)
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert said(window)[0] == say("Let go to audit this mail")
    assert mail.name in said(window)[1]
    overlay = window.drop.overlay
    assert overlay is not None
    assert overlay.isVisible()
    assert overlay.size() == window.size()
    assert overlay.layoutDirection() == (Qt.LayoutDirection.RightToLeft if say.rtl else Qt.LayoutDirection.LeftToRight)
    before = mail.read_bytes()
    drop(app, window, held(mail))
    assert window.drop.overlay is None
    wait_until(lambda: isinstance(window.screen_widget, ScanView) and window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.source == str(mail)
    assert mail.read_bytes() == before


def test_what_is_carried_away_again_leaves_nothing(app: QApplication, window: Window, mail: Path) -> None:
    enter(app, window, held(mail))
    app.sendEvent(window, QDragLeaveEvent())
    assert window.drop.overlay is None
    assert isinstance(window.screen_widget, StartScreen)


def test_moving_about_changes_nothing_of_the_answer(app: QApplication, window: Window, mail: Path) -> None:
    data = held(mail)
    enter(app, window, data)
    first = window.drop.overlay
    event = QDragMoveEvent(QPoint(300, 300), ANY, data, LEFT, NONE)
    app.sendEvent(window, event)
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert window.drop.overlay is first


@pytest.mark.parametrize(
    ("paths", "title"),
    [
        (("https://host.example/mail.mbox",), "Nitaq cannot open this"),
        ((), "Nitaq cannot open this"),
        (tuple(Path(f"/mail/{n}.eml") for n in range(MOST + 1)), "These are too many at once"),
    ],
)
def test_what_cannot_be_opened_is_said_and_dropping_it_does_nothing(
    app: QApplication, window: Window, paths: tuple[Path | str, ...], title: str
) -> None:
    event = enter(app, window, held(*paths))
    assert event.dropAction() == Qt.DropAction.IgnoreAction
    assert said(window)[0] == title
    drop(app, window, held(*paths))
    assert isinstance(window.screen_widget, StartScreen)


def test_while_a_mailbox_is_read_nothing_else_is_begun(app: QApplication, window: Window, services: FakeServices, mail: Path, wait_until: Wait) -> None:
    services.script(WAIT)
    window.scanning.scan(ScanOrder(SOURCE))
    wait_until(lambda: isinstance(window.screen_widget, ScanView) and window.screen_widget.bar.value() == 1)
    enter(app, window, held(mail))
    assert said(window)[0] == "A mailbox is being read"
    drop(app, window, held(mail))
    assert window.scanning.run is not None
    assert window.scanning.run.source == SOURCE


def test_several_things_dropped_together_are_one_audit(app: QApplication, window: Window, services: FakeServices, mail: Path, wait_until: Wait) -> None:
    services.script(ECHO)
    other = mail.with_name("other")
    other.mkdir()
    drop(app, window, held(mail, other))
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.source == key_of((str(mail), str(other)))


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are octets on Linux alone")
def test_a_file_whose_name_is_no_utf8_is_read(app: QApplication, window: Window, services: FakeServices, tmp_path: Path, wait_until: Wait) -> None:
    services.script(ECHO)
    (tmp_path / os.fsdecode(b"caf\xe9.eml")).touch()
    data = QMimeData()
    data.setData("text/uri-list", QUrl.fromLocalFile(str(tmp_path)).toEncoded().data() + b"/caf%E9.eml\r\n")
    drop(app, window, data)
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.source == f"{tmp_path}/caf//E9.eml"


def test_while_a_question_is_open_nothing_can_be_dropped(app: QApplication, window: Window, mail: Path, wait_until: Wait) -> None:
    window.forgetting.ask(SOURCE, "sara")
    wait_until(lambda: window.forgetting.dialog is not None and window.forgetting.dialog.isVisible())
    event = enter(app, window, held(mail))
    assert not event.isAccepted()
    assert window.drop.overlay is None
    assert window.forgetting.dialog is not None
    window.forgetting.dialog.reject()


def test_no_field_takes_a_file_for_text(window: Window) -> None:
    window.show_form()
    fields = [*window.screen_widget.findChildren(QLineEdit), *(each.viewport() for each in window.screen_widget.findChildren(QPlainTextEdit))]
    assert fields
    assert not any(field.acceptDrops() for field in fields)


def test_the_frame_follows_the_window(app: QApplication, window: Window, mail: Path) -> None:
    enter(app, window, held(mail))
    window.resize(1024, 640)
    app.processEvents()
    assert window.drop.overlay is not None
    assert window.drop.overlay.size() == window.size()
    app.sendEvent(window, QDragLeaveEvent())


def test_a_profile_of_another_program_is_offered_and_read_only_when_it_is_chosen(
    window: Window, services: FakeServices, wait_until: Wait
) -> None:
    services.script(ECHO)
    services.profiles = (MailProfile("/home/sara/.thunderbird/x", "work", ("sara@firm.example",)), MailProfile(SOURCE, "known already"))
    window.set_language("en")
    wait_until(lambda: any(each.text() == "Found on this computer" for each in window.findChildren(QLabel)))
    assert window.scanning.run is None
    (entry,) = [each for each in window.findChildren(QPushButton) if "Thunderbird" in each.accessibleName()]
    assert "sara@firm.example" in entry.accessibleName()
    entry.click()
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.source == "/home/sara/.thunderbird/x"
