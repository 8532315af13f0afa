"""F1: the guide opens at the page that speaks of what is on the screen, over a dialog too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.i18n import Translation

if TYPE_CHECKING:
    from ui.ports import Services

PAGES = {
    "StartScreen": "first-audit", "ScanView": "first-audit", "LoadingScreen": "first-audit",
    "AccountForm": "accounts", "PasswordDialog": "accounts", "BrowserDialog": "accounts",
    "AuditView": "overview", "DomainsView": "table", "Detail": "score", "HeaderDialog": "score", "OwnDomainsDialog": "table",
    "BorderPanel": "overview", "Glossary": "table",
    "ReviewView": "reviewing", "ReviewerDialog": "reviewing", "TogetherDialog": "reviewing",
    "ExceptionsDialog": "exceptions", "ImportPreview": "exceptions", "WhatIfDialog": "exceptions",
    "ExportChoices": "reports", "AuditsDialog": "reports",
    "AboutDialog": "privacy", "FaultDialog": "trouble", "SettingsScreen": "privacy",
}  # fmt: skip
"""By the class of a screen, a part of one or a dialog; the innermost that is named here counts."""
FIRST = "first-audit"


class Help(QObject):
    """One for each window."""

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._window = services, window
        self._say = Translation("en")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)
        QShortcut(QKeySequence(Qt.Key.Key_F1), window).activated.connect(self.open)

    def speak(self, say: Translation) -> None:
        """In another language from now on; a guide that is open is in the other one, so it closes."""
        self._say = say
        self.close()

    def close(self) -> None:
        """A guide is a window beside the program, which does not go by itself."""
        for each in self._window.findChildren(QDialog):
            if type(each).__name__ == "GuideDialog":
                each.close()

    def open(self, over: QWidget | None = None) -> None:
        """At the page of what has the keyboard; `over` is a dialog that waits for an answer."""
        from ui.guide import GuideDialog

        parent = over or self._window
        guide = GuideDialog(self._say, page_for(parent), parent)
        guide.words.connect(lambda: self.open_words(guide))
        guide.about.connect(lambda: self.open_about(guide))
        if over is None:
            guide.show()
        else:
            guide.open()

    def open_words(self, over: QWidget) -> None:
        """First those technical terms that are on the screen now."""
        from ui.explained import terms_of
        from ui.glossary import Glossary

        Glossary(self._say, over, terms_of(self._under(over))).open()

    def _under(self, guide: QWidget) -> QWidget:
        """The dialog or the window that the guide was opened over."""
        parent = guide.parentWidget() if type(guide).__name__ == "GuideDialog" else guide
        return parent or self._window

    def open_about(self, over: QWidget) -> None:
        from ui.about import AboutDialog

        AboutDialog(self._say, self._services, over).open()

    def _moved(self, _: QWidget | None, focus: QWidget | None) -> None:
        """A dialog that gets the keyboard for the first time gets the key too: the window's own does not reach it."""
        dialog = focus.window() if focus is not None else None
        if isinstance(dialog, QDialog) and not dialog.property("help") and type(dialog).__name__ != "GuideDialog" and self._is_ours(dialog):
            dialog.setProperty("help", True)
            QShortcut(QKeySequence(Qt.Key.Key_F1), dialog).activated.connect(lambda: self.open(dialog))

    def _is_ours(self, dialog: QWidget | None) -> bool:
        while dialog is not None and dialog is not self._window:
            dialog = dialog.parentWidget()
        return dialog is not None


def page_for(top: QWidget) -> str:
    """From what has the keyboard outwards; where nothing has it, the screen itself."""
    inner: QWidget | None = top.focusWidget()
    while inner is not None:
        if page := PAGES.get(type(inner).__name__):
            return page
        if inner is top:
            break
        inner = inner.parentWidget()
    shown = [PAGES[type(each).__name__] for each in top.findChildren(QWidget) if type(each).__name__ in PAGES and each.isVisibleTo(top)]
    return shown[0] if shown else FIRST
