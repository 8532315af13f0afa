"""What a check is, what it is given, and the text that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.checks.points import POINTS
from app.lookalike import Resemblance, is_sibling
from app.model import (
    Authentication,
    AuthorStatus,
    Claim,
    ClaimRecord,
    Confidence,
    Context,
    DomainClass,
    Finding,
    Proof,
    Relationship,
    Severity,
    Trait,
    Verdict,
)
from app.people import NameIndex

FAMILIAR_MESSAGES, FAMILIAR_SECONDS = 10, 30 * 86_400
"""Proven messages, and the time over which they came, that make a sender familiar: a name registered for one fraud has neither."""


@dataclass(frozen=True, slots=True)
class CheckText:
    """A check's words in English, marked for translation; `{name}` is a parameter of the finding."""

    title: str
    seen: str
    why: str
    innocent: str
    advice: str


@dataclass(frozen=True, slots=True)
class Use:
    """How a sending source was used for proven mail."""

    messages: int
    first_seen: int | None


@dataclass(frozen=True, slots=True)
class History:
    """What the mailbox knows of one party: an organisation's domain over all its claims, at a shared provider one address."""

    messages: int = 0
    authenticated: int = 0
    first_seen: int | None = None
    last_seen: int | None = None
    first_authenticated: int | None = None
    last_authenticated: int | None = None
    sources: Mapping[str, Use] = field(default_factory=dict)
    """Sending source -> the proven mail that came through it."""

    @property
    def is_long(self) -> bool:
        """Proven mail has been coming for some time."""
        if self.authenticated < FAMILIAR_MESSAGES or self.first_authenticated is None:
            return False
        return (self.last_authenticated or 0) - self.first_authenticated >= FAMILIAR_SECONDS


@dataclass(slots=True)
class Subject:
    """One claim with all that may be asked about it. Pure values and pure functions, that nobody changes; not frozen, for one is made of every claim,
    and Python is slow to make what is frozen."""

    record: ClaimRecord
    proof: Proof
    relationship: Relationship
    organisation: str
    """Registrable domain of the author; empty where there is no clear author."""
    domain_class: DomainClass
    history: History
    resemblances: tuple[Resemblance, ...]
    """What the author domain resembles."""
    context: Context
    organisation_of: Callable[[str], str]
    class_of: Callable[[str], DomainClass]
    names: NameIndex = field(default_factory=NameIndex)
    """Whose names are known: brands, organisations, people."""
    words: tuple[str, ...] = ()
    """The display name as folded words."""
    written_to: bool = False
    """The owner wrote to this address, or to this organisation where it is not a shared provider."""
    wrote_first: bool = False
    """… and did so before anything came from there."""
    known_list: bool = False
    """What carried it is a mailing list that this mailbox knows."""
    permitted: bool = False
    """An exception lets this sending source write in our name."""
    lapsed: date | None = None
    """The last day of an exception that covered this claim and is over."""
    trust_broken: bool = False
    """A reviewer trusts this name, and this claim is not what the trust is bound to."""

    # What nearly every check asks for follows from these once for all of them.
    claim: Claim = field(init=False)
    clear: bool = field(init=False)
    authenticated: bool = field(init=False)
    failed: bool = field(init=False)
    external: bool = field(init=False)
    on_a_list: bool = field(init=False)
    """It says so, and the mailbox knows the list: anybody can write `List-Post`. A collected sample has no mailbox to ask."""
    established: bool = field(init=False)
    """The owner wrote first, or proven mail has been coming for some time. An answer alone establishes nobody: it is what an impostor is after."""
    familiar: bool = field(init=False)
    """The owner writes to them or has long known them: what looks odd about a stranger is a habit of theirs."""

    def __post_init__(self) -> None:
        claim = self.claim = self.record.claim
        self.clear = claim.status is AuthorStatus.CLEAR
        self.authenticated = self.proof.authentication is Authentication.AUTHENTICATED
        self.failed = self.proof.authentication is Authentication.FAILED
        self.external = self.relationship is Relationship.EXTERNAL
        self.on_a_list = Trait.LIST in claim.traits and (self.known_list or self.context.samples)
        self.established = self.wrote_first or (self.authenticated and self.history.is_long)
        self.familiar = self.written_to or self.established

    @property
    def looked_at(self) -> bool:
        """The border looked for proof and said what it found; a temporary error is no look."""
        proof = self.proof
        return any(verdict is not None and verdict is not Verdict.TEMPERROR for verdict in (proof.dmarc, proof.spf, proof.dkim))


@dataclass(frozen=True, slots=True)
class Check:
    """One question asked of every claim."""

    id: str
    severity: Severity
    confidence: Confidence
    text: CheckText
    cases: Mapping[str, tuple[Severity, Confidence]] = field(default_factory=dict)
    """What differs in the cases that the check tells apart; each has a row `id.case` of points."""

    @property
    def points(self) -> int:
        return POINTS[self.id]

    def finding(self, case: str = "", /, **params: str | int) -> Finding:
        """The check's finding, or that of one of its cases."""
        if not case:
            return Finding(self.id, self.severity, self.confidence, POINTS[self.id], tuple(params.items()))
        severity, confidence = self.cases[case]
        return Finding(self.id, severity, confidence, POINTS[f"{self.id}.{case}"], tuple(params.items()))


def resembling(check: Check, subject: Subject, kinds: Collection[str]) -> Finding | None:
    """The finding of a look-alike check: the first name of these kinds that an outside author domain resembles."""
    found = next((resemblance for resemblance in subject.resemblances if resemblance.kind in kinds), None)
    if found is None or not subject.external:
        return None
    case = "known" if subject.authenticated and subject.established else "unsure" if is_sibling(found, subject.organisation) else ""
    return check.finding(case, domain=subject.claim.domain, resembles=found.resembles, how=found.how.value)
