"""The organisation's own domains, to be changed; everything is judged anew at once, without reading any mail again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.contain import contained
from app.i18n import Translation
from ui import tokens as t
from ui.account_draft import DOMAIN_WRONG, domains_in, wrong_domain
from ui.controls import button, column, label, notice, row

DOMAIN = Qt.ItemDataRole.UserRole


class OwnDomainsDialog(QDialog):
    """Emits `chosen` with the new tuple of domains. Show it with `open()`."""

    chosen = Signal(tuple)

    def __init__(self, say: Translation, domains: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Own domains"))
        self.setAccessibleName(say("Own domains"))
        self.setMinimumSize(500, 480)
        self.entry = QLineEdit()
        self.entry.setPlaceholderText("firm.example")
        self.entry.setAccessibleName(say("A domain to add"))
        self.add = button(say("Add"))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.list = QListWidget()
        self.list.setAccessibleName(say("Own domains"))
        self.remove = button(say("Remove the selected one"))
        self.save = button(say("Judge again"), "primary")
        cancel = button(say("Cancel"))
        entry = row(self.entry, self.add, spacing=t.S)
        entry.setStretch(0, 1)
        sentence = say("Mail that says it comes from one of these, or from below it, counts as your own. Whoever is not on the list is external.")
        self.setLayout(
            column(
                label(say("Own domains"), "title"), label(sentence, "muted", wrap=True), t.S, entry, self.error, self.list,
                row(self.remove, -1), notice(say("No mail is read again, and nothing changes in the mailbox."), "info", "info"),
                t.S, row(-1, cancel, self.save), spacing=t.S, margins=(t.XL,) * 4,
            )
        )  # fmt: skip
        for domain in domains:
            self._append(domain)
        self.entry.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(lambda at: self.remove.setEnabled(at >= 0))
        self.remove.setEnabled(False)
        self.save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        self.entry.setFocus()

    def domains(self) -> tuple[str, ...]:
        return tuple(self.list.item(at).data(DOMAIN) for at in range(self.list.count()))

    def _append(self, domain: str) -> None:
        item = QListWidgetItem(contained(domain))
        item.setData(DOMAIN, domain)
        self.list.addItem(item)

    def _add(self) -> bool:
        """Take over what was typed; False where it is no domain."""
        wrong = wrong_domain(self.entry.text())
        self.error.setVisible(wrong is not None)
        if wrong is not None:
            self.error.setText(self._say.fill(DOMAIN_WRONG, {"domain": contained(wrong)}))
            return False
        for domain in domains_in(self.entry.text()):
            if domain not in self.domains():
                self._append(domain)
        self.entry.clear()
        return True

    def _remove(self) -> None:
        self.list.takeItem(self.list.currentRow())

    def _save(self) -> None:
        if self._add():  # what was typed and not yet added is meant too
            self.chosen.emit(self.domains())
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.entry.hasFocus():
            return  # the entry has taken it; the dialog must not close
        else:
            super().keyPressEvent(event)
