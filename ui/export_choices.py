"""What goes into a report, asked before where it is saved. Everything is chosen well from the start: Return is enough."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QDialog, QLineEdit, QRadioButton, QWidget

from app.contain import contained
from app.errors import NitaqError
from app.excerpt import Choices
from app.i18n import LANGUAGES, Translation, other
from app.letterhead import logo_in
from app.model import Presentation
from ui import tokens as t
from ui.controls import button, column, label, row
from ui.files import file_dialog
from ui.language import NAMES
from ui.sentences import in_words


class ExportChoices(QDialog):
    """Emits `chosen` with the choices, whether only the rows of the table as it is filtered are meant, and the language. Show it with `open()`."""

    chosen = Signal(Choices, bool, str)

    def __init__(self, say: Translation, shown: int, looks: int, rows: int, parent: QWidget) -> None:
        """`shown`, `looks`, `rows`: lines that the table shows now, that need a look, and all."""
        super().__init__(parent)
        self._say = say
        self._logo = b""
        self.setWindowTitle(say("Export the report"))
        self.setAccessibleName(say("Export the report"))
        self.setMinimumWidth(520)
        self.whole = QRadioButton(say.plural("The whole audit: {n} line", "The whole audit: {n} lines", rows))
        self.looks = QRadioButton(say.plural("Only what needs a look: {n} line", "Only what needs a look: {n} lines", looks))
        self.shown = QRadioButton(say.plural("Only what the table shows now: {n} line", "Only what the table shows now: {n} lines", shown))
        self.shown.setVisible(shown < rows)
        self.whole.setChecked(True)
        self._group(self.whole, self.looks, self.shown)
        self.short = QCheckBox(say("Short form, for whoever decides"))
        self.redacted = QCheckBox(say("Hide people (redacted)"))
        self.language = QComboBox()
        for language in LANGUAGES:
            self.language.addItem(NAMES[language], language)
        self.language.addItem(say("English and Arabic side by side (web page and PDF)"), "both")
        self.language.setCurrentIndex(self.language.findData(say.language))
        self.language.setAccessibleName(say("Language of the report"))
        self.title = QLineEdit()
        self.title.setMaxLength(120)
        self.title.setPlaceholderText(say("Who really writes to this mailbox"))
        self.title.setAccessibleName(say("Title of the report"))
        self.logo = button(say("Choose a picture…"), description=say("Your logo at the head of the web page and the PDF: a PNG or JPEG picture"))
        self.logo_name = label("", "muted", wrap=True)
        self.go = button(say("Choose where to save…"), "primary")
        self.go.setDefault(True)
        cancel = button(say("Cancel"))
        short = say("Without the table of all domains and the single messages.")
        redacted = say("Names, addresses, subjects and folders become made-up names, to send the report outside.")
        self.short.setAccessibleDescription(short)
        self.redacted.setAccessibleDescription(redacted)
        self.setLayout(
            column(
                label(say("Export the report"), "title"),
                self.whole, self.looks, self.shown, t.S,
                self.short, label(short, "muted", wrap=True), self.redacted, label(redacted, "muted", wrap=True), t.S,
                label(say("Language of the report"), "muted"), self.language,
                label(say("Title of the report"), "muted"), self.title,
                label(say("Your logo"), "muted"), row(self.logo, self.logo_name, -1),
                t.S, row(-1, cancel, self.go), spacing=t.S, margins=(t.XL,) * 4,
            )
        )  # fmt: skip
        self.logo.clicked.connect(self._ask_logo)
        self.go.clicked.connect(self._go)
        cancel.clicked.connect(self.reject)
        self.go.setFocus()

    def _group(self, *buttons: QRadioButton) -> None:
        group = QButtonGroup(self)
        for each in buttons:
            group.addButton(each)

    def _ask_logo(self) -> None:
        self.pictures = file_dialog(self, self._say("Your logo"), self._say)
        self.pictures.setNameFilters([f"{self._say('Picture')} (*.png *.jpg *.jpeg)"])
        self.pictures.fileSelected.connect(self.take_logo)
        self.pictures.open()

    def take_logo(self, name: str) -> None:
        try:
            self._logo = logo_in(Path(name))
        except NitaqError as error:
            self._logo = b""
            self.logo_name.setText(in_words(error, self._say))
            return
        self.logo_name.setText(contained(Path(name).name))

    def _go(self) -> None:
        picked = str(self.language.currentData())
        language, beside = (self._say.language, other(self._say.language)) if picked == "both" else (picked, "")
        presentation = Presentation(self.title.text().strip(), self._logo, self.short.isChecked(), beside)
        self.chosen.emit(Choices(self.looks.isChecked(), self.redacted.isChecked(), presentation), self.shown.isChecked(), language)
        self.accept()
