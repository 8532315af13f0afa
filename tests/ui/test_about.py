"""The dialog that names the version, the licences and what is inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app import __version__
from app.i18n import LANGUAGES, Translation
from app.inside import Part
from ui.about import About


def said(dialog: QWidget) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_version_licences_and_shows_the_text_of_what_is_chosen(app: QApplication, tmp_path: Path, language: str) -> None:
    (tmp_path / "one.txt").write_text("Permission is granted <b>to all</b>")
    (tmp_path / "two.txt").write_text("The second")
    parent = QWidget()
    parent.resize(1280, 800)
    listed = (Part("one", "1.0", "MIT", tmp_path / "one.txt"), Part("two", "", "ISC", tmp_path / "two.txt"))
    dialog = About(Translation(language), listed, parent)
    assert __version__ in said(dialog)
    assert "Qt" in said(dialog)
    assert dialog.text.toPlainText() == "Permission is granted <b>to all</b>"
    dialog.list.setCurrentRow(1)
    assert dialog.text.toPlainText() == "The second"
    assert dialog.list.item(1).text() == "two · ISC"


def test_from_its_source_it_says_so_and_lists_nothing(app: QApplication) -> None:
    parent = QWidget()
    parent.resize(1280, 800)
    dialog = About(Translation(), (), parent)
    assert "runs from its source" in said(dialog)
    assert dialog.list.count() == 0
