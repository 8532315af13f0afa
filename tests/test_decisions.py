"""Decisions bind to proof; exceptions lapse; a name is own on the dot boundary alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.decisions import Policy, in_force, is_within, pairs_of, record_of
from app.model import (
    AuthorStatus,
    Claim,
    ClaimRecord,
    Context,
    Decision,
    DecisionRecord,
    Direction,
    DomainClass,
    ExceptionRule,
    JudgedClaim,
    Proof,
    Relationship,
)
from tests.checks.subjects import FAILED, NOBODY_LOOKED, PROVEN

TODAY = date(2026, 6, 15)
CLAIM = Claim(AuthorStatus.CLEAR, "sara@partner.example", "partner.example")


def judged(proof: Proof = PROVEN) -> JudgedClaim:
    return JudgedClaim(ClaimRecord("c", CLAIM, 1, 0, 0), proof, Relationship.EXTERNAL, Decision.UNREVIEWED, (), 70)


def policy(*records: DecisionRecord, rules: tuple[ExceptionRule, ...] = ()) -> Policy:
    return Policy(Context(own_domains=("firm.example",), decisions=records, exceptions=rules, today=TODAY))


@pytest.mark.parametrize(("host", "inside"), [("firm.example", True), ("mail.firm.example", True), ("xfirm.example", False), ("firm.example.evil", False)])
def test_a_domain_holds_what_is_below_it_on_the_dot_boundary(host: str, inside: bool) -> None:
    assert is_within(host, "firm.example") is inside
    expected = Relationship.OWN if inside else Relationship.EXTERNAL
    assert policy().relationship(host, PROVEN, DomainClass.ORDINARY) is expected


def test_a_shared_provider_is_never_own() -> None:
    assert policy().relationship("firm.example", PROVEN, DomainClass.SHARED_PROVIDER) is Relationship.EXTERNAL


def test_without_a_readable_author_nobody_is_own() -> None:
    assert policy().relationship("", NOBODY_LOOKED, DomainClass.ORDINARY) is Relationship.EXTERNAL


def test_an_exception_to_us_authorises_a_domain_through_its_source() -> None:
    rules = (ExceptionRule("partner.example", Direction.TO_US, "own"),)
    assert policy(rules=rules).relationship("mail.partner.example", PROVEN, DomainClass.ORDINARY) is Relationship.AUTHORISED
    elsewhere = replace(PROVEN, source="letters.example")
    assert policy(rules=rules).relationship("partner.example", elsewhere, DomainClass.ORDINARY) is Relationship.EXTERNAL


def test_an_exception_as_us_permits_a_source_and_leaves_the_relationship_own() -> None:
    ours = policy(rules=(ExceptionRule("firm.example", Direction.AS_US, "letters.example"),))
    via = replace(PROVEN, source="letters.example")
    assert ours.permits("firm.example", via, DomainClass.ORDINARY)
    assert not ours.permits("firm.example", replace(PROVEN, source="other.example"), DomainClass.ORDINARY)
    assert ours.relationship("firm.example", via, DomainClass.ORDINARY) is Relationship.OWN


def test_an_exception_that_names_no_source_does_not_excuse_a_forgery() -> None:
    ours = policy(rules=(ExceptionRule("firm.example", Direction.AS_US),))
    assert ours.permits("firm.example", replace(PROVEN, source="letters.example"), DomainClass.ORDINARY)
    assert not ours.permits("firm.example", FAILED, DomainClass.ORDINARY)


def test_an_exception_lapses_after_its_last_day() -> None:
    rules = tuple(ExceptionRule(f"{day}.example", Direction.TO_US, until=date(2026, 6, day)) for day in (14, 15, 16))
    assert [rule.domain for rule in in_force(rules, TODAY)] == ["15.example", "16.example"]
    assert policy(rules=rules).lapsed("14.example", PROVEN, DomainClass.ORDINARY) == date(2026, 6, 14)
    assert policy(rules=rules).lapsed("15.example", PROVEN, DomainClass.ORDINARY) is None
    assert policy(rules=rules).relationship("14.example", PROVEN, DomainClass.ORDINARY) is Relationship.EXTERNAL


def test_trust_holds_while_it_is_proven_through_the_same_source() -> None:
    trusting = policy(record_of("partner.example", Decision.TRUSTED, [judged()], by="omar"))
    assert trusting.decision(CLAIM, "partner.example", PROVEN) is Decision.TRUSTED
    assert not trusting.contradicted(CLAIM, "partner.example", PROVEN)


@pytest.mark.parametrize("proof", [FAILED, NOBODY_LOOKED, replace(PROVEN, source="letters.example"), replace(PROVEN, proof=("spf:partner.example",))])
def test_trust_without_its_proof_is_raised(proof: Proof) -> None:
    trusting = policy(record_of("partner.example", Decision.TRUSTED, [judged()]))
    assert trusting.decision(CLAIM, "partner.example", proof) is Decision.UNREVIEWED
    assert trusting.contradicted(CLAIM, "partner.example", proof)


def test_rejecting_a_forgery_does_not_reject_the_genuine_sender() -> None:
    rejecting = policy(record_of("partner.example", Decision.REJECTED, [judged(FAILED)]))
    assert rejecting.decision(CLAIM, "partner.example", FAILED) is Decision.REJECTED
    assert rejecting.decision(CLAIM, "partner.example", PROVEN) is Decision.UNREVIEWED


def test_rejecting_a_proven_sender_covers_it_and_whatever_is_unproven() -> None:
    rejecting = policy(record_of("partner.example", Decision.REJECTED, [judged()]))
    assert rejecting.decision(CLAIM, "partner.example", PROVEN) is Decision.REJECTED
    assert rejecting.decision(CLAIM, "partner.example", FAILED) is Decision.REJECTED


def test_watching_covers_everything() -> None:
    watching = policy(DecisionRecord("partner.example", Decision.WATCHED))
    assert watching.decision(CLAIM, "partner.example", FAILED) is Decision.WATCHED


def test_an_address_has_its_own_decision_before_its_domain() -> None:
    both = policy(DecisionRecord("partner.example", Decision.WATCHED), DecisionRecord("sara@partner.example", Decision.TRUSTED))
    assert both.decision(CLAIM, "partner.example", PROVEN) is Decision.TRUSTED


def test_a_decision_is_none_from_the_day_on_which_to_look_again() -> None:
    later = DecisionRecord("partner.example", Decision.WATCHED, until=date(2026, 6, 16))
    assert policy(later).decision(CLAIM, "partner.example", PROVEN) is Decision.WATCHED
    over = DecisionRecord("partner.example", Decision.WATCHED, until=TODAY)
    assert policy(over).decision(CLAIM, "partner.example", PROVEN) is Decision.UNREVIEWED


def test_pairs_are_proofs_with_their_sources_without_repeats() -> None:
    assert pairs_of([judged(), judged(), judged(FAILED)]) == (("dkim:partner.example", "own"),)


BELOW, ANY = ExceptionRule("*.partner.example", Direction.TO_US), ExceptionRule("*", Direction.TO_US, "letters.example")
TENANTS = ExceptionRule("*", Direction.TO_US, kind=DomainClass.SHARED_HOSTING)


@pytest.mark.parametrize(("rule", "domain", "source", "kind", "authorised"), [
    (BELOW, "mail.partner.example", "own", DomainClass.ORDINARY, True),
    (BELOW, "partner.example", "own", DomainClass.ORDINARY, False),
    (BELOW, "xpartner.example", "own", DomainClass.ORDINARY, False),
    (ANY, "anybody.example", "letters.example", DomainClass.ORDINARY, True),
    (ANY, "anybody.example", "own", DomainClass.ORDINARY, False),
    (TENANTS, "shop.hosted.example", "own", DomainClass.SHARED_HOSTING, True),
    (TENANTS, "shop.example", "own", DomainClass.ORDINARY, False),
])  # fmt: skip
def test_a_pattern_authorises_what_it_speaks_of_and_only_with_proof(
    rule: ExceptionRule, domain: str, source: str, kind: DomainClass, authorised: bool
) -> None:
    expected = Relationship.AUTHORISED if authorised else Relationship.EXTERNAL
    assert policy(rules=(rule,)).relationship(domain, replace(PROVEN, source=source), kind) is expected
    for unproven in (FAILED, NOBODY_LOOKED):
        assert policy(rules=(rule,)).relationship(domain, replace(unproven, source=source), kind) is Relationship.EXTERNAL


def test_a_pattern_in_our_name_permits_a_source_for_every_own_domain_and_only_with_proof() -> None:
    ours = policy(rules=(ExceptionRule("*", Direction.AS_US, "letters.example"),))
    assert ours.permits("news.firm.example", replace(PROVEN, source="letters.example"), DomainClass.ORDINARY)
    assert not ours.permits("news.firm.example", replace(FAILED, source="letters.example"), DomainClass.ORDINARY)
    assert ours.relationship("anybody.example", replace(PROVEN, source="letters.example"), DomainClass.ORDINARY) is Relationship.EXTERNAL


def test_a_pattern_that_has_ended_is_told_of_what_it_covered() -> None:
    ended = policy(rules=(replace(BELOW, until=date(2026, 6, 1)),))
    assert ended.lapsed("mail.partner.example", PROVEN, DomainClass.ORDINARY) == date(2026, 6, 1)
    assert ended.lapsed("partner.example", PROVEN, DomainClass.ORDINARY) is None
