"""What a screen reader is told, through QAccessible and on real widgets: what a control is, its state, and what has come onto the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget

from app.i18n import Translation
from tests.screens import Stage
from tests.ui.reports import report
from ui.audit_view import AuditView, Page
from ui.controls import icon_button
from ui.language import Languages
from ui.review import ReviewView
from ui.words import AUTHENTICATIONS

Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture(params=["en", "ar"])
def say(app: QApplication, request: pytest.FixtureRequest) -> Iterator[Translation]:
    languages = Languages(app)
    yield languages.speak(request.param)
    languages.speak("en")


def role(widget: QWidget) -> Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def said(widget: QWidget, what: Text = Text.Name) -> str:
    """Without the marks that only steer the direction."""
    text = QAccessible.queryAccessibleInterface(widget).text(what)
    return text.translate(dict.fromkeys(map(ord, "\u200f\u2066\u2067\u2068\u2069")))


def checked(widget: QWidget) -> bool:
    return bool(QAccessible.queryAccessibleInterface(widget).state().checked)


def test_the_pages_of_an_audit_are_one_choice_and_not_boxes_to_tick(view: AuditView) -> None:
    assert {role(tab) for tab in view.tabs.values()} == {Role.RadioButton}
    view.show_page(Page.DOMAINS)
    assert (checked(view.tabs[Page.OVERVIEW]), checked(view.tabs[Page.DOMAINS])) == (False, True)
    assert said(view.tabs[Page.DOMAINS], Text.Description) == "Ctrl+2"


def test_the_lines_of_evidence_are_one_choice_with_their_scores(view: AuditView, say: Translation) -> None:
    QTest.mouseClick(view.overview.looks[0], Qt.MouseButton.LeftButton)
    lines = [each for each in view.detail.findChildren(QPushButton) if each.property("kind") == "entry"]
    assert len(lines) > 1
    assert {role(line) for line in lines} == {Role.RadioButton}
    assert [checked(line) for line in lines] == [True, *(False for _ in lines[1:])]
    assert said(lines[0]).endswith("10")
    assert said(lines[0], Text.Description) == say("Shows how its score came about")


def test_a_detail_that_opens_beside_the_table_is_said(view: AuditView, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("ui.audit_view.speak", lambda about, text: heard.append(text))
    view.show_page(Page.DOMAINS)
    view.domains.table.setCurrentIndex(view.domains.model.index(0, 0))
    QTest.keyClick(view.domains.table, Qt.Key.Key_Return)
    QTest.keyClick(view.domains.table, Qt.Key.Key_Down)
    assert len(heard) == 1
    assert "firm.example" in heard[0]


def test_the_keyboard_does_not_wander_when_the_page_changes(app: QApplication, view: AuditView) -> None:
    view.activateWindow()
    view.first.setFocus()
    app.processEvents()
    met: list[QWidget | None] = []
    watch = app.focusChanged.connect(lambda before, now: met.append(now))
    QTest.keyClick(view.first, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    app.focusChanged.disconnect(watch)
    assert met == [view.tabs[Page.DOMAINS], view.domains.table]


def test_what_to_look_at_first_is_said_with_its_score(view: AuditView) -> None:
    first = view.overview.looks[0]
    assert said(first).startswith("firm.example")
    assert "10" in said(first)


def test_the_table_says_score_and_proof_with_the_name(view: AuditView, say: Translation) -> None:
    row, first = view.domains.model.row_at(0), view.domains.model.index(0, 0)
    text = view.domains.model.data(first, Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(text, str)
    assert str(row.worst) in text
    assert say(AUTHENTICATIONS[row.authentication].text) in text


def test_a_button_with_a_drawing_says_its_name_once_and_shows_it_to_the_mouse(app: QApplication, say: Translation) -> None:
    button = icon_button(say("Show the header"), "header")
    button.show()
    assert (said(button), said(button, Text.Description)) == (say("Show the header"), "")
    app.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), button.mapToGlobal(QPoint(1, 1))))
    assert QToolTip.text() == say("Show the header")
    QToolTip.hideText()
    button.deleteLater()


def test_each_name_of_the_review_is_said_when_it_comes_and_so_is_the_end(
    app: QApplication, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr("ui.review.speak", lambda about, text: heard.append(text))
    stage = Stage(app, tmp_path_factory.mktemp("stage"), report())
    stage.window.show()
    review = dict(stage.screens())["review"]()
    try:
        found = stage.window.screen_widget
        assert isinstance(found, ReviewView)
        assert heard[-1].startswith("1 of 5: firm.example, score 10, ")
        while "Well done" not in heard[-1]:
            before = len(heard)
            QTest.keyClick(found, Qt.Key.Key_S)
            assert len(heard) == before + 1
        assert len({each.partition(":")[2] for each in heard}) >= 5
    finally:
        review.close()
        stage.window.close()
        stage.window.deleteLater()
