"""Two things that judge an audit again never lose what the other did."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import QTimer

from app.errors import WorldError
from app.model import Decision, DecisionRecord, Report
from tests.ui.reports import report
from tests.ui.services import SOURCE, FakeServices
from ui.audit_actions import AuditActions
from ui.audit_view import AuditState, AuditView
from ui.desk import Desk
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
NEW = report().domains[0].domain or ""
REJECTED = DecisionRecord(NEW, Decision.REJECTED, "Sara")


@pytest.mark.parametrize("refused", [False, True])
def test_other_own_domains_and_a_decision_made_meanwhile_both_hold(window: Window, services: FakeServices, wait_until: Wait, refused: bool) -> None:
    state, go, decide = AuditState(SOURCE, "sara@firm.example", report()), Event(), services.audits.decide

    def decide_late(before: Report, records: list[DecisionRecord]) -> Report:
        go.wait(20)
        if refused:
            raise WorldError("store.full", path="x")
        return decide(before, records)

    services.audits.decide = decide_late  # type: ignore[method-assign, assignment]
    bundle, refusals = services.bundle(), list[object]()
    desk, review = (Desk(window.say, bundle, state, window) for _ in range(2))
    actions = AuditActions(window.say, bundle, window.accounts, state, window)
    desk.failed.connect(refusals.append)
    desk.decide(REJECTED)
    actions._reassess(("firm.example", "own.example"))
    review.decide(DecisionRecord("other.example", Decision.WATCHED, "Sara"))
    go.set()
    wait_until(lambda: len(state.report.scope.own_domains) == 2 and (refused or len(state.report.decisions) == 2))
    assert [each.subject for each in state.report.decisions] == ([] if refused else [NEW, "other.example"])
    assert len(refusals) == refused


def test_a_window_that_is_closed_at_once_keeps_every_decision_that_waits_for_its_turn(window: Window, services: FakeServices) -> None:
    state, go, decide = AuditState(SOURCE, "sara@firm.example", report()), Event(), services.audits.decide

    def decide_late(before: Report, records: list[DecisionRecord]) -> Report:
        go.wait(20)
        return decide(before, records)

    services.audits.decide = decide_late  # type: ignore[method-assign, assignment]
    window.show_audit(state)
    view = window.screen_widget
    assert isinstance(view, AuditView)
    view.decided.emit(REJECTED)
    view.decided.emit(DecisionRecord("other.example", Decision.WATCHED, "Sara"))
    window.close()
    QTimer.singleShot(0, go.set)
    window.settle()
    assert [each.subject for each in state.report.decisions] == [NEW, "other.example"]
