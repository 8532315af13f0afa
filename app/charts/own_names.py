"""Mail in one's own name, proven against unproven, by who sent it: the picture of a forged sender, and of a service that was forgotten."""

from __future__ import annotations

from collections import Counter

from app.charts.data import ChartData, Form, Row
from app.charts.relationships import PROOFS, proof_series
from app.contain import contained
from app.i18n import Translation
from app.model import Authentication, Report
from app.report import tallies_of

SHOWN, LETTERS = 4, 40
"""Sources with a bar of their own, and letters of a name: what is cut off is its beginning, the end says whose it is."""


def chart(report: Report, say: Translation) -> ChartData:
    counts: dict[str, Counter[Authentication]] = {}
    for (source, proof), messages in (report.tallies or tallies_of(report)).own_sources.items():
        counts.setdefault(source, Counter())[proof] += messages
    ordered = sorted(counts.items(), key=lambda each: (-each[1].total(), each[0]))
    shown, rest = (ordered, []) if len(ordered) <= SHOWN + 1 else (ordered[:SHOWN], ordered[SHOWN:])
    rows = [Row(_name(source, say), tuple(found[proof] for proof, _ in PROOFS), source) for source, found in shown]
    if rest:
        others = sum((found for _, found in rest), Counter[Authentication]())
        rows.append(Row(say.plural("{n} other source", "{n} other sources", len(rest)), tuple(others[proof] for proof, _ in PROOFS), None))
    return ChartData(
        "own_names",
        say("Who sends in your own name"),
        say("Messages that name one of your own domains as sender, by who carried them."),
        say("Sending source"),
        Form.BARS,
        proof_series(say),
        tuple(rows),
    )


def _name(source: str, say: Translation) -> str:
    if source == "own":
        return say("Your own servers")
    if source == "unknown":
        return say("Source not known")
    name = contained(source)
    return name if len(name) <= LETTERS else f"…{name[-LETTERS:]}"
