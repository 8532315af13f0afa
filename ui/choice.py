"""One choice among a few, all of which are seen: a heading, a sentence, and a line of radio buttons."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from ui import tokens as t
from ui.controls import column, label


class Choice(QWidget):
    """Emits `chosen` with a value when the user takes another."""

    chosen = Signal(str)

    def __init__(self, title: str, sentence: str, choices: Mapping[str, str], present: str) -> None:
        """`choices`: each value and what it is called."""
        super().__init__()
        self.buttons: dict[str, QRadioButton] = {}
        group = QButtonGroup(self)
        layout = column(label(title, "subheading"), spacing=t.XS)
        if sentence:
            layout.addWidget(label(sentence, "muted", wrap=True))
        for value, name in choices.items():
            radio = QRadioButton(name)
            radio.setAccessibleName(f"{title}: {name}")
            radio.setAccessibleDescription(sentence)
            radio.setChecked(value == present)
            radio.toggled.connect(lambda on, value=value: self.chosen.emit(value) if on else None)
            group.addButton(radio)
            layout.addWidget(radio)
            self.buttons[value] = radio
        self.setLayout(layout)

    def present(self) -> QRadioButton:
        """The one that is on."""
        return next(button for button in self.buttons.values() if button.isChecked())
