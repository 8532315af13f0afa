"""The first ten minutes: sample, a doubtful domain, why, reject, allow another, report. By mouse, and again by keyboard alone, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.i18n import LANGUAGES, Translation
from app.model import Decision
from tests.ui.reports import report
from tests.ui.services import FakeServices
from tests.ui.test_window import COMPLETE
from ui.audit_view import AuditView
from ui.exceptions import ExceptionsDialog
from ui.main import all_exporters, write_report
from ui.reviewer import ReviewerDialog
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
Press = Callable[[QWidget], None]


@pytest.fixture
def window(app: QApplication, say: Translation, services: FakeServices) -> Iterator[Window]:
    """With the real exporters."""
    services.script(COMPLETE)
    services.audits.reports["sample"] = report()
    window = Window(replace(services.bundle(), exporters=all_exporters, export=write_report), app)
    window.show()
    window.activateWindow()
    yield window
    window.close()
    window.deleteLater()
    app.processEvents()


def by_mouse(wanted: QWidget) -> None:
    QTest.mouseClick(wanted, Qt.MouseButton.LeftButton)


def by_keyboard(wanted: QWidget) -> None:
    """Tab until it has the keyboard, then Space."""
    for _ in range(60):
        QApplication.processEvents()
        focus = QApplication.focusWidget()
        assert focus is not None, f"the keyboard is nowhere on the way to {wanted.accessibleName()}"
        if focus is wanted:
            QTest.keyClick(wanted, Qt.Key.Key_Space)
            return
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"{wanted.accessibleName()} cannot be reached by Tab")


def write(text: str) -> None:
    """Where the keyboard is."""
    QTest.keyClicks(QApplication.focusWidget(), text)


@pytest.mark.parametrize("press", [by_mouse, by_keyboard])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_timer_comes_from_the_sample_to_a_report(window: Window, wait_until: Wait, tmp_path: Path, language: str, press: Press) -> None:
    window.set_language(language)
    wait_until(lambda: QApplication.focusWidget() is not None)
    press(window.screen_widget.sample_door)  # type: ignore[union-attr]
    view = audit(window, wait_until)
    wait_until(view.overview.sentences[0].hasFocus)
    look_into_the_worst_from_outside(view, press, wait_until)
    reject(window, view, press, wait_until)
    allow_the_partner(window, view, press, wait_until)
    text = export(window, view, press, wait_until, tmp_path / "walk.html")
    say = Translation(language)
    assert f'lang="{language}"' in text
    assert "f1rm.example" in text
    assert "partner.example" in text
    assert "Sara Haddad" in text
    assert say("Rejected") in text


def audit(window: Window, wait_until: Wait) -> AuditView:
    wait_until(lambda: isinstance(window.screen_widget, AuditView))
    assert isinstance(window.screen_widget, AuditView)
    return window.screen_widget


def back_to(window: Window, wait_until: Wait) -> None:
    """A dialog was closed: the desktop, which is not here, makes the window active again; where the keyboard was in it, Qt knows."""
    window.activateWindow()
    wait_until(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None)


def look_into_the_worst_from_outside(view: AuditView, press: Press, wait_until: Wait) -> None:
    """The very worst is mail in the own name, which is never rejected."""
    press(view.overview.looks[1])
    wait_until(lambda: not view.detail.isHidden())
    assert "f1rm.example" in view.detail.accessibleName()
    assert view.domains.table.hasFocus()


def reject(window: Window, view: AuditView, press: Press, wait_until: Wait) -> None:
    """The first decision asks once who decides."""
    press(view.detail.decide.buttons[Decision.REJECTED])
    wait_until(lambda: window.findChildren(ReviewerDialog))
    (dialog,) = window.findChildren(ReviewerDialog)
    wait_until(dialog.name.hasFocus)
    write("Sara Haddad")
    press(dialog.go)
    wait_until(lambda: any(row.decision is Decision.REJECTED for row in view._state.report.domains))


def allow_the_partner(window: Window, view: AuditView, press: Press, wait_until: Wait) -> None:
    back_to(window, wait_until)
    press(view.exceptions_button)
    wait_until(lambda: window.findChildren(ExceptionsDialog))
    (register,) = window.findChildren(ExceptionsDialog)
    wait_until(register.isActiveWindow)
    press(register.add)
    form = register._form
    assert form is not None
    wait_until(form.domain.hasFocus)
    write("partner.example")
    press(form.save)
    wait_until(lambda: view._state.report.exceptions)
    QTest.keyClick(register, Qt.Key.Key_Escape)
    wait_until(lambda: not register.isVisible())


def export(window: Window, view: AuditView, press: Press, wait_until: Wait, path: Path) -> str:
    """The dialog that asks for a name is the desktop's own and not walked through: it answers."""
    back_to(window, wait_until)
    press(view.export_button)
    choices = window.audit_actions.choosing
    wait_until(choices.isActiveWindow)
    press(choices.go)
    dialog = window.audit_actions.exporting.dialog
    wait_until(dialog.isVisible)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    wait_until(path.exists)
    wait_until(lambda: view.messages.count())
    return path.read_text(encoding="utf-8")
