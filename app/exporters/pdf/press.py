"""What everything on a page is measured with: the paper, the fonts, the colours. Lengths are device units; `Press.pt` makes them of points."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextCharFormat

from app.charts import Palette

DPI = 720
FAMILIES = ("Segoe UI", "Noto Sans", "Noto Sans Arabic", "Helvetica Neue", "Geeza Pro", "DejaVu Sans")
MARGIN = 40.0
"""Points at each side of the page."""
GUTTER = 22.0
"""Points between two columns."""
FOOT = 26.0
"""Points below what is printed, for the page's number."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text looks; `size` in points, `tone` an attribute of `app.charts.Palette`."""

    size: float = 9.0
    bold: bool = False
    tone: str = "ink"


@contextmanager
def application() -> Iterator[None]:
    """Fonts need an application of Qt's; where the window runs there is one, elsewhere one is made without a screen."""
    if QGuiApplication.instance() is not None:
        yield
        return
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = QGuiApplication(["nitaq"])
    try:
        yield
    finally:
        made.shutdown()


class Press:
    """One PDF in the making, in memory."""

    def __init__(self, rtl: bool, *, across: bool = False) -> None:
        """`across`: the long side of the paper lies below."""
        self.rtl = rtl
        self.palette = Palette()
        self.buffer = QBuffer()
        self.buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.writer = QPdfWriter(self.buffer)
        self.writer.setResolution(DPI)
        inches = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
        paper = QPageSize(QPageSize.PageSizeId.Letter if inches else QPageSize.PageSizeId.A4)
        self.writer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        sheet = paper.sizePoints().transposed() if across else paper.sizePoints()
        self.left, self.top = self.pt(MARGIN), self.pt(MARGIN)
        self.width = self.pt(sheet.width() - 2 * MARGIN)
        self.height = self.pt(sheet.height() - 2 * MARGIN - FOOT)
        self.font = cache(self._font)
        self.format = cache(self._format)

    @property
    def direction(self) -> Qt.LayoutDirection:
        return Qt.LayoutDirection.RightToLeft if self.rtl else Qt.LayoutDirection.LeftToRight

    def half(self, rtl: bool) -> Press:
        """One of two columns of the same pages, for a language of its own."""
        made = copy(self)
        made.rtl, made.width = rtl, (self.width - self.pt(GUTTER)) / 2
        return made

    @staticmethod
    def pt(points: float) -> float:
        return points * DPI / 72

    def colour(self, tone: str) -> QColor:
        return QColor(getattr(self.palette, tone))

    def wash(self, tone: str) -> QColor:
        """The tone as a ground that dark text can be read on."""
        colour = self.colour(tone)
        colour.setAlpha(26)
        return colour

    def _font(self, style: Style) -> QFont:
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(style.size)
        font.setBold(style.bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setFeature(QFont.Tag("liga"), 0)  # “ff” is copied as two letters: a fingerprint, a domain
        return font

    def _format(self, style: Style) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self.font(style))
        made.setForeground(QBrush(self.colour(style.tone)))
        return made
