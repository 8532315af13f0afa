"""One decision about many domains at once: what it would cover, and what it leaves out and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.model import Decision, DecisionRecord, DomainClass, DomainRow, Relationship, Report
from app.review import Subject, subjects_of


class Left(StrEnum):
    """Why a row is left out of a decision about many."""

    NO_NAME = "no_name"
    """Its sender cannot be read."""
    SHARED = "shared"
    """Its addresses belong to many people."""
    DECIDED = "decided"
    """Somebody has decided about it, with a reason of its own."""
    OWN = "own"
    ALLOWED = "allowed"
    NOT_PROVEN = "not_proven"
    """Trust is bound to proof, and it has none."""


@dataclass(frozen=True, slots=True)
class Together:
    """A decision about many, before it is made."""

    decision: Decision
    covered: tuple[Subject, ...]
    left_out: tuple[tuple[DomainRow, Left], ...]

    @property
    def messages(self) -> int:
        """Messages that the decision would hold for."""
        return sum(claim.record.messages for subject in self.covered for claim in subject.covered(self.decision))

    def records(self, *, reason: str = "", until: date | None = None) -> tuple[DecisionRecord, ...]:
        """As they are to be kept; who and when are filled in by who keeps them."""
        return tuple(subject.decided(self.decision, reason=reason, until=until) for subject in self.covered)

    def undone(self) -> tuple[DecisionRecord, ...]:
        """What takes all of it back: each name as it stood before."""
        return tuple(subject.before for subject in self.covered)


@dataclass(frozen=True, slots=True)
class Made:
    """One of the decisions that were made together, and what takes it back."""

    record: DecisionRecord
    before: DecisionRecord


def standing(made: Iterable[Made], report: Report) -> tuple[Made, ...]:
    """Those that nobody has changed since."""
    kept = {record.subject: record for record in report.decisions}
    return tuple(each for each in made if each.record.subject in kept and replace(kept[each.record.subject], at=each.record.at) == each.record)


def together(rows: Iterable[DomainRow], report: Report, decision: Decision) -> Together:
    """What one decision about these rows covers. Own, allowed and shared names are never rejected in a crowd, and no earlier decision is overwritten."""
    covered: list[Subject] = []
    left_out: list[tuple[DomainRow, Left]] = []
    for row in rows:
        subject, why = _judged(row, report, decision)
        if why is not None:
            left_out.append((row, why))
        elif subject is not None:
            covered.append(subject)
    return Together(decision, tuple(covered), tuple(left_out))


def _judged(row: DomainRow, report: Report, decision: Decision) -> tuple[Subject | None, Left | None]:
    if row.domain is None:
        return None, Left.NO_NAME
    if row.domain_class is DomainClass.SHARED_PROVIDER:
        return None, Left.SHARED
    if decision is Decision.REJECTED and row.relationship is not Relationship.EXTERNAL:
        return None, Left.OWN if row.relationship is Relationship.OWN else Left.ALLOWED
    (subject,) = subjects_of(row, report)
    if not subject.open:
        return None, Left.DECIDED
    if decision is Decision.TRUSTED and not subject.can_trust:
        return None, Left.NOT_PROVEN
    return subject, None
