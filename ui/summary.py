"""The few sentences that sum a mailbox up, each with the filter that shows what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import Translation
from app.model import Authentication, Relationship, Report
from app.report import Band, totals_of
from app.review import needing_a_look
from ui.domain_filter import DomainFilter, imitates


@dataclass(frozen=True, slots=True)
class Sentence:
    """`tone` and `shape` as in `ui.words`."""

    text: str
    tone: str
    shape: str
    leads_to: DomainFilter


def headline(report: Report, say: Translation) -> str:
    """`1,482 messages from 214 domains.`"""
    totals = totals_of(report)
    return f"{say.plural('{n} message', '{n} messages', totals.messages)} {say.plural('from {n} domain.', 'from {n} domains.', totals.domains)}"


def not_judged(report: Report, say: Translation) -> str:
    """Why the headline counts fewer messages than were read; empty where it does not."""
    n = report.scan.messages - totals_of(report).messages
    if n <= 0:
        return ""
    return say.plural("{n} more is your own, sent or drafted, and is not judged.", "{n} more are your own, sent or drafted, and are not judged.", n)


def sentences(report: Report, say: Translation) -> list[Sentence]:
    """What deserves attention first, then what is as it should be; nothing about an empty mailbox."""
    totals = totals_of(report)
    if not totals.messages:
        return []
    result = []
    looks = len(needing_a_look(report))
    if looks:
        text = say.plural("{n} domain needs a look.", "{n} domains need a look.", looks)
        result.append(Sentence(text, "warn", "warn", DomainFilter(needs_a_look=True)))
    else:
        result.append(Sentence(say("Nothing needs a look."), "good", "good", DomainFilter(band=Band.USUAL)))
    failed, own = Authentication.FAILED, Relationship.OWN
    forged = sum(row.counts.get(failed, 0) for row in report.domains if row.relationship is own)
    if forged:
        text = say.plural("{n} message is sent in your name, and its proof failed.", "{n} messages are sent in your name, and their proof failed.", forged)
        result.append(Sentence(text, "bad", "bad", DomainFilter(relationship=own, holding=failed)))
    imitations = sum(map(imitates, report.domains))
    if imitations:
        text = say.plural("{n} domain looks like a name that is not its own.", "{n} domains look like a name that is not their own.", imitations)
        result.append(Sentence(text, "bad", "bad", DomainFilter(imitates=True)))
    proven = totals.by_authentication[Authentication.AUTHENTICATED]
    if proven:
        text = say("{share} % of the messages are proven: their domain really sent them.", share=proven * 100 // totals.messages)
        result.append(Sentence(text, "good", "good", DomainFilter(holding=Authentication.AUTHENTICATED)))
    usual = totals.by_band[Band.USUAL]
    if looks and usual:
        text = say.plural("{n} domain shows nothing unusual.", "{n} domains show nothing unusual.", usual)
        result.append(Sentence(text, "good", "good", DomainFilter(band=Band.USUAL)))
    return result
