"""Which columns and which rows the table shows, chosen with real keys and a real mouse, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.errors import NitaqError
from app.i18n import Translation
from app.model import Relationship, Severity
from tests.ui.reports import report
from tests.ui.services import FakeServices
from ui.audit_view import AuditState, AuditView, Page
from ui.column_menu import HIDDEN_AT_FIRST, from_setting, to_setting
from ui.domain_cells import Column
from ui.domain_filter import DomainFilter, InFolder
from ui.window import Window

Key = Qt.Key
Wait = Callable[[Callable[[], object]], None]


@pytest.fixture
def view(app: QApplication, say: Translation) -> Iterator[AuditView]:
    view = AuditView(say, AuditState("x", "sara@firm.example", report(), Page.DOMAINS))
    view.resize(1400, 740)
    view.show()
    view.activateWindow()
    app.processEvents()
    yield view
    view.close()
    view.deleteLater()


def shown(view: AuditView) -> list[str | None]:
    return [view.domains.model.row_at(position).domain for position in range(view.domains.model.rowCount())]


def menu_of(view: AuditView) -> QMenu:
    return next(each for each in view.domains.findChildren(QMenu) if each.isVisible())


def test_columns_are_chosen_by_keyboard_and_what_was_chosen_is_told(app: QApplication, view: AuditView) -> None:
    told: list[str] = []
    view.domains.columns_chosen.connect(lambda: told.append(to_setting(view.state.domains.hidden)))
    table = view.domains.table
    assert table.isColumnHidden(Column.FIRST_SEEN)
    view.domains.columns.setFocus()
    QTest.keyClick(view.domains.columns, Key.Key_Space)
    menu = menu_of(view)
    titles = [action.text() for action in menu.actions() if action.text()]
    for _ in range(titles.index("Relationship") + 1):
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert table.isColumnHidden(Column.RELATIONSHIP)
    assert from_setting(told[-1]) == HIDDEN_AT_FIRST | {Column.RELATIONSHIP}


def test_the_header_has_the_same_menu_and_the_domain_cannot_be_hidden(app: QApplication, view: AuditView) -> None:
    header = view.domains.table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(20, 10))
    titles = [action.text() for action in menu_of(view).actions()]
    assert "Decision" in titles
    assert not {"Domain", "Score"} & set(titles)
    menu_of(view).close()


def test_a_column_that_was_hidden_can_be_shown_and_sorts(app: QApplication, view: AuditView) -> None:
    view.domains.choose_columns(frozenset((Column.DECISION, Column.RELATIONSHIP, Column.LAST_SEEN, Column.KIND)))
    app.processEvents()
    table = view.domains.table
    assert not table.isColumnHidden(Column.ADDRESSES)
    table.sortByColumn(Column.FIRST_SEEN, Qt.SortOrder.AscendingOrder)
    first = [view.domains.model.row_at(n).first_seen or 0 for n in range(8)]
    assert first == sorted(first)


def test_the_choice_outlives_the_window(app: QApplication, window: Window, services: FakeServices) -> None:
    window.show_audit(AuditState("x", "t", report(), Page.DOMAINS))
    assert isinstance(window.screen_widget, AuditView)
    window.screen_widget.domains.choose_columns(frozenset((Column.MESSAGES,)))
    assert services.bundle().preferences.setting("columns") == "messages"
    window.show_audit(AuditState("x", "t", report(), Page.DOMAINS))
    app.processEvents()
    assert window.screen_widget.domains.table.isColumnHidden(Column.MESSAGES)


@pytest.mark.parametrize("text", ["", "none", "kind nonsense domain", "kind first_seen"])
def test_a_setting_that_is_damaged_hides_nothing_that_is_needed(text: str) -> None:
    assert not from_setting(text) & {Column.DOMAIN, Column.SCORE}
    assert from_setting(to_setting(from_setting(text))) == from_setting(text)


def test_more_filters_are_asked_in_a_form_by_keyboard(app: QApplication, view: AuditView) -> None:
    view.domains.more.setFocus()
    QTest.keyClick(view.domains.more, Key.Key_Space)
    form = view.domains.form
    QTest.keyClick(form.severity, Key.Key_End)
    form.high.setFocus()
    form.high.selectAll()
    QTest.keyClicks(form.high, "60")
    QTest.keyClick(form.high, Key.Key_Return)
    assert view.domains.filters._wanted == DomainFilter(severity=Severity.HIGH, scores=(0, 60))
    assert shown(view) == ["firm.example", "f1rm.example", "freemail.example"]
    assert [part.text() for part in view.domains.words.parts] == ["lowest score 0 to 60", "most serious finding at least: serious"]


def test_the_scores_that_are_asked_for_can_be_read(view: AuditView, app: QApplication) -> None:
    view.domains.ask_more()
    app.processEvents()
    for box in (view.domains.form.low, view.domains.form.high):
        field = box.lineEdit()
        assert field.width() > field.fontMetrics().horizontalAdvance("100") + 16


def test_days_count_only_where_their_box_is_ticked(app: QApplication, view: AuditView) -> None:
    QTest.mouseClick(view.domains.more, Qt.MouseButton.LeftButton)
    form = view.domains.form
    assert not form.since_day.isEnabled()
    QTest.keyClick(form.since, Key.Key_Space)
    assert form.since_day.isEnabled()
    QTest.mouseClick(form.ok, Qt.MouseButton.LeftButton)
    assert view.domains.filters._wanted == DomainFilter(since=date(2026, 3, 1))
    assert "old.example" not in shown(view)
    assert shown(view)


def test_a_domain_is_within_days_that_it_wrote_before_and_after() -> None:
    row = report().domains[0]
    first, last = (datetime.fromtimestamp(seconds or 0, UTC).date() for seconds in (row.first_seen, row.last_seen))
    for inside in (DomainFilter(since=last), DomainFilter(until=first), DomainFilter(since=first, until=last)):
        assert inside.more_holds(row)
    assert not DomainFilter(since=last.replace(year=last.year + 1)).more_holds(row)
    assert not DomainFilter(until=first.replace(year=first.year - 1)).more_holds(row)


def test_each_part_of_the_filter_is_taken_away_by_itself(app: QApplication, view: AuditView) -> None:
    view.domains.filters.show_filter(DomainFilter(text="example", relationship=Relationship.EXTERNAL, severity=Severity.LOW))
    parts = view.domains.words.parts
    assert [part.accessibleName() for part in parts] == [
        "Take away: external", "Take away: most serious finding at least: minor", "Take away: with “example”",
    ]  # fmt: skip
    parts[0].setFocus()
    QTest.keyClick(parts[0], Key.Key_Space)
    assert view.domains.filters.relationship.chosen() is None
    assert view.domains.filters._wanted == DomainFilter(text="example", severity=Severity.LOW)
    assert view.domains.words.parts[0].hasFocus()  # so that the next can be taken away
    QTest.mouseClick(view.domains.words.parts[1], Qt.MouseButton.LeftButton)
    assert view.domains.filters.search.text() == ""
    QTest.mouseClick(view.domains.filters.clear, Qt.MouseButton.LeftButton)
    assert view.domains.words.parts == []
    assert len(shown(view)) == 8


@pytest.mark.parametrize("width", [1400, 520])
def test_parts_begin_a_new_line_rather_than_being_cut(app: QApplication, view: AuditView, width: int) -> None:
    view.domains.filters.show_filter(
        DomainFilter("a", Relationship.EXTERNAL, severity=Severity.LOW, needs_a_look=True, scores=(0, 60), since=date(2020, 1, 1), until=date(2030, 1, 1))
    )
    view.resize(width, 740)
    for _ in range(3):
        app.processEvents()
    room = view.domains.words.rect()
    for part in view.domains.words.parts:
        assert part.width() >= part.sizeHint().width()
        assert room.contains(part.geometry())


def test_the_table_is_filtered_by_folder_with_the_keyboard(app: QApplication, window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.audits.by_folder = {"INBOX": frozenset({"firm.example", "old.example"}), "<b>Archive</b>": frozenset({"", "gone.example"})}
    window.show_audit(AuditState("x", "t", report(), Page.DOMAINS))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    view.domains.more.setFocus()
    QTest.keyClick(view.domains.more, Key.Key_Space)
    form = view.domains.form
    assert form is not None
    assert not form.folder.isEnabled()  # until it is known who wrote where
    wait_until(lambda: form.folder.isEnabled())
    form.folder.setFocus()
    QTest.keyClick(form.folder, Key.Key_Down)
    assert "2 domains" in form.folder.currentText()
    form.ok.setFocus()
    QTest.keyClick(form.ok, Key.Key_Space)
    assert shown(view) == ["firm.example", "old.example"]
    part = view.domains.words.parts[0]
    assert "INBOX" in part.text()
    part.setFocus()
    QTest.keyClick(part, Key.Key_Space)
    assert len(shown(view)) == 8


def test_a_folder_that_cannot_be_looked_into_is_said_and_the_table_stays(
    app: QApplication, window: Window, services: FakeServices, wait_until: Wait
) -> None:
    window.show_audit(AuditState("x", "t", report(), Page.DOMAINS))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    services.audits.problem = NitaqError("store.locked", path="x")
    view.domains.ask_more()
    wait_until(lambda: view.messages.count() > 0)
    assert len(shown(view)) == 8


def test_messages_without_a_sender_are_found_in_their_folder() -> None:
    nameless = next(row for row in report().domains if row.domain is None)
    assert DomainFilter(folder=InFolder("INBOX", frozenset({""}))).more_holds(nameless)
    assert not DomainFilter(folder=InFolder("INBOX", frozenset({"firm.example"}))).more_holds(nameless)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_list_above_the_table_is_cut_where_the_detail_is_open(app: QApplication, window: Window, language: str) -> None:
    window.set_language(language)
    window.resize(1024, 640)
    state = AuditState("x", "t", report(), Page.DOMAINS)
    state.domains.opened, state.domains.selected = True, ("firm.example",)
    window.show_audit(state)
    for _ in range(3):
        app.processEvents()
    view = window.screen_widget
    assert isinstance(view, AuditView)
    for box in view.domains.filters._axes:
        assert box.width() >= box.sizeHint().width(), box.currentText()
    window.set_language("en")
