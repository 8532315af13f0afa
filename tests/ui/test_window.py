"""The whole window: from the first screen to the exported report, by mouse and by keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton, QWidget

from app.errors import UserError, WorldError
from app.model import Account, Relationship, Report, ScanStatus
from tests.ui.reports import report
from tests.ui.services import SOURCE, FakeServices
from ui.account_draft import Draft
from ui.account_form import AccountForm
from ui.audit_view import AuditView
from ui.domain_filter import DomainFilter
from ui.engine import ScanOrder
from ui.export import suggested_name
from ui.own_domains import OwnDomainsDialog
from ui.password import PasswordDialog
from ui.scan_view import ScanView
from ui.start import StartScreen
from ui.theme import Look
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
Left = Qt.MouseButton.LeftButton
COMPLETE = """
print(json.dumps({"event": "progress", "folder": "INBOX", "done": 981, "total": 981}), flush=True)
print(json.dumps({"event": "end", "status": "complete", "code": None, "messages": 981, "missing": 0, "unreadable": 0}))
"""


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()  # what was just added is laid out and shown
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible() and each.text()]


def press(widget: QWidget, name: str) -> None:
    """Click the visible button of this name."""
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.accessibleName() == name and each.isVisible()]
    assert found, (name, [each.accessibleName() for each in widget.findChildren(QPushButton)])
    QTest.mouseClick(found[0], Left)


def screen(window: Window, kind: type) -> bool:
    return isinstance(window.screen_widget, kind)


def open_audit(window: Window, wait_until: Wait) -> AuditView:
    window.open_audit(SOURCE)
    wait_until(lambda: screen(window, AuditView))
    QApplication.processEvents()
    view = window.screen_widget
    assert isinstance(view, AuditView)
    view.show_domains(DomainFilter())
    QApplication.processEvents()
    return view


# Start and scan ------------------------------------------------------------------------------------------------------


def test_the_first_screen_has_three_doors_and_the_mailboxes_that_are_kept(window: Window) -> None:
    shown = texts(window)
    assert {"Add an account", "Open mail files", "Try the sample", "Your mailboxes", "sara@firm.example"} <= set(shown)


def test_the_sample_is_scanned_and_opens_by_itself(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script(COMPLETE)
    services.audits.reports["sample"] = report()
    press(window, "Try the sample")
    assert screen(window, ScanView)
    wait_until(lambda: screen(window, AuditView))
    assert "Sample mailbox" in texts(window)


def test_a_recent_audit_opens(window: Window, wait_until: Wait) -> None:
    entry = next(each for each in window.findChildren(QPushButton) if each.accessibleName().startswith("sara@firm.example"))
    QTest.mouseClick(entry, Left)
    wait_until(lambda: screen(window, AuditView))


def test_an_audit_that_cannot_be_opened_leads_back_with_a_sentence(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.audits.problem = WorldError("store.readonly", path="/tmp/x")
    window.open_audit(SOURCE)
    wait_until(lambda: screen(window, StartScreen))
    assert any("may not write in" in text for text in texts(window))


def test_a_fault_of_the_program_ends_in_a_sentence_too(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.audits.load = lambda source: 1 / 0  # type: ignore[assignment,return-value]
    window.open_audit(SOURCE)
    wait_until(lambda: screen(window, StartScreen))
    assert any("Nitaq made a mistake of its own (ZeroDivisionError)" in text for text in texts(window))


def test_the_form_saves_the_account_keeps_the_secret_in_the_keyring_and_scans(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script("assert sys.stdin.readline() == 'secret\\n'\nassert '--secret-stdin' in sys.argv\n" + COMPLETE)
    press(window, "Add an account")
    form = window.screen_widget
    assert isinstance(form, AccountForm)
    QTest.keyClicks(form.host, "imap.new.example")
    QTest.keyClicks(form.user, "omar@new.example")
    QTest.keyClicks(form.secret, "secret")
    form.keep.setChecked(True)
    source = "imaps://omar%40new.example@imap.new.example"
    services.audits.reports[source] = report()
    QTest.mouseClick(form.submit, Left)
    wait_until(lambda: screen(window, AuditView))
    assert services.audits.saved[source] == Account("omar@new.example", source, None, (), None, True)
    assert services.secrets.kept == {source: "secret"}


def test_a_secret_that_is_not_to_be_kept_is_kept_nowhere(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script(COMPLETE)
    window.show_form(Draft(host="imap.new.example", user="omar@new.example", secret="secret"))
    assert isinstance(window.screen_widget, AccountForm)
    QTest.mouseClick(window.screen_widget.submit, Left)
    wait_until(lambda: screen(window, ScanView))
    assert services.secrets.kept == {}
    assert not services.audits.saved["imaps://omar%40new.example@imap.new.example"].keep_secret


def test_a_keyring_that_refuses_does_not_stop_the_audit(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script(COMPLETE)
    window.show_form(Draft(host="imap.new.example", user="omar@new.example", secret="secret", keep_secret=True))
    services.secrets.present = False
    assert isinstance(window.screen_widget, AccountForm)
    QTest.mouseClick(window.screen_widget.submit, Left)
    wait_until(lambda: screen(window, ScanView))
    assert not services.audits.saved["imaps://omar%40new.example@imap.new.example"].keep_secret


@pytest.mark.parametrize(
    ("status", "code", "params", "messages", "headline", "sentence", "button"),
    [
        ("partial", "incomplete", {"folder": "Old", "missing": 3}, 90, "not everything", "Messages missing: 3", "Show the result"),
        ("error", "auth.failed", {"user": "sara"}, 0, "could not go on", "did not accept the user name and password", "Check the settings"),
        ("refused", "tls.certificate", {"host": "h", "reason": "expired"}, 0, "for your protection", "Nothing was sent to it", "Check the settings"),
        ("cancelled", None, {}, 40, "Cancelled", "What was read is kept", "Show the result"),
        ("complete", None, {}, 0, "is empty", "The audit is complete", "Back to the start"),
        ("error", "no.such.code", {}, 0, "could not go on", "no.such.code", "Try again"),
    ],
)
def test_every_ending_is_one_plain_sentence_with_a_way_on(
    window: Window, services: FakeServices, wait_until: Wait, status: str, code: str | None, params: dict[str, object], messages: int,
    headline: str, sentence: str, button: str,
) -> None:  # fmt: skip
    warning = {"event": "warning", "code": code, "params": params}
    end = {"event": "end", "status": status, "code": code, "messages": messages, "missing": 0, "unreadable": 0}
    services.script(f"print(json.dumps({warning!r}))\nprint(json.dumps({end!r}))\n")
    window.scanning.scan(ScanOrder(SOURCE))
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    shown = " ".join(texts(window))
    assert headline in shown
    assert sentence in shown
    assert any(each.accessibleName() == button for each in window.findChildren(QPushButton) if each.isVisible())


def test_cancel_answers_at_once_and_what_was_read_can_be_seen(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script(
        """
        print(json.dumps({"event": "progress", "folder": "INBOX", "done": 5, "total": 900}), flush=True)
        sys.stdin.read()
        print(json.dumps({"event": "end", "status": "cancelled", "code": None, "messages": 5, "missing": 0, "unreadable": 0}))
        """
    )
    window.scanning.scan(ScanOrder(SOURCE))
    view = window.screen_widget
    assert isinstance(view, ScanView)
    wait_until(lambda: view.bar.value() == 5)
    QTest.mouseClick(view.cancel_button, Left)
    assert view.headline.text() == "Stopping …"
    assert not view.cancel_button.isEnabled()
    wait_until(lambda: view.headline.text() == "Cancelled")
    press(window, "Show the result")
    wait_until(lambda: screen(window, AuditView))


def test_the_language_can_change_while_a_scan_runs(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script(
        """
        print(json.dumps({"event": "progress", "folder": "INBOX", "done": 5, "total": 900}), flush=True)
        sys.stdin.read()
        """
    )
    window.scanning.scan(ScanOrder(SOURCE))
    wait_until(lambda: isinstance(window.screen_widget, ScanView) and window.screen_widget.bar.value() == 5)
    window.set_language("ar")
    view = window.screen_widget
    assert isinstance(view, ScanView)
    assert view.bar.value() == 5
    assert view.cancel_button.text() == "إلغاء"
    QTest.mouseClick(view.cancel_button, Left)
    wait_until(lambda: view.headline.text() == "أُلغي")


def test_reading_again_asks_for_a_password_that_is_not_kept(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script("assert sys.stdin.readline() == 'typed\\n'\n" + COMPLETE)
    view = open_audit(window, wait_until)
    QTest.mouseClick(view.rescan_button, Left)
    wait_until(lambda: window.findChildren(PasswordDialog))
    (dialog,) = window.findChildren(PasswordDialog)
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.secret, "typed")
    QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)
    assert window.scanning.run is not None
    assert window.scanning.run.end is not None
    assert window.scanning.run.end.status is ScanStatus.COMPLETE


def test_mail_files_are_a_file_or_a_folder(window: Window, services: FakeServices, tmp_path: Path, wait_until: Wait) -> None:
    services.script("assert sys.argv[2].endswith('old.mbox')\n" + COMPLETE)
    press(window, "Open mail files")
    (menu,) = window.findChildren(QMenu, options=Qt.FindChildOption.FindChildrenRecursively)[-1:]
    assert [each.text() for each in menu.actions()] == ["A file (mbox or .eml) …", "A folder (Maildir or saved messages) …"]
    menu.actions()[0].trigger()
    menu.close()
    (dialog,) = window.findChildren(QFileDialog)
    (tmp_path / "old.mbox").write_text("")
    dialog.fileSelected.emit(str(tmp_path / "old.mbox"))
    dialog.close()
    wait_until(lambda: window.scanning.run is not None and window.scanning.run.end is not None)


# Own domains and export ----------------------------------------------------------------------------------------------


def test_own_domains_are_changed_and_everything_is_judged_again(window: Window, wait_until: Wait) -> None:
    view = open_audit(window, wait_until)
    QTest.mouseClick(view.own_button, Left)
    (dialog,) = window.findChildren(OwnDomainsDialog)
    QTest.keyClicks(dialog.entry, "not a domain")
    QTest.keyClick(dialog.entry, Qt.Key.Key_Return)
    assert dialog.error.isVisible()
    dialog.entry.clear()
    QTest.keyClicks(dialog.entry, "office@partner.example")
    QTest.keyClick(dialog.entry, Qt.Key.Key_Return)
    assert dialog.domains() == ("firm.example", "partner.example")
    assert dialog.isVisible()
    QTest.mouseClick(dialog.save, Left)
    wait_until(lambda: any("Judged again" in text for text in texts(window)))
    rows = {row.domain: row.relationship for row in (view.domains.model.row_at(n) for n in range(view.domains.model.rowCount()))}
    assert rows["partner.example"] is Relationship.OWN


@pytest.fixture
def exporting(window: Window, wait_until: Wait) -> Window:
    QTest.mouseClick(open_audit(window, wait_until).export_button, Left)
    QTest.mouseClick(window.audit_actions.choosing.go, Left)
    return window


def test_the_export_offers_every_form(exporting: Window) -> None:
    assert exporting.audit_actions.exporting.dialog.nameFilters() == ["Web page (*.html)", "JSON (*.json)"]
    exporting.audit_actions.exporting.dialog.reject()


def test_what_was_chosen_is_what_is_written(window: Window, services: FakeServices, tmp_path: Path, wait_until: Wait) -> None:
    got: list[Report] = []
    view = open_audit(window, wait_until)
    window.audit_actions._services = replace(window.audit_actions._services, export=lambda report, path, say: got.append(report))
    view.show_domains(DomainFilter(text="partner"))
    QTest.mouseClick(view.export_button, Left)
    choices = window.audit_actions.choosing
    choices.shown.setChecked(True)
    choices.redacted.setChecked(True)
    QTest.mouseClick(choices.go, Left)
    window.audit_actions.exporting.dialog.fileSelected.emit(str(tmp_path / "part.html"))
    window.audit_actions.exporting.dialog.reject()
    wait_until(lambda: got)
    (report,) = got
    assert {row.domain for row in report.domains} == {row.domain for row in view.shown_rows()}
    assert report.excerpt.redacted
    assert report.excerpt.domains == len(view._state.report.domains) - len(report.domains) > 0


def test_a_report_is_written_and_the_suffix_is_added(exporting: Window, services: FakeServices, tmp_path: Path, wait_until: Wait) -> None:
    action = exporting.audit_actions.exporting
    action.dialog.selectNameFilter("JSON (*.json)")
    action.dialog.fileSelected.emit(str(tmp_path / "audit.v1"))
    action.dialog.reject()
    wait_until(lambda: any("The report was written: " in text and "audit.v1.json" in text for text in texts(exporting)))
    assert services.written == [(tmp_path / "audit.v1.json", "en")]


@pytest.mark.parametrize(("answer", "written"), [("Replace", 1), ("Keep it", 0)])
def test_a_file_that_is_there_is_replaced_only_when_allowed(
    exporting: Window, services: FakeServices, tmp_path: Path, wait_until: Wait, answer: str, written: int
) -> None:
    (tmp_path / "audit.html").write_text("old")
    action = exporting.audit_actions.exporting
    action.dialog.fileSelected.emit(str(tmp_path / "audit.html"))
    action.dialog.reject()
    assert action.question.isVisible()
    QTest.mouseClick(next(each for each in action.question.buttons() if each.text() == answer), Left)
    if written:
        wait_until(lambda: services.written)
    assert len(services.written) == written
    assert (tmp_path / "audit.html").read_text() == ("report" if written else "old")


def test_a_report_that_cannot_be_written_is_one_sentence(exporting: Window, services: FakeServices, tmp_path: Path, wait_until: Wait) -> None:
    services.export_problem = UserError("report.unwritable", path="/x", reason="read-only")
    exporting.audit_actions.exporting.dialog.fileSelected.emit(str(tmp_path / "audit.html"))
    exporting.audit_actions.exporting.dialog.reject()
    wait_until(lambda: any("could not be written to /x (read-only)" in text for text in texts(exporting)))


def test_a_suggested_name_is_safe_whatever_the_title() -> None:
    assert suggested_name("../../etc/pass wd\u202e<x>", 0) == "nitaq-..-..-etc-pass-wd-x-1970-01-01"
    assert suggested_name("", 0) == "nitaq-1970-01-01"
    assert suggested_name("نطاق", 0) == "nitaq-نطاق-1970-01-01"


# Language and look ---------------------------------------------------------------------------------------------------


def test_the_language_switches_without_a_restart_and_the_state_stays(app: QApplication, window: Window, services: FakeServices, wait_until: Wait) -> None:
    view = open_audit(window, wait_until)
    QTest.keyClicks(view.domains.filters.search, "partner")
    view.domains.table.setFocus()
    QTest.keyClick(view.domains.table, Qt.Key.Key_Return)
    QTest.mouseClick(window.header.language_button, Left)
    assert app.layoutDirection() == Qt.LayoutDirection.RightToLeft
    arabic = window.screen_widget
    assert isinstance(arabic, AuditView)
    app.processEvents()
    assert arabic.domains.filters.search.text() == "partner"
    assert arabic.detail.isVisible()
    assert "المعروض 1 من 8" in arabic.domains.words.text()
    assert arabic.detail.x() < arabic.domains.table.mapTo(arabic, arabic.domains.table.rect().topLeft()).x()
    assert services.preferences.kept["language"] == "ar"
    QTest.mouseClick(window.header.language_button, Left)
    assert app.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_what_was_typed_into_the_form_survives_a_switch(window: Window) -> None:
    window.show_form(Draft())
    assert isinstance(window.screen_widget, AccountForm)
    QTest.keyClicks(window.screen_widget.host, "imap.firm.example")
    window.set_language("ar")
    window.set_look(Look.DARK)
    assert isinstance(window.screen_widget, AccountForm)
    assert window.screen_widget.host.text() == "imap.firm.example"
    assert window.screen_widget.submit.text() == "ابدأ التدقيق"


def test_dark_and_light_are_painted_and_remembered(app: QApplication, window: Window, services: FakeServices) -> None:
    window.set_look(Look.DARK)
    app.processEvents()
    assert window.grab().toImage().pixelColor(5, 300).lightness() < 60
    assert services.preferences.kept["look"] == "dark"
    window.set_look(Look.LIGHT)
    app.processEvents()
    assert window.grab().toImage().pixelColor(5, 300).lightness() > 200


def test_closing_the_window_ends_a_running_engine(window: Window, services: FakeServices, wait_until: Wait) -> None:
    services.script('print(json.dumps({"event": "progress", "folder": "x", "done": 1, "total": 2}), flush=True)\nsys.stdin.read()\n')
    window.scanning.scan(ScanOrder("sample"))
    assert window.scanning.run is not None
    run = window.scanning.run
    wait_until(lambda: run.done == 1)
    window.close()
    assert not run.engine.running


def test_a_screen_can_be_given_the_keyboard_as_soon_as_it_is_there(window: Window) -> None:
    window.show_form()
    assert window.screen_widget.first.isVisible()
    assert window.focusWidget() is window.screen_widget.first


def test_no_screen_flashes_up_as_a_window_of_its_own(app: QApplication, window: Window, wait_until: Wait) -> None:
    """A part that is shown before it has a parent would take the keyboard away from the window."""
    window.activateWindow()
    wait_until(window.isActiveWindow)
    left: list[object] = []
    app.focusWindowChanged.connect(left.append)
    view = open_audit(window, wait_until)
    QTest.keyClick(view.domains.table, Qt.Key.Key_Return)
    window.set_language("ar")
    window.show_form(Draft())
    app.processEvents()
    app.focusWindowChanged.disconnect(left.append)
    assert left == []
