"""Claims and context become rows: the sum, the roll-up, and what a change of context changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from app.assess import assess
from app.domains import Organisations
from app.model import (
    Authentication,
    AuthorStatus,
    Border,
    BorderServer,
    BorderSource,
    Brand,
    Claim,
    ClaimRecord,
    Confidence,
    Context,
    Correspondent,
    Decision,
    DecisionRecord,
    DomainRow,
    Evidence,
    Facts,
    Place,
    Relationship,
    Severity,
    Statement,
    Trait,
    Verdict,
)
from tests.checks.subjects import DAY

BORDER = Border((BorderServer("mx.host.example", BorderSource.GIVEN),))
FACTS = Facts(
    shared_providers=frozenset(("free.test",)),
    brands=(Brand("Parcelo", ("parcelo",), ("parcelo.com",)),),
)
CONTEXT = Context(own_domains=("alnoor-trading.com",), border=BORDER, facts=FACTS)


def evidence(verdict: Verdict | None, domain: str) -> Evidence:
    if verdict is None:
        return Evidence("host.example")
    signed = ((Verdict.PASS, domain),) if verdict is Verdict.PASS else ()
    return Evidence("host.example", (Statement("mx.host.example", Place.TOP, 0, False, verdict, domain, None, "", signed),))


def record(
    id: str, address: str, verdict: Verdict | None = Verdict.PASS, messages: int = 1, first: int = 0, last: int | None = None, **values: Any
) -> ClaimRecord:
    domain = address.rpartition("@")[2]
    status = AuthorStatus.CLEAR if address else AuthorStatus.NONE
    claim = Claim(status, address, domain, evidence=evidence(verdict, domain), **values)
    return ClaimRecord(id, claim, messages, first * DAY, (first if last is None else last) * DAY)


def rows_of(records: Iterable[ClaimRecord], context: Context = CONTEXT) -> dict[str | None, DomainRow]:
    return {row.domain: row for row in assess(records, context, Organisations(context.facts))}


def ids(row: DomainRow) -> set[str]:
    return {finding.id for finding in row.findings}


def test_claims_are_rolled_up_by_registrable_domain_and_no_message_is_lost() -> None:
    rows = rows_of([record("a", "x@mail.partner.com", messages=3), record("b", "y@partner.com", messages=2), record("c", "", None, 4)])
    assert {domain: row.messages for domain, row in rows.items()} == {"partner.com": 5, None: 4}


def test_messages_without_a_readable_author_are_one_row_and_say_so() -> None:
    row = rows_of([record("a", "", None, 4)])[None]
    assert ids(row) == {"unreadable_author"}
    assert row.relationship is Relationship.EXTERNAL


def test_one_forged_message_among_forty_genuine_ones_condemns_its_own_claim_alone() -> None:
    row = rows_of([record("genuine", "x@partner.com", messages=40, last=100), record("forged", "x@partner.com", Verdict.FAIL, first=50)])["partner.com"]
    assert row.score is not None
    assert row.score > 70 > 40 > row.worst
    assert row.authentication is Authentication.MIXED
    assert [claim.record.id for claim in row.claims] == ["forged", "genuine"]
    assert next(finding for finding in row.findings if finding.id == "proof_lost").messages == 1


def test_a_domain_shows_its_largest_claim_in_the_strongest_state() -> None:
    row = rows_of(
        [
            record("small", "x@partner.com", messages=2, last=100),
            record("large", "y@partner.com", messages=5, last=100, traits=()),
            record("unproven", "z@partner.com", Verdict.NONE, messages=90, last=100),
        ]
    )["partner.com"]
    large = next(claim for claim in row.claims if claim.record.id == "large")
    assert row.score == large.score


def test_a_shared_provider_has_no_score_but_its_addresses_have() -> None:
    row = rows_of([record("a", "sara@free.test"), record("b", "tom@free.test", Verdict.FAIL)])["free.test"]
    assert row.score is None
    scores = {address.address: address.score for address in row.addresses}
    assert scores["sara@free.test"] > scores["tom@free.test"]  # type: ignore[operator]


def test_at_a_shared_provider_a_strangers_history_is_not_the_neighbours() -> None:
    neighbour = record("a", "sara@free.test", messages=60, last=300)
    row = rows_of([neighbour, record("b", "tom@free.test", first=200)])["free.test"]
    stranger = next(claim for claim in row.claims if claim.record.id == "b")
    assert "first_contact" in {finding.id for finding in stranger.findings}


def test_the_worst_row_comes_first() -> None:
    order = list(rows_of([record("a", "x@partner.com"), record("b", "ceo@alnoor-trading.com", Verdict.FAIL)]))
    assert order == ["alnoor-trading.com", "partner.com"]


def test_a_change_of_own_domains_changes_the_rows_and_not_the_claims() -> None:
    claims = [record("a", "ceo@alnoor-trading.com", Verdict.FAIL)]
    before = rows_of(claims, replace(CONTEXT, own_domains=()))["alnoor-trading.com"]
    after = rows_of(claims)["alnoor-trading.com"]
    assert (before.relationship, after.relationship) == (Relationship.EXTERNAL, Relationship.OWN)
    assert after.worst < before.worst
    assert [claim.record for claim in before.claims] == [claim.record for claim in after.claims]


@pytest.mark.parametrize(("messages", "confidence"), [(2, Confidence.LOW), (3, Confidence.MEDIUM), (19, Confidence.MEDIUM), (20, Confidence.HIGH)])
def test_confidence_follows_the_number_of_messages(messages: int, confidence: Confidence) -> None:
    assert rows_of([record("a", "x@partner.com", messages=messages)])["partner.com"].confidence is confidence


def test_a_look_alike_of_the_own_domain_is_found() -> None:
    row = rows_of([record("a", "pay@alnoor-tradlng.com")])["alnoor-tradlng.com"]
    assert "lookalike_own" in ids(row)


def test_a_look_alike_of_a_correspondents_domain_is_found() -> None:
    known = {"tom@harbourlines.com": Correspondent("tom@harbourlines.com", 5, 0, 1)}
    rows = rows_of([record("a", "tom@harbourlines.com", messages=9, last=200), record("b", "tom@harbour1ines.com")], replace(CONTEXT, correspondents=known))
    assert "lookalike_known" in ids(rows["harbour1ines.com"])
    assert "lookalike_known" not in ids(rows["harbourlines.com"])
    assert "written_to" in ids(rows["harbourlines.com"])


def test_an_impostor_whom_the_owner_answered_stays_an_impostor() -> None:
    sent = {address: Correspondent(address, 1, day * DAY, day * DAY) for address, day in (("tom@harbourlines.com", 0), ("tom@harbour1ines.com", 301))}
    genuine = record("a", "tom@harbourlines.com", messages=9, first=1, last=200, name="Tom Bell")
    forged = record("b", "tom@harbour1ines.com", first=300, name="Tom Bell")
    rows = rows_of([genuine, forged], replace(CONTEXT, correspondents=sent))
    assert ids(rows["harbour1ines.com"]) >= {"lookalike_known", "name_of_person", "first_contact"}
    assert ids(rows["harbourlines.com"]).isdisjoint({"lookalike_known", "name_of_person", "first_contact"})


def test_a_forger_who_calls_himself_a_list_is_not_excused() -> None:
    forged = record("a", "ceo@alnoor-trading.com", Verdict.FAIL, traits=(Trait.LIST,))
    [finding] = [f for f in rows_of([forged])["alnoor-trading.com"].findings if f.id == "own_domain_unproven"]
    assert finding.severity is Severity.HIGH


def test_a_brand_in_the_local_part_is_heard() -> None:
    assert "lookalike_brand" in ids(rows_of([record("a", "parcelo@stranger.com")])["stranger.com"])
    assert "lookalike_brand" not in ids(rows_of([record("a", "parcelo@parcelo.com")])["parcelo.com"])


def test_a_colleagues_name_at_free_mail_is_found() -> None:
    colleague = record("a", "sara.haddad@alnoor-trading.com", messages=30, last=100, name="Sara Haddad")
    rows = rows_of([colleague, record("b", "director77@free.test", name="Haddad, Sara")])
    assert "name_of_person" in ids(rows["free.test"])
    assert "name_of_person" not in ids(rows["alnoor-trading.com"])


def test_a_trusted_name_that_arrives_unproven_is_raised_and_not_trusted() -> None:
    trust = DecisionRecord("partner.com", Decision.TRUSTED, proofs=(("dkim:partner.com", "own"),))
    rows = rows_of([record("a", "x@partner.com", messages=9, last=9), record("b", "x@partner.com", Verdict.FAIL)], replace(CONTEXT, decisions=(trust,)))
    decisions = {claim.record.id: claim.decision for claim in rows["partner.com"].claims}
    assert decisions == {"a": Decision.TRUSTED, "b": Decision.UNREVIEWED}
    assert "trust_not_proven" in ids(rows["partner.com"])


def test_collected_samples_know_no_history() -> None:
    records = [record("a", "x@partner.com", messages=1, first=n) for n in range(30)]
    row = rows_of([replace(r, id=str(n)) for n, r in enumerate(records)], replace(CONTEXT, samples=True))["partner.com"]
    assert ids(row).isdisjoint({"first_contact", "long_known", "new_source", "proof_lost", "thin_evidence"})


def test_the_same_input_gives_the_same_rows() -> None:
    records = [record("a", "x@partner.com", messages=3), record("b", "y@partner.com", Verdict.FAIL), record("c", "", None)]
    assert rows_of(records) == rows_of(list(reversed(records)))
