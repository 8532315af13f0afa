"""CSV: read back by a CSV reader, it is one row a domain, no cell is a formula, Arabic is Arabic."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest

from app.exporters.csv_report import COLUMNS, EXPORTER, cell
from app.i18n import Translation
from app.model import Report
from tests.exporters.reports import document, empty_report, rich_report

EN, AR = Translation("en"), Translation("ar")


def written(report: Report, say: Translation = EN) -> bytes:
    out = BytesIO()
    EXPORTER.write(report, say, out)
    return out.getvalue()


def read_back(report: Report, say: Translation = EN) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written(report, say).decode("utf-8-sig"), newline="")))


def test_it_is_one_row_a_domain_in_the_order_of_the_report() -> None:
    report = rich_report()
    rows = read_back(report)
    assert [row["messages"] for row in rows] == [str(each.messages) for each in report.domains]
    assert rows[0]["domain"] == "xn--prtner-bva.example"
    assert rows[0]["unicode"] == "pärtner.example"
    assert rows[0]["worst"] == "0"
    assert rows[0]["findings"] == "lookalike_own name_carries_address"


def test_what_is_not_known_is_an_empty_cell() -> None:
    rows = {row["findings"]: row for row in read_back(rich_report())}
    assert rows["unreadable_author"]["domain"] == ""
    assert rows["reply_to_elsewhere authenticated"]["score"] == ""


def test_excel_is_told_that_it_is_utf_8_and_lines_end_as_in_rfc_4180() -> None:
    data = written(rich_report(), AR)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 1 + len(rich_report().domains)


def test_the_columns_have_the_same_names_in_every_language() -> None:
    for say in (EN, AR):
        assert tuple(next(csv.reader(StringIO(written(empty_report(), say).decode("utf-8-sig"))))) == COLUMNS


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", '=HYPERLINK("https://evil.example")'])
def test_a_cell_never_becomes_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(("text", "shown"), [("\t=1", "␉=1"), ("\r\n=1", "␍␊=1"), ("\ufeff=1", "[U+FEFF]=1"), ("a\u202eb", "a[U+202E]b")])
def test_what_cannot_be_seen_is_marked(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_no_row_begins_a_cell_with_a_formula() -> None:
    for say in (EN, AR):
        for row in read_back(rich_report(), say):
            assert not [value for value in row.values() if value[:1] in tuple("=+-@\t\r\n")]
    assert {"'=cmd.example"} <= {row["domain"] for row in read_back(rich_report())}


def test_findings_are_told_in_the_language_of_the_report_without_isolates() -> None:
    text = read_back(rich_report(), AR)[0]["findings_text"]
    assert any("\u0600" <= char <= "\u06ff" for char in text)
    assert not {"\u2066", "\u2067", "\u2068", "\u2069", "\u202e"} & set(text)


def test_every_row_carries_the_fingerprint() -> None:
    assert {row["fingerprint"] for row in read_back(rich_report(), AR)} == {document(rich_report(), EN)["fingerprint"]}
