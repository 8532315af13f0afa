"""Every screen and dialog of an audit whose names are hostile: no text is taken for markup, none rearranges the window, and all of it is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTableView,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from app.i18n import LANGUAGES
from app.model import Account, Direction, ExceptionRule, FolderScope, Report
from tests.exporters.reports import rich_report
from tests.ui.reports import FAILED, PROVEN, claim, domain_row, report
from tests.ui.services import FakeServices
from ui.controls import tip
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
MARKUP = "<img src=x onerror=y><b>Bank</b> &amp; <a href='https://evil.example'>x</a>"
CONTROLS = "knab\u202egnp.exe\x1b[31m\r\n\0"
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
SOURCE = f"/mail/{MARKUP}{CONTROLS}"


def hostile_report() -> Report:
    """As a name, a subject, a Message-ID, a domain, a folder, a source and a rule."""
    forged = claim("bank.example", FAILED, ("authentication_failed",), name=MARKUP, subject=MARKUP, source=MARKUP)
    example = replace(forged.record.examples[0], message_id=MARKUP, folder=CONTROLS)
    forged = replace(forged, record=replace(forged.record, examples=(example,)))
    rows = (
        domain_row([forged, claim("bank.example", PROVEN, ("authenticated",), name=CONTROLS, subject=CONTROLS, local=MARKUP)]),
        domain_row([claim(MARKUP, FAILED, ("authentication_failed",), name=MARKUP)], unicode=MARKUP),
        domain_row([claim(CONTROLS, FAILED, ("lookalike_own",), name=CONTROLS)], unicode=CONTROLS),
    )
    rules = (ExceptionRule(MARKUP, Direction.TO_US, MARKUP, MARKUP, CONTROLS),)
    shown = report(rows)
    scope = replace(shown.scope, sources=(SOURCE,), folders=(FolderScope(SOURCE, MARKUP, 9, 1), FolderScope(SOURCE, CONTROLS, 9, 1)))
    return replace(shown, scope=scope, scan=replace(shown.scan, notices=rich_report().scan.notices), exceptions=rules)


@pytest.fixture
def services(services: FakeServices) -> FakeServices:
    services.audits.reports = {SOURCE: hostile_report()}
    services.audits.saved = {SOURCE: Account(MARKUP, SOURCE, folders=(MARKUP, CONTROLS), keep_secret=True)}
    services.audits.rules = list(hostile_report().exceptions)
    services.script("print('From: <img src=x><b>x</b>')")
    return services


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


def assert_plain_tip(text: str) -> None:
    assert not RichText.mightBeRichText(text) or Tags(text).found <= {"p", "br"}, text


def texts_of(widget: QWidget) -> Iterator[str]:
    """All that a widget shows or says."""
    yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip(), widget.whatsThis())
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QPlainTextEdit) and widget.isReadOnly():
        yield widget.toPlainText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    if isinstance(widget, QMessageBox):
        yield from (widget.text(), widget.informativeText())
    if isinstance(widget, QTableView):
        yield from _cells(widget)


def _cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            assert_plain_tip(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
            yield from (str(index.data(role) or "") for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole))


def look(app: QApplication) -> str:
    """Everything that is open, checked; gives all of its texts."""
    app.processEvents()
    widgets = [each for top in app.topLevelWidgets() if top.isVisible() for each in (top, *top.findChildren(QWidget))]
    told: list[str] = []
    for widget in widgets:
        assert not isinstance(widget, QTextBrowser | QTextEdit), "rich text"
        if isinstance(widget, QLabel | QMessageBox) and widget.text():
            assert widget.textFormat() == Qt.TextFormat.PlainText or not RichText.mightBeRichText(widget.text()), widget.text()
        assert_plain_tip(widget.toolTip())
        told += texts_of(widget)
    assert [text for text in told if HARMFUL.search(text)] == []
    return "\n".join(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_or_dialog_takes_a_name_for_more_than_a_name(app: QApplication, window: Window, wait_until: Wait, language: str) -> None:
    window.set_language(language)
    window.show_start()
    assert MARKUP in look(app)
    window.open_audit(SOURCE)
    wait_until(lambda: hasattr(window.screen_widget, "domains"))
    view = window.screen_widget
    assert MARKUP in look(app)
    for position, row in enumerate(hostile_report().domains):
        view._look_at(row)
        shown = look(app)
        assert MARKUP in shown if position < 2 else "[U+202E]gnp.exe␛[31m" in shown
        for button in view.detail._choices.buttons():
            button.setChecked(True)
            assert "Bank" in look(app) or "[U+202E]" in look(app)
    for opens in (view.exceptions, view.own_domains, view.border, view.export):
        opens.emit()
        app.processEvents()
        assert dialogs(app, window)
        look(app)
        close_dialogs(app, window)
    view.header.emit(hostile_report().domains[0].claims[0].record.examples[0])
    wait_until(lambda: "<img src=x><b>x</b>" in look(app))
    close_dialogs(app, window)
    window.forgetting.ask(SOURCE, MARKUP)
    wait_until(lambda: window.forgetting.dialog is not None)
    assert MARKUP in look(app)
    close_dialogs(app, window)
    view.review.emit()
    assert "Bank" in look(app)


def dialogs(app: QApplication, window: QObject) -> list[QWidget]:
    return [top for top in app.topLevelWidgets() if top is not window and top.isVisible()]


def close_dialogs(app: QApplication, window: QObject) -> None:
    for each in dialogs(app, window):
        each.close()
    app.processEvents()


def test_a_tool_tip_shows_markup_as_it_stands() -> None:
    assert tip("Sara & Co.") == "Sara & Co."
    assert "&lt;b&gt;Bank" in tip("<b>Bank</b>")
