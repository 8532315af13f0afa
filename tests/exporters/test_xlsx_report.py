"""The workbook, read back by openpyxl: typed cells, one row a thing, nothing that a spreadsheet would run."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.contain import contained
from app.exporters.xlsx_report import EXPORTER
from app.i18n import LANGUAGES, Translation
from app.model import Authentication, Report
from tests.exporters.reports import ARABIC, FORMULA, claim, document, empty_report, finding, long_report, rich_report, row

EN, AR = Translation("en"), Translation("ar")


def written(report: Report, say: Translation = EN) -> bytes:
    out = BytesIO()
    EXPORTER.write(report, say, out)
    return out.getvalue()


def read_back(report: Report, say: Translation = EN) -> Workbook:
    return load_workbook(BytesIO(written(report, say)))


def column(book: Workbook, sheet: str, title: str) -> list[object]:
    page = book[sheet]
    at = [cell.value for cell in page[1]].index(title)
    return [cells[at].value for cells in page.iter_rows(min_row=2)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_a_frozen_head_a_filter_and_the_direction_of_the_language(language: str) -> None:
    book = read_back(rich_report(), Translation(language))
    assert len(book.worksheets) == 7
    for page in book.worksheets:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref.startswith("A1:")
        assert bool(page.sheet_view.rightToLeft) == (language == "ar")


def test_domains_stand_in_the_order_of_the_report_with_numbers_as_numbers_and_days_as_days() -> None:
    report = rich_report()
    book = read_back(report)
    assert column(book, "Domains", "Messages") == [each.messages for each in report.domains]
    assert column(book, "Domains", "Score") == [each.score for each in report.domains]
    assert {type(value) for value in column(book, "Domains", "Last seen")} <= {datetime, type(None)}
    assert sum(column(book, "Sending sources", "Messages")) == sum(each.messages for each in report.domains)  # type: ignore[arg-type]


def test_the_workbook_carries_the_fingerprint_that_every_form_carries() -> None:
    report = rich_report()
    assert document(report, EN)["fingerprint"] in column(read_back(report), "What was read", "Value")


def test_a_formula_in_a_name_is_text_and_arabic_is_as_it_was() -> None:
    judged = claim("a1", FORMULA, "x@shop.example", (finding("authenticated", 10),), Authentication.AUTHENTICATED)
    other = claim("a2", ARABIC, "y@shop.example", (finding("authenticated", 10),), Authentication.AUTHENTICATED)
    report = Report(created=0, scope=empty_report().scope, scan=empty_report().scan, domains=(row("shop.example", (judged, other)),))
    data = written(report)
    names = str(column(load_workbook(BytesIO(data)), "Senders", "Names"))
    assert ARABIC in names
    with ZipFile(BytesIO(data)) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/"))
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets


@settings(max_examples=25, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("<>\"'&=+@\u202e\u2066\r\n\0\ufffe\ud800")), min_size=1, max_size=40))
def test_whatever_a_sender_is_called_the_workbook_opens_and_shows_it_contained(text: str) -> None:
    judged = claim("a1", text, f"x@{text}", (finding("authenticated", 10),), Authentication.AUTHENTICATED)
    report = Report(created=0, scope=empty_report().scope, scan=empty_report().scan, domains=(row(text, (judged,)),))
    assert column(read_back(report), "Domains", "As computers write it") == [contained(text)]


def test_a_long_report_is_whole() -> None:
    report = long_report(300)
    assert len(column(read_back(report), "Domains", "Domain")) == len(report.domains)
