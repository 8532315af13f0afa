"""What of an audit goes into a report, and how it is told: whole or a part, with people or without, for one reader or another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from app.model import DomainRow, Presentation, Report
from app.redact import Redactor
from app.review import needing_a_look


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for one report."""

    looks_only: bool = False
    """Only the rows that need a look."""
    redacted: bool = False
    presentation: Presentation = field(default_factory=Presentation)


def chosen(report: Report, choices: Choices, key: bytes) -> Report:
    """The report as chosen. `key`: 16 octets or more, new for each report; pseudonyms are made with it."""
    part = only(report, needing_a_look(report)) if choices.looks_only else report
    hidden = Redactor(key).report(part) if choices.redacted else part
    return replace(hidden, presentation=choices.presentation)


def only(report: Report, rows: Collection[DomainRow]) -> Report:
    """These rows alone, with what belongs to them; what was read and what was decided stays whole. It says how much is left out."""
    if len(rows) == len(report.domains):
        return report
    claims = {claim.record.id for row in rows for claim in row.claims}
    kept = sum(row.messages for row in rows)
    return replace(
        report,
        domains=tuple(rows),
        messages=None if report.messages is None else tuple(each for each in report.messages if each.claim in claims),
        months={key: n for key, n in report.months.items() if key[0] in claims},
        tallies=None,
        excerpt=replace(
            report.excerpt,
            domains=report.excerpt.domains + len(report.domains) - len(rows),
            messages=report.excerpt.messages + sum(row.messages for row in report.domains) - kept,
        ),
    )
