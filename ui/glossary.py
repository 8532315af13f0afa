"""Every word that the window uses in a sense of its own, explained in one sentence (F1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QWidget

from app.i18n import Translation
from app.technical import TECHNICAL
from app.terms import AUTHENTICATIONS, BANDS, CLASSES, CONCEPTS, DECISIONS, RELATIONSHIPS, Term
from ui import tokens as t
from ui.controls import button, column, frame, label, row, scrolling


class Glossary(QDialog):
    """Show it with `open()`."""

    def __init__(self, say: Translation, parent: QWidget, here: Sequence[str] = ()) -> None:
        """`here`: technical terms that are on the screen now; they come first."""
        super().__init__(parent)
        self._say = say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Words and keys"))
        self.setAccessibleName(say("Words and keys"))
        self.resize(min(620, parent.width() - 2 * t.XXL), min(680, parent.height() - 2 * t.XXL))
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("Search for a word"))
        self.search.setAccessibleName(say("Search for a word"))
        self.search.setAccessibleDescription(say("What is found is listed as you type"))
        self.search.setClearButtonEnabled(True)
        self._entries: list[tuple[str, QWidget]] = []
        self._sections: list[QFrame] = []
        page = QWidget()
        body = column(spacing=t.L)
        named = {each.name for each in CONCEPTS}
        technical = [Term(name, meaning) for name, meaning in sorted(TECHNICAL.items(), key=lambda item: item[0].lower()) if name not in named]
        for title, terms in (
            (say("On this screen"), [Term(name, TECHNICAL[name]) for name in here]),
            (say("Words"), CONCEPTS),
            (say("Of mail and files"), technical),
            (say("How it looks"), BANDS.values()),
            (say("Proof"), AUTHENTICATIONS.values()),
            (say("Relationship"), RELATIONSHIPS.values()),
            (say("Decision"), DECISIONS.values()),
            (say("Kinds of domains"), CLASSES.values()),
        ):
            if terms:
                body.addWidget(self._section(title, terms))
        body.addWidget(self._section(say("Keys"), [Term(say("{key}: {action}", key=f"\u2066{key}\u2069", action=action)) for key, action in self._keys()]))
        self.nothing = label(say("No word matches"), "muted")
        self.nothing.hide()
        body.addWidget(self.nothing)
        body.addStretch(1)
        page.setLayout(body)
        self.close_button = button(say("Close"), "primary")
        self.close_button.clicked.connect(self.reject)
        self.setLayout(
            column(
                label(say("Words and keys"), "title"), self.search, scrolling(page, say("Words and keys")), row(-1, self.close_button),
                spacing=t.M, margins=(t.XL,) * 4,
            )
        )  # fmt: skip
        self.search.textChanged.connect(self._find)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.close_button.hasFocus():
            return  # the search has found already; the dialog must not close
        super().keyPressEvent(event)

    def _keys(self) -> list[tuple[str, str]]:
        say = self._say
        return [
            ("Ctrl+F", say("Search for a domain")), ("Enter", say("Show why")), ("Esc", say("Go back")),
            ("Ctrl+D", say("Decide together")), ("Ctrl+E", say("Export the report")), ("Ctrl+,", say("Settings")), ("F1", say("Guide")),
        ]  # fmt: skip

    def _section(self, title: str, terms: Iterable[Term]) -> QFrame:
        say = self._say
        layout = column(label(title, "heading"), spacing=t.M, margins=(t.L, t.M, t.L, t.M))
        for each in terms:
            name, meaning = say(each.name), say(each.meaning)
            words = label(name, "subheading", wrap=True)
            entry = QWidget()
            entry.setLayout(column(words, label(meaning, wrap=True), spacing=1) if meaning else column(words))
            self._entries.append((f"{name}\n{meaning}".casefold(), entry))
            layout.addWidget(entry)
        section = frame("card", layout)
        self._sections.append(section)
        return section

    def _find(self, text: str) -> None:
        wanted = text.strip().casefold()
        for words, entry in self._entries:
            entry.setVisible(wanted in words)
        self.nothing.setVisible(all(entry.isHidden() for _, entry in self._entries))
        for section in self._sections:
            section.setVisible(any(not entry.isHidden() for _, entry in self._entries if entry.parentWidget() is section))
