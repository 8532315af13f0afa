"""The report as a workbook (Office Open XML): a sheet each for the domains, senders, sources, findings, decisions, exceptions and the scope.

Cells are typed (numbers, days), the heads are frozen and filtered, and no text is ever a formula or a link. Right-to-left sheets in Arabic.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from app import __version__
from app.contain import contained
from app.exporters.base import Exporter
from app.exporters.json_report import fingerprint_of_report
from app.exporters.tables import Cell, Sheet, Tables
from app.i18n import Translation, mark
from app.model import Report

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CELL_LIMIT = 32_000
"""Excel takes 32,767 characters a cell."""
ROWS_LIMIT = 1_048_570
"""Excel takes 1,048,576 rows a sheet."""


class Book:
    """A workbook being written."""

    def __init__(self, book: Workbook, rtl: bool) -> None:
        self._book, self._rtl = book, rtl
        top = {"valign": "top", "font_name": "Segoe UI", "font_size": 10}
        self._head: Format = book.add_format({**top, "bold": True, "bottom": 1, "bg_color": "#E7EEF0", "text_wrap": True})
        self._text: Format = book.add_format({**top, "text_wrap": True})
        self._number: Format = book.add_format({**top, "num_format": "#,##0"})
        self._day: Format = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "right" if rtl else "left"})

    def add(self, sheet: Sheet) -> None:
        page: Worksheet = self._book.add_worksheet(sheet.name[:31])
        if self._rtl:
            page.right_to_left()
        for column, (title, width) in enumerate(sheet.columns):
            page.set_column(column, column, width)
            page.write_string(0, column, title, self._head)
        last = 0
        for last, row in enumerate(sheet.rows, start=1):
            if last > ROWS_LIMIT:
                break
            for column, value in enumerate(row):
                self._put(page, last, column, value)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def _put(self, page: Worksheet, row: int, column: int, value: Cell) -> None:
        if isinstance(value, int):
            page.write_number(row, column, value, self._number)
        elif isinstance(value, date):
            page.write_datetime(row, column, datetime(value.year, value.month, value.day), self._day)
        elif value:
            page.write_string(row, column, contained(value, CELL_LIMIT), self._text)


def _write(report: Report, say: Translation, out: BinaryIO) -> None:
    from xlsxwriter import Workbook

    made = BytesIO()  # a ZIP archive is written to and fro; the file gets it whole
    with Workbook(made, {"in_memory": True}) as workbook:
        created = datetime.fromtimestamp(report.created, UTC).replace(tzinfo=None)
        workbook.set_properties({"title": say("Who really writes to this mailbox"), "created": created, "comments": f"nitaq {__version__}"})
        book = Book(workbook, say.rtl)
        for sheet in Tables(report, say).all(fingerprint_of_report(report)):
            book.add(sheet)
    out.write(made.getvalue())


EXPORTER = Exporter(".xlsx", mark("Workbook with all tables (Excel, XLSX)"), _write)
