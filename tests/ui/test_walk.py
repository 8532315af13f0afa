"""A first-time walk by keyboard alone: start, audit, worst domain, why, back, filter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.reports import report
from tests.ui.services import FakeServices
from tests.ui.test_window import COMPLETE
from ui.audit_view import AuditView
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]


def tab_to(app: QApplication, wanted: QWidget, limit: int = 60) -> None:
    for _ in range(limit):
        app.processEvents()
        focus = app.focusWidget()
        if focus is wanted:
            return
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"{wanted.accessibleName()} cannot be reached by Tab")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sample_is_walked_through_by_keyboard_alone(
    app: QApplication, window: Window, services: FakeServices, wait_until: Wait, language: str
) -> None:
    services.script(COMPLETE)
    services.audits.reports["sample"] = report()
    window.set_language(language)
    window.activateWindow()
    wait_until(lambda: app.focusWidget() is not None)
    tab_to(app, window.screen_widget.sample_door)  # type: ignore[attr-defined]
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Space)
    wait_until(lambda: isinstance(window.screen_widget, AuditView))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    wait_until(view.overview.sentences[0].hasFocus)
    tab_to(app, view.overview.looks[0])
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Space)
    assert "firm.example" in view.detail.accessibleName()
    assert view.domains.table.hasFocus()
    tab_to(app, view.detail.close_button)
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Escape)
    assert view.domains.table.hasFocus()
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(app.focusWidget(), "partner")
    assert view.domains.model.rowCount() == 1
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Escape)
    assert view.domains.model.rowCount() == 8
    tab_to(app, view.export_button)
