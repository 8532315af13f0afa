"""The report as a PDF to print, file and sign: A4 (Letter where the system measures in inches), with contents, bookmarks and page numbers.

`content` says what stands in it, `blocks` sets text, tables and charts, `pages` breaks them into pages and prints. Qt and pypdf are loaded
when a PDF is written.
"""

from __future__ import annotations

from typing import BinaryIO

from app.contain import contained
from app.exporters.base import Exporter
from app.i18n import Translation, mark
from app.model import Report


def _write(report: Report, say: Translation, out: BinaryIO) -> None:
    from app.exporters.pdf.content import sections_beside, sections_of
    from app.exporters.pdf.pages import print_pages
    from app.exporters.pdf.press import Press, application

    beside = report.presentation.beside
    with application():
        press = Press(say.rtl, across=bool(beside))
        made = sections_beside(report, say, Translation(beside, say.digits), press) if beside else sections_of(report, say, press)
        title = contained(report.presentation.title) or say("Who really writes to this mailbox")
        print_pages(made, press, title, say, out)


EXPORTER = Exporter(".pdf", mark("Report to file and sign (PDF)"), _write, for_people=True)
