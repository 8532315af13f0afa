"""Relationship by authentication: how many messages come from one's own, expected and outside domains, and how many of each are proven."""

from __future__ import annotations

from collections import Counter

from app.charts.data import ChartData, Form, Row, Series
from app.i18n import Translation
from app.model import Authentication, Relationship, Report
from app.terms import AUTHENTICATIONS, RELATIONSHIPS

PROOFS = ((Authentication.AUTHENTICATED, "good"), (Authentication.NOT_ESTABLISHED, "neutral"), (Authentication.FAILED, "bad"))


def proof_series(say: Translation) -> tuple[Series, ...]:
    """What a message can be; a message is never mixed."""
    return tuple(Series(say.fill(AUTHENTICATIONS[proof].name, {}), tone, proof) for proof, tone in PROOFS)


def chart(report: Report, say: Translation) -> ChartData:
    counts: Counter[tuple[Relationship, Authentication]] = Counter()
    for row in report.domains:
        for proof, messages in row.counts.items():
            counts[row.relationship, proof] += messages
    rows = tuple(
        Row(say.fill(RELATIONSHIPS[relationship].name, {}), tuple(counts[relationship, proof] for proof, _ in PROOFS), relationship)
        for relationship in Relationship
    )
    return ChartData(
        "relationships",
        say("Whose mail it is, and whether it is proven"),
        say("Messages, by whose domain they name as sender."),
        say("Relationship"),
        Form.BARS,
        proof_series(say),
        rows,
    )
