"""Which recorded rejections may become rules of a mail system, and which may not. Pure: a report in, lists out.

A rule that is too wide loses honest mail, so whatever is own, authorised or shared by many is left out, and a rejection that covers unproven mail alone
never becomes one that refuses the proven.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from app.decisions import in_force, is_due, is_within
from app.domains import public_suffix
from app.model import Authentication, Decision, DecisionRecord, DomainClass, DomainRow, JudgedClaim, Relationship, Report, Verdict
from app.patterns import base_of

_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
"""A dot-atom (RFC 5322 section 3.2.3)."""
_PROVEN = Authentication.AUTHENTICATED


class Covers(StrEnum):
    """Which mail of a sender a rule is about."""

    ALL = "all"
    UNPROVEN = "unproven"
    """Only what the receiving server could not prove: genuine mail of the same name passes."""


class Left(StrEnum):
    """Why a rejection becomes no rule."""

    OWN = "own"
    AUTHORISED = "authorised"
    SHARED = "shared"
    ENDED = "ended"
    NO_NAME = "no_name"
    """It is no name that a mail system could be given."""
    UNPROVEN = "unproven"
    """It covers unproven mail alone, which this form cannot tell apart."""
    REDACTED = "redacted"
    """The report holds a made-up name in the place of the address."""
    SYNTAX = "syntax"
    """This form would read a sign in the address as a command of its own."""
    NO_VERDICT = "no_verdict"
    """It covers unproven mail alone, and no DMARC verdict tells this sender's genuine mail apart."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One rejection that may become a rule."""

    subject: str
    """A domain with all below it, or an address; lower-case A-labels."""
    covers: Covers
    record: DecisionRecord
    messages: int
    """Messages of this audit that it covers."""

    @property
    def is_address(self) -> bool:
        return "@" in self.subject


@dataclass(frozen=True, slots=True)
class Refusals:
    """All rejections of a report, sorted into rules and what is left out, with the reason."""

    rules: tuple[Refusal, ...]
    left_out: tuple[tuple[DecisionRecord, Left], ...]

    def without(self, why: Left, meant: Callable[[Refusal], bool]) -> Refusals:
        """These rules left out as well, for this reason."""
        more = tuple((rule.record, why) for rule in self.rules if meant(rule))
        return Refusals(tuple(rule for rule in self.rules if not meant(rule)), (*self.left_out, *more))

    def covering_all(self) -> Refusals:
        """For a form that cannot tell proven mail from unproven: rejections of the unproven are left out."""
        return self.without(Left.UNPROVEN, lambda rule: rule.covers is Covers.UNPROVEN)


def refusals_of(report: Report) -> Refusals:
    """The rejections in force on the day of the report, in the order of their names."""
    today = datetime.fromtimestamp(report.created, UTC).date()
    rows = _rows_by_subject(report.domains)
    rules, left = [], []
    for record in sorted(report.decisions, key=lambda record: record.subject):
        if record.decision is not Decision.REJECTED:
            continue
        why = _left(record, rows.get(record.subject), report, today)
        if why is not None:
            left.append((record, why))
            continue
        claims = list(_claims(record.subject, rows.get(record.subject)))
        covers = _covers(claims)
        if covers is Covers.UNPROVEN and any(claim.proof.authentication is _PROVEN and claim.proof.dmarc is not Verdict.PASS for claim in claims):
            left.append((record, Left.NO_VERDICT))
            continue
        covered = [claim for claim in claims if claim.decision is Decision.REJECTED]
        rules.append(Refusal(record.subject, covers, record, sum(claim.record.messages for claim in covered)))
    return Refusals(tuple(rules), tuple(left))


def _rows_by_subject(rows: Iterable[DomainRow]) -> dict[str, DomainRow]:
    found: dict[str, DomainRow] = {}
    for row in rows:
        if row.domain:
            found[row.domain] = row
            found.update((each.address, row) for each in row.addresses)
    return found


def _claims(subject: str, row: DomainRow | None) -> Iterable[JudgedClaim]:
    if row is None:
        return ()
    return (claim for claim in row.claims if "@" not in subject or claim.record.claim.address == subject)


def _covers(claims: Iterable[JudgedClaim]) -> Covers:
    """Everything, only where proven mail was seen and all of it was rejected with its proof."""
    proven = [claim for claim in claims if claim.proof.authentication is _PROVEN]
    return Covers.ALL if proven and all(claim.decision is Decision.REJECTED for claim in proven) else Covers.UNPROVEN


def _left(record: DecisionRecord, row: DomainRow | None, report: Report, today: date) -> Left | None:
    local, _, domain = record.subject.rpartition("@")
    if is_due(record, today):
        return Left.ENDED
    if report.excerpt.redacted and "@" in record.subject:
        return Left.REDACTED
    if not _DOMAIN.fullmatch(domain) or ("@" in record.subject and not _LOCAL.fullmatch(local)):
        return Left.NO_NAME
    overlaps = _overlapping(domain)
    if (row and row.relationship is Relationship.OWN) or any(map(overlaps, report.scope.own_domains)):
        return Left.OWN
    allowed = filter(None, (base_of(rule.domain) for rule in in_force(report.exceptions, today)))
    if (row and row.relationship is Relationship.AUTHORISED) or any(map(overlaps, allowed)):
        return Left.AUTHORISED
    if "@" not in record.subject and (row is None or row.domain_class is DomainClass.SHARED_PROVIDER or _has_tenants(domain, report)):
        return Left.SHARED  # of a domain that this audit did not see, nobody knows whether many share it
    return None


def _has_tenants(domain: str, report: Report) -> bool:
    """Names below it belong to others, as under onmicrosoft.com: an ending that is rented out, or rows of this audit say so."""
    return public_suffix(domain)[0] == domain or any(row.domain and row.domain != domain and is_within(row.domain, domain) for row in report.domains)


def _overlapping(domain: str) -> Callable[[str], bool]:
    return lambda other: is_within(other, domain) or is_within(domain, other)
