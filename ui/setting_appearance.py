"""Settings: the language, the digits, the look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import Digits, Translation, mark
from ui import tokens as t
from ui.choice import Choice
from ui.controls import column
from ui.header import LOOKS
from ui.language import NAMES
from ui.theme import Look

DIGITS = {
    Digits.LATIN: mark("Always {latin}"),
    Digits.ARABIC_INDIC: mark("Always {arabic}"),
    Digits.LANGUAGE: mark("As the language: {arabic} in Arabic, {latin} in English"),
}
SHOWN = {"latin": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩"}


class Appearance(QWidget):
    """Emits the `language`, the `digits` or the `look` that was chosen."""

    language = Signal(str)
    digits = Signal(str)
    look = Signal(str)

    def __init__(self, say: Translation, look: Look) -> None:
        super().__init__()
        where = say("In the window and in reports for people. Data, addresses and what you type have Latin digits always.")
        self.choices = {
            "language": Choice(say("Language"), "", NAMES, say.language),
            "digits": Choice(say("Digits"), where, {each.value: say.fill(text, SHOWN) for each, text in DIGITS.items()}, say.digits),
            "look": Choice(say("Light or dark"), "", {each.value: say(text) for each, text in LOOKS.items()}, look),
        }
        for name, signal in (("language", self.language), ("digits", self.digits), ("look", self.look)):
            self.choices[name].setObjectName(name)
            self.choices[name].chosen.connect(signal)
        self.setLayout(column(*self.choices.values(), spacing=t.L))
