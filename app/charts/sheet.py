"""A sheet to draw on: left-to-right coordinates go in, and in a right-to-left language everything stands mirrored, but the texts.

Shapes carry a class (`good`, `warn`, `bad`, `hollow`, `info`), which a style sheet may colour, and a colour of their own from the palette.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

FAMILY = "Segoe UI, Noto Sans, Noto Sans Arabic, DejaVu Sans, sans-serif"
STEP = 5
"""Pixels between two stripes."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as #rrggbb."""

    ink: str = "#1b2128"
    soft: str = "#59636e"
    line: str = "#dce1e6"
    ground: str = "#ffffff"
    good: str = "#1f6f4d"
    warn: str = "#8a5200"
    bad: str = "#b3261e"
    neutral: str = "#59636e"
    info: str = "#2b5797"


@dataclass(frozen=True, slots=True)
class Area:
    """Where a part of a chart is on the sheet, in pixels; `series` None: the whole row."""

    x: float
    y: float
    width: float
    height: float
    row: int
    series: int | None

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG, its size, and what lies where: parts before the rows they belong to."""

    svg: str
    width: int
    height: int
    areas: tuple[Area, ...]

    def at(self, x: float, y: float) -> Area | None:
        return next((area for area in self.areas if area.holds(x, y)), None)


class Sheet:
    def __init__(self, width: int, height: int, palette: Palette, rtl: bool) -> None:
        self.width, self.height = width, height
        self._palette, self._rtl = palette, rtl
        self._shapes: list[str] = []
        self._parts: list[Area] = []
        self._rows: list[Area] = []

    def part(self, tone: str, x: float, y: float, width: float, height: float, row: int, series: int) -> None:
        """A filled rectangle in the colour and texture of its tone, that can be pointed at."""
        self.swatch(tone, x, y, width, height)
        self._parts.append(Area(self._left(x, width), y, width, height, row, series))

    def row(self, x: float, y: float, width: float, height: float, row: int) -> None:
        """The room of a whole row, that can be pointed at."""
        self._rows.append(Area(self._left(x, width), y, width, height, row, None))

    def swatch(self, tone: str, x: float, y: float, width: float, height: float) -> None:
        left = self._left(x, width)
        if tone == "neutral":  # hollow
            inset = min(0.75, width / 4, height / 4)
            box = f'x="{left + inset:.5g}" y="{y + inset:.5g}" width="{width - 2 * inset:.5g}" height="{height - 2 * inset:.5g}"'
            self._shapes.append(
                f'<rect class="hollow" {box} rx="1.5" fill="{self._palette.ground}" stroke="{self._palette.neutral}" stroke-width="{2 * inset:.3g}"/>'
            )
            return
        self._shapes.append(self._rect(tone, left, y, width, height, getattr(self._palette, tone), 2))
        if tone in ("warn", "bad"):
            strokes = "".join(self._stripes(left, y, width, height, falling=tone == "bad"))
            self._shapes.append(f'<path class="stripes" d="{strokes}" fill="none" stroke="{self._palette.ground}" stroke-width="1.4"/>' if strokes else "")

    def bare(self, x: float, y: float, width: float, height: float) -> None:
        """The track of a bar, or a line."""
        self._shapes.append(self._rect("track", self._left(x, width), y, width, height, self._palette.line, 0))

    def text(self, x: float, y: float, words: str, *, soft: bool = False, anchor: str = "start", size: int = 12, bold: bool = False) -> None:
        """`words` beginning (or ending, or centred: `end`, `middle`) at `x` on the base line `y`."""
        if not words:
            return
        if self._rtl:
            x = self.width - x
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        kind, colour = ("soft", self._palette.soft) if soft else ("ink", self._palette.ink)
        weight = ' font-weight="600"' if bold else ""
        self._shapes.append(
            f'<text class="{kind}" x="{x:.5g}" y="{y:.5g}" font-size="{size}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(words)}</text>'
        )

    def finished(self, label: str) -> Drawing:
        """`label` is read aloud in place of the picture."""
        # Anchors are sides of the sheet here, whatever the page around it does.
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {self.width} {self.height}" direction="ltr" font-family="{FAMILY}"'
        svg = f'{head} role="img" aria-label="{escape(label)}">{"".join(self._shapes)}</svg>'
        return Drawing(svg, self.width, self.height, (*self._parts, *self._rows))

    def _left(self, x: float, width: float) -> float:
        return self.width - x - width if self._rtl else x

    @staticmethod
    def _rect(kind: str, x: float, y: float, width: float, height: float, colour: str, radius: int) -> str:
        return f'<rect class="{kind}" x="{x:.5g}" y="{y:.5g}" width="{width:.5g}" height="{height:.5g}" rx="{radius}" fill="{colour}"/>'

    @staticmethod
    def _stripes(x: float, y: float, width: float, height: float, *, falling: bool) -> Iterator[str]:
        """Slanted lines, cut to the rectangle: so that nobody needs to tell colours apart."""
        at = STEP
        while at < width + height:
            x1, x2 = max(0.0, at - height), min(width, at)
            y1, y2 = at - x1, at - x2
            if falling:
                y1, y2 = height - y1, height - y2
            yield f"M{x + x1:.5g} {y + y1:.5g}L{x + x2:.5g} {y + y2:.5g}"
            at += STEP


def swatch(tone: str, palette: Palette) -> str:
    """The sign of a series in the legend: 14 pixels square."""
    sheet = Sheet(14, 14, palette, rtl=False)
    sheet.swatch(tone, 1, 1, 12, 12)
    return sheet.finished("").svg.replace('class="chart"', 'class="swatch"').replace('role="img" aria-label=""', 'aria-hidden="true"')
