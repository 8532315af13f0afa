"""The audits of a mailbox: listed with their fingerprints, opened as they were, two compared, and what changed written to a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.errors import NitaqError
from app.exporters.json_report import json_bytes
from app.i18n import Translation
from app.library import Library
from app.model import AuditEntry, Example
from app.store.folder import StoreFolder
from tests.exporters.reports import document
from tests.ui.reports import NOON, report
from tests.ui.services import SOURCE, FakeServices
from ui.audit_view import AuditState, AuditView
from ui.audits import AuditsDialog
from ui.evidence import Exhibit
from ui.message_list import message_list
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
EARLIER, LATER = replace(report(), domains=report().domains[1:]), report()
NEW = report().domains[0].domain or ""


@pytest.fixture
def dialog(app: QApplication, window: Window, services: FakeServices, wait_until: Wait) -> AuditsDialog:
    """Three audits, the latest two of which differ in one domain."""
    say = Translation("en")
    services.audits.frozen = {1: document(EARLIER, say), 2: document(EARLIER, say), 3: document(LATER, say)}
    services.audits.past = [AuditEntry(id, SOURCE, NOON + id * 86_400, "complete", 40 + id, f"sha256:{id}") for id in (3, 2, 1)]
    window.show_audit(AuditState(SOURCE, "sara@firm.example", LATER))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    view.audits_button.click()
    past = window.audit_actions.past
    wait_until(lambda: past.dialog is not None)
    assert past.dialog is not None
    past.dialog.activateWindow()
    wait_until(past.dialog.table.hasFocus)
    return past.dialog


def row_texts(dialog: AuditsDialog, at: int) -> list[str]:
    return [dialog.table.item(at, column).text().strip("\u2066\u2069") for column in range(dialog.table.columnCount())]


def test_each_audit_is_listed_newest_first_with_its_fingerprint(dialog: AuditsDialog) -> None:
    assert [row_texts(dialog, at)[1:] for at in range(3)] == [[str(40 + id), "Complete", f"sha256:{id}"] for id in (3, 2, 1)]


def test_two_audits_are_compared_by_keyboard_alone(dialog: AuditsDialog, wait_until: Wait) -> None:
    assert [entry.id for entry in dialog.chosen()] == [2, 3]
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert not dialog.compare_button.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.compare_button.hasFocus()
    QTest.keyClick(dialog.compare_button, Qt.Key.Key_Space)
    wait_until(lambda: dialog.changes is not None)
    changes = dialog.changes
    assert changes is not None
    assert "New domains: 1" in [changes.list.item(at).text() for at in range(changes.list.count())]
    assert changes.table.model().index(0, 0).data().strip("\u2066\u2069") == NEW
    QTest.keyClick(changes.first, Qt.Key.Key_Escape)
    assert dialog.changes is None
    assert dialog.isVisible()


def test_one_is_opened_as_it_was_with_its_findings_and_nothing_to_change(window: Window, dialog: AuditsDialog, wait_until: Wait) -> None:
    live = window.screen_widget
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    wait_until(lambda: window.screen_widget is not live)
    view = window.screen_widget
    assert isinstance(view, AuditView)
    assert NEW not in {row.domain for row in view.shown_rows()}
    assert len(view.shown_rows()) == len(EARLIER.domains)
    for each in (view.rescan_button, view.review_button, view.own_button, view.exceptions_button, view.audits_button, view.together_button):
        assert each.isHidden()
    window.activateWindow()
    wait_until(view.isActiveWindow)
    QTest.keyClick(view, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    view.domains.table.setFocus()
    QTest.keyClick(view.domains.table, Qt.Key.Key_Return)
    assert view.detail.isVisible()
    assert view.detail._strands[0].score == EARLIER.domains[0].worst
    assert view.detail.decide.isHidden()
    decisions: list[object] = []
    view.together.connect(lambda rows, _: decisions.append(rows))
    QTest.keyClick(view.domains.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert decisions == []
    view.back.setFocus()
    QTest.keyClick(view.back, Qt.Key.Key_Space)
    back = window.screen_widget
    assert isinstance(back, AuditView)
    assert NEW in {row.domain for row in back.shown_rows()}
    assert not back.review_button.isHidden()


def test_one_that_other_rules_judged_shows_its_domains_alone(dialog: AuditsDialog, services: FakeServices, wait_until: Wait) -> None:
    services.audits.frozen[2]["program"]["rules"] = "1999-01"
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    wait_until(lambda: dialog.changes is not None)
    assert dialog.changes is not None
    shown = {dialog.changes.table.model().index(at, 0).data().strip("\u2066\u2069") for at in range(dialog.changes.table.model().rowCount())}
    assert len(shown) == len(EARLIER.domains)
    assert dialog.changes.save.isHidden()


def test_what_a_report_does_not_keep_of_a_message_is_said(say: Translation) -> None:
    exhibit = Exhibit(Example("INBOX;UIDVALIDITY=1/;UID=7", None, "", ""), EARLIER.domains[0].claims[0])
    holder = QWidget()
    holder.setLayout(message_list([exhibit], lambda _: None, say))
    texts = [each.text() for each in holder.findChildren(QLabel)]
    assert "A report keeps neither its subject nor its date." in texts
    assert any("UID=7" in text for text in texts)


def test_what_changed_is_written_and_said_on_the_audit(window: Window, dialog: AuditsDialog, wait_until: Wait, tmp_path: Path) -> None:
    dialog.compare_button.click()
    wait_until(lambda: dialog.changes is not None)
    assert dialog.changes is not None
    dialog.changes.save.click()
    window.audit_actions.past.exporting.dialog.fileSelected.emit(str(tmp_path / "changed"))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    wait_until(lambda: view.messages.count() and window.audit_actions.past.dialog is None)
    assert NEW in (tmp_path / "changed.html").read_text(encoding="utf-8")


def test_with_one_audit_the_screen_says_when_two_can_be_compared(app: QApplication, window: Window) -> None:
    dialog = AuditsDialog(Translation("en"), "sara", [AuditEntry(1, SOURCE, NOON, "partial", 3)], window)
    assert not dialog.compare_button.isEnabled()
    assert dialog.open_button.isEnabled()
    dialog.close()


def test_the_store_gives_what_was_frozen(tmp_path: Path) -> None:
    say, library = Translation("en"), Library(StoreFolder(tmp_path / "store"), lambda: float(NOON))
    for created, each in ((10, EARLIER), (20, LATER)):
        library.workspace.freeze(SOURCE, created, "complete", 3, json_bytes(each, say))
    library.workspace.freeze("sample", 30, "complete", 3, b"{}")
    later, earlier = library.history(SOURCE)
    assert (later.created, later.fingerprint) == (20, json.loads(json_bytes(LATER, say))["fingerprint"])
    assert [seen.domain for seen in library.compared(earlier.id, later.id).new_domains] == [NEW]
    assert len(library.domains_of(earlier.id)) == len(EARLIER.domains)
    as_it_was = library.as_it_was(earlier.id)
    assert as_it_was is not None
    assert [(row.domain, row.worst, [finding.id for finding in row.findings]) for row in as_it_was.domains] == [
        (row.domain, row.worst, [finding.id for finding in row.findings]) for row in EARLIER.domains
    ]
    (sample,) = library.history("sample")
    assert sample.fingerprint == ""
    for read in (library.domains_of, library.as_it_was):
        with pytest.raises(NitaqError) as problem:
            read(sample.id)
        assert problem.value.code == "store.damaged"
    library.close()
