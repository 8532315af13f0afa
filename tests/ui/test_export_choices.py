"""What goes into a report is chosen before where it is saved; Return alone is enough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.excerpt import Choices
from app.i18n import LANGUAGES, Translation
from app.model import Presentation
from ui.export_choices import ExportChoices

Left = Qt.MouseButton.LeftButton
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def window(app: QApplication) -> Iterator[QWidget]:
    made = QWidget()
    made.show()
    yield made
    made.close()
    made.deleteLater()


def opened(window: QWidget, language: str = "en", shown: int = 7) -> tuple[ExportChoices, list[tuple[Choices, bool, str]]]:
    dialog, told = ExportChoices(Translation(language), shown, 3, 10, window), []
    dialog.chosen.connect(lambda *values: told.append(values))
    dialog.open()
    return dialog, told


@pytest.mark.parametrize("language", LANGUAGES)
def test_return_alone_means_the_whole_audit_in_the_language_of_the_window(window: QWidget, language: str) -> None:
    dialog, told = opened(window, language)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert told == [(Choices(), False, language)]


def test_escape_exports_nothing(window: QWidget) -> None:
    dialog, told = opened(window)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert told == []
    assert not dialog.isVisible()


def test_everything_can_be_chosen(window: QWidget, tmp_path: Path) -> None:
    dialog, told = opened(window)
    for each in (dialog.shown, dialog.short, dialog.redacted):
        QTest.mouseClick(each, Left, pos=QPoint(8, each.height() // 2))
    dialog.language.setCurrentIndex(dialog.language.findData("both"))
    QTest.keyClicks(dialog.title, " For the board ")
    (tmp_path / "logo.png").write_bytes(PNG)
    dialog.take_logo(str(tmp_path / "logo.png"))
    assert dialog.logo_name.text() == "logo.png"
    QTest.mouseClick(dialog.go, Left)
    assert told == [(Choices(False, True, Presentation("For the board", PNG, True, "ar")), True, "en")]


def test_a_picture_that_is_none_is_told_in_a_sentence_and_not_taken(window: QWidget, tmp_path: Path) -> None:
    dialog, told = opened(window)
    (tmp_path / "logo.png").write_bytes(b"GIF89a")
    dialog.take_logo(str(tmp_path / "logo.png"))
    assert "neither a PNG nor a JPEG" in dialog.logo_name.text()
    QTest.mouseClick(dialog.go, Left)
    assert told[0][0].presentation.logo == b""


def test_what_the_table_shows_is_no_choice_where_it_shows_all(window: QWidget) -> None:
    assert not opened(window, shown=10)[0].shown.isVisible()
