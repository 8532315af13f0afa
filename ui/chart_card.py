"""One chart with its title, its legend, and the table of its numbers: the picture for the eye, the table for the keyboard and the screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStackedWidget, QTableWidget, QTableWidgetItem, QWidget

from app.charts import ChartData
from app.i18n import Translation
from ui import tokens as t
from ui.chart_filters import filter_of
from ui.chart_picture import ChartPicture
from ui.controls import button, column, edge, label, row
from ui.legend import Legend

LINE, HEADER, TALLEST = 28, 52, 232
"""Heights of a row of the table, of its header (two lines), and of the whole before it scrolls."""


class ChartCard(QFrame):
    """Emits `wanted` with the `DomainFilter` of what was chosen."""

    wanted = Signal(object)

    def __init__(self, chart: ChartData, say: Translation, *, leads: bool = True) -> None:
        """`leads`: a click leads to the domains behind a number."""
        super().__init__()
        self._chart, self._say, self._leads = chart, say, leads
        self.setProperty("kind", "card")
        self.picture = ChartPicture(chart, say, leads=leads)
        self.table = self._table()
        self.toggle = button(say("Show as table"), "link")
        self.toggle.setAccessibleName(say("{title}: show as table", title=chart.title))
        self._stack = QStackedWidget()
        for each in (self.picture, self.table):
            page = QWidget()
            page.setLayout(column(each, -1))
            self._stack.addWidget(page)
        head = column(label(chart.title, "subheading", wrap=True), label(chart.meaning, "caption", wrap=True), spacing=2)
        layout = column(head, Legend(chart, say), self._stack, -1, row(self.toggle, -1), spacing=t.M, margins=(t.L, t.L, t.L, t.M))
        self.setLayout(layout)
        if leads:
            self.picture.chosen.connect(self._choose)
            self.table.cellActivated.connect(lambda at, series: self._choose(at, series - 1 if series else None))
        self.toggle.clicked.connect(lambda: self._show_table(not self._stack.currentIndex()))

    def _table(self) -> QTableWidget:
        chart, say = self._chart, self._say
        table = QTableWidget(len(chart.rows), len(chart.series) + 1)
        table.setAccessibleName(chart.title)
        if self._leads:
            table.setAccessibleDescription(say("Enter shows the domains behind a number."))
        table.setHorizontalHeaderLabels([chart.rows_are, *(series.name for series in chart.series)])
        for at, each in enumerate(chart.rows):
            for position, text in enumerate((each.label, *map(say.number, each.amounts))):
                item = QTableWidgetItem(text)
                item.setTextAlignment(edge(end=position > 0) | Qt.AlignmentFlag.AlignVCenter)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                table.setItem(at, position, item)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(LINE)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        header.setFixedHeight(HEADER)
        header.setHighlightSections(False)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setFixedHeight(min(TALLEST, len(chart.rows) * LINE + HEADER + 4))
        return table

    def _show_table(self, on: bool) -> None:
        self._stack.setCurrentIndex(int(on))
        self.toggle.setText(self._say("Show as picture") if on else self._say("Show as table"))
        name = self._say("{title}: show as picture", title=self._chart.title) if on else self._say("{title}: show as table", title=self._chart.title)
        self.toggle.setAccessibleName(name)
        if on:
            self.table.setCurrentCell(0, 0)

    def _choose(self, at: int, series: int | None) -> None:
        if self._chart.rows[at].total:
            self.wanted.emit(filter_of(self._chart, at, series))
