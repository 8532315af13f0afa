"""All tables of the report as CSV files (RFC 4180) in one ZIP archive, for programs that take no workbook."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.exporters.base import Exporter
from app.exporters.csv_report import cell
from app.exporters.json_report import fingerprint_of_report
from app.exporters.tables import Cell, Sheet, Tables
from app.i18n import Translation, mark
from app.model import Report


def _write(report: Report, say: Translation, out: BinaryIO) -> None:
    whole = io.BytesIO()  # an archive is written to and fro; the file gets it whole
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for sheet in Tables(report, say).all(fingerprint_of_report(report)):
            entry = ZipInfo(f"{sheet.id}.csv")  # with a date of its own, so that equal reports make equal files
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, _csv(sheet))
    out.write(whole.getvalue())


def _csv(sheet: Sheet) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, dialect="excel", quoting=csv.QUOTE_ALL)
    table.writerow([title for title, _ in sheet.columns])
    table.writerows([_value(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _value(value: Cell) -> str | int:
    return cell(value.isoformat() if isinstance(value, date) else value)


EXPORTER = Exporter(".zip", mark("All tables for spreadsheets (CSV files in a ZIP)"), _write)
