"""What a reviewer has to decide about, riskiest first: domains, and single addresses at shared providers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.decisions import is_due, record_of, with_all_above
from app.later import Later
from app.model import Authentication, Decision, DecisionRecord, DomainClass, DomainRow, JudgedClaim, Relationship, Report, Skip
from app.report import LOOK_BELOW


@dataclass(frozen=True, slots=True)
class Subject:
    """A domain, or an address at a shared provider, with what was seen of it and what has been decided."""

    name: str
    row: DomainRow
    claims: Sequence[JudgedClaim]
    """Lowest score first."""
    record: DecisionRecord | None = None
    """The decision that is in force."""
    lapsed: DecisionRecord | None = None
    """The decision whose day to look again has come."""

    @property
    def _whole(self) -> bool:
        """It is all of its row, which then knows its sums; the claims may have to be loaded first."""
        return self.claims is self.row.claims

    @property
    def worst(self) -> int:
        return self.row.worst if self._whole else self.claims[0].score

    @property
    def messages(self) -> int:
        return self.row.messages if self._whole else sum(claim.record.messages for claim in self.claims)

    @property
    def proven(self) -> tuple[JudgedClaim, ...]:
        return tuple(claim for claim in self.claims if claim.proof.authentication is Authentication.AUTHENTICATED)

    @property
    def unproven(self) -> tuple[JudgedClaim, ...]:
        return tuple(claim for claim in self.claims if claim.proof.authentication is not Authentication.AUTHENTICATED)

    @property
    def protected(self) -> bool:
        """Own or authorised: what is proven there is never rejected."""
        return self.row.relationship is not Relationship.EXTERNAL

    @property
    def can_trust(self) -> bool:
        """Trust is bound to a proof, so without one there is nothing to trust."""
        return any(claim.proof.proof for claim in self.proven)

    @property
    def can_reject(self) -> bool:
        return bool(self.unproven) or not self.protected

    @property
    def contradicted(self) -> bool:
        """It is trusted, and since then mail has come that the trust does not cover."""
        record = self.record
        if record is None or record.decision is not Decision.TRUSTED or (self._whole and self.row.decided == self.row.messages):
            return False
        late = (claim for claim in self.claims if claim.decision is Decision.UNREVIEWED)
        return any(record.at is None or claim.record.last_seen is None or claim.record.last_seen > record.at for claim in late)

    @property
    def uncovered(self) -> int:
        """Messages in a trusted name that the trust does not cover."""
        if self.record is None or self.record.decision is not Decision.TRUSTED:
            return 0
        return sum(claim.record.messages for claim in self.claims if claim.decision is Decision.UNREVIEWED)

    @property
    def skip(self) -> Skip:
        """How it stands, for putting it off."""
        return Skip(self.name, self.worst, self.uncovered)

    def worse_than(self, then: Skip) -> bool:
        """Since it was put off, something has come that speaks against it."""
        return self.worst < then.worst or self.uncovered > then.uncovered

    @property
    def open(self) -> bool:
        """Somebody has to decide, for the first time or again."""
        return self.record is None or self.contradicted

    @property
    def waits(self) -> bool:
        """It is open, and has come back or looks unusual."""
        return self.open and (self.contradicted or self.lapsed is not None or self.worst < LOOK_BELOW)

    def rejected(self, with_proven: bool) -> Sequence[JudgedClaim]:
        """What a rejection covers: the unproven alone where there is any, so that a forgery does not take the genuine sender with it."""
        if self.protected or (self.unproven and not with_proven):
            return self.unproven
        return self.claims

    def covered(self, decision: Decision) -> Sequence[JudgedClaim]:
        """What a decision would hold for."""
        if decision is Decision.REJECTED:
            return self.rejected(with_proven=False)
        return self.proven if decision is Decision.TRUSTED else self.claims

    @property
    def before(self) -> DecisionRecord:
        """What takes a new decision back: the one that there was, or none."""
        return self.record or self.lapsed or DecisionRecord(self.name, Decision.UNREVIEWED)

    def decided(self, decision: Decision, *, reason: str = "", until: date | None = None, with_proven: bool = False) -> DecisionRecord:
        """The decision as it is to be kept, bound to the proofs seen here; who and when are filled in by who keeps it."""
        claims = self.rejected(with_proven) if decision is Decision.REJECTED else self.claims
        return record_of(self.name, decision, claims, reason=reason, until=until)


def subjects_of(row: DomainRow, report: Report) -> tuple[Subject, ...]:
    """The domain; at a shared provider its addresses, most suspicious first; nothing for mail without a readable domain."""
    return _subjects_of(row, _Records(report))


def queue_of(report: Report, *, everything: bool = False) -> list[Subject]:
    """What is open and needs a look or has come back, lowest score first and then most messages; `everything`: what is open and looks usual as well."""
    wanted = [subject for subject in _all(report) if subject.waits or (everything and subject.open and not subject.protected)]
    return sorted(wanted, key=lambda subject: (subject.worst, -subject.messages, subject.name))


def needing_a_look(report: Report) -> list[DomainRow]:
    """The domains that the review would ask about, and unreadable senders, about whom nobody can decide, by their score; lowest score first, then
    most messages."""
    records = _Records(report)
    found = (row for row in report.domains if _needs_a_look(row, records))
    return sorted(found, key=lambda row: (row.worst, -row.messages, row.domain or ""))


def looks_of(report: Report) -> frozenset[str]:
    """The same by name; "" stands for unreadable senders."""
    return frozenset(row.domain or "" for row in needing_a_look(report))


def looked_through(report: Report) -> Report:
    """The same, with whatever `looks_of` has to read of it at hand: call it where nobody waits."""
    looks_of(report)
    return report


def is_at_hand(report: Report) -> bool:
    """Whether `queue_of` has nothing to read any more, of what `looked_through` gave."""
    shared = (row.claims for row in report.domains if row.domain_class is DomainClass.SHARED_PROVIDER)
    return all(claims.made for claims in shared if isinstance(claims, Later))


def _needs_a_look(row: DomainRow, records: _Records) -> bool:
    if row.domain is None or row.domain not in records.spoken_of:  # its claims need not be loaded
        return row.worst < LOOK_BELOW
    return any(subject.waits for subject in _subjects_of(row, records))


def reviewed(report: Report) -> set[str]:
    """The subjects of this report that have a decision that holds."""
    return {subject.name for subject in _all(report) if not subject.open}


def _all(report: Report) -> list[Subject]:
    records = _Records(report)
    return [subject for row in report.domains for subject in _subjects_of(row, records)]


class _Records:
    """The report's decisions by subject: those in force, and those whose day to look again has come."""

    def __init__(self, report: Report) -> None:
        today = datetime.fromtimestamp(report.created, UTC).date()
        self.in_force = {each.subject: each for each in report.decisions if not is_due(each, today)}
        self.lapsed = {each.subject: each for each in report.decisions if each.subject not in self.in_force}
        self.spoken_of = {name for each in report.decisions for name in with_all_above(each.subject.rpartition("@")[2])}
        """Domains with a decision about them or an address in them."""

    def subject(self, name: str, row: DomainRow, claims: Sequence[JudgedClaim]) -> Subject:
        return Subject(name, row, claims, self.in_force.get(name), self.lapsed.get(name))


def _subjects_of(row: DomainRow, records: _Records) -> tuple[Subject, ...]:
    if row.domain is None:
        return ()
    if row.domain_class is not DomainClass.SHARED_PROVIDER:
        return (records.subject(row.domain, row, row.claims),)
    by_address: dict[str, list[JudgedClaim]] = defaultdict(list)
    for claim in row.claims:
        if claim.record.claim.address:
            by_address[claim.record.claim.address].append(claim)
    subjects = (records.subject(address, row, tuple(claims)) for address, claims in by_address.items())
    return tuple(sorted(subjects, key=lambda subject: (subject.worst, -subject.messages, subject.name)))
