"""One domain over time, proven and unproven: when its proof was lost, or when a forger began."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from app.charts.data import ChartData, Form
from app.charts.periods import month_called
from app.charts.relationships import proof_series
from app.charts.traffic import columns_of
from app.i18n import Translation
from app.model import Authentication, DomainRow

Months = Mapping[str, Mapping[str, int]]
"""Messages by claim id, then by month (`2026-03`)."""


def by_claim(months: Mapping[tuple[str, str], int]) -> Months:
    """A report's months ordered for asking about one claim after another."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (claim, month), messages in months.items():
        found[claim][month] = messages
    return found


def timeline(row: DomainRow, months: Months, created: int, say: Translation) -> ChartData:
    counts: Counter[tuple[int, Authentication]] = Counter()
    for claim in row.claims:
        for month, messages in months.get(claim.record.id, {}).items():
            counts[month_called(month), claim.proof.authentication] += messages
    return ChartData(
        "timeline",
        say("This domain over time"),
        say("Messages by the date they carry."),
        say("Time"),
        Form.COLUMNS,
        proof_series(say),
        columns_of(counts, created, say),
    )
