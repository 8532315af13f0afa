"""The table of domains as CSV (RFC 4180), for spreadsheets: one row a domain, names of columns that never change.

The file begins with a byte order mark: without it Excel reads UTF-8 as a local code page and shows Arabic as rubbish. Cells that a
spreadsheet would take for a formula get an apostrophe in front (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from app.contain import contained
from app.exporters.base import Exporter
from app.exporters.dates import day
from app.exporters.json_report import fingerprint_of_report
from app.i18n import Translation, mark
from app.model import Authentication, DomainRow, Report
from app.texts import seen_in_words, without_isolates

COLUMNS = (
    "domain", "unicode", "relationship", "class", "authentication", "decision", "score", "worst", "confidence", "messages",
    "authenticated", "failed", "not_established", "addresses", "claims", "first_seen", "last_seen", "findings", "findings_text", "fingerprint",
)  # fmt: skip
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_TEXT_LIMIT = 32_000
"""Excel takes 32,767 characters a cell."""


def _write(report: Report, say: Translation, out: BinaryIO) -> None:
    fingerprint = fingerprint_of_report(report)
    text = io.StringIO()
    table = csv.writer(text, dialect="excel", quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for row in report.domains:
        table.writerow([cell(value) for value in (*_values(row, say), fingerprint)])
    out.write(text.getvalue().encode("utf-8-sig"))


def cell(value: str | int | None) -> str | int:
    """A value that stays what it is in a spreadsheet: contained, never a formula; nothing is an empty cell."""
    if isinstance(value, int):
        return value
    shown = contained(value or "", _TEXT_LIMIT)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _values(row: DomainRow, say: Translation) -> tuple[str | int | None, ...]:
    return (
        row.domain, row.unicode, row.relationship, row.domain_class, row.authentication, row.decision, row.score, row.worst, row.confidence,
        row.messages, row.counts.get(Authentication.AUTHENTICATED, 0), row.counts.get(Authentication.FAILED, 0),
        row.counts.get(Authentication.NOT_ESTABLISHED, 0), len(row.addresses), len(row.claims), day(row.first_seen), day(row.last_seen),
        " ".join(finding.id for finding in row.findings),
        " / ".join(without_isolates(seen_in_words(finding, say)) for finding in row.findings),
    )  # fmt: skip


EXPORTER = Exporter(".csv", mark("Table of the domains for spreadsheets (CSV)"), _write)
