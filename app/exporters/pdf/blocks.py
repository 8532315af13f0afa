"""What stands on a page: text, rows of tables, charts and boxes. Each knows its height and prints itself; none is ever cut by the end of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtSvg import QSvgRenderer

from app.charts import Drawing
from app.exporters.pdf.press import Press, Style

Span = tuple[str, Style]
PAD = 3.0
"""Points around what stands in a cell."""


class Block(Protocol):
    """Something that is printed as a whole."""

    height: float
    before: float
    """Room above it, not at the top of a page."""
    keep: bool
    """It must not be the last on a page."""
    head: Block | None
    """Printed again above it where it begins a page."""

    def paint(self, painter: QPainter, x: float, y: float) -> None: ...


class Text:
    """Spans of text set in lines of a width."""

    def __init__(self, spans: Sequence[Span], width: float, press: Press, *, end: bool = False) -> None:
        words = "".join(text for text, _ in spans)
        layout = QTextLayout(words, press.font(spans[0][1]), press.writer)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(press.direction)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(list(_ranges(spans, press)))
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            at_right = press.rtl != end
            line.setPosition(QPointF(width - line.naturalTextWidth() if at_right else 0, height))
            height += line.height() * 1.08
        layout.endLayout()
        self.height = height
        self._layout = layout

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        self._layout.draw(painter, QPointF(x, y))


def _ranges(spans: Sequence[Span], press: Press) -> Iterable[QTextLayout.FormatRange]:
    start = 0
    for text, style in spans:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, _units(text)
        made.format = press.format(style)
        start += made.length
        yield made


def _units(text: str) -> int:
    """Qt counts UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


class Paragraph:
    """Text across the page; with a tone it stands in a box with a bar at its beginning."""

    head: Block | None = None

    def __init__(self, spans: Sequence[Span], press: Press, *, before: float = 4, keep: bool = False, box: str = "", indent: float = 0) -> None:
        self._press, self._box = press, box
        self._pad = press.pt(7) if box else 0.0
        self._indent = press.pt(indent)
        self._text = Text(spans, press.width - 2 * self._pad - self._indent, press)
        self.height = self._text.height + 2 * self._pad
        self.before, self.keep = press.pt(before), keep

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        press = self._press
        if self._box:
            painter.fillRect(QRectF(x, y, press.width, self.height), press.wash(self._box))
            bar = press.pt(2.5)
            painter.fillRect(QRectF(x + press.width - bar if press.rtl else x, y, bar, self.height), press.colour(self._box))
        self._text.paint(painter, x + self._pad + (0 if press.rtl else self._indent), y + self._pad)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its share of the width, and whether numbers stand in it."""

    share: float
    number: bool = False
    least: float = 0
    """Points that its longest word takes, where there is room for them: a date or a head is not broken."""


def _widths(columns: Sequence[Column], press: Press) -> list[float]:
    whole = sum(column.share for column in columns)
    widths = [press.width * column.share / whole for column in columns]
    wider = {place: press.pt(column.least) for place, column in enumerate(columns) if press.pt(column.least) > widths[place]}
    others = sum(width for place, width in enumerate(widths) if place not in wider)
    left = press.width - sum(wider.values())
    return widths if left < others / 2 else [wider.get(place, width * left / others) for place, width in enumerate(widths)]


class Row:
    """One row of a table. `head` is printed again where the row begins a page; a row that is a head itself stays with the next."""

    def __init__(self, cells: Sequence[Sequence[Span]], columns: Sequence[Column], press: Press, head: Row | None = None, *, is_head: bool = False) -> None:
        self.head: Block | None = head
        self._press, self.keep = press, is_head
        pad, widths = press.pt(PAD), _widths(columns, press)
        self._places: list[tuple[float, Text]] = []
        at = 0.0
        for spans, column, width in zip(cells, columns, widths, strict=True):
            left = press.width - at - width if press.rtl else at
            if any(text for text, _ in spans):
                self._places.append((left + pad, Text(spans, width - 2 * pad, press, end=column.number)))
            at += width
        self.height = max((text.height for _, text in self._places), default=0.0) + 2 * pad
        self.before = press.pt(5) if is_head else 0.0

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        press = self._press
        if self.keep:
            painter.fillRect(QRectF(x, y, press.width, self.height), press.wash("neutral"))
        for left, text in self._places:
            text.paint(painter, x + left, y + press.pt(PAD))
        painter.setPen(QPen(press.colour("line"), press.pt(0.6)))
        painter.drawLine(QPointF(x, y + self.height), QPointF(x + press.width, y + self.height))


class Picture:
    """A chart, as wide as the page."""

    keep = False
    head: Block | None = None

    def __init__(self, drawing: Drawing, press: Press) -> None:
        self._svg = QSvgRenderer(QByteArray(drawing.svg.encode()))
        self._width = press.width
        self.height = press.width * drawing.height / drawing.width
        self.before = press.pt(3)

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        self._svg.render(painter, QRectF(x, y, self._width, self.height))


class Tiles:
    """Boxes side by side, each with a number and what it counts."""

    keep = False
    head: Block | None = None

    def __init__(self, tiles: Sequence[tuple[str, str, str]], press: Press) -> None:
        """`tiles`: (number, what it counts, tone)."""
        self._press = press
        self._gap = press.pt(8)
        self._width = (press.width - self._gap * (len(tiles) - 1)) / len(tiles)
        inner = self._width - press.pt(16)
        self._texts = [
            (Text([(number, Style(20, bold=True, tone=tone))], inner, press), Text([(words, Style(9, tone=tone))], inner, press), tone)
            for number, words, tone in tiles
        ]
        self.height = max(number.height + words.height for number, words, _ in self._texts) + press.pt(14)
        self.before = press.pt(8)

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        press = self._press
        for place, (number, words, tone) in enumerate(self._texts):
            left = x + (self._width + self._gap) * (len(self._texts) - 1 - place if press.rtl else place)
            painter.fillRect(QRectF(left, y, self._width, self.height), press.wash(tone))
            number.paint(painter, left + press.pt(8), y + press.pt(6))
            words.paint(painter, left + press.pt(8), y + press.pt(6) + number.height)


class Lines:
    """Places to write on by hand, each with what belongs there below it."""

    keep = False
    head: Block | None = None

    def __init__(self, labels: Sequence[str], press: Press) -> None:
        self._press = press
        self._gap = press.pt(24)
        self._width = (press.width - self._gap * (len(labels) - 1)) / len(labels)
        self._texts = [Text([(label, Style(8.5, tone="soft"))], self._width, press) for label in labels]
        self._room = press.pt(46)
        self.height = self._room + max(text.height for text in self._texts) + press.pt(3)
        self.before = press.pt(6)

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        press = self._press
        painter.setPen(QPen(press.colour("ink"), press.pt(0.7)))
        for place, text in enumerate(self._texts):
            left = x + (self._width + self._gap) * (len(self._texts) - 1 - place if press.rtl else place)
            painter.drawLine(QPointF(left, y + self._room), QPointF(left + self._width, y + self._room))
            text.paint(painter, left, y + self._room + press.pt(3))


class Logo:
    """A picture of the reader's own at the head of the page; nothing where it cannot be read."""

    keep = False
    head: Block | None = None
    before = 0.0

    def __init__(self, octets: bytes, press: Press) -> None:
        self._press = press
        self._image = QImage.fromData(octets)
        high, wide = press.pt(44), press.pt(160)
        scale = 0.0 if self._image.isNull() else min(wide / self._image.width(), high / self._image.height())
        self._size = self._image.width() * scale, self._image.height() * scale
        self.height = self._size[1]

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        width, height = self._size
        if height:
            painter.drawImage(QRectF(x + self._press.width - width if self._press.rtl else x, y, width, height), self._image)


class Beside:
    """The same in two languages: the one that is read from the left stands at the left."""

    def __init__(self, first: Block | None, second: Block | None, press: Press) -> None:
        self._press, self._first, self._second = press, first, second
        both = [block for block in (first, second) if block is not None]
        self.height = max(block.height for block in both)
        self.before = max(block.before for block in both)
        self.keep = any(block.keep for block in both)
        heads = [block.head if block else None for block in (first, second)]
        self.head: Block | None = Beside(heads[0], heads[1], press) if any(heads) else None

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        right = x + self._press.width - self._press.half(rtl=True).width
        first, second = (right, x) if self._press.rtl else (x, right)
        for block, at in ((self._first, first), (self._second, second)):
            if block is not None:
                block.paint(painter, at, y)
