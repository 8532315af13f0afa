"""Lines of a label end between words, never within a domain or an address."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QLabel

from app.i18n import Translation
from tests.ui.reports import report
from ui.audit_view import AuditState, AuditView
from ui.controls import label
from ui.language import Languages

NAMES = ("danacoast-logistics.example", "a-b-c@dana-coast.example", "qalhat-bank-online.example")


def lines_of(shown: QLabel, width: float) -> list[str]:
    """As Qt breaks what the label holds."""
    text = QLabel.text(shown)
    layout = QTextLayout(text, shown.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].replace("\u2060", ""))
    layout.endLayout()
    return lines


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_name_is_broken_at_any_width(app: QApplication, say: Translation, language: str) -> None:
    speak = Translation(language)
    text = "own: " + ", ".join(speak.isolate(name) for name in NAMES)
    shown = label(text, wrap=True)
    widest = max(shown.fontMetrics().horizontalAdvance(name) for name in NAMES) + 20
    for width in range(widest, 4 * widest, 7):
        lines = lines_of(shown, width)
        assert all(any(name in line for line in lines) for name in NAMES), lines
    assert len(lines_of(shown, widest)) > 2


def test_a_name_that_is_too_long_for_a_line_may_be_broken(app: QApplication, say: Translation) -> None:
    name = "-".join(["very"] * 12) + ".example"
    assert len(lines_of(label(name, wrap=True), 100)) > 1


def test_text_that_is_read_or_copied_is_what_was_set(app: QApplication, say: Translation) -> None:
    shown = label("", wrap=True)
    shown.setText(f"from {NAMES[0]}")
    assert shown.text() == shown.accessibleName() == f"from {NAMES[0]}"
    shown.setText("from nobody")
    assert shown.accessibleName() == ""
    copied = label(NAMES[0], wrap=True, selectable=True)
    copied.setSelection(0, len(NAMES[0]))
    assert copied.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert copied.selectedText() == NAMES[0]


def test_the_scope_of_an_audit_keeps_its_own_domain_whole_in_arabic(app: QApplication, say: Translation) -> None:
    shown = report()
    shown = replace(shown, scope=replace(shown.scope, own_domains=(NAMES[0],)))
    view = AuditView(Languages(app).speak("ar"), AuditState("x", "t", shown))
    assert all(any(NAMES[0] in line for line in lines_of(view.scope, width)) for width in range(260, 900, 11))
    view.deleteLater()
