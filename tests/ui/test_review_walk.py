"""The sample, reviewed with the real engine and store by pressing real keys: why, reject, queue, exception, and what the next report says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app import exporters
from app.accounts import consent_for, tokens_of
from app.i18n import LANGUAGES, Translation
from app.library import Library
from app.model import Decision, Relationship, Report, Trial
from app.store.folder import StoreFolder
from tests.ui.services import FakeSecrets
from tests.ui.test_walk import tab_to
from ui.audit_view import AuditView
from ui.domain_filter import DomainFilter
from ui.exceptions import ExceptionsDialog
from ui.main import write_comparison
from ui.ports import Services
from ui.review import ReviewView
from ui.reviewer import ReviewerDialog
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
NOW = 1_795_000_000.0
ARABIC = {"T": "ف", "W": "ص", "R": "ق", "S": "س", "N": "ى", "U": "ع", "D": "ي"}


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("scanned") / "store"
    words = [sys.executable, "-m", "app", "audit", "sample", "--store", str(store), "--progress", "none"]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return store


@pytest.fixture
def library(scanned: Path, tmp_path: Path) -> Iterator[Library]:
    library = Library(StoreFolder(shutil.copytree(scanned, tmp_path / "store")), lambda: NOW)
    yield library
    library.close()


def bundle(library: Library) -> Services:
    return Services(
        audits=library,
        secrets=FakeSecrets(),
        preferences=library.workspace,
        exporters=lambda: exporters.ALL,
        export=exporters.export,
        write_comparison=write_comparison,
        engine=(sys.executable, "-m", "app"),
        engine_folder=Path.cwd(),
        store=library.folder.path,
        try_account=lambda account, secret: Trial(),
        tokens=tokens_of,
        consent=consent_for,
        proxy=lambda host, port: "",
        discover=lambda address: None,
        newest=lambda: "0.1.0",
    )


@pytest.fixture
def open_window(app: QApplication, say: Translation, library: Library, wait_until: Wait) -> Iterator[Callable[[str], AuditView]]:
    """Opens the sample's audit in a new window, as after a restart, with the table in hand."""
    windows: list[Window] = []

    def close() -> None:
        while windows:
            windows[0].close()
            windows.pop(0).deleteLater()
        app.processEvents()

    def open_(language: str) -> AuditView:
        close()
        window = Window(bundle(library), app)
        windows.append(window)
        window.set_language(language)
        window.show()
        window.activateWindow()
        window.open_audit("sample")
        wait_until(lambda: isinstance(window.screen_widget, AuditView))
        view = window.screen_widget
        assert isinstance(view, AuditView)
        wait_until(lambda: window.isActiveWindow() and app.focusWidget() is not None and view.isAncestorOf(app.focusWidget()))
        view.show_domains(DomainFilter())
        wait_until(view.domains.table.hasFocus)
        return view

    yield open_
    close()


def press(app: QApplication, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(app.focusWidget(), key, modifier)


def letter(app: QApplication, language: str, latin: str) -> None:
    """The key of this letter, as the keyboard of the language sends it."""
    text = ARABIC[latin] if language == "ar" else latin.lower()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(app.focusWidget(), QKeyEvent(kind, ord(text.upper()), Qt.KeyboardModifier.NoModifier, text))


def dialog_of(app: QApplication, kind: type[QDialog], wait_until: Wait) -> QDialog:
    wait_until(lambda: isinstance(app.activeWindow(), kind))
    dialog = app.activeWindow()
    assert isinstance(dialog, QDialog)
    wait_until(lambda: app.focusWidget() is not None and dialog.isAncestorOf(app.focusWidget()))
    return dialog


def exported(report: Report, folder: Path) -> dict[str, object]:
    exporters.export(report, folder / "next.json", Translation("en"))
    result = json.loads((folder / "next.json").read_text(encoding="utf-8"))
    assert isinstance(result, dict)
    return result


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worst_domain_is_rejected_and_the_next_report_says_so(
    app: QApplication, open_window: Callable[[str], AuditView], library: Library, wait_until: Wait, tmp_path: Path, language: str
) -> None:
    view = open_window(language)
    press(app, Qt.Key.Key_Return)
    worst = view.domains.model.row_at(0)
    wait_until(lambda: view.detail.parts.isVisible())
    tab_to(app, view.detail.decide.more)
    press(app, Qt.Key.Key_Space)
    assert view.detail.decide.reason.hasFocus()
    QTest.keyClicks(app.focusWidget(), "asked them")
    tab_to(app, view.detail.decide.buttons[Decision.REJECTED])
    press(app, Qt.Key.Key_Space)
    dialog_of(app, ReviewerDialog, wait_until)
    QTest.keyClicks(app.focusWidget(), "Sara Haddad")
    press(app, Qt.Key.Key_Return)
    wait_until(lambda: "undo" in vars(view.detail.decide))
    wait_until(lambda: not view.state.turns.taken)
    report = library.load("sample")
    assert report is not None
    (record,) = exported(report, tmp_path)["decisions"]  # type: ignore[misc]
    assert (record["subject"], record["decision"], record["by"], record["reason"]) == (worst.domain, "rejected", "Sara Haddad", "asked them")
    assert library.workspace.setting("reviewer") == "Sara Haddad"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_queue_is_worked_through_by_keyboard_alone_and_goes_on_after_a_restart(
    app: QApplication, open_window: Callable[[str], AuditView], library: Library, wait_until: Wait, language: str
) -> None:
    library.workspace.set("reviewer", "Sara Haddad")
    view = open_window(language)
    review = open_queue(app, view, wait_until)
    total = review.bar.maximum()
    first = review._state.current
    letter(app, language, "R")
    letter(app, language, "S")
    letter(app, language, "N")
    assert review.note.hasFocus()
    QTest.keyClicks(review.note, "twice a year")
    press(app, Qt.Key.Key_Return)
    third = review._state.current
    letter(app, language, "W")
    assert review.bar.value() == 3
    letter(app, language, "W")
    letter(app, language, "U")
    assert first is not None
    assert third is not None
    wait_until(lambda: len(library.workspace.decisions()) == 2)
    wait_until(lambda: not review._desk.state.turns.taken)
    made = {record.subject: (record.decision, record.reason, record.by) for record in library.workspace.decisions()}
    assert made == {
        first.name: (Decision.REJECTED, "", "Sara Haddad"),
        third.name: (Decision.WATCHED, "twice a year", "Sara Haddad"),
    }
    window = review.window()
    assert isinstance(window, Window)
    press(app, Qt.Key.Key_Escape)
    assert isinstance(window.screen_widget, AuditView)
    again = open_queue(app, open_window(language), wait_until)
    assert (again.bar.value(), again.bar.maximum()) == (3, total)  # two decided, one skipped


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_skipped_stays_skipped_after_a_restart_and_a_decision_says_when_to_look_again(
    app: QApplication, open_window: Callable[[str], AuditView], library: Library, wait_until: Wait, language: str
) -> None:
    library.workspace.set("reviewer", "Sara Haddad")
    review = open_queue(app, open_window(language), wait_until)
    first = review._state.current
    letter(app, language, "S")
    second = review._state.current
    letter(app, language, "D")
    assert review.until.edit.hasFocus()
    press(app, Qt.Key.Key_Escape)
    letter(app, language, "W")
    wait_until(lambda: len(library.workspace.decisions()) == 1)
    wait_until(lambda: not review._desk.state.turns.taken)
    assert first is not None
    assert second is not None
    (record,) = library.workspace.decisions()
    assert record.subject == second.name
    assert record.until is not None
    assert library.workspace.skipped("sample") == (first.skip,)
    again = open_queue(app, open_window(language), wait_until)
    assert again.bar.value() == 2
    assert again._state.current is not None
    assert again._state.current.name not in (first.name, second.name)


def open_queue(app: QApplication, view: AuditView, wait_until: Wait) -> ReviewView:
    window = view.window()
    assert isinstance(window, Window)
    tab_to(app, view.review_button)
    press(app, Qt.Key.Key_Space)
    wait_until(lambda: isinstance(window.screen_widget, ReviewView) and window.screen_widget.hasFocus())
    assert isinstance(window.screen_widget, ReviewView)
    return window.screen_widget


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exception_makes_a_partner_authorised_at_once(
    app: QApplication, open_window: Callable[[str], AuditView], library: Library, wait_until: Wait, language: str
) -> None:
    view = open_window(language)
    partner = next(row.domain for row in view._state.report.domains if row.relationship is Relationship.EXTERNAL and row.domain)
    tab_to(app, view.exceptions_button)
    press(app, Qt.Key.Key_Space)
    dialog = dialog_of(app, ExceptionsDialog, wait_until)
    assert isinstance(dialog, ExceptionsDialog)
    before = dialog.table.rowCount()
    tab_to(app, dialog.add)
    press(app, Qt.Key.Key_Space)
    QTest.keyClicks(app.focusWidget(), partner)
    press(app, Qt.Key.Key_Return)
    wait_until(lambda: dialog.table.rowCount() == before + 1)

    def relationship(report: Report) -> Relationship:
        return next(row.relationship for row in report.domains if row.domain == partner)

    assert relationship(view._state.report) is Relationship.AUTHORISED
    assert [rule.domain for rule in library.exceptions()] == [partner]
    at = next(at for at in range(dialog.table.rowCount()) if partner in dialog.table.item(at, 0).text())
    dialog.table.setCurrentCell(at, 0)
    tab_to(app, dialog.remove)
    press(app, Qt.Key.Key_Space)
    wait_until(lambda: dialog.table.rowCount() == before)
    assert relationship(view._state.report) is Relationship.EXTERNAL
    press(app, Qt.Key.Key_Escape)
