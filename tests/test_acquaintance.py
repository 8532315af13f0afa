"""Whom a mailbox knows is learned from proven mail and from what its owner sent."""

from __future__ import annotations

from app.acquaintance import names_of, people_of, written_organisations
from app.model import AuthorStatus, Claim, ClaimRecord, Context, Correspondent, Decision, DecisionRecord, Proof
from tests.checks.subjects import FAILED, PROVEN, class_of, organisation_of


def claim(address: str, name: str, proof: Proof = PROVEN) -> tuple[ClaimRecord, Proof]:
    return ClaimRecord(address + name, Claim(AuthorStatus.CLEAR, address, address.rpartition("@")[2], name), 1, 0, 0), proof


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


def test_a_person_may_have_several_addresses() -> None:
    proven = [claim("sara@firm.example", "Sara Haddad"), claim("s.h@free.example", "Haddad, Sara")]
    people = people_of(proven, {"firm.example"}, wrote("s.h@free.example"), organisation_of)
    assert people["haddad", "sara"].addresses == {"sara@firm.example", "s.h@free.example"}


def test_addresses_at_a_shared_provider_make_it_no_partner() -> None:
    assert written_organisations(wrote("a@free.example", "tom@mail.partner.example"), organisation_of, class_of) == {"partner.example"}


def test_organisations_are_called_like_the_label_of_their_domain() -> None:
    context = Context(
        own_domains=("alnoor.example",),
        correspondents=wrote("tom@harbour-lines.example", "x@abc.example"),
        decisions=(DecisionRecord("trusted-firm.example", Decision.TRUSTED), DecisionRecord("watched.example", Decision.WATCHED)),
    )
    index = names_of(context, [], organisation_of, class_of)
    kinds = {(known.name, known.kind) for each in index.organisations.values() for known in each}
    assert kinds == {("alnoor", "own"), ("harbour-lines", "familiar"), ("trusted-firm", "familiar")}


def test_collected_samples_know_nobody_but_the_own_domains() -> None:
    context = Context(own_domains=("alnoor.example",), correspondents=wrote("tom@harbour.example"), samples=True)
    index = names_of(context, [claim("sara@alnoor.example", "Sara Haddad")], organisation_of, class_of)
    assert {known.kind for each in index.organisations.values() for known in each} == {"own"}
    assert not index.people
