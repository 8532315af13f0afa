"""Exceptions that the evidence suggests: who is proven, again and again, through one source, and is not in the register yet. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.decisions import covers, has_ended
from app.model import Authentication, Decision, Direction, DomainClass, DomainRow, ExceptionRule, JudgedClaim, Relationship, Report
from app.report import LOOK_BELOW

ENOUGH_AS_US, ENOUGH_TO_US = 20, 50
"""Proven messages. A service that writes in our name was set up by somebody here, so fewer show it; whom to expect from outside takes more to know."""
LONG_ENOUGH = 30 * 86_400
"""Seconds between the first and the last: a single wave of mail, however large, is no habit."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One exception that could be recorded, and what speaks for it."""

    rule: ExceptionRule
    messages: int
    """Proven messages that it would cover."""
    since: int

    @property
    def key(self) -> str:
        """What "not now" is remembered by."""
        return f"{self.rule.direction} {self.rule.domain} {self.rule.source}"


def suggestions(report: Report) -> list[Suggestion]:
    """Most messages first. Mail that is not proven suggests nothing, whatever name it carries, nor does a name that shows anything unusual."""
    today = datetime.fromtimestamp(report.created, UTC).date()
    found = [each for row in report.domains for each in _of(row, report.exceptions, today)]
    return sorted(found, key=lambda each: (-each.messages, each.key))


def _of(row: DomainRow, rules: Iterable[ExceptionRule], today: date) -> list[Suggestion]:
    if row.domain is None or row.domain_class is not DomainClass.ORDINARY or row.relationship is Relationship.AUTHORISED:
        return []
    direction = Direction.AS_US if row.relationship is Relationship.OWN else Direction.TO_US
    if direction is Direction.TO_US and (row.worst < LOOK_BELOW or row.decision in (Decision.WATCHED, Decision.REJECTED)):
        return []
    in_time = [rule for rule in rules if rule.direction is direction and not has_ended(rule, today)]
    by_source: dict[str, list[JudgedClaim]] = defaultdict(list)
    for claim in row.claims:
        proven = claim.proof.authentication is Authentication.AUTHENTICATED and claim.decision is not Decision.REJECTED
        if proven and not any(covers(rule, claim.record.claim.domain, row.domain_class, claim.proof) for rule in in_time):
            by_source[claim.proof.source].append(claim)
    wanted = (
        Suggestion(ExceptionRule(row.domain, direction, source), sum(claim.record.messages for claim in claims), since)
        for source, claims in by_source.items()
        if _may_be_named(source, direction) and (since := _regular_since(claims)) is not None
    )
    enough = ENOUGH_AS_US if direction is Direction.AS_US else ENOUGH_TO_US
    return [each for each in wanted if each.messages >= enough and not any(_is_to_be_renewed(rule, each.rule) for rule in rules)]


def _may_be_named(source: str, direction: Direction) -> bool:
    """A service in our name is another than ourselves; a network alone is nobody that could be allowed."""
    if "/" in source or source in ("", "unknown"):
        return False
    return direction is Direction.TO_US or source != "own"


def _regular_since(claims: Iterable[JudgedClaim]) -> int | None:
    """The first of messages that were spread over long enough; None where they were not."""
    records = [claim.record for claim in claims]
    first = min((record.first_seen for record in records if record.first_seen is not None), default=None)
    last = max((record.last_seen for record in records if record.last_seen is not None), default=None)
    return first if first is not None and last is not None and last - first >= LONG_ENOUGH else None


def _is_to_be_renewed(rule: ExceptionRule, wanted: ExceptionRule) -> bool:
    """It was allowed until its last day."""
    return (rule.domain, rule.direction, rule.source, rule.kind) == (wanted.domain, wanted.direction, wanted.source, wanted.kind)
