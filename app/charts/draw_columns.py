"""Columns on a scale that runs in reading direction: parts on top of each other, with a few round numbers at the side."""

from __future__ import annotations

from collections.abc import Callable

from app.charts.data import ChartData
from app.charts.draw_bars import lengths
from app.charts.sheet import Drawing, Palette, Sheet

HEIGHT, TOP, FOOT, SIDE = 220, 10, 38, 40
"""Pixels: of all, above the columns, below them, and beside them for the numbers of the scale."""
WIDEST, LABEL = 44, 48
"""Of a column, and what a label under it needs."""


def column_chart(chart: ChartData, palette: Palette, width: int, rtl: bool, number: Callable[[int], str]) -> Drawing:
    sheet = Sheet(width, HEIGHT, palette, rtl)
    room, floor = HEIGHT - TOP - FOOT, HEIGHT - FOOT
    top, lines = scale(max((row.total for row in chart.rows), default=0))
    for line in lines:
        y = floor - room * line / top
        sheet.bare(SIDE, y, width - SIDE, 1)
        sheet.text(SIDE - 8, y + 4, number(line), soft=True, anchor="end", size=11)
    step = (width - SIDE) / max(1, len(chart.rows))
    column = min(WIDEST, step * 0.72)
    every = max(1, -(-LABEL // step).__trunc__()) if step < LABEL else 1
    under = ""
    for at, row in enumerate(chart.rows):
        x = SIDE + at * step
        y = float(floor)
        for series, height in enumerate(lengths(row.amounts, top, room)):
            if height:
                y -= height
                sheet.part(chart.series[series].tone, x + (step - column) / 2, y, column, height, at, series)
                y -= 1
        sheet.row(x, TOP, step, HEIGHT - TOP, at)
        if at % every == 0:
            sheet.text(x + step / 2, floor + 16, row.short or row.label, soft=True, anchor="middle", size=11)
            sheet.text(x + step / 2, floor + 31, row.under if row.under != under else "", soft=True, anchor="middle", size=11)
            under = row.under
    return sheet.finished(chart.title)


def scale(largest: int) -> tuple[int, tuple[int, ...]]:
    """(top of the scale, its lines): whole round numbers, three to five lines."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            step = unit * factor
            if largest <= 4 * step:
                count = max(2, -(-largest // step))
                return count * step, tuple(n * step for n in range(count + 1))
        unit *= 10
