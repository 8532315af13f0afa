"""Charts of a report: what they show (`data`, one file for each chart) and how it is drawn (SVG by hand, so that it mirrors in right-to-left languages).

Pure: a `Report` in, `ChartData` and markup out. The window, the HTML report and the PDF draw with the same functions; the numbers always stand beside.
"""

from __future__ import annotations

from collections.abc import Callable

from app.charts import arrivals, own_names, relationships, scores, traffic
from app.charts.data import ChartData, Form
from app.charts.draw_bars import bar_chart
from app.charts.draw_columns import column_chart
from app.charts.sheet import Drawing, Palette, swatch
from app.charts.strips import meter, stacked_bar
from app.i18n import Translation
from app.model import Report

__all__ = ["ChartData", "Drawing", "Palette", "charts_of", "draw", "meter", "stacked_bar", "swatch"]

ALL = (relationships.chart, own_names.chart, scores.chart, traffic.chart, arrivals.chart)
"""In the order in which they are shown."""


def charts_of(report: Report, say: Translation) -> list[ChartData]:
    """Every chart that has something to show."""
    return [chart for chart in (make(report, say) for make in ALL) if chart.total]


def draw(chart: ChartData, palette: Palette, width: int, rtl: bool, number: Callable[[int], str] = "{:,}".format) -> Drawing:
    """`chart` at a width in pixels; its height follows from what it shows. `number`: how amounts are written."""
    return (bar_chart if chart.form is Form.BARS else column_chart)(chart, palette, width, rtl, number)
