"""Whom a mailbox knows is learned from proven mail and from what its owner sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.acquaintance import lists_of, names_of, people_of, written_organisations
from app.domains import Organisations
from app.judge import acquainted
from app.model import AuthorStatus, Claim, ClaimRecord, Context, Correspondent, Decision, DecisionRecord, Facts, Proof, Trait
from tests.checks.subjects import DAY, FAILED, PROVEN, class_of, organisation_of


def claim(address: str, name: str, proof: Proof = PROVEN, first: int = 0, **values: Any) -> tuple[ClaimRecord, Proof]:
    return ClaimRecord(address + name, Claim(AuthorStatus.CLEAR, address, address.rpartition("@")[2], name, **values), 1, first, first), proof


def wrote(*addresses: str) -> dict[str, Correspondent]:
    return {address: Correspondent(address, 1, 0, 0) for address in addresses}


def test_colleagues_are_known_by_their_proven_mail_alone() -> None:
    proven = [claim("sara@firm.example", "Sara Haddad"), claim("tom@firm.example", "Tom Bell", FAILED), claim("x@other.example", "Ann Stranger")]
    people = people_of(proven, {"firm.example"}, {}, organisation_of)
    assert set(people) == {("haddad", "sara")}
    assert people["haddad", "sara"].colleague


def test_a_correspondent_is_known_once_the_owner_wrote_to_them() -> None:
    proven = [claim("tom@partner.example", "Tom Bell"), claim("ann@partner.example", "Ann Stone")]
    people = people_of(proven, {"firm.example"}, wrote("tom@partner.example"), organisation_of)
    assert set(people) == {("bell", "tom")}
    assert not people["bell", "tom"].colleague


def test_a_colleagues_own_address_goes_before_one_that_the_owner_answered() -> None:
    proven = [claim("sara@firm.example", "Sara Haddad"), claim("s.h@free.example", "Haddad, Sara")]
    people = people_of(proven, {"firm.example"}, wrote("s.h@free.example"), organisation_of)
    assert people["haddad", "sara"].address == "sara@firm.example"


def test_of_two_addresses_that_the_owner_wrote_to_the_first_is_the_persons() -> None:
    proven = [claim("t.bell@free.example", "Tom Bell", first=9 * DAY), claim("tom@partner.example", "Tom Bell")]
    people = people_of(proven, set(), wrote("t.bell@free.example", "tom@partner.example"), organisation_of)
    assert people["bell", "tom"].address == "tom@partner.example"


def posts(*names: str, source: str = "lists.example") -> list[tuple[ClaimRecord, Proof]]:
    proof = replace(FAILED, source=source)
    return [claim(f"x{n}@partner{n}.example", name, proof, first=n * 20 * DAY, traits=(Trait.LIST,)) for n, name in enumerate(names)]


def test_a_source_that_long_carried_the_mail_of_several_people_is_a_list() -> None:
    assert lists_of(posts("Ann", "Tom", "Sara"), {}, organisation_of) == {"lists.example"}


def test_who_merely_calls_himself_a_list_is_none() -> None:
    """One forged message with `List-Post` must not be excused as mail that a list has broken."""
    assert not lists_of(posts("The Director"), {}, organisation_of)
    assert not lists_of(posts("Ann", "Tom", "Sara", source="unknown"), {}, organisation_of)


def test_a_list_to_which_the_owner_writes_is_known_sooner() -> None:
    young = [(replace(record, first_seen=0, last_seen=0), proof) for record, proof in posts("Ann", "Tom", "Sara")]
    assert lists_of(young, {"lists.example": 0}, organisation_of) == {"lists.example"}
    assert not lists_of(young, {}, organisation_of)
    assert not lists_of(young[:1], {"lists.example": 0}, organisation_of)


def test_a_list_that_writes_its_own_address_into_from_is_a_list_too() -> None:
    rewritten = [claim("club@lists.example", f"{name} via Club", first=n * 20 * DAY, traits=(Trait.LIST,)) for n, name in enumerate(("Ann", "Tom", "Sara"))]
    assert lists_of(rewritten, {}, organisation_of) == {"lists.example"}


def test_addresses_at_a_shared_provider_make_it_no_partner() -> None:
    assert written_organisations(wrote("a@free.example", "tom@mail.partner.example"), organisation_of, class_of) == {"partner.example": 0}


def test_organisations_are_called_like_the_label_of_their_domain() -> None:
    context = Context(
        own_domains=("alnoor.example",),
        correspondents=wrote("tom@harbour-lines.example", "x@abc.example"),
        decisions=(DecisionRecord("trusted-firm.example", Decision.TRUSTED), DecisionRecord("watched.example", Decision.WATCHED)),
    )
    index = names_of(context, {}, organisation_of, class_of)
    kinds = {(known.name, known.kind) for each in index.organisations.values() for known in each}
    assert kinds == {("alnoor", "own"), ("harbour-lines", "familiar"), ("trusted-firm", "familiar")}


def test_collected_samples_know_nobody_but_the_own_domains() -> None:
    context = Context(own_domains=("alnoor.example",), correspondents=wrote("tom@harbour.example"), samples=True)
    assert not acquainted(context, [claim("sara@alnoor.example", "Sara Haddad")], Organisations(Facts())).people
    index = names_of(context, {}, organisation_of, class_of)
    assert {known.kind for each in index.organisations.values() for known in each} == {"own"}
