"""One decision about many domains: chosen in the table with the keyboard, looked at before it is recorded, and taken back in one press."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.model import Decision, DecisionRecord, Relationship
from tests.ui.services import SOURCE, FakeServices
from ui.audit_view import AuditView
from ui.desk import REVIEWER
from ui.domain_filter import DomainFilter
from ui.together import TogetherDialog
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]


@pytest.fixture
def view(app: QApplication, window: Window, services: FakeServices, wait_until: Wait) -> AuditView:
    services.preferences.set(REVIEWER, "Sara Haddad")
    window.open_audit(SOURCE)
    wait_until(lambda: isinstance(window.screen_widget, AuditView))
    window.activateWindow()
    view = window.screen_widget
    assert isinstance(view, AuditView)
    view.show_domains(DomainFilter())
    wait_until(view.domains.table.hasFocus)
    app.processEvents()
    return view


def opened(window: Window, wait_until: Wait) -> TogetherDialog:
    wait_until(lambda: window.findChildren(TogetherDialog))
    return window.findChildren(TogetherDialog)[0]


def undo_in(view: AuditView) -> list[QPushButton]:
    return [each for each in view.findChildren(QPushButton) if each.text() == "Undo all" and each.isVisible()]


def test_all_that_the_filter_shows_is_watched_and_taken_back(view: AuditView, window: Window, services: FakeServices, wait_until: Wait) -> None:
    view.show_domains(DomainFilter(relationship=Relationship.EXTERNAL))
    QApplication.processEvents()
    QTest.keyClick(view.domains.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(window, wait_until)
    plan = dialog._plan
    assert view._state.report.decisions == ()
    assert f"Covers {len(plan.covered)} domains" in dialog.covers.text()
    QTest.keyClicks(dialog.reason, "newsletters")
    QTest.mouseClick(dialog.record, Qt.MouseButton.LeftButton)
    wait_until(lambda: undo_in(view))
    made = {record.subject: (record.decision, record.by, record.reason) for record in view._state.report.decisions}
    assert made == {subject.name: (Decision.WATCHED, "Sara Haddad", "newsletters") for subject in plan.covered}
    QTest.mouseClick(undo_in(view)[0], Qt.MouseButton.LeftButton)
    wait_until(lambda: view._state.report.decisions == ())


def test_rows_picked_with_shift_and_the_arrow_are_the_ones_decided_about(view: AuditView, window: Window, wait_until: Wait) -> None:
    QTest.keyClick(view.domains.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.domains.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(view.together_button, Qt.MouseButton.LeftButton)
    dialog = opened(window, wait_until)
    assert dialog._rows == tuple(view.domains.model.row_at(at) for at in (0, 1))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert view._state.report.decisions == ()


def test_the_preview_names_what_is_left_out_and_why(view: AuditView, window: Window, wait_until: Wait) -> None:
    QTest.mouseClick(view.together_button, Qt.MouseButton.LeftButton)
    dialog = opened(window, wait_until)
    QTest.keyClick(dialog.choices[Decision.REJECTED], Qt.Key.Key_Space)
    assert dialog.choices[Decision.REJECTED].isChecked()
    said = [each.text() for each in dialog.findChildren(QLabel)]
    assert {"Your own domains are never rejected together.", "Many people share them; decide about single addresses there."} <= set(said)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_undo_all_is_there_still_after_another_screen_and_spares_what_was_decided_anew(view: AuditView, window: Window, wait_until: Wait) -> None:
    view.show_domains(DomainFilter(relationship=Relationship.EXTERNAL))
    QTest.keyClick(view.domains.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(window, wait_until)
    names = [subject.name for subject in dialog._plan.covered]
    QTest.mouseClick(dialog.record, Qt.MouseButton.LeftButton)
    wait_until(lambda: undo_in(view))
    window.show_settings()
    window.screen_widget.back.click()  # type: ignore[union-attr]
    again = window.screen_widget
    assert isinstance(again, AuditView)
    wait_until(lambda: undo_in(again))
    again.decided.emit(DecisionRecord(names[0], Decision.REJECTED, "Sara Haddad", "called them"))
    wait_until(lambda: any(record.decision is Decision.REJECTED for record in again.state.report.decisions))
    wait_until(lambda: undo_in(again))
    QTest.mouseClick(undo_in(again)[0], Qt.MouseButton.LeftButton)
    wait_until(lambda: [record.subject for record in again.state.report.decisions] == names[:1])
