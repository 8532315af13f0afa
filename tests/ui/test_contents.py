"""The dialog that names what is inside a built program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.i18n import LANGUAGES, Translation
from app.inside import Part
from ui.contents import ContentsDialog


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_shows_the_licence_of_what_is_chosen(app: QApplication, tmp_path: Path, language: str) -> None:
    (tmp_path / "one.txt").write_text("Permission is granted <b>to all</b>")
    (tmp_path / "two.txt").write_text("The second")
    parent = QWidget()
    parent.resize(1280, 800)
    listed = (Part("one", "1.0", "MIT", tmp_path / "one.txt"), Part("two", "", "ISC", tmp_path / "two.txt"))
    dialog = ContentsDialog(Translation(language), listed, parent)
    assert dialog.text.toPlainText() == "Permission is granted <b>to all</b>"
    dialog.list.setCurrentRow(1)
    assert dialog.text.toPlainText() == "The second"
    assert dialog.list.item(1).text() == "two · ISC"


def test_from_its_source_it_says_so_and_lists_nothing(app: QApplication) -> None:
    parent = QWidget()
    parent.resize(1280, 800)
    dialog = ContentsDialog(Translation(), (), parent)
    assert any("runs from its source" in each.text() for each in dialog.findChildren(QLabel))
    assert dialog.list.count() == 0
