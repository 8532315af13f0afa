"""The register as CSV: what is written is read as it was, and what cannot be read says why, line by line."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from app import exceptions_csv
from app.exceptions_csv import COLUMNS, OLDER, news, read, written
from app.model import Direction, DomainClass, ExceptionRule
from app.patterns import ANYBODY

RULES = (
    ExceptionRule("partner.example", Direction.TO_US, "", "Sara", 'said "yes",\nthen "no"', date(2027, 6, 30)),
    ExceptionRule("firm.example", Direction.AS_US, "mailer.example", "سارة", "=HYPERLINK(1)"),
    ExceptionRule("quoted.example", Direction.TO_US, "", "'=1+1", "-"),
    ExceptionRule("*.sub.example", Direction.TO_US),
    ExceptionRule("*", Direction.AS_US, "mailer.example"),
    ExceptionRule("*", Direction.TO_US, kind=DomainClass.SHARED_HOSTING),
)
HEAD = ",".join(OLDER)
"""As versions before the column for the class wrote it."""


def faults(text: str) -> list[tuple[int, str]]:
    return [(line.number, line.fault) for line in read(text.encode()) if line.fault]


def test_what_is_written_is_read_as_it_was() -> None:
    assert tuple(line.rule for line in read(written(RULES))) == RULES


def test_no_cell_begins_as_a_formula_and_the_file_with_a_byte_order_mark() -> None:
    octets = written(RULES)
    assert octets.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(octets.decode("utf-8-sig"), newline="")) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_semicolons_other_order_and_empty_lines_are_read() -> None:
    text = "until;reason;approved_by;source;direction;Domain\r\n\r\n2027-06-30;why;Sara;Mailer.example;as_us;Firm.example\r\n;;;;;\r\n"
    (line,) = read(text.encode())
    assert line.number == 3
    assert line.rule == ExceptionRule("firm.example", Direction.AS_US, "mailer.example", "Sara", "why", date(2027, 6, 30))


@pytest.mark.parametrize(("cells", "fault"), [
    ("no domain,to_us,,,,", exceptions_csv.NO_DOMAIN),
    (",to_us,,,,x", exceptions_csv.NO_DOMAIN),
    ("a.example,both,,,,", exceptions_csv.NO_DIRECTION),
    ("a.example,to_us,,,,30/06/2027", exceptions_csv.NO_DAY),
    ("a.example,to_us", exceptions_csv.CELLS),
    (f"a.example,to_us,,,{'x' * 501},", exceptions_csv.TOO_LONG),
    ('a.example,to_us,,,"never closed,', exceptions_csv.NOT_CSV),
])  # fmt: skip
def test_each_fault_is_told_with_its_line(cells: str, fault: str) -> None:
    assert faults(f"{HEAD}\nfirst.example,to_us,,,,\n{cells}") == [(3, fault)]


def test_the_same_exception_twice_is_a_fault_and_a_line_is_counted_where_it_begins() -> None:
    text = f'{HEAD}\na.example,to_us,,,"two\nlines",\nA.example,to_us,,Omar,,\n'
    assert faults(text) == [(4, exceptions_csv.TWICE)]


@pytest.mark.parametrize(("octets", "fault"), [
    (b"", exceptions_csv.NO_HEAD),
    (b"domain,direction\na.example,to_us\n", exceptions_csv.NO_HEAD),
    ("domain,سبب".encode("cp1256"), exceptions_csv.NOT_UTF_8),
    (b"x" * (exceptions_csv.LARGEST + 1), exceptions_csv.TOO_LARGE),
    (b"\x00\xff\xfe", exceptions_csv.NOT_UTF_8),
])  # fmt: skip
def test_what_is_no_such_table_is_one_fault(octets: bytes, fault: str) -> None:
    assert [line.fault for line in read(octets)] == [fault]


def test_only_what_is_new_or_changed_is_taken_and_nothing_beside_a_fault() -> None:
    lines = read(written(RULES))
    assert news(lines, RULES[:1]) == RULES[1:]
    assert news(read(written(RULES) + b"bad line\r\n"), ()) == ()


@pytest.mark.parametrize(("cells", "fault"), [
    ("*,to_us,,,,,", ANYBODY),
    ("*.,to_us,,,,,", exceptions_csv.NO_DOMAIN),
    ("*.example,to_us,,,,,", exceptions_csv.NO_DOMAIN),
    ("*.co.uk,to_us,,,,,", exceptions_csv.NO_DOMAIN),
    ("a.*.example,to_us,,,,,", exceptions_csv.NO_DOMAIN),
    ("*,to_us,,,,,everybody", exceptions_csv.NO_CLASS),
])  # fmt: skip
def test_a_pattern_that_would_allow_anybody_is_a_fault(cells: str, fault: str) -> None:
    assert faults(f"{','.join(COLUMNS)}\n{cells}") == [(2, fault)]
