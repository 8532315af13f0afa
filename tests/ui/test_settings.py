"""The settings: what is chosen holds at once, is kept, and leaves the keyboard where it was; the window comes back as it was left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.i18n import Digits
from tests.ui.reports import report
from tests.ui.services import SOURCE, FakeServices
from ui.arrangement import last_shown
from ui.audit_view import AuditState, AuditView, Page
from ui.choice import Choice
from ui.domain_cells import Column
from ui.engine import ScanOrder
from ui.setting_privacy import Privacy
from ui.setting_reviewer import ReviewerName
from ui.settings import SettingsScreen
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]


def opened(window: Window) -> SettingsScreen:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.screen_widget, SettingsScreen)
    QApplication.processEvents()  # laid out, so that arrows know what stands below
    return window.screen_widget


@pytest.mark.parametrize("language", ["en", "ar"])
def test_digits_are_chosen_by_keyboard_and_hold_everywhere_at_once(window: Window, services: FakeServices, wait_until: Wait, language: str) -> None:
    window.set_language(language)
    window.activateWindow()
    screen = opened(window)
    (choice,) = [each for each in screen.findChildren(Choice) if each.objectName() == "digits"]
    choice.buttons["latin"].setFocus()
    QTest.keyClick(choice.buttons["latin"], Qt.Key.Key_Down)
    assert services.preferences.kept["digits"] == "arabic"
    assert window.digits is Digits.ARABIC_INDIC
    wait_until(lambda: isinstance(QApplication.focusWidget(), type(choice.buttons["latin"])))
    QTest.keyClick(window.screen_widget, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert any("٢٠٢٦" in label.text() and "٩٨١" in label.text() for label in window.findChildren(QLabel))


def test_the_name_and_the_subjects_are_kept_and_the_engine_is_told(window: Window, services: FakeServices) -> None:
    screen = opened(window)
    (name,) = [group for group in screen.groups if isinstance(group, ReviewerName)]
    QTest.keyClicks(name.name, "Sara Haddad")
    (privacy,) = [group for group in screen.groups if isinstance(group, Privacy)]
    privacy.box.click()
    assert services.preferences.kept["reviewer"] == "Sara Haddad"
    assert services.preferences.kept["subjects"] == "off"
    assert "--no-subjects" in replace(ScanOrder("sample"), subjects=False).words(services.folder)


def test_an_audit_comes_back_as_it_was_left_once(app: QApplication, window: Window, services: FakeServices, wait_until: Wait) -> None:
    state = AuditState(SOURCE, "x", report(), Page.DOMAINS)
    window.show_audit(state)
    state.domains.widths[Column.SCORE] = 170
    state.panel = 500
    window.close()
    assert last_shown(services.preferences) == (SOURCE, Page.DOMAINS)
    later = Window(services.bundle(), app)
    later.resume()
    wait_until(lambda: isinstance(later.screen_widget, AuditView))
    view = later.screen_widget
    assert isinstance(view, AuditView)
    assert (view.state.page, view.state.panel, view.state.domains.widths) == (Page.DOMAINS, 500, {Column.SCORE: 170})
    assert last_shown(services.preferences) is None
    later.close()
    later.deleteLater()


def test_what_was_kept_of_the_place_may_be_nonsense(app: QApplication, services: FakeServices) -> None:
    services.preferences.kept.update({"geometry": "ß nonsense", "detail.width": "wide", "columns.widths": "score=x what=3 score=-1", "last": "nowhere\nx"})
    window = Window(services.bundle(), app)
    window.resume()
    window.show_audit(AuditState(SOURCE, "x", report()))
    assert window.width() >= 480
    window.close()
    window.deleteLater()
