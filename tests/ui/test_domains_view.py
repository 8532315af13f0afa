"""The table and its filters as a person uses them: real keys, real mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.i18n import Translation
from app.model import Authentication, Decision, Relationship
from app.report import Band
from tests.ui.reports import report
from ui.audit_view import AuditState, AuditView, Page
from ui.domain_cells import Column

Key = Qt.Key


@pytest.fixture
def view(app: QApplication, say: Translation) -> Iterator[AuditView]:
    view = AuditView(say, AuditState("x", "sara@firm.example", report(), Page.DOMAINS))
    view.resize(1280, 740)
    view.show()
    view.activateWindow()
    app.processEvents()
    yield view
    view.close()
    view.deleteLater()


def shown(view: AuditView) -> list[str | None]:
    model = view.domains.model
    return [model.row_at(position).domain for position in range(model.rowCount())]


def test_a_click_on_a_header_sorts_and_a_second_turns_it_round(view: AuditView) -> None:
    header = view.domains.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(Column.MESSAGES) + 20, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    first = [view.domains.model.row_at(n).messages for n in range(8)]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    second = [view.domains.model.row_at(n).messages for n in range(8)]
    assert {tuple(first), tuple(second)} == {tuple(sorted(first)), tuple(sorted(first, reverse=True))}


def test_ctrl_f_and_typing_narrow_the_table_at_each_key(view: AuditView) -> None:
    QTest.keyClick(view.domains.table, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.domains.filters.search.hasFocus()
    QTest.keyClicks(view.domains.filters.search, "fir")
    assert shown(view) == ["firm.example"]
    assert view.domains.words.text() == "Showing 1 of 8 entries: with “fir”"
    QTest.keyClicks(view.domains.filters.search, "x")
    assert shown(view) == []
    assert not view.domains.table.isVisible()
    QTest.keyClick(view.domains.filters.search, Key.Key_Escape)
    assert len(shown(view)) == 8


@pytest.mark.parametrize(
    ("axis", "keys", "expected"),
    [
        ("relationship", "Own", Relationship.OWN),
        ("authentication", "Mixed", Authentication.MIXED),
        ("decision", "Watched", Decision.WATCHED),
    ],
)
def test_each_axis_is_chosen_by_keyboard(view: AuditView, axis: str, keys: str, expected: object) -> None:
    box = getattr(view.domains.filters, axis)
    box.setFocus()
    QTest.keyClicks(box, keys)
    assert box.chosen() is expected
    assert shown(view)
    model = view.domains.model
    assert {getattr(model.row_at(n), axis) for n in range(model.rowCount())} == {expected}
    assert box.currentText().lower() in view.domains.words.text()


def test_a_tile_filters_and_a_second_click_shows_all(view: AuditView) -> None:
    tile = view.domains.tiles.tiles[Band.SUSPICIOUS]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert shown(view) == ["firm.example"]
    assert tile.isChecked()
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert len(shown(view)) == 8


def test_show_all_takes_every_filter_away(view: AuditView) -> None:
    QTest.mouseClick(view.domains.tiles.tiles[Band.LOOK], Qt.MouseButton.LeftButton)
    QTest.keyClicks(view.domains.filters.search, "example")
    QTest.mouseClick(view.domains.filters.clear, Qt.MouseButton.LeftButton)
    assert len(shown(view)) == 8
    assert view.domains.filters.search.text() == ""
    assert not view.domains.filters.clear.isVisible()


def test_enter_opens_the_detail_arrows_move_it_and_escape_closes_it(app: QApplication, view: AuditView) -> None:
    table = view.domains.table
    table.setFocus()
    QTest.keyClick(table, Key.Key_Return)
    assert view.detail.isVisible()
    assert "firm.example" in view.detail.accessibleName()
    QTest.keyClick(table, Key.Key_Down)
    assert "f1rm.example" in view.detail.accessibleName()
    view.detail.close_button.setFocus()
    QTest.keyClick(view.detail.close_button, Key.Key_Escape)
    assert not view.detail.isVisible()
    assert table.hasFocus()


def test_a_click_on_a_row_opens_it(view: AuditView) -> None:
    table = view.domains.table
    at = table.visualRect(view.domains.model.index(2, Column.DOMAIN)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.detail.isVisible()
    assert "old.example" in view.detail.accessibleName()


def test_an_empty_audit_says_so_and_offers_no_filter_to_take_away(app: QApplication, say: Translation) -> None:
    view = AuditView(say, AuditState("x", "t", report(())))
    view.show()
    app.processEvents()
    assert [each.text() for each in view.findChildren(QLabel) if each.isVisible() and each.property("kind") == "heading"] == ["This mailbox is empty"]
    view.close()
    view.deleteLater()


@pytest.mark.parametrize("width", [1280, 1000, 700, 520])
def test_columns_leave_before_anything_is_squeezed(app: QApplication, view: AuditView, width: int) -> None:
    view.resize(width, 640)
    app.processEvents()
    table = view.domains.table
    assert sum(table.columnWidth(each) for each in Column if not table.isColumnHidden(each)) <= table.viewport().width()
    assert not table.isColumnHidden(Column.DOMAIN)
    assert not table.isColumnHidden(Column.SCORE)
