"""Messages over time, proven and unproven: a wave of forged mail stands out here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.charts.data import ChartData, Form, Row
from app.charts.periods import month_called, month_of, periods
from app.charts.relationships import PROOFS, proof_series
from app.i18n import Translation
from app.model import Authentication, Report
from app.report import tallies_of


def chart(report: Report, say: Translation) -> ChartData:
    counts: Counter[tuple[int, Authentication]] = Counter()
    for (month, proof), messages in (report.tallies or tallies_of(report)).traffic.items():
        counts[month_called(month), proof] += messages
    rows = columns_of(counts, report.created, say)
    return ChartData(
        "traffic",
        say("Messages over time"),
        say("Messages by the date they carry."),
        say("Time"),
        Form.COLUMNS,
        proof_series(say),
        rows,
    )


def columns_of(counts: Mapping[tuple[int, Authentication], int], created: int, say: Translation) -> tuple[Row, ...]:
    """Messages by (number of the month, what was established), up to the time of the audit, on the axis of time."""
    by_month: Counter[int] = Counter()
    for (number, _), messages in counts.items():
        by_month[number] += messages
    return tuple(
        Row(
            period.label(say),
            tuple(sum(n for (month, proof), n in counts.items() if proof is wanted and period.holds(month)) for wanted, _ in PROOFS),
            period,
            period.short(say),
            period.under(say),
        )
        for period in periods(by_month, month_of(created) or 0)
    )
