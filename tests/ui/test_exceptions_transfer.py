"""The register written to a file and read again: a look first, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.exceptions_csv import COLUMNS, read, written
from app.model import Direction, ExceptionRule
from tests.ui.reports import report
from tests.ui.services import FakeServices
from ui.audit_view import AuditState
from ui.desk import Desk
from ui.exceptions import ExceptionsDialog
from ui.import_preview import ImportPreview
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
PARTNER = ExceptionRule("partner.example", Direction.TO_US, "", "Sara", "carrier", date(2027, 6, 30))
NEW = ExceptionRule("new.example", Direction.AS_US, "mailer.example", "Omar", "newsletter")


@pytest.fixture
def register(window: Window, services: FakeServices) -> Iterator[ExceptionsDialog]:
    services.audits.rules = [PARTNER]
    desk = Desk(window.say, services.bundle(), AuditState("x", "x", replace(report(), exceptions=(PARTNER,))), window)
    desk.show_exceptions()
    assert desk.register is not None
    yield desk.register
    if desk.register is not None:
        desk.register.close()


def shown(register: ExceptionsDialog, path: Path, wait_until: Wait) -> ImportPreview:
    register.transfer.preview(path, (PARTNER,))
    wait_until(lambda: register.findChildren(ImportPreview))
    return register.transfer.shown


def cells(preview: ImportPreview) -> list[list[str]]:
    model = preview.table.model()
    return [[str(model.index(row, at).data()).strip("\u2066\u2068\u2069") for at in range(model.columnCount())] for row in range(model.rowCount())]


def test_what_is_read_is_recorded_only_when_it_is_confirmed(
    register: ExceptionsDialog, services: FakeServices, tmp_path: Path, wait_until: Wait
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(written([PARTNER, NEW]))
    preview = shown(register, path, wait_until)
    assert [row[:2] for row in cells(preview)] == [["stays as it is", "partner.example"], ["is added", "new.example"]]
    assert services.audits.rules == [PARTNER]
    assert preview.import_button.text() == "Import 1 exception"
    QTest.mouseClick(preview.import_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: register.table.rowCount() == 2)
    assert services.audits.rules == [PARTNER, NEW]


def test_one_fault_keeps_everything_out_and_is_told_in_words(
    register: ExceptionsDialog, services: FakeServices, tmp_path: Path, wait_until: Wait
) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(written([NEW]) + b"not\xe2\x80\xaea domain,to_us,,,,,\r\n")
    preview = shown(register, path, wait_until)
    (row,) = cells(preview)
    assert row[1] == "3"
    assert row[0].startswith("This is not a domain: ")
    assert "\u202e" not in row[0]
    assert not preview.import_button.isEnabled()
    QTest.keyClick(preview, Qt.Key.Key_Return)
    assert services.audits.rules == [PARTNER]


def test_a_rule_for_the_same_name_is_shown_as_a_change(register: ExceptionsDialog, tmp_path: Path, wait_until: Wait) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(written([replace(PARTNER, reason="another")]))
    assert cells(shown(register, path, wait_until))[0][0] == "is changed"


def test_a_file_without_news_and_one_that_cannot_be_opened_leave_nothing_to_confirm(
    register: ExceptionsDialog, tmp_path: Path, wait_until: Wait
) -> None:
    path = tmp_path / "register.csv"
    path.write_text(",".join(COLUMNS), encoding="utf-8")
    assert not shown(register, path, wait_until).import_button.isEnabled()
    register.transfer.shown.setParent(None)
    missing = shown(register, tmp_path / "missing.csv", wait_until)
    assert cells(missing)[0][0] == "This file cannot be opened."
    assert not missing.import_button.isEnabled()


def test_the_register_is_written_as_it_is_read(app: QApplication, register: ExceptionsDialog, tmp_path: Path, wait_until: Wait) -> None:
    QTest.mouseClick(register.export_button, Qt.MouseButton.LeftButton)
    path = tmp_path / "register"
    register.transfer.exporting.dialog.fileSelected.emit(str(path))
    wait_until(lambda: any("The exceptions were written" in each.text() for each in register.findChildren(QLabel)))
    assert [line.rule for line in read(path.with_suffix(".csv").read_bytes())] == [PARTNER]
    register.transfer.exporting.dialog.reject()
