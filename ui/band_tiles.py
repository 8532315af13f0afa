"""The audit at a glance: three tiles that say how many domains deserve a look, each of them a filter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from app.i18n import Translation
from app.model import DomainRow
from app.report import Band
from ui import tokens as t
from ui.controls import column, label, picture, row
from ui.domain_model import count_bands
from ui.theme import colours
from ui.words import BANDS


class BandTiles(QWidget):
    """Emits `chosen` with a `Band`, or None when the chosen tile is pressed again."""

    chosen = Signal(object)

    def __init__(self, say: Translation) -> None:
        super().__init__()
        self._say = say
        self._numbers: dict[Band, QLabel] = {}
        self._captions: dict[Band, QLabel] = {}
        self.tiles: dict[Band, QPushButton] = {}
        layout = row(spacing=t.M)
        for band in Band:
            layout.addWidget(self._tile(band), 1)
        self.setLayout(layout)

    def _tile(self, band: Band) -> QPushButton:
        say, word = self._say, BANDS[band]
        tile = QPushButton()
        tile.setProperty("kind", "tile")
        tile.setCheckable(True)
        tile.setCursor(Qt.CursorShape.PointingHandCursor)
        tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tile.setToolTip(say(word.help))
        ink = getattr(colours(), word.tone).ink
        number = label("", "title", tone=word.tone)
        caption = label("", "caption")
        self._numbers[band], self._captions[band] = number, caption
        inner = row(picture(word.shape, ink, 26), column(number, caption, spacing=0), -1, spacing=t.M, margins=(t.M, t.S, t.M, t.S))
        for child in (number, caption):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tile.setLayout(inner)
        tile.clicked.connect(lambda checked, band=band: self.chosen.emit(band if checked else None))
        self.tiles[band] = tile
        return tile

    def show_rows(self, rows: tuple[DomainRow, ...]) -> None:
        say, counts = self._say, count_bands(rows)
        for band, n in counts.items():
            self._numbers[band].setText(say.number(n))
            self._captions[band].setText(say(BANDS[band].text))
            name = say("{band}: {count}", band=say(BANDS[band].text), count=say.plural("{n} domain", "{n} domains", n))
            self.tiles[band].setAccessibleName(name)

    def show_chosen(self, band: Band | None) -> None:
        for each, tile in self.tiles.items():
            tile.setChecked(each is band)
