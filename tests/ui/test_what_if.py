"""The what-if, from the register into the table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model import Authentication, Relationship
from tests.ui.services import SOURCE, FakeServices
from ui.audit_view import AuditView
from ui.exceptions import ExceptionsDialog
from ui.what_if import WhatIfDialog
from ui.window import Window


def test_a_line_leads_from_the_register_to_its_messages_in_the_table(
    app: QApplication, window: Window, services: FakeServices, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    window.open_audit(SOURCE)
    wait_until(lambda: isinstance(window.screen_widget, AuditView))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    QTest.mouseClick(view.exceptions_button, Qt.MouseButton.LeftButton)
    (register,) = window.findChildren(ExceptionsDialog)
    QTest.mouseClick(register.what_if_button, Qt.MouseButton.LeftButton)
    (dialog,) = register.findChildren(WhatIfDialog)
    own = dialog.links[0]
    assert "7 messages" in own.accessibleName()
    QTest.keyClick(own, Qt.Key.Key_Space)
    assert not register.isVisible()
    wait_until(view.domains.isVisible)
    assert (view._state.domains.filter.relationship, view._state.domains.filter.holding) == (Relationship.OWN, Authentication.FAILED)
    assert [view.domains.model.row_at(at).domain for at in range(view.domains.model.rowCount())] == ["firm.example"]
