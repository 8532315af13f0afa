"""Decisions in the detail panel and in the queue: what can be decided, what is covered, and that nothing is lost or claimed falsely."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from threading import Event, Thread, current_thread

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.errors import WorldError
from app.i18n import Translation
from app.later import Later
from app.model import Decision, DecisionRecord, DomainClass, DomainRow, JudgedClaim, Report
from app.report import tallies_of
from tests.ui.reports import FAILED, NOON, PROVEN, claim, domain_row, report
from tests.ui.services import FakeServices
from ui.audit_view import AuditState
from ui.decide import DecidePanel
from ui.desk import REVIEWER
from ui.review import ReviewView
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]


@pytest.fixture
def panel(app: QApplication, say: Translation) -> Iterator[DecidePanel]:
    panel = DecidePanel(say)
    panel.resize(420, 200)
    panel.show()
    yield panel
    panel.close()
    panel.deleteLater()


def row_of(domain: str | None, within: Report) -> DomainRow:
    return next(row for row in within.domains if row.domain == domain)


def decided(panel: DecidePanel, decision: Decision) -> DecisionRecord:
    """What the panel emits when this button is clicked."""
    records: list[DecisionRecord] = []
    panel.decided.connect(records.append)
    QTest.mouseClick(panel.buttons[decision], Qt.MouseButton.LeftButton)
    panel.decided.disconnect(records.append)
    return records[0]


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget) and each.text()]


def test_it_is_said_that_no_mail_is_touched(panel: DecidePanel) -> None:
    panel.show_row(row_of("f1rm.example", report()), report())
    assert "This changes Nitaq's records alone. No mail is moved, blocked or deleted." in texts(panel)


def test_a_reason_and_a_date_go_with_the_decision(panel: DecidePanel) -> None:
    panel.show_row(row_of("f1rm.example", report()), report())
    QTest.mouseClick(panel.more, Qt.MouseButton.LeftButton)
    QTest.keyClicks(panel.reason, "not ours")
    panel.until.box.setChecked(True)
    record = decided(panel, Decision.REJECTED)
    assert (record.subject, record.reason, record.until) == ("f1rm.example", "not ours", panel.until.day())
    assert record.until is not None
    assert record.until > date.today()


def test_the_reason_for_one_name_is_not_carried_to_the_next(panel: DecidePanel) -> None:
    panel.show_row(row_of("f1rm.example", report()), report())
    panel.reason.setText("not ours")
    panel.show_row(row_of("old.example", report()), report())
    assert decided(panel, Decision.WATCHED).reason == ""


def test_without_proof_there_is_nothing_to_trust(panel: DecidePanel) -> None:
    panel.show_row(row_of("old.example", report()), report())
    assert not panel.buttons[Decision.TRUSTED].isEnabled()
    assert "proven" in panel.buttons[Decision.TRUSTED].accessibleDescription()
    assert panel.buttons[Decision.REJECTED].isEnabled()


def test_rejecting_forged_own_mail_binds_to_no_proof_of_the_genuine(panel: DecidePanel) -> None:
    panel.show_row(row_of("firm.example", report()), report())
    assert decided(panel, Decision.REJECTED).proofs == ()
    assert panel.with_proven.isHidden()


def test_at_a_shared_provider_the_worst_address_is_decided_about(panel: DecidePanel) -> None:
    panel.show_row(row_of("freemail.example", report()), report())
    assert decided(panel, Decision.REJECTED).subject == "x93@freemail.example"
    panel.reason.setText("not him")
    panel.which.setCurrentIndex(1)
    trusted = decided(panel, Decision.TRUSTED)
    assert (trusted.subject, trusted.reason) == ("omar.k@freemail.example", "")


def test_mail_without_a_readable_sender_offers_no_decision(panel: DecidePanel) -> None:
    panel.show_row(row_of(None, report()), report())
    assert panel.isHidden()


def test_the_present_decision_says_who_when_why_and_can_be_taken_back(panel: DecidePanel) -> None:
    record = DecisionRecord("f1rm.example", Decision.REJECTED, "Sara", "<b>not ours</b>", NOON, date(2027, 1, 31))
    panel.show_row(row_of("f1rm.example", report()), replace(report(), decisions=(record,)))
    assert {"Rejected", "Sara, 12 Mar 2026; look again on 31 Jan 2027", "<b>not ours</b>"} <= set(texts(panel))
    assert all(each.textFormat() is Qt.TextFormat.PlainText for each in panel.findChildren(QLabel) if each.text())
    undone: list[DecisionRecord] = []
    panel.decided.connect(undone.append)
    QTest.mouseClick(panel.undo, Qt.MouseButton.LeftButton)
    assert undone == [DecisionRecord("f1rm.example", Decision.UNREVIEWED)]


# The queue -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def review(window: Window, services: FakeServices) -> ReviewView:
    services.preferences.set(REVIEWER, "Sara")
    return start(window, report())


def start(window: Window, shown: Report) -> ReviewView:
    window.show_audit(AuditState("sample", "", shown))
    window.screen_widget.review_button.click()  # type: ignore[union-attr]
    assert isinstance(window.screen_widget, ReviewView)
    return window.screen_widget


def name(review: ReviewView) -> str:
    current = review._state.current
    return current.name if current else ""


def button(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text and each.isVisibleTo(widget))


def answer_all(review: ReviewView, key: str) -> int:
    count = 0
    while name(review):
        QTest.keyClick(review, key)
        count += 1
    return count


def test_what_is_skipped_is_offered_again_at_the_end(review: ReviewView) -> None:
    skipped = name(review)
    QTest.keyClick(review, "S")
    left = answer_all(review, "W")
    assert "That is all for now. Well done." in texts(review)
    assert f"{left} decisions are recorded." in texts(review)
    QTest.mouseClick(button(review, "Look at the one that was skipped"), Qt.MouseButton.LeftButton)
    assert name(review) == skipped


def test_undo_brings_the_last_name_back_even_from_the_end(review: ReviewView, window: Window, wait_until: Wait) -> None:
    answer_all(review, "W")
    wait_until(lambda: not review._desk.state.turns.taken)
    before = len(review._desk.state.report.decisions)
    QTest.keyClick(review, "U")
    assert name(review)
    wait_until(lambda: len(review._desk.state.report.decisions) == before - 1)


def test_what_looks_usual_comes_after_what_needs_a_look(review: ReviewView) -> None:
    answer_all(review, "S")
    more = next(each for each in review.findChildren(QPushButton) if each.text().startswith("Go on with"))
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert review._state.current is not None
    assert review._state.current.worst >= 70


def test_a_key_for_something_impossible_does_nothing(window: Window, services: FakeServices) -> None:
    services.preferences.set(REVIEWER, "Sara")
    old = row_of("old.example", report())
    review = start(window, report((old,)))
    QTest.keyClick(review, "T")
    assert name(review) == "old.example"


def test_a_letter_in_the_note_is_no_answer(review: ReviewView) -> None:
    before = name(review)
    QTest.keyClick(review, "N")
    QTest.keyClicks(review.note, "trust")
    assert (name(review), review.note.text()) == (before, "trust")


def test_a_key_held_down_answers_for_one_name(review: ReviewView) -> None:
    first = name(review)
    QTest.keyClick(review, "W")
    second = name(review)
    QApplication.sendEvent(review, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_W, Qt.KeyboardModifier.NoModifier, "w", True, 1))
    assert first != second == name(review)


def test_a_failure_is_said_no_longer_than_until_the_next_answer(review: ReviewView, services: FakeServices, wait_until: Wait) -> None:
    services.audits.problem = WorldError("store.damaged", path="/tmp/x")
    QTest.keyClick(review, "W")
    wait_until(lambda: review.problem.isVisible())
    services.audits.problem = None
    QTest.keyClick(review, "W")
    assert not review.problem.isVisible()


def test_the_review_waits_for_what_lies_in_the_store_without_the_window_waiting(window: Window, wait_until: Wait) -> None:
    threads: list[Thread] = []
    asked = Event()
    first = domain_row([claim("mail.example", FAILED, ())], kind=DomainClass.SHARED_PROVIDER)

    def read() -> Sequence[JudgedClaim]:
        threads.append(current_thread())
        asked.wait(10)
        return first.claims

    lies = replace(report((replace(first, claims=Later(len(first.claims), read)),)), tallies=tallies_of(report((first,))))
    window.show_audit(AuditState("sample", "", lies))
    window.screen_widget.review_button.click()  # type: ignore[union-attr]
    window.screen_widget.review_button.click()  # type: ignore[union-attr]
    assert not isinstance(window.screen_widget, ReviewView)
    asked.set()
    wait_until(lambda: isinstance(window.screen_widget, ReviewView))
    assert current_thread() not in threads
    assert len(threads) == 1


def test_what_could_not_be_kept_is_open_again_and_said(review: ReviewView, services: FakeServices, wait_until: Wait) -> None:
    services.audits.problem = WorldError("store.damaged", path="/tmp/x")
    first = name(review)
    QTest.keyClick(review, "W")
    wait_until(lambda: review.problem.isVisible())
    assert first in [subject.name for subject in review._state.waiting(review._desk.state.report)]


def test_a_decision_whose_day_has_come_is_in_the_queue_with_the_reason_and_undo_restores_it(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.preferences.set(REVIEWER, "Omar")
    row = next(row for row in report().domains if row.domain == "partner.example")
    record = DecisionRecord("partner.example", Decision.WATCHED, "Sara", "asked them", NOON - 86_400 * 90, date(2026, 3, 1))
    review = start(window, replace(report((row,)), decisions=(record,)))
    assert name(review) == "partner.example"
    assert any("The day to look again has come. Decided before: Watched" in text for text in texts(review))
    assert review.note.text() == "asked them"
    QTest.keyClick(review, "T")
    QTest.keyClick(review, "U")
    wait_until(lambda: not review._desk.state.turns.taken)
    assert review._desk.state.report.decisions == (record,)


def test_a_trusted_name_that_arrives_unproven_is_in_the_queue_with_the_reason(window: Window) -> None:
    row = next(row for row in report().domains if row.domain == "partner.example")
    record = DecisionRecord("partner.example", Decision.TRUSTED, "Sara", at=NOON - 86_400)
    review = start(window, replace(report((row,)), decisions=(record,)))
    assert name(review) == "partner.example"
    assert any(each.startswith("You trusted this name (Sara, 11 Mar 2026).") for each in texts(review))


def test_a_finished_queue_is_said_kindly(window: Window) -> None:
    review = start(window, report((domain_row([claim("good.example", PROVEN, ("authenticated",))], decision=Decision.UNREVIEWED),)))
    assert "Nothing here needs a decision." in texts(review)
    assert review.back.hasFocus() or window.focusWidget() is review.back
