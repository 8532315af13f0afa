"""The window's own icons: small SVG drawings in `resources/icons/`, painted in the colour that is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
DIRECTED = frozenset({"back", "arrow"})
"""Drawings that point somewhere and are mirrored where the text runs from right to left."""
_TRANSPARENT = QColor(0, 0, 0, 0)


def icon_file(name: str) -> str:
    """The path of a drawing as a style sheet wants it."""
    return (FOLDER / f"{name}.svg").as_posix()


@cache
def _drawing(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, colour: str, size: int = 20, *, mirrored: bool = False, ratio: float = 2.0) -> QPixmap:
    """The drawing at a size in device-independent pixels."""
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.fill(_TRANSPARENT)
    painter = QPainter(result)
    if mirrored and name in DIRECTED:
        painter.translate(result.width(), 0)
        painter.scale(-1, 1)
    renderer.render(painter, QRectF(0, 0, result.width(), result.height()))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def padded(drawing: QPixmap, gap: int) -> QPixmap:
    """The drawing with room towards the text beside it, which stands on the other side where the window runs from right to left."""
    ratio = drawing.devicePixelRatio()
    result = QPixmap(drawing.width() + round(gap * ratio), drawing.height())
    result.fill(_TRANSPARENT)
    painter = QPainter(result)
    rtl = QApplication.isRightToLeft()
    painter.drawPixmap(QRectF(round(gap * ratio) if rtl else 0, 0, drawing.width(), drawing.height()), drawing, QRectF(drawing.rect()))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, colour: str, *, mirrored: bool = False) -> QIcon:
    return QIcon(pixmap(name, colour, 20, mirrored=mirrored))
