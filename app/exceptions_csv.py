"""The register of exceptions as CSV (RFC 4180), written for spreadsheets and read again with each line's fault in words. Pure.

The columns are those of `COLUMNS`, in any order when read, and the last may be missing; what is allowed is `as_us` or `to_us`, a day is
ISO 8601, a domain may be a pattern (`*.example.com`, `*`), a class is one of the report's or empty. Spreadsheets of some
countries separate with semicolons, which is read too. Cells that a spreadsheet would take for a formula get an apostrophe in front, which
is taken off again (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.decisions import LONGEST_NOTE
from app.i18n import mark
from app.model import Direction, DomainClass, ExceptionRule
from app.patterns import ANY, ANYBODY, pattern_in

COLUMNS = ("domain", "direction", "source", "approved_by", "reason", "until", "class")
OLDER = COLUMNS[:-1]
LARGEST = 1024 * 1024
"""Octets of a file that is read."""
Same = tuple[str, str, str, str]
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")

NOT_UTF_8 = mark("This is not text in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.")
TOO_LARGE = mark("The file is larger than 1 MiB.")
NOT_CSV = mark("This is not a table in the form CSV.")
NO_HEAD = mark("The first line has to name these columns: {columns}.")
CELLS = mark("This line has {found} cells; the first line names {wanted}.")
NO_DOMAIN = mark("This is not a domain: {domain}.")
NO_CLASS = mark("This is no kind of domain: {found}.")
NO_DIRECTION = mark("What is allowed has to be as_us (in our name) or to_us (expected from outside), not {found}.")
NO_DAY = mark("This is not a day like 2027-06-30: {found}.")
TOO_LONG = mark("A cell is longer than 500 characters.")
TWICE = mark("The same exception stands in line {line} already.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a rule, or the fault that it has."""

    number: int
    """As an editor counts them, from 1."""
    rule: ExceptionRule | None = None
    fault: str = ""
    """English, marked for translation; empty: none."""
    params: Mapping[str, str] = field(default_factory=dict)


def written(rules: Iterable[ExceptionRule]) -> bytes:
    """All of them, a line each, after a byte order mark."""
    text = io.StringIO()
    table = csv.writer(text, dialect="excel", quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for rule in rules:
        until = rule.until.isoformat() if rule.until else ""
        values = (rule.domain, rule.direction, rule.source, rule.approved_by, rule.reason, until, rule.kind or "")
        table.writerow([_guarded(value) for value in values])
    return text.getvalue().encode("utf-8-sig")


def read(octets: bytes) -> tuple[Line, ...]:
    """Every line but the first and empty ones. A file that is no such table is one line with a fault."""
    if len(octets) > LARGEST:
        return (Line(1, fault=TOO_LARGE),)
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (Line(1, fault=NOT_UTF_8),)
    table = list(_rows(text))
    if not table or sorted(name.strip().lower() for name in table[0][1] or ()) not in (sorted(COLUMNS), sorted(OLDER)):
        return (Line(1, fault=NO_HEAD, params={"columns": ", ".join(COLUMNS)}),)
    names = [name.strip().lower() for name in table[0][1] or ()]
    seen: dict[Same, int] = {}
    return tuple(_line(number, names, cells, seen) for number, cells in table[1:])


def same(rule: ExceptionRule) -> Same:
    """What makes two rules one: a later one takes the place of the earlier."""
    return rule.domain, rule.direction, rule.source, rule.kind or ""


def news(lines: Iterable[Line], kept: Collection[ExceptionRule]) -> tuple[ExceptionRule, ...]:
    """The rules that are not there already, word for word; none while any line has a fault."""
    rules = [line.rule for line in lines]
    return () if None in rules else tuple(rule for rule in rules if rule is not None and rule not in kept)


def _rows(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """The number of the line on which each begins and its cells; None and the end where it cannot be read on."""
    head = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head and "," not in head else ",", strict=True)
    while True:
        number = table.line_num + 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error:
            yield number, None
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def _line(number: int, names: Sequence[str], cells: Sequence[str] | None, seen: dict[Same, int]) -> Line:
    if cells is None:
        return Line(number, fault=NOT_CSV)
    if len(cells) != len(names):
        return Line(number, fault=CELLS, params={"found": str(len(cells)), "wanted": str(len(names))})
    if any(len(cell) > LONGEST_NOTE for cell in cells):
        return Line(number, fault=TOO_LONG)
    found = {name: _bare(cell.strip()) for name, cell in zip(names, cells, strict=True)}
    domain, kind = pattern_in(found["domain"]), found.get("class", "")
    if domain is None:
        return Line(number, fault=NO_DOMAIN, params={"domain": found["domain"] or "–"})
    if found["direction"] not in list(Direction):
        return Line(number, fault=NO_DIRECTION, params={"found": found["direction"] or "–"})
    try:
        until = date.fromisoformat(found["until"]) if found["until"] else None
    except ValueError:
        return Line(number, fault=NO_DAY, params={"found": found["until"]})
    if kind and kind not in list(DomainClass):
        return Line(number, fault=NO_CLASS, params={"found": kind})
    if domain == ANY and not kind and not found["source"]:
        return Line(number, fault=ANYBODY)
    rule = ExceptionRule(
        domain, Direction(found["direction"]), found["source"].lower(), found["approved_by"], found["reason"], until, DomainClass(kind) if kind else None
    )
    before = seen.setdefault(same(rule), number)
    return Line(number, rule) if before == number else Line(number, fault=TWICE, params={"line": str(before)})


def _guarded(text: str) -> str:
    """Apostrophes before a formula count as part of it, so that what is written is read as it was."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text
