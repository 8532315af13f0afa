"""A domain unfolded in the table into its sending sources and their addresses, with the keyboard and the mouse, in both directions of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Thread, current_thread, main_thread

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.errors import WorldError
from app.i18n import Translation
from app.later import Later
from app.model import Authentication, JudgedClaim, Relationship
from app.parts import Part, by_address, key_of, part_called, parts_of
from app.report import tallies_of
from tests.ui.reports import FAILED, PROVEN, claim, domain_row, report, small_rows
from ui.audit_view import AuditState, AuditView, Page
from ui.claims_at_hand import FEW
from ui.domain_cells import Column
from ui.domain_delegate import triangle_in
from ui.domain_filter import DomainFilter
from ui.domains_view import DomainsState, DomainsView
from ui.language import Languages
from ui.window import Window

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
FIRM = domain_row(
    [
        claim("firm.example", PROVEN, ("authenticated",), messages=400, local="sara", name="Sara Haddad", relationship=Relationship.OWN),
        claim("firm.example", PROVEN, ("authenticated",), messages=12, local="omar", name="Omar Khalil", relationship=Relationship.OWN),
        claim("firm.example", FAILED, ("own_domain_unproven",), messages=7, local="sara", source="203.0.113.0/24", relationship=Relationship.OWN),
    ]
)


@pytest.fixture
def view(app: QApplication, say: Translation) -> Iterator[AuditView]:
    yield from shown_view(app, say)


def shown_view(app: QApplication, say: Translation) -> Iterator[AuditView]:
    view = AuditView(say, AuditState("x", "sara@firm.example", report((FIRM, *small_rows()[1:])), Page.DOMAINS))
    view.resize(1280, 740)
    view.show()
    view.activateWindow()
    view.domains.table.setFocus()
    app.processEvents()
    yield view
    view.close()
    view.deleteLater()


def lines(view: AuditView) -> list[str]:
    """Each line, further in the deeper it stands."""
    model = view.domains.model
    texts = (model.index(at, Column.DOMAIN).data().strip() for at in range(model.rowCount()))
    bare = [text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069"))) for text in texts]
    return ["  " * (model._lines.level(at) - 1) + text for at, text in enumerate(bare)]


def press(view: AuditView, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(view.domains.table, key)


def current(view: AuditView) -> int:
    return view.domains.table.currentIndex().row()


def test_right_opens_a_domain_then_a_source_and_left_goes_back(view: AuditView) -> None:
    press(view, Key.Key_Right)
    assert lines(view)[:4] == ["firm.example", "  203.0.113.0/24 (1 address)", "  Sent by itself (2 addresses)", "f1rm.example"]
    press(view, Key.Key_Down, Key.Key_Down, Key.Key_Right)
    assert lines(view)[2:5] == ["  Sent by itself (2 addresses)", "    sara@firm.example (Sara Haddad)", "    omar@firm.example (Omar Khalil)"]
    press(view, Key.Key_Down, Key.Key_Left)
    assert current(view) == 2
    press(view, Key.Key_Left)
    assert lines(view)[2:4] == ["  Sent by itself (2 addresses)", "f1rm.example"]
    press(view, Key.Key_Left)
    assert current(view) == 0
    press(view, Key.Key_Left)
    assert len(lines(view)) == 8


def test_in_arabic_the_keys_are_mirrored(app: QApplication) -> None:
    languages = Languages(app)
    try:
        for view in shown_view(app, languages.speak("ar")):
            press(view, Key.Key_Right)
            assert len(lines(view)) == 8
            press(view, Key.Key_Left)
            assert len(lines(view)) == 10
            press(view, Key.Key_Right)
            assert len(lines(view)) == 8
    finally:
        languages.speak("en")


def test_proven_and_unproven_mail_of_one_source_are_two_lines_with_scores_of_their_own(app: QApplication, say: Translation) -> None:
    row = domain_row([claim("a.example", PROVEN, ("authenticated",), messages=9), claim("a.example", FAILED, ("authentication_failed",), messages=3)])
    proven, failed = sorted(parts_of(row), key=lambda part: part.authentication)
    assert (proven.authentication, proven.source, proven.row.score, proven.row.messages) == (Authentication.AUTHENTICATED, "own", 85, 9)
    assert (failed.authentication, failed.source, failed.row.score, failed.row.messages) == (Authentication.FAILED, "own", 45, 3)


def test_the_parts_of_a_domain_add_up_to_it() -> None:
    for row in small_rows():
        parts = parts_of(row)
        assert sum(part.row.messages for part in parts) == row.messages
        assert min(part.row.worst for part in parts) == row.worst
        for part in parts:
            below = by_address(part)
            assert sum(each.row.messages for each in below) == (part.row.messages if row.domain else 0)
            assert all(part_called(each.key, row) == each for each in (part, *below))


def test_an_address_at_a_shared_provider_has_a_score_of_its_own() -> None:
    provider = next(row for row in small_rows() if row.domain == "freemail.example")
    (source,) = parts_of(provider)
    assert source.row.score is None
    assert {part.address: part.row.score for part in by_address(source)} == {"omar.k@freemail.example": 85, "x93@freemail.example": 50}


def test_the_triangle_opens_a_line_and_chooses_nothing(view: AuditView) -> None:
    table = view.domains.table
    place = table.visualRect(view.domains.model.index(1, Column.DOMAIN))
    at = triangle_in(place, 1, table.layoutDirection()).center()
    QTest.mouseClick(table.viewport(), Left, pos=at)
    assert lines(view)[1:3] == ["f1rm.example", "  Sent by itself (1 address)"]
    assert len(lines(view)) == 9
    assert view.detail.isHidden()
    assert current(view) == 0
    QTest.mouseClick(table.viewport(), Left, pos=at)
    assert len(lines(view)) == 8
    QTest.mouseClick(table.viewport(), Left, pos=QPoint(place.right() - 20, place.center().y()))
    assert not view.detail.isHidden()


def test_a_part_shows_the_detail_of_that_part_and_a_way_to_all_of_it(view: AuditView, app: QApplication) -> None:
    press(view, Key.Key_Right, Key.Key_Down, Key.Key_Return)
    texts = {each.text() for each in view.detail.findChildren(QLabel)}
    assert any("203.0.113.0/24" in text for text in texts)
    assert view.detail._strands[0].messages == 7
    assert len(view.detail._strands) == 1
    assert "firm.example" in view.detail.decide.title.text()  # what is decided is decided about all of it
    view.detail.whole_button.setFocus()
    QTest.keyClick(view.detail.whole_button, Key.Key_Space)
    assert sum(strand.messages for strand in view.detail._strands) == 419
    app.processEvents()


def test_the_detail_follows_from_line_to_line(view: AuditView) -> None:
    press(view, Key.Key_Return, Key.Key_Right, Key.Key_Down)
    assert [strand.messages for strand in view.detail._strands] == [7]
    press(view, Key.Key_Down)
    assert sum(strand.messages for strand in view.detail._strands) == 412


def test_what_is_open_stays_open_after_sorting_filtering_and_judging_again(view: AuditView) -> None:
    press(view, Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Right)
    unfolded = lines(view)[:5]
    view.domains.table.sortByColumn(Column.MESSAGES, Qt.SortOrder.AscendingOrder)
    at = lines(view).index("firm.example")
    assert lines(view)[at : at + 5] == unfolded
    view.domains.filters.show_filter(DomainFilter(text="firm"))
    assert lines(view) == unfolded
    assert view.domains.words.text() == "Showing 1 of 8 entries: with “firm”"
    view.set_report(report((replace(FIRM, confidence=FIRM.confidence), *small_rows()[1:])))
    assert lines(view) == unfolded


def test_several_parts_of_one_domain_are_one_domain_to_decide_about(view: AuditView) -> None:
    press(view, Key.Key_Right)
    for _ in range(3):
        QTest.keyClick(view.domains.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    rows, selected = view.domains.chosen_rows()
    assert selected
    assert [row.domain for row in rows] == ["firm.example", "f1rm.example"]
    assert len(view.shown_rows()) == 8


def test_a_screen_reader_hears_how_deep_a_line_stands_and_whether_it_is_open(view: AuditView) -> None:
    def said(at: int) -> str:
        """Before each line's cells stands its head, before the lines the heads of the columns."""
        table = QAccessible.queryAccessibleInterface(view.domains.table)
        cell = table.child((at + 1) * (len(Column) + 1) + 1)
        return cell.text(QAccessible.Text.Name).translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))

    assert said(0) == "firm.example, score 85 (lowest 10), Mixed (412 of 419 proven), level 1, collapsed"
    press(view, Key.Key_Right, Key.Key_Down, Key.Key_Right)
    assert [(said(at).split(",")[0], said(at).partition(", level ")[2]) for at in range(3)] == [
        ("firm.example", "1, expanded"), ("203.0.113.0/24 (1 address)", "2, expanded"), ("sara@firm.example", "3"),
    ]  # fmt: skip


def test_messages_without_a_sender_have_sources_and_no_addresses() -> None:
    nameless = next(row for row in small_rows() if row.domain is None)
    (part,) = parts_of(nameless)
    assert by_address(part) == ()
    assert part.key[0] == key_of(nameless)[0] == ""


def test_what_is_open_survives_another_language(window: Window, app: QApplication) -> None:
    state = AuditState("x", "x", report((FIRM,)), Page.DOMAINS)
    window.show_audit(state)
    view = window.screen_widget
    assert isinstance(view, AuditView)
    view.domains.table.setFocus()
    press(view, Key.Key_Right, Key.Key_Down, Key.Key_Return)
    window.set_language("ar")
    arabic = window.screen_widget
    assert isinstance(arabic, AuditView)
    assert len(lines(arabic)) == 3
    assert [strand.messages for strand in arabic.detail._strands] == [7]
    assert isinstance(view.domains.model.line_at(1), Part)
    window.set_language("en")


@pytest.mark.parametrize("which", [0, 1])
def test_the_decision_of_a_part_of_a_domain_is_said_in_its_cell(app: QApplication, say: Translation, which: int) -> None:
    """A forgery of an own domain was rejected: the domain is decided in part."""
    from ui.domain_cells import cell_of

    decided = (replace(FIRM, decided=7), replace(FIRM, decided=419))[which]
    cell = cell_of(decided, Column.DECISION, say)
    assert (cell.text, cell.second) == (("Partly decided", "7 of 419 messages"), ("Decided apart", "each part for itself"))[which]


class SlowStore:
    """Gives the firm's claims once it may go on."""

    def __init__(self) -> None:
        self.may_go_on, self.ended = Event(), Event()
        self.asked: list[Thread] = []
        """The threads that asked."""

    def __call__(self) -> tuple[JudgedClaim, ...]:
        self.asked.append(current_thread())
        self.may_go_on.wait(20)
        self.ended.set()
        return tuple(FIRM.claims)


def kept_in_the_store(read: Callable[[], tuple[JudgedClaim, ...]]) -> DomainsView:
    rows = (replace(FIRM, claims=Later(FEW + 1, read)), *small_rows()[1:])
    view = DomainsView(Translation("en"), rows, DomainsState())
    view.show()
    view.table.setCurrentIndex(view.model.index(view.model.position_of(key_of(FIRM)) or 0, Column.DOMAIN))
    return view


def test_the_window_goes_on_while_claims_come_from_the_store_and_the_domain_opens_then(
    app: QApplication, say: Translation, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    read = SlowStore()
    view = kept_in_the_store(read)
    QTest.keyClick(view.table, Key.Key_Right)
    QTest.keyClick(view.table, Key.Key_Right)
    assert view.model.rowCount() == len(small_rows())
    assert view.table.viewport().cursor().shape() is Qt.CursorShape.BusyCursor
    read.may_go_on.set()
    wait_until(lambda: view.model.rowCount() == len(small_rows()) + 2)
    assert len(read.asked) == 1
    assert main_thread() not in read.asked
    assert view.table.viewport().cursor().shape() is not Qt.CursorShape.BusyCursor
    view.close()
    view.deleteLater()


def test_a_store_that_cannot_be_read_is_told_of_and_nothing_opens(
    app: QApplication, say: Translation, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    def read() -> tuple[JudgedClaim, ...]:
        raise WorldError("store.damaged", path="x")

    view, told = kept_in_the_store(read), []
    view.table.failed.connect(told.append)
    QTest.keyClick(view.table, Key.Key_Right)
    wait_until(lambda: told)
    assert told[0].code == "store.damaged"
    assert view.model.rowCount() == len(small_rows())
    view.close()
    view.deleteLater()


def view_of_what_is_kept(say: Translation, read: Callable[[], tuple[JudgedClaim, ...]], length: int = FEW + 1) -> AuditView:
    """An audit whose largest domain is in the store."""
    plain = report((FIRM, *small_rows()[1:]))
    kept = replace(plain, domains=(replace(FIRM, claims=Later(length, read)), *plain.domains[1:]), tallies=tallies_of(plain))
    view = AuditView(say, AuditState("x", "x", kept, Page.DOMAINS))
    view.show()
    return view


def test_the_detail_of_a_large_domain_comes_with_its_claims_and_nothing_is_decided_about_the_one_before_meanwhile(
    app: QApplication, say: Translation, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    read = SlowStore()
    view = view_of_what_is_kept(say, read)
    view.domains.opened.emit(view.state.report.domains[1])
    before = view.detail.accessibleName()
    assert view.detail.isEnabled()
    view.domains.opened.emit(view.state.report.domains[0])
    assert (view.detail.accessibleName(), view.detail.isEnabled()) == (before, False)
    read.may_go_on.set()
    wait_until(view.detail.isEnabled)
    assert "firm.example" in view.detail.accessibleName()
    assert main_thread() not in read.asked
    view.close()
    view.deleteLater()


def test_who_goes_on_to_another_line_is_not_shown_the_one_that_comes_late(
    app: QApplication, say: Translation, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    read = SlowStore()
    other = small_rows()[1]
    view = view_of_what_is_kept(say, read)
    view.domains.opened.emit(view.state.report.domains[0])
    view.domains.opened.emit(other)
    read.may_go_on.set()
    wait_until(lambda: read.ended.is_set() and view.cursor().shape() is not Qt.CursorShape.BusyCursor)
    assert other.domain is not None
    assert other.domain in view.detail.accessibleName()
    assert view.detail.isEnabled()
    view.close()
    view.deleteLater()


def test_a_detail_that_cannot_be_read_is_told_of_and_the_table_stays(
    app: QApplication, say: Translation, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    def read() -> tuple[JudgedClaim, ...]:
        raise WorldError("store.damaged", path="x")

    told: list[WorldError] = []
    for length in (FEW + 1, 1):
        view = view_of_what_is_kept(say, read, length)
        view.domains.table.failed.connect(told.append)
        view.domains.opened.emit(view.state.report.domains[0])
        wait_until(lambda: told)
        assert told.pop().code == "store.damaged"
        assert view.detail.isHidden()
        view.close()
        view.deleteLater()
