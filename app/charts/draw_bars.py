"""Bars: each row is a name, its sum, and below them a bar as long as its share of the largest row."""

from __future__ import annotations

from collections.abc import Callable

from app.charts.data import ChartData
from app.charts.sheet import Drawing, Palette, Sheet

ROW, BAR, TEXT = 46, 14, 13
"""Heights in pixels of a row and its bar, and the size of its text."""
GAP, LEAST = 1.5, 3.0
"""Between two parts, and the width of a part that would hardly be seen."""


def bar_chart(chart: ChartData, palette: Palette, width: int, rtl: bool, number: Callable[[int], str]) -> Drawing:
    sheet = Sheet(width, max(1, len(chart.rows)) * ROW, palette, rtl)
    largest = max((row.total for row in chart.rows), default=0)
    for at, row in enumerate(chart.rows):
        top = at * ROW
        sheet.text(0, top + 16, row.label, size=TEXT)
        sheet.text(width, top + 16, number(row.total), size=TEXT, anchor="end", bold=True)
        sheet.bare(0, top + 24 + BAR - 1, width, 1)
        x = 0.0
        for series, length in enumerate(lengths(row.amounts, largest, width)):
            if length:
                sheet.part(chart.series[series].tone, x, top + 24, length, BAR, at, series)
                x += length + GAP
        sheet.row(0, top, width, ROW, at)
    return sheet.finished(chart.title)


def lengths(amounts: tuple[int, ...], largest: int, room: float) -> list[float]:
    """Pixels of each part. What is small stays visible, at the expense of the greatest part."""
    if not largest:
        return [0.0] * len(amounts)
    room -= GAP * (len(amounts) - 1)
    result = [max(LEAST, room * amount / largest) if amount else 0.0 for amount in amounts]
    over = sum(result) - max(room * sum(amounts) / largest, LEAST * sum(amount > 0 for amount in amounts))
    greatest = result.index(max(result))
    result[greatest] -= max(0.0, over)
    return result
